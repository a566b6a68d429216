// What is offered as a quick fix holds: its finding goes, and no error comes.
import assert from "node:assert/strict";
import type { CodeAction, Diagnostic, FullDocumentDiagnosticReport } from "vscode-languageserver";
import { must } from "../support/must.ts";
import { type InProcess, startInProcess } from "./inProcess.ts";

const MASTODON = "services:\n  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n    env_file: .env\n";

describe("server: quick fixes that hold", function () {
  this.timeout(20_000);
  let running: InProcess | null = null;
  afterEach(async () => {
    await running?.stop();
    running = null;
  });

  /** Titles of the fixes offered for a whole file; those that silence left out. */
  async function offered(name: string, languageId: string, text: string, beside = {}): Promise<string[]> {
    running = await startInProcess({ files: { [name]: text, ...beside }, settings: { asOf: "2026-11-20" } });
    const uri = running.open(name, text, languageId);
    const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
    const context = { diagnostics: [] };
    const request = { textDocument: { uri }, range, context };
    const actions = (await running.client.sendRequest("textDocument/codeAction", request)) as CodeAction[];
    return actions.map(({ title }) => title).filter((title) => !title.startsWith("Ignore"));
  }

  it("a scheme goes before a host, not before what is no URL with it either", async () => {
    const beside = { "compose.yaml": `${MASTODON}  cache:\n    image: redis:8.2.9\n` };
    assert.deepEqual(await offered(".env", "dotenv", "REDIS_URL=cache:6379/0\n", beside), ["Put redis:// before it"]);
    await running?.stop();
    assert.deepEqual(await offered(".env", "dotenv", "REDIS_URL=r/s\n", beside), []);
  });

  it("a comment that is a value is removed, and with it the line of a URL, which must not be empty", async () => {
    const beside = { "compose.yaml": MASTODON };
    assert.deepEqual(await offered(".env", "dotenv", "REDIS_NAMESPACE=# none\n"), ["Remove the comment"]);
    await running?.stop();
    assert.deepEqual(await offered(".env", "dotenv", "REDIS_URL=#\n", beside), ["Remove REDIS_URL"]);
  });

  it("an equals sign is put before one word", async () => {
    const beside = { "compose.yaml": MASTODON };
    assert.deepEqual(await offered(".env", "dotenv", "REDIS_PORT 6379\n", beside), ["Put an equals sign in"]);
    await running?.stop();
    assert.deepEqual(await offered(".env", "dotenv", "REDIS_PORT is the usual one\n", beside), []);
  });

  it("a variable that gets another name, or becomes a URL, takes its doubles with it", async () => {
    const provider = "REDIS_PROVIDER=redis://one:6379\n".repeat(2);
    assert.ok((await offered(".env", "dotenv", provider)).includes("Rename to REDIS_URL"));
    await running?.stop();
    const postiz = {
      "compose.yaml": "services:\n  app:\n    image: ghcr.io/gitroomhq/postiz-app:v2.20.0\n    env_file: .env\n",
    };
    const hosts = "REDIS_HOST=one\nREDIS_PORT=6379\nREDIS_HOST=two\nREDIS_PORT=6380\n";
    const titles = await offered(".env", "dotenv", hosts, postiz);
    assert.ok(titles.includes("Replace by REDIS_URL with this host and port"), titles.join());
  });

  it("a fix in one of many services is offered", async () => {
    const services = Array.from({ length: 30 }, (_, at) => `  s${at}:\n    image: redis:8.2.9\n`).join("");
    const text = `services:\n${services}  old:\n    image: redis:6.0\n`;
    const titles = await offered("compose.yaml", "dockercompose", text);
    assert.ok(titles.length > 0);
  });

  it("of a thousand fixes in one selection those of the first places are tried", async () => {
    const text = `services:\n${Array.from({ length: 1000 }, (_, at) => `  s${at}:\n    image: redis:6.0\n`).join("")}`;
    const titles = await offered("compose.yaml", "dockercompose", text);
    assert.ok(titles.length > 0 && titles.length <= 60, `${titles.length}`);
  });

  it("where a client names a finding, what stands beside it is left out", async () => {
    const text = "services:\n  a:\n    image: redis:6.0\n  b:\n    image: redis:latest\n";
    running = await startInProcess({ files: {}, settings: { asOf: "2026-11-20" } });
    const { client } = running;
    const uri = running.open("compose.yaml", text, "dockercompose");
    const textDocument = { uri };
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const { items } = (await client.sendRequest("textDocument/diagnostic", {
      textDocument,
    })) as FullDocumentDiagnosticReport;
    const rulesFor = async (diagnostics: readonly Diagnostic[]): Promise<string[]> => {
      const request = { textDocument, range, context: { diagnostics } };
      const actions = (await client.sendRequest("textDocument/codeAction", request)) as CodeAction[];
      return [...new Set(actions.flatMap((action) => action.diagnostics ?? []).map(({ code }) => String(code)))].sort();
    };
    const all = [...new Set(items.map(({ code }) => String(code)))].sort();
    assert.ok(all.length > 1, all.join());
    for (const one of items) assert.deepEqual(await rulesFor([one]), [one.code]);
    assert.deepEqual(await rulesFor(items), all);
    // Of somebody else, or of a text that was: all of ours.
    for (const foreign of [
      [],
      items.map((one) => ({ ...one, source: "yaml" })),
      [{ ...must(items[0]), message: "old" }],
    ])
      assert.deepEqual(await rulesFor(foreign), all);
  });
});
