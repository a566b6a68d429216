// Colours that the version decides.
import assert from "node:assert/strict";
import type { SemanticTokens } from "vscode-languageserver";
import { type InProcess, type StartInProcess, startInProcess } from "./inProcess.ts";

describe("server: semantic tokens", () => {
  let running: InProcess | null = null;
  afterEach(async () => {
    await running?.stop();
    running = null;
  });

  /** `name type modifier`, cut out of the text by what the server answered. */
  async function tokens(
    text: string,
    start: StartInProcess = {},
    name = "redis.conf",
    languageId = "redis-conf",
  ): Promise<string[]> {
    running = await startInProcess(start);
    const { capabilities } = running.initialized;
    const provider = capabilities.semanticTokensProvider;
    assert.ok(provider !== undefined && provider.full === true);
    const { tokenTypes, tokenModifiers } = provider.legend;
    const uri = running.open(name, text, languageId);
    const { data } = (await running.client.sendRequest("textDocument/semanticTokens/full", {
      textDocument: { uri },
    })) as SemanticTokens;
    assert.equal(data.length % 5, 0);
    const found: string[] = [];
    let line = 0;
    let character = 0;
    for (let at = 0; at < data.length; at += 5) {
      const [lines = 0, characters = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
      line += lines;
      character = lines === 0 ? character + characters : characters;
      const written = Buffer.from(
        text.split("\n")[line] ?? "",
        capabilities.positionEncoding === "utf-8" ? "utf8" : "utf16le",
      );
      const width = capabilities.positionEncoding === "utf-8" ? 1 : 2;
      const cut = written
        .subarray(character * width, (character + length) * width)
        .toString(width === 1 ? "utf8" : "utf16le");
      const set = tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0);
      found.push([cut, tokenTypes[type], ...set].join(" "));
    }
    return found;
  }

  it("tell directives of the declared version from others", async () => {
    const text = "# note\nmaxmemory 1gb\n  list-max-ziplist-size -2\ncluster-port 1\nNonsense 1\n";
    const settings = { engine: "redis@6.2" };
    assert.deepEqual(await tokens(text, { settings }), [
      "maxmemory keyword",
      "list-max-ziplist-size keyword",
      "cluster-port keyword notInVersion",
    ]);
  });

  it("mark old names", async () => {
    const settings = { engine: "redis@7.2" };
    assert.deepEqual(await tokens("slaveof a 1\nlist-max-ziplist-size -2\n", { settings }), [
      "slaveof keyword deprecated",
      "list-max-ziplist-size keyword deprecated",
    ]);
  });

  it("follow the image of the service that loads the file", async () => {
    const compose = (image: string): Record<string, string> => ({
      "compose.yaml": `services:\n  r:\n    image: ${image}\n    command: redis-server /r.conf\n    volumes: [./redis.conf:/r.conf]\n`,
    });
    const text = "maxmemory-policy allkeys-lrm\nio-threads-do-reads yes\n";
    assert.deepEqual(await tokens(text, { files: compose("redis:8.6") }), [
      "maxmemory-policy keyword",
      "allkeys-lrm enumMember",
      "io-threads-do-reads keyword deprecated",
    ]);
    await running?.stop();
    assert.deepEqual(await tokens(text, { files: compose("redis:7.2") }), [
      "maxmemory-policy keyword",
      "allkeys-lrm enumMember notInVersion",
      "io-threads-do-reads keyword",
    ]);
  });

  it("count in the encoding of the client", async () => {
    const settings = { engine: "redis@7.2" };
    const text = 'requirepass "ä𝄞"\nsyslog-ident "ä" \nmaxmemory-policy NoEviction\n';
    const all = ["requirepass keyword", "syslog-ident keyword", "maxmemory-policy keyword", "NoEviction enumMember"];
    assert.deepEqual(await tokens(text, { settings, encodings: ["utf-8"] }), all);
  });

  it("know the statements of a Sentinel", async () => {
    const settings = { engine: "redis@6.0" };
    const text = "sentinel monitor m 127.0.0.1 6379 2\nsentinel resolve-hostnames yes\n";
    assert.deepEqual(await tokens(text, { settings }, "sentinel.conf"), [
      "sentinel keyword",
      "monitor keyword",
      "sentinel keyword",
      "resolve-hostnames keyword notInVersion",
    ]);
  });

  it("are none for other files", async () => {
    assert.deepEqual(await tokens("services: {}\n", {}, "compose.yaml", "dockercompose"), []);
  });

  it("are none for an engine that reads no such file", async () => {
    assert.deepEqual(await tokens("maxmemory 1gb\n", { settings: { engine: "dragonfly@1.27" } }), []);
  });
});
