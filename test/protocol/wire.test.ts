// What a broken client sends: each request has one answer, nothing ends the server, and good files are judged as before.
import assert from "node:assert/strict";
import fc from "fast-check";
import { type Client, clients, RequestError } from "./client.ts";

const URI = "file:///nowhere/compose.yaml";
const TEXT = "services:\n  redis:\n    image: redis:5.0\n";

const textDocument = { uri: URI };
const position = { line: 2, character: 15 };
const range = { start: { line: 0, character: 0 }, end: position };

/** Good parameters, of which single parts are spoilt. */
const REQUESTS: Readonly<Record<string, unknown>> = {
  "textDocument/diagnostic": { textDocument, previousResultId: "x" },
  "textDocument/hover": { textDocument, position },
  "textDocument/definition": { textDocument, position },
  "textDocument/references": { textDocument, position, context: { includeDeclaration: true } },
  "textDocument/completion": { textDocument, position, context: { triggerKind: 1 } },
  "textDocument/codeAction": {
    textDocument,
    range,
    context: {
      diagnostics: [{ range, message: "m", code: "image/floating-tag", source: "cache-compat" }],
      only: ["quickfix"],
    },
  },
  "textDocument/documentSymbol": { textDocument },
  "textDocument/foldingRange": { textDocument },
  "textDocument/documentLink": { textDocument },
  "textDocument/semanticTokens/full": { textDocument },
  "textDocument/inlayHint": { textDocument, range },
  "workspace/diagnostic": { previousResultIds: [{ uri: URI, value: "x" }] },
  "completionItem/resolve": { label: "8.2", data: { uri: URI, reference: "redis:8.2" } },
  "codeAction/resolve": { title: "t", kind: "source.fixAll.cacheCompat", data: { uri: URI } },
  "cacheCompat/status": { uri: URI },
  "cacheCompat/useTables": { text: "{}" },
};

const NOTIFICATIONS: Readonly<Record<string, unknown>> = {
  "textDocument/didOpen": { textDocument: { uri: `${URI}.env`, languageId: "dotenv", version: 1, text: "A=1\n" } },
  "textDocument/didChange": {
    textDocument: { uri: `${URI}.env`, version: 2 },
    contentChanges: [{ range, text: "B=2\n" }, { text: "C" }],
  },
  "textDocument/didClose": { textDocument: { uri: `${URI}.env` } },
  "textDocument/didSave": { textDocument },
  "workspace/didChangeWatchedFiles": { changes: [{ uri: URI, type: 2 }] },
  "workspace/didChangeConfiguration": { settings: { cacheCompat: {} } },
  "workspace/didChangeWorkspaceFolders": { event: { added: [{ uri: "file:///nowhere", name: "n" }], removed: [] } },
  "$/cancelRequest": { id: 1 },
  "$/setTrace": { value: "off" },
};

const junk = fc.constantFrom<unknown>(
  null,
  -1,
  1.5,
  1e300,
  2 ** 53,
  "",
  "x",
  "\0",
  "\uD800",
  "file:///%ZZ",
  "untitled:1",
  true,
  [],
  [null],
  {},
  { uri: 7 },
  JSON.parse('{"__proto__":{"polluted":1}}'),
  "y".repeat(100_000),
);

/** One part of the value, chosen by `path`, is another one or missing. */
function spoilt(value: unknown, path: readonly number[], put: unknown, isMissing: boolean): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof value !== "object" || value === null || Object.keys(value).length === 0) return put;
  const keys = Object.keys(value);
  const key = keys[step % keys.length] as string;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...value] as unknown as Record<string, unknown>)
    : { ...value };
  if (rest.length === 0 && isMissing) delete copy[key];
  else copy[key] = spoilt(copy[key], rest, put, isMissing);
  return copy;
}

const message = fc.record({
  method: fc.constantFrom(...Object.keys(REQUESTS), ...Object.keys(NOTIFICATIONS)),
  path: fc.array(fc.nat({ max: 5 }), { maxLength: 5 }),
  put: junk,
  isMissing: fc.boolean(),
});

describe("server: a broken client", function () {
  this.timeout(60_000);
  const client = clients();

  async function judges(server: Client, version: number, code = "image/end-of-life"): Promise<void> {
    server.open(URI, TEXT, "dockercompose", version);
    const codes = (await server.pullItems(URI)).map((diagnostic) => diagnostic.code);
    assert.ok(codes.includes(code), JSON.stringify(codes));
  }

  it("gets one answer for each request with spoilt parameters", async () => {
    const server = await client();
    await judges(server, 1);
    let answered = 0;
    const asked: Promise<void>[] = [];
    for (const { method, path, put, isMissing } of fc.sample(message, { seed: 20_261_120, numRuns: 1500 })) {
      if (method in REQUESTS) {
        const done = (): void => void answered++;
        asked.push(
          server.request(method, spoilt(REQUESTS[method], path, put, isMissing)).then(done, (error: unknown) => {
            assert.ok(error instanceof RequestError, String(error));
            done();
          }),
        );
      } else server.notify(method, spoilt(NOTIFICATIONS[method], path, put, isMissing));
    }
    await Promise.all(asked);
    assert.equal(answered, asked.length);
    assert.ok(answered > 500, `only ${answered} requests`);
    await judges(server, 1000);
    assert.equal(server.stray, "");
    assert.equal(server.stderr, "");
    assert.equal(await server.stop(), 0);
  });

  it("may refuse every question of the server", async () => {
    const server = await client({ refuses: true });
    await judges(server, 1);
    server.notify("workspace/didChangeConfiguration", { settings: null });
    server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: URI, type: 1 }] });
    await judges(server, 2);
    assert.equal(server.stderr, "");
    assert.equal(await server.stop(), 0);
  });

  const FRAMES: Readonly<Record<string, string>> = {
    "no number as length": "Content-Length: abc\r\n\r\n{}",
    "no length": "Content-Type: x\r\n\r\n{}",
    "a number in place of a message": "Content-Length: 1\r\n\r\n7",
    "a list in place of a message": "Content-Length: 2\r\n\r\n[]",
    "half of a message": 'Content-Length: 9\r\n\r\n{"jsonrp',
    "a byte that is no UTF-8": "Content-Length: 3\r\n\r\n\xFF\xFE{",
    "a method that is a number": 'Content-Length: 31\r\n\r\n{"jsonrpc":"2.0","id":1,"method":7}'.replace("31", "35"),
    "an answer to nothing": 'Content-Length: 38\r\n\r\n{"jsonrpc":"2.0","id":99,"result":null}'.replace("38", "39"),
  };
  for (const [name, frame] of Object.entries(FRAMES)) {
    it(`is left or served on after ${name}, never left waiting`, async () => {
      const server = await client();
      server.raw(Buffer.from(frame, "latin1"));
      server.raw(Buffer.from(`\r\n${" ".repeat(200)}\r\n`));
      const answer = server.request("cacheCompat/status", { uri: URI }).then(
        () => "served",
        () => "left",
      );
      // Whoever closes the stream gets an end.
      server.closeInput();
      assert.ok(["served", "left"].includes(await answer));
      assert.ok([0, 1].includes((await server.exited()) ?? -1));
      assert.doesNotMatch(server.stderr, /at .*:\d+:\d+/, "no stack of an error that nobody caught");
    });
  }
});
