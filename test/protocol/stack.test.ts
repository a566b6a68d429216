// What only a server that reads all files of a stack can answer: references, links, hover over a service, and news of another file.
import assert from "node:assert/strict";
import type { DocumentLink, Hover, Location, MarkupContent, PublishDiagnosticsParams } from "vscode-languageserver";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { clients, SETTINGS, uriOf } from "./client.ts";

const COMPOSE = `services:
  redis:
    image: redis:7.4.11
    command: redis-server --port 6380
    volumes: [data:/data]
  web:
    image: ghcr.io/mastodon/mastodon:v4.5.16
    env_file: ../app.env
volumes: {data: {}}
`;

describe("server: stacks", function () {
  this.timeout(30_000);
  const folder = folders();
  const client = clients();

  it("answers across files, and tells a file anew when it gets a reader", async () => {
    const project = folder({ "deploy/compose.yaml": COMPOSE, "app.env": "REDIS_HOST=redis\nREDIS_PORT=6379\n" });
    const server = await client({ folder: project.path, settings: SETTINGS, pull: false });
    const env = uriOf(project.file("app.env"));
    const compose = uriOf(project.file("deploy/compose.yaml"));
    server.open(env, "REDIS_HOST=redis\nREDIS_PORT=6379\n", "dotenv");
    assert.deepEqual(await server.pushed(env, 1), []);
    server.open(compose, COMPOSE);
    const told = await server.next(({ method, params }) => {
      const published = params as PublishDiagnosticsParams;
      return method === "textDocument/publishDiagnostics" && published.uri === env && published.diagnostics.length > 0;
    });
    assert.deepEqual(
      (told.params as PublishDiagnosticsParams).diagnostics.map(({ code }) => code),
      ["connection/port-mismatch"],
    );
    const at = (uri: string, line: number, character: number) => ({
      textDocument: { uri },
      position: { line, character },
    });
    const references = await server.request<Location[]>("textDocument/references", {
      ...at(compose, 1, 3),
      context: { includeDeclaration: false },
    });
    assert.deepEqual(
      references.map(({ uri, range }) => [uri, range.start.line, range.start.character]),
      [[env, 0, 11]],
    );
    const links = await server.request<DocumentLink[]>("textDocument/documentLink", { textDocument: { uri: compose } });
    assert.deepEqual(
      links.map(({ target }) => target),
      [env],
    );
    const hover = must(await server.request<Hover | null>("textDocument/hover", at(env, 0, 12)));
    assert.match((hover.contents as MarkupContent).value, /port \| 6380 \| compose\.yaml line 4/);
  });
});
