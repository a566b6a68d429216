// The server in a worker, and what it asks of the client.
import assert from "node:assert/strict";
import type { Diagnostic, Hover, WorkspaceDiagnosticReport } from "vscode-languageserver";
import { WorkerSession } from "./worker.ts";

const SETTINGS = { asOf: "2026-11-20", apps: { mastodon: "4.5" } };
const COMPOSE = "services:\n  cache:\n    image: redis:${TAG}\n";

const rules = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);

/** How editors write the folders that are not on this machine's disk. */
const FOLDERS = [
  "vscode-vfs://github/mastodon/mastodon",
  "vscode-vfs://github%2B7b2276223a312c22726566223a7b7d7d/mastodon/mastodon",
  "vscode-remote://wsl%2Bubuntu/home/me/my%20stack",
  "vscode-remote://ssh-remote%2Bexample.org/srv/mastodon",
  "vscode-test-web://mount",
  "memfs:/project",
  "file:///c%3A/Users/me/mastodon",
  "file://wsl.localhost/Ubuntu/home/me",
];

/** The same place with an authority, be it empty: what the server writes. */
const spelt = (uri: string): string => uri.replace(/^memfs:\/(?!\/)/, "memfs:///");

describe("web: server in a worker", () => {
  for (const folder of FOLDERS) {
    it(`reads what belongs together in ${folder}`, async () => {
      const at = spelt(folder);
      const files = new Map([
        [`${at}/.env`, "TAG=6.2\n"],
        [`${at}/deep/er/compose.yaml`, "services:\n  a:\n    image: redis:6.2\n"],
        [`${at}/node_modules/x/compose.yaml`, "services:\n  a:\n    image: redis:6.2\n"],
      ]);
      const session = await WorkerSession.start({ folders: [folder], files, settings: SETTINGS });
      const uri = `${folder}/compose.yaml`;
      await session.open(uri, COMPOSE);
      const found = await session.diagnostics(uri);
      assert.ok(rules(found).includes("mastodon/engine-unsupported"), JSON.stringify(rules(found)));

      const { items } = await session.client.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
        previousResultIds: [],
      });
      const told = items.map((item) => spelt(item.uri)).sort();
      assert.ok(told.includes(`${at}/deep/er/compose.yaml`), told.join(" "));
      assert.ok(!told.some((one) => one.includes("node_modules")));
      assert.ok(!session.asked.some((one) => one.includes("node_modules/")));
      for (const asked of session.asked) assert.ok(asked === at || asked.startsWith(`${at}/`), asked);
    });
  }

  it("answers with the full server's abilities and knowledge", async () => {
    const session = await WorkerSession.start({ folders: [], settings: SETTINGS });
    assert.equal(session.initialized?.serverInfo?.name, "cache-compat");
    const uri = "untitled:Untitled-1";
    await session.open(uri, "services:\n  cache:\n    image: redis:6.2\n");
    assert.ok(rules(await session.diagnostics(uri)).includes("mastodon/engine-unsupported"));
    const hover = await session.client.sendRequest<Hover>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 2, character: 20 },
    });
    assert.match(JSON.stringify(hover.contents), /2027-04-01/);
  });

  it("reads every kind of file", async () => {
    const folder = "vscode-vfs://github/a/b";
    const session = await WorkerSession.start({ folders: [folder], files: new Map(), settings: SETTINGS });
    for (const [name, languageId, text, rule] of [
      ["Dockerfile", "dockerfile", "\uFEFFFROM redis:6.2\n", "mastodon/engine-unsupported"],
      ["redis.conf", "redis-conf", "maxmemry 1gb\n", "conf/unknown-directive"],
      [".env.production", "plaintext", "REDIS_URL=redis//localhost\n", "env/url-scheme"],
      [
        "values.yaml",
        "yaml",
        "redis:\n  image:\n    repository: redis\n    tag: '6.2'\n",
        "mastodon/engine-unsupported",
      ],
      [".github/workflows/t.yml", "yaml", "jobs:\n  t:\n    container: redis:6.2\n", "mastodon/engine-unsupported"],
    ] as const) {
      await session.open(`${folder}/${name}`, text, languageId);
      const found = rules(await session.diagnostics(`${folder}/${name}`));
      assert.ok(found.includes(rule), `${name}: ${found.join(" ")}\n${session.logged.join("\n")}`);
    }
  });

  it("asks nothing of a client that offers no files", async () => {
    const folder = "vscode-vfs://github/a/b";
    const session = await WorkerSession.start({ folders: [folder], settings: SETTINGS });
    await session.open(`${folder}/compose.yaml`, `${COMPOSE}  other:\n    image: redis:6.2\n`);
    const found = await session.diagnostics(`${folder}/compose.yaml`);
    assert.equal(rules(found).filter((code) => code === "mastodon/engine-unsupported").length, 1);
    assert.deepEqual(session.asked, []);
  });

  it("reads many files together, for each costs a round trip", async () => {
    const folder = "vscode-vfs://github/a/b";
    const names = Array.from({ length: 64 }, (_, n) => `${folder}/${n}/compose.yaml`);
    const files = new Map(names.map((name) => [name, "services:\n  a:\n    image: redis:6.2\n"]));
    const session = await WorkerSession.start({ folders: [folder], files, settings: SETTINGS });
    // Nothing is answered before many questions have come: one at a time would wait for ever.
    let asked = 0;
    let release = (): void => undefined;
    const many = new Promise<void>((resolve) => {
      release = resolve;
    });
    session.client.onRequest("cacheCompat/readFile", async ({ uri }: { uri: string }) => {
      if (!files.has(uri)) return null;
      if (++asked === 16) release();
      await many;
      return files.get(uri);
    });
    const { items } = await session.client.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    assert.equal(items.length, 64);
  });

  it("takes a file that cannot be read for one that is not there", async () => {
    const folder = "vscode-vfs://github/a/b";
    const session = await WorkerSession.start({ folders: [folder], files: new Map(), settings: SETTINGS });
    session.client.onRequest("cacheCompat/readFile", () => {
      throw new Error("offline");
    });
    await session.open(`${folder}/compose.yaml`, "services:\n  a:\n    image: redis:${TAG:-6.2}\n");
    assert.ok(rules(await session.diagnostics(`${folder}/compose.yaml`)).includes("mastodon/engine-unsupported"));
    assert.ok(
      session.logged.some((line) => /\.env could not be read: .*offline/.test(line)),
      session.logged.join("\n"),
    );
  });
});
