// Tables that do not come with the server: an organisation's own, and downloaded ones that the client hands over.
import assert from "node:assert/strict";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver";
import { type StatusAnswer, type TablesAnswer, TRUST, USE_TABLES } from "../../server/src/lsp/protocol.ts";
import { ownTable, PROJECT } from "../own/table.ts";
import { type Folder, folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { NEW_DAY, newerData, olderData } from "../update/offers.ts";
import { type Client, clients, type Message, uriOf } from "./client.ts";

const COMPOSE = "services:\n  a:\n    image: redis:7.2\n";
const SETTINGS = { asOf: "2026-11-20" };

const isRefresh = ({ method }: Message): boolean => method === "workspace/diagnostic/refresh";

async function codes(server: Client, uri: string): Promise<unknown[]> {
  return (await server.pullItems(uri)).filter(({ severity }) => severity !== 4).map(({ code }) => code);
}

/** The codes of a file after the next refresh that follows `act`. */
async function codesAfter(server: Client, uri: string, act: () => void): Promise<unknown[]> {
  const after = server.received.length;
  act();
  await server.next(isRefresh, after);
  return codes(server, uri);
}

function status(server: Client, uri: string): Promise<StatusAnswer> {
  return server.request<StatusAnswer>("cacheCompat/status", { uri });
}

describe("server: own tables", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();
  const project = (table = ownTable()): Folder =>
    folder({ "compose.yaml": COMPOSE, "cache-compat.json": PROJECT, "tables/caches.json": table });

  it("judges by them, and names the app and its origin", async () => {
    const work = project();
    const server = await client({ folder: work.path, settings: SETTINGS });
    const uri = uriOf(work.file("compose.yaml"));
    server.open(uri, COMPOSE);
    assert.deepEqual(await codes(server, uri), ["app/engine-unsupported"]);
    const { apps, notChecked } = await status(server, uri);
    assert.deepEqual(
      [apps.map(({ name, version, origin }) => [name, version, origin]), notChecked],
      [[["Web Shop", "3.2", "cache-compat.json"]], []],
    );
    const hover = await server.request<{ contents: { value: string } }>("textDocument/hover", {
      textDocument: { uri },
      position: { line: 2, character: 18 },
    });
    assert.match(hover.contents.value, /Web Shop/);
    assert.match(hover.contents.value, /wiki\.example\.com/);
    const list = await server.request<{ items: { label: string; detail: string }[] }>("textDocument/completion", {
      textDocument: { uri },
      position: { line: 2, character: 20 },
    });
    assert.match(must(list.items.find(({ label }) => label === "8.2")).detail, /supported by Web Shop 3\.2/);
  });

  it("follows an edit of the table while it is typed, under any name", async () => {
    const work = project();
    const server = await client({ folder: work.path, settings: SETTINGS });
    const [uri, table] = [uriOf(work.file("compose.yaml")), uriOf(work.file("tables/caches.json"))];
    server.open(table, ownTable(), "json");
    assert.deepEqual(await codes(server, table), []);
    server.open(uri, COMPOSE);
    assert.deepEqual(await codes(server, uri), ["app/engine-unsupported"]);
    const change = (version: number, text: string) => (): void => server.change(table, version, [{ text }]);
    assert.deepEqual(await codesAfter(server, uri, change(2, ownTable({ cell: "end-of-life" }))), [
      "app/engine-end-of-life",
    ]);
    assert.deepEqual(await codesAfter(server, uri, change(3, ownTable({ cell: "nonsense" }))), []);
    assert.deepEqual(await codes(server, table), ["data/invalid-value"]);
    assert.match(
      (await status(server, uri)).notChecked.join(),
      /What the table tables\/caches\.json says: it has problems/,
    );
    assert.deepEqual(await codesAfter(server, uri, change(4, ownTable({ cell: "supported" }))), []);
    assert.deepEqual(await codes(server, table), []);
  });

  it("follows the table on disk, and tells in the workspace what is wrong in it", async () => {
    const work = project(ownTable({ cell: "nonsense" }));
    const server = await client({ folder: work.path, settings: SETTINGS });
    const [uri, table] = [uriOf(work.file("compose.yaml")), uriOf(work.file("tables/caches.json"))];
    const pulled = async (): Promise<Record<string, unknown[]>> => {
      const { items } = await server.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
        previousResultIds: [],
      });
      return Object.fromEntries(
        items.flatMap((item) =>
          item.kind === "full" && item.items.length > 0 ? [[item.uri, item.items.map(({ code }) => code)]] : [],
        ),
      );
    };
    assert.deepEqual(await pulled(), { [table]: ["data/invalid-value"] });
    server.open(uri, COMPOSE);
    assert.deepEqual(await codes(server, uri), []);
    work.write({ "tables/caches.json": ownTable() });
    const changed = (): void =>
      server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: table, type: 2 }] });
    assert.deepEqual(await codesAfter(server, uri, changed), ["app/engine-unsupported"]);
    assert.deepEqual(await pulled(), { [uri]: ["app/engine-unsupported"] });
  });

  it("reads none of them in a workspace that is not trusted, until it is", async () => {
    const work = project();
    const server = await client({ folder: work.path, settings: SETTINGS, host: { isTrusted: false } });
    const uri = uriOf(work.file("compose.yaml"));
    server.open(uri, COMPOSE);
    assert.deepEqual(await codes(server, uri), []);
    assert.match(
      (await status(server, uri)).notChecked.join(),
      /tables\/caches\.json says: the workspace is not trusted/,
    );
    assert.deepEqual(await codesAfter(server, uri, () => server.notify(TRUST, { isTrusted: true })), [
      "app/engine-unsupported",
    ]);
  });

  it("takes them from the editor's settings, from the workspace folder on, and tells of apps that none brings", async () => {
    const work = folder({ "inner/compose.yaml": COMPOSE, "tables/caches.json": ownTable() });
    const settings = { ...SETTINGS, data: ["tables/caches.json"], apps: { "web-shop": "3.2", shop: "1.0" } };
    const server = await client({ folder: work.path, settings });
    const uri = uriOf(work.file("inner/compose.yaml"));
    server.open(uri, COMPOSE);
    assert.deepEqual(await codes(server, uri), ["app/engine-unsupported"]);
    assert.deepEqual((await status(server, uri)).notChecked, [
      'cacheCompat.apps.shop: There is no app "shop" here. Write mastodon, postiz or web-shop.',
    ]);
  });

  it("tells nothing about other JSON files", async () => {
    const work = folder({ "compose.yaml": COMPOSE, "package.json": "{" });
    const server = await client({ folder: work.path });
    const uri = uriOf(work.file("package.json"));
    server.open(uri, "{", "json");
    assert.deepEqual(await codes(server, uri), []);
  });
});

