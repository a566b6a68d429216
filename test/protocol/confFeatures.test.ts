// What an editor asks for inside a server configuration: completion word by word, hover, definition.
import assert from "node:assert/strict";
import type { CompletionList, DocumentSymbol, Hover, Location, MarkupContent } from "vscode-languageserver";
import { type InProcess, type StartInProcess, startInProcess } from "./inProcess.ts";

const FILES = {
  "redis.conf": "",
  "common.conf": "maxmemory 1gb\n",
  "users.acl": "user a on\n",
  "json.so": "",
  "parts/more.conf": "",
  "compose.yaml": "services: {}\n",
};

describe("server: inside a server configuration", () => {
  let running: InProcess | null = null;
  afterEach(async () => {
    await running?.stop();
    running = null;
  });

  /** Asks at the bar, which is cut out of the text. */
  async function ask<T>(method: string, marked: string, start: StartInProcess = {}, name = "redis.conf"): Promise<T> {
    await running?.stop();
    running = await startInProcess({ files: FILES, ...start });
    const offset = marked.indexOf("|");
    const before = marked.slice(0, offset).split("\n");
    const uri = running.open(name, before.join("\n") + marked.slice(offset + 1), "redis-conf");
    const position = { line: before.length - 1, character: (before.at(-1) ?? "").length };
    return (await running.client.sendRequest(method, { textDocument: { uri }, position })) as T;
  }

  async function labels(marked: string, engine = "redis@7.2", name?: string): Promise<string[]> {
    const list = await ask<CompletionList>("textDocument/completion", marked, { settings: { engine } }, name);
    return list.items.map(({ label }) => label);
  }

  it("offers the files beside it", async () => {
    assert.deepEqual(await labels("include |"), ["common.conf"]);
    assert.deepEqual(await labels("include ./c|"), ["./common.conf", "./redis.conf"]);
    assert.deepEqual(await labels("include parts/|"), ["parts/more.conf"]);
    assert.deepEqual(await labels("aclfile |"), ["users.acl"]);
    assert.deepEqual(await labels("loadmodule |"), ["json.so"]);
    assert.deepEqual(await labels("include /etc/|"), []);
    assert.deepEqual(await labels("loadmodule json.so |"), []);
  });

  it("offers the statements of Sentinel, its masters and their words", async () => {
    const sentinel = (marked: string, engine = "redis@7.2"): Promise<string[]> =>
      labels(marked, engine, "sentinel.conf");
    assert.ok((await sentinel("sentinel |")).includes("resolve-hostnames"));
    assert.ok(!(await sentinel("sentinel |", "redis@6.0")).includes("resolve-hostnames"));
    const monitors = "sentinel monitor one 127.0.0.1 6379 2\nsentinel monitor two 127.0.0.1 6380 2\n";
    assert.deepEqual(await sentinel(`${monitors}sentinel auth-pass |`), ["one", "two"]);
    assert.deepEqual(await sentinel(`${monitors}sentinel auth-pass one |`), []);
    assert.deepEqual(await sentinel("sentinel resolve-hostnames |"), ["yes", "no"]);
  });

  it("offers what may stand at each word", async () => {
    assert.deepEqual(await labels("client-output-buffer-limit |"), ["normal", "replica", "pubsub"]);
    assert.deepEqual(await labels("client-output-buffer-limit normal |"), []);
    assert.deepEqual(await labels("client-output-buffer-limit normal 0 0 0 |"), ["normal", "replica", "pubsub"]);
    assert.deepEqual(await labels("appendfsync |"), ["everysec", "always", "no"]);
    assert.deepEqual(await labels("appendfsync no |"), []);
    assert.deepEqual(await labels("shutdown-on-sigterm save |"), ["default", "nosave", "now", "force"]);
    assert.ok((await labels("rename-command c|")).includes("config"));
    assert.deepEqual(await labels("rename-command config |"), ['""']);
  });

  it("offers rules of users by version", async () => {
    assert.deepEqual(await labels("user |"), []);
    assert.ok((await labels("user a |")).includes("resetchannels"));
    assert.ok((await labels("user a +@|")).includes("+@scripting"));
    assert.ok((await labels("user a on -|")).includes("-flushall"));
    assert.ok((await labels("user a -@|", "redis@8.8")).includes("-@array"));
    assert.ok(!(await labels("user a -@|", "redis@7.2")).includes("-@array"));
  });

  it("offers users alone in a file of users", async () => {
    assert.deepEqual(await labels("user a on\n|", "redis@7.2", "users.acl"), ["user"]);
    assert.ok((await labels("user a +@|", "redis@7.2", "users.acl")).includes("+@read"));
  });

  it("explains a statement of Sentinel", async () => {
    const text = "sentinel resolve-|hostnames yes\n";
    const { contents } = await ask<Hover>("textDocument/hover", text, {}, "sentinel.conf");
    const { value } = contents as MarkupContent;
    assert.match(value, /sentinel resolve-hostnames/);
    assert.match(value, /Redis 6\.2 and newer, Valkey/);
    assert.equal(await ask("textDocument/hover", "sentinel non|sense yes\n", {}, "sentinel.conf"), null);
  });

  it("leads from include to the file", async () => {
    const definition = await ask<Location>("textDocument/definition", "include com|mon.conf\n");
    assert.deepEqual(definition, {
      uri: "file:///project/common.conf",
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    });
    assert.equal(await ask("textDocument/definition", "include mis|sing.conf\n"), null);
    assert.equal(await ask("textDocument/definition", "include /etc/com|mon.conf\n"), null);
    const compose =
      "services:\n  r:\n    image: redis:7.2\n    command: redis-server /c/redis.conf\n    volumes: [.:/c]\n";
    const files = { ...FILES, "compose.yaml": compose };
    const mounted = await ask<Location>("textDocument/definition", "aclfile /c/us|ers.acl\n", { files });
    assert.equal(mounted.uri, "file:///project/users.acl");
  });

  it("outlines names, and no word of letters that may be a password", async () => {
    const written = "SlaveOf a 1\nZqZXyEkabcdefg\nmaxmemroy 1gb\nZq7 x\nSENTINEL monitor m h 1 1\n|";
    const symbols = await ask<DocumentSymbol[]>("textDocument/documentSymbol", written);
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ["SlaveOf", "…", "maxmemroy", "…", "SENTINEL monitor"],
    );
  });
});
