// Who looks at the whole workspace again and again, as the view and the editor do, costs what has changed since.
import assert from "node:assert/strict";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver";
import { Checker, type Overview } from "../../server/src/core/index.ts";
import type { WorkspaceAnswer } from "../../server/src/lsp/protocol.ts";
import { type InProcess, startInProcess } from "./inProcess.ts";

const FILES = 60;
/** The client tells of files that change on disk. */
const WATCHING = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
const TEXT = "# cache-compat: mastodon=4.5\nservices:\n  cache:\n    image: redis:7.2\n";

const files = Object.fromEntries(Array.from({ length: FILES }, (_, i) => [`stack${i}/compose.yaml`, TEXT]));
const OURS = new Set(Object.keys(files).map((name) => `/project/${name}`));

function placesIn({ tables }: Overview): string[] {
  return tables.flatMap(({ grids }) =>
    grids.flatMap(({ groups }) =>
      groups.flatMap(({ rows }) => rows.flatMap(({ label, places }) => places.map(({ path }) => `${label} ${path}`))),
    ),
  );
}

describe("server: looks at the whole workspace", function () {
  this.timeout(20_000);
  const original = Checker.prototype.check;
  const running: InProcess[] = [];
  let checked: string[];

  beforeEach(() => {
    checked = [];
    Checker.prototype.check = function (request) {
      // A server that has nothing to do yet warms up with a text of its own.
      if (OURS.has(request.source.path)) checked.push(request.source.path);
      return original.call(this, request);
    };
  });
  afterEach(async () => {
    Checker.prototype.check = original;
    for (const server of running.splice(0)) await server.stop();
  });

  async function start(): Promise<{ server: InProcess; told: () => number }> {
    const server = await startInProcess({ files, capabilities: WATCHING });
    running.push(server);
    let told = 0;
    server.client.onNotification("cacheCompat/changed", () => {
      told++;
    });
    return { server, told: () => told };
  }

  /** The tables, and which files were checked for them. */
  async function tables({ client }: InProcess): Promise<{ view: Overview; checks: readonly string[] }> {
    checked = [];
    const view = await client.sendRequest<Overview>("cacheCompat/matrix", {});
    return { view, checks: [...new Set(checked)] };
  }

  it("check every file once, and after a change the changed one", async () => {
    const { server } = await start();
    const first = await tables(server);
    assert.equal(first.checks.length, FILES);
    assert.equal(placesIn(first.view).length, FILES);
    assert.deepEqual((await tables(server)).checks, []);

    const uri = server.open("stack7/compose.yaml", TEXT.replace("7.2", "8.2"), "dockercompose");
    const second = await tables(server);
    assert.deepEqual(second.checks, ["/project/stack7/compose.yaml"]);
    assert.ok(placesIn(second.view).includes(`Redis 8.2 ${uri}`));
    assert.ok(!placesIn(second.view).includes(`Redis 7.2 ${uri}`));

    void server.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
    const third = await tables(server);
    assert.deepEqual(third.checks, ["/project/stack7/compose.yaml"]);
    assert.deepEqual(placesIn(third.view).toSorted(), placesIn(first.view).toSorted());
  });

  it("share what they found: diagnostics, tables, numbers", async () => {
    const { server } = await start();
    await server.client.sendRequest("workspace/diagnostic", { previousResultIds: [] });
    assert.deepEqual((await tables(server)).checks, []);
    const numbers = await server.client.sendRequest<WorkspaceAnswer>("cacheCompat/checkWorkspace", {});
    assert.deepEqual(checked, []);
    assert.deepEqual([numbers.files, numbers.images, numbers.error], [FILES, FILES, 0]);
  });

  it("are told once that something has changed, and only who has looked", async () => {
    const { server, told } = await start();
    const uri = server.open("stack7/compose.yaml", TEXT, "dockercompose");
    await tables(server);
    assert.equal(told(), 0, "before anything was shown");
    for (const version of [2, 3])
      void server.client.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text: TEXT.replace("7.2", `8.${version}`) }],
      });
    await tables(server);
    assert.equal(told(), 1);
  });

  it("tell of a document that was closed in full, whatever the editor says that it has", async () => {
    const { server } = await start();
    const uri = server.open("stack7/compose.yaml", TEXT, "dockercompose");
    const pull = async (previousResultIds: readonly { uri: string; value: string }[]) => {
      const { items } = await server.client.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
        previousResultIds,
      });
      return items;
    };
    const ids = (items: Awaited<ReturnType<typeof pull>>) =>
      items.flatMap((item) => (item.resultId === undefined ? [] : [{ uri: item.uri, value: item.resultId }]));
    const full = (items: Awaited<ReturnType<typeof pull>>) =>
      items.flatMap((item) => (item.kind === "full" ? [item.uri] : []));
    const known = ids(await pull([]));
    assert.equal(known.length, FILES);
    assert.deepEqual(full(await pull(known)), []);
    void server.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
    assert.deepEqual(full(await pull(known)), [uri]);
    assert.deepEqual(full(await pull(known)), []);
  });

  it("count everything after a change that concerns everything", async () => {
    const { server } = await start();
    await tables(server);
    void server.client.sendNotification("workspace/didChangeConfiguration", {
      settings: { cacheCompat: { apps: { mastodon: "4.4" } } },
    });
    assert.equal((await tables(server)).checks.length, FILES);
  });
});