describe("server: downloaded tables", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();
  const URI = "file:///nowhere/compose.yaml";
  const TEXT = "services:\n  a:\n    image: redis:7.4\n";
  const ended = async (server: Client): Promise<boolean> =>
    (await server.pullItems(URI)).some(({ message }) => String(message).startsWith("Redis 7.4 ended on 2026-10-31"));

  it("judges by those that the client had before", async () => {
    const server = await client({ settings: SETTINGS, host: { tables: newerData() } });
    server.open(URI, TEXT);
    assert.equal(await ended(server), true);
    assert.deepEqual(
      [(await status(server, URI)).data.split(",")[0], (await status(server, URI)).isDataOld],
      [`downloaded data of ${NEW_DAY}`, false],
    );
  });

  it("takes newer ones at once, keeps what it has otherwise, and goes back", async () => {
    const server = await client({ settings: SETTINGS });
    server.open(URI, TEXT);
    assert.equal(await ended(server), false);
    const offer = (text: string | null): Promise<TablesAnswer> => server.request<TablesAnswer>(USE_TABLES, { text });
    for (const [text, why] of [
      ["{", /^the built-in data of \S+ stays in use: the published tables are not taken: they are not JSON$/],
      [olderData(), /and those in use are newer/],
      ['{"format":2,"tables":{}}', /they have the format 2/],
    ] as const) {
      const { kind, message } = await offer(text);
      assert.equal(kind, "refused");
      assert.match(message, why);
      assert.equal(await ended(server), false);
    }
    const after = server.received.length;
    assert.equal((await offer(newerData())).kind, "used");
    await server.next(isRefresh, after);
    assert.equal(await ended(server), true);
    assert.equal((await offer(newerData())).kind, "same");
    assert.equal((await offer(null)).kind, "used");
    assert.equal(await ended(server), false);
  });

  it("shares those of the command line with other editors, and is told when they are broken", async () => {
    const home = folder({ "cache-compat/data.json": newerData() });
    for (const throughCli of [false, true]) {
      const server = await client({ settings: SETTINGS, dataHome: home.path, throughCli });
      server.open(URI, TEXT);
      assert.equal(await ended(server), true);
    }
    home.write({ "cache-compat/data.json": "{" });
    const server = await client({ settings: SETTINGS, dataHome: home.path });
    const { params } = await server.next(({ method }) => method === "window/logMessage");
    assert.match((params as { message: string }).message, /^The downloaded tables are not used: they are not JSON\.$/);
  });

  it("tells their age on the day that is judged, and that they are old", async () => {
    const server = await client({ settings: { asOf: "2028-01-01" } });
    server.open(URI, TEXT);
    const { data, isDataOld } = await status(server, URI);
    assert.match(data, /^built-in data of \d{4}-\d\d-\d\d, \d+ days old$/);
    assert.equal(isDataOld, true);
  });
});
