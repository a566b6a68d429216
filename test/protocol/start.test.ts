// The first messages: the answer of `initialize` comes before the core is there, and nothing that is said meanwhile is lost.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { builtInCatalog, Checker, type CheckRequest, type Report } from "../../server/src/core/index.ts";
import { Gate } from "../../server/src/lsp/gate.ts";
import { start } from "../../server/src/lsp/start.ts";
import { warmUp } from "../../server/src/lsp/warmUp.ts";
import { SERVER } from "../support/build.ts";

interface Answer {
  readonly id?: number;
  readonly result?: { readonly items?: readonly { readonly code: string }[]; readonly serverInfo?: unknown };
  readonly error?: { readonly code: number };
}

const URI = "file:///nowhere/compose.yaml";
const INITIALIZE = { processId: null, rootUri: null, capabilities: { textDocument: { diagnostic: {} } } };

/** Says everything in one breath and hears until the end: answers in the order of their arrival, and the exit status. */
async function inOneBreath(messages: readonly object[]): Promise<{ answers: readonly Answer[]; status: unknown }> {
  const server = spawn(process.execPath, [SERVER, "--stdio"], { stdio: "pipe" });
  const framed = messages.map((message) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  });
  server.stdin.write(framed.join(""));
  const chunks: Buffer[] = [];
  const complaints: Buffer[] = [];
  server.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  server.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  const [status] = await once(server, "close");
  // Node would complain here of a flag that it does not know.
  assert.equal(Buffer.concat(complaints).toString(), "");
  const bodies = Buffer.concat(chunks)
    .toString()
    .split(/Content-Length: \d+\r\n\r\n/)
    .slice(1);
  return { answers: bodies.map((body) => JSON.parse(body) as Answer).filter(({ id }) => id !== undefined), status };
}

describe("server: start", function () {
  this.timeout(30_000);

  it("answers what is said in one breath, in its order", async () => {
    const text = "services:\n  a:\n    image: redis:6.2\n";
    const settings = { asOf: "2026-11-20", apps: { mastodon: "4.5" } };
    const { answers, status } = await inOneBreath([
      { id: 1, method: "initialize", params: { ...INITIALIZE, initializationOptions: settings } },
      { method: "initialized", params: {} },
      {
        method: "textDocument/didOpen",
        params: { textDocument: { uri: URI, languageId: "dockercompose", version: 1, text } },
      },
      { id: 2, method: "textDocument/diagnostic", params: { textDocument: { uri: URI } } },
      { id: 3, method: "initialize", params: INITIALIZE },
      { id: 4, method: "shutdown" },
      { method: "exit" },
    ]);
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    assert.deepEqual([...byId.keys()].toSorted(), [1, 2, 3, 4]);
    assert.equal(answers[0]?.id, 1);
    assert.ok(byId.get(2)?.result?.items?.some(({ code }) => code === "mastodon/engine-unsupported"));
    assert.equal(byId.get(3)?.error?.code, -32600);
    assert.equal(status, 0);
  });

  it("refuses what comes before initialize, though initialize is right behind it", async () => {
    const { answers, status } = await inOneBreath([
      {
        id: 1,
        method: "textDocument/hover",
        params: { textDocument: { uri: URI }, position: { line: 0, character: 0 } },
      },
      { id: 2, method: "initialize", params: INITIALIZE },
      { id: 3, method: "shutdown" },
      { method: "exit" },
    ]);
    assert.deepEqual(
      answers.map(({ id, error, result }) => [id, error?.code, result?.serverInfo !== undefined]),
      [
        [1, -32002, false],
        [2, undefined, true],
        [3, undefined, false],
      ],
    );
    assert.equal(status, 0);
  });

  it("loads the rest behind the answer, unasked", async () => {
    const up = new PassThrough();
    const down = new PassThrough();
    const order: string[] = [];
    const gate = new Gate(new StreamMessageReader(up));
    const server = createConnection(gate, new StreamMessageWriter(down));
    const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    client.listen();
    const begun = new Promise<readonly string[]>((resolve) => {
      start({
        connection: server,
        gate,
        load: async () => {
          order.push("load");
          return () => ({ begin: ({ roots }) => resolve(roots) });
        },
      });
    });
    const folders = [{ uri: "file:///a%20b", name: "a b" }];
    await client.sendRequest("initialize", { ...INITIALIZE, workspaceFolders: folders });
    order.push("answer");
    assert.deepEqual(await begun, ["/a b"]);
    assert.deepEqual(order, ["answer", "load"]);
    client.dispose();
    server.dispose();
  });

  it("warms up with a text in which every rule can be run, keeps nothing of it, and not at all beside a file", async () => {
    const real = new Checker(builtInCatalog());
    const reports: Report[] = [];
    const forgotten: string[] = [];
    const checker = {
      check: (request: CheckRequest) => {
        const report = real.check(request);
        reports.push(report);
        return report;
      },
      forget: (path: string) => forgotten.push(path),
    } as unknown as Checker;
    await warmUp(checker, "2026-11-20", () => false);
    assert.equal(reports.length, 0);
    await warmUp(checker, "2026-11-20", () => true);
    assert.equal(reports.length, 1);
    const report = reports[0];
    assert.equal(report?.kind, "compose");
    assert.deepEqual(report?.failed, []);
    const told = new Set(report?.findings.map(({ rule }) => rule.split("/")[0]));
    assert.deepEqual([...told].toSorted(), ["compose", "connection", "mastodon"]);
    assert.deepEqual(forgotten, [report?.source.path]);
  });
});
