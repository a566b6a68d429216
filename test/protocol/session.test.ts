// The life of a session: capabilities, exit status, framing, and what a client may do wrong.
import assert from "node:assert/strict";
import type { Diagnostic } from "vscode-languageserver";
import { folders } from "../support/folders.ts";
import { Client, clients, RequestError, uriOf } from "./client.ts";

const TEXT = "services:\n  a:\n    image: redis:6.2\n";
const URI = "file:///nowhere/compose.yaml";

function codes(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

async function errorCode(answer: Promise<unknown>): Promise<number> {
  try {
    await answer;
  } catch (error) {
    if (error instanceof RequestError) return error.code;
    throw error;
  }
  throw new Error("the request was answered without an error");
}

describe("server: session", function () {
  this.timeout(30_000);
  const client = clients();
  const folder = folders();

  it("tells its capabilities", async () => {
    const server = await client();
    const { capabilities, serverInfo } = server.initialized ?? {};
    assert.equal(serverInfo?.name, "cache-compat");
    assert.match(serverInfo?.version ?? "", /^\d+\.\d+\.\d+/);
    assert.deepEqual(
      { ...capabilities, diagnosticProvider: { ...(capabilities?.diagnosticProvider ?? {}) } },
      {
        positionEncoding: "utf-16",
        referencesProvider: true,
        textDocumentSync: { openClose: true, change: 2, save: false },
        hoverProvider: true,
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        documentLinkProvider: { resolveProvider: false },
        semanticTokensProvider: {
          full: true,
          legend: { tokenTypes: ["keyword", "enumMember"], tokenModifiers: ["deprecated", "notInVersion"] },
        },
        definitionProvider: true,
        inlayHintProvider: true,
        completionProvider: { triggerCharacters: [":", ".", "-"], resolveProvider: true },
        codeActionProvider: {
          codeActionKinds: ["quickfix", "refactor.rewrite", "source.fixAll.cacheCompat"],
          resolveProvider: true,
        },
        diagnosticProvider: { identifier: "cache-compat", interFileDependencies: true, workspaceDiagnostics: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    );
  });

  it("offers pull diagnostics only to those who can", async () => {
    const server = await client({ pull: false });
    assert.equal(server.initialized?.capabilities.diagnosticProvider, undefined);
  });

  it("chooses the encoding of positions", async () => {
    for (const [encodings, chosen] of [
      [["utf-8", "utf-16"], "utf-16"],
      [["utf-8"], "utf-8"],
      [["utf-32"], "utf-32"],
      [[], "utf-16"],
    ] as const) {
      const server = await client({ encodings });
      assert.equal(server.initialized?.capabilities.positionEncoding, chosen);
    }
  });

  it("ends with 0 after shutdown and exit", async () => {
    const server = await client();
    server.open(URI, TEXT);
    assert.equal(await server.stop(), 0);
    assert.equal(server.stray, "");
    assert.equal(server.stderr, "");
  });

  it("ends with 1 after exit alone, and when its input closes", async () => {
    const server = await client();
    server.notify("exit");
    assert.equal(await server.exited(), 1);
    const orphan = await client();
    orphan.closeInput();
    assert.equal(await orphan.exited(), 1);
  });

  it("ends with 1 on exit before initialize", async () => {
    const server = new Client({}, false);
    server.notify("exit");
    assert.equal(await server.exited(), 1);
  });

  it("runs from the command line program, too", async () => {
    const server = await client({ throughCli: true });
    server.open(URI, TEXT);
    assert.ok(codes(await server.pullItems(URI)).includes("mastodon/engine-unsupported"));
    assert.equal(await server.stop(), 0);
    assert.equal(server.stray, "");
  });

  it("refuses requests before initialize and behind shutdown", async () => {
    const server = new Client({}, false);
    assert.equal(await errorCode(server.pull(URI)), -32002);
    await server.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    await server.request("shutdown");
    assert.equal(
      await errorCode(
        server.request("textDocument/hover", { textDocument: { uri: URI }, position: { line: 0, character: 0 } }),
      ),
      -32600,
    );
    server.notify("exit");
    assert.equal(await server.exited(), 0);
  });

  it("answers for unknown documents with nothing", async () => {
    const server = await client();
    const at = { textDocument: { uri: "file:///nobody/opened/me.yaml" }, position: { line: 0, character: 0 } };
    const range = { start: at.position, end: at.position };
    assert.deepEqual(await server.pullItems(at.textDocument.uri), []);
    assert.equal(await server.request("textDocument/hover", at), null);
    assert.equal(await server.request("textDocument/definition", at), null);
    assert.equal(await server.request("textDocument/completion", at), null);
    assert.deepEqual(
      (await server.request("textDocument/codeAction", { ...at, range, context: { diagnostics: [] } })) ?? [],
      [],
    );
    assert.deepEqual((await server.request("textDocument/inlayHint", { ...at, range })) ?? [], []);
    server.change(at.textDocument.uri, 2, [{ text: "x" }]);
    server.close(at.textDocument.uri);
    assert.deepEqual(await server.pullItems(at.textDocument.uri), []);
  });

  it("answers cancelled requests so", async () => {
    const server = await client({ folder: folder({ "compose.yaml": TEXT }).path });
    server.open(URI, TEXT);
    for (const [method, params] of [
      ["textDocument/diagnostic", { textDocument: { uri: URI } }],
      ["textDocument/hover", { textDocument: { uri: URI }, position: { line: 2, character: 18 } }],
      ["textDocument/completion", { textDocument: { uri: URI }, position: { line: 2, character: 18 } }],
      ["workspace/diagnostic", { previousResultIds: [] }],
    ] as const) {
      const { nextId } = server;
      const answer = errorCode(server.request(method, params));
      server.notify("$/cancelRequest", { id: nextId });
      assert.equal(await answer, -32800, method);
    }
    assert.equal(await server.stop(), 0);
  });

  it("lives on after parameters of a wrong shape", async () => {
    const server = await client();
    server.open(URI, TEXT);
    const nonsense = [undefined, null, {}, [], 7, "x", { textDocument: null }, { textDocument: { uri: 7 } }];
    for (const params of nonsense) {
      for (const method of ["didOpen", "didChange", "didClose"]) server.notify(`textDocument/${method}`, params);
      for (const method of ["didChangeWatchedFiles", "didChangeConfiguration", "didChangeWorkspaceFolders"])
        server.notify(`workspace/${method}`, params);
      for (const method of ["hover", "definition", "completion", "codeAction", "diagnostic", "inlayHint"])
        await server.request(`textDocument/${method}`, params).catch((error: unknown) => {
          assert.ok(error instanceof RequestError, String(error));
        });
      for (const method of [
        "completionItem/resolve",
        "codeAction/resolve",
        "workspace/diagnostic",
        "cacheCompat/status",
      ])
        await server.request(method, params).catch((error: unknown) => {
          assert.ok(error instanceof RequestError, String(error));
        });
    }
    for (const position of [
      {},
      { line: -1, character: -1 },
      { line: 1e9, character: 1e9 },
      { line: "x", character: null },
    ])
      assert.equal(await server.request("textDocument/hover", { textDocument: { uri: URI }, position }), null);
    server.change(URI, 2, [{ range: { start: { line: 99, character: 0 }, end: { line: 0, character: 0 } }, text: "" }]);
    server.change(URI, 3, [{ text: TEXT }]);
    assert.ok(codes(await server.pullItems(URI)).includes("mastodon/engine-unsupported"));
    assert.equal(await errorCode(server.request("no/such/method", {})), -32601);
    server.notify("no/such/notification", {});
    assert.equal(await server.stop(), 0);
    assert.equal(server.stray, "");
  });

  it("judges a file that is not saved yet like the same file on disk", async () => {
    const text = 'services:\n  cache:\n    image: redis:8.2\n    ports: ["6379:6379"]\n';
    const told = async (files: Readonly<Record<string, string>>): Promise<unknown[]> => {
      const project = folder({ "README.md": "", ...files });
      const server = await client({ folder: project.path });
      const uri = uriOf(project.file("compose.yaml"));
      server.open(uri, text);
      return codes(await server.pullItems(uri));
    };
    const saved = await told({ "compose.yaml": text });
    assert.ok(saved.includes("connection/exposed-server"));
    assert.deepEqual(await told({}), saved);
  });

  it("skips content that is no JSON", async () => {
    const server = await client();
    server.raw(Buffer.from("Content-Length: 8\r\n\r\nnonsense"));
    server.open(URI, TEXT);
    assert.ok(codes(await server.pullItems(URI)).includes("mastodon/engine-unsupported"));
  });

  it("ends where a length is negative, and not where a text only speaks of one", async () => {
    const header = "Content-Length: -5\r\n\r\n";
    const alive = await client();
    alive.open(URI, `# ${header}${TEXT}`);
    assert.ok(codes(await alive.pullItems(URI)).includes("mastodon/engine-unsupported"));
    for (const pieces of [[header], [...header]]) {
      const server = await client();
      for (const piece of pieces) server.raw(Buffer.from(piece));
      assert.equal(await server.exited(), 1);
    }
  });

  it("takes messages in pieces of one byte", async () => {
    const server = await client();
    const body = Buffer.from(
      JSON.stringify({
        jsonrpc: "2.0",
        method: "textDocument/didOpen",
        params: { textDocument: { uri: URI, languageId: "dockercompose", version: 1, text: `# 🦣\n${TEXT}` } },
      }),
    );
    for (const byte of Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]))
      server.raw(Buffer.from([byte]));
    assert.ok(codes(await server.pullItems(URI)).includes("mastodon/engine-unsupported"));
  });

  it("reads nothing outside of the workspace folders", async () => {
    const outside = folder({ ".env": "TAG=6.2\n" });
    const server = await client({ folder: folder({}).path });
    const uri = uriOf(outside.file("compose.yaml"));
    server.open(uri, "services:\n  a:\n    image: redis:${TAG}\n");
    assert.deepEqual(await server.pullItems(uri), []);
  });
});
