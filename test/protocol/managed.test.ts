// Managed servers as an editor meets them: in scripts, over hosts, and in the status of a file.
import assert from "node:assert/strict";
import type { CodeAction, CompletionList, Hover } from "vscode-languageserver";
import type { StatusAnswer } from "../../server/src/lsp/protocol.ts";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { clients, uriOf } from "./client.ts";

const SCRIPT = "#!/bin/sh\naptible db:create social --type redis --version 7.0-aof\n";

describe("server: managed servers", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();

  it("judges, explains, completes and mends a version in a script", async () => {
    const server = await client();
    const uri = "file:///nowhere/setup.sh";
    server.open(uri, SCRIPT, "shellscript");
    const items = await server.pullItems(uri);
    const past = must(items.find(({ code }) => code === "aptible/version-deprecated"));
    assert.deepEqual(past.range, { start: { line: 1, character: 48 }, end: { line: 1, character: 55 } });
    const place = { textDocument: { uri }, position: { line: 1, character: 50 } };
    const hover = must((await server.request<Hover | null>("textDocument/hover", place)) ?? undefined);
    assert.match(JSON.stringify(hover.contents), /Redis 7\.0 at Aptible.*append-only file/);
    const { items: offered } = await server.request<CompletionList>("textDocument/completion", place);
    assert.equal(must(offered[0]).label, "8.2-aof");
    assert.deepEqual(must(offered.find(({ label }) => label === "7.0-aof")).tags, [1]);
    const resolved = await server.request<{ documentation: { value: string } }>("completionItem/resolve", offered[0]);
    assert.match(resolved.documentation.value, /Redis 8\.2 at Aptible/);
    const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: past.range,
      context: { diagnostics: [past] },
    });
    assert.ok(actions.some(({ title, isPreferred }) => title.startsWith("Use 8.2-aof") && isPreferred === true));
  });

  it("leaves other scripts alone", async () => {
    const server = await client();
    server.open("file:///nowhere/a.sh", "docker run redis:6.2\n", "shellscript");
    assert.deepEqual(await server.pullItems("file:///nowhere/a.sh"), []);
  });

  it("says in the status who runs the cache, and how that is known", async () => {
    const made = folder({
      ".env.production": "REDIS_URL=rediss://:geheim@master.town.qw34er.use1.cache.amazonaws.com:6379\n",
      "compose.yaml": "services:\n  redis:\n    image: redis:8.2\n",
    });
    const server = await client({ folder: made.path });
    const uri = uriOf(made.file("compose.yaml"));
    server.open(uri, "services:\n  redis:\n    image: redis:8.2\n");
    const status = must((await server.request<StatusAnswer | null>("cacheCompat/status", { uri })) ?? undefined);
    assert.deepEqual(
      { ...status.platform, uri: status.platform.uri?.split("/").at(-1) },
      {
        name: "elasticache",
        origin: "the host of REDIS_URL in .env.production, which is one of Amazon ElastiCache",
        isKnown: true,
        uri: ".env.production",
        line: 0,
      },
    );
  });
});
