/** A language client of the smallest kind, over the real standard input and output of the server. */
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { startNode } from "./processes.mjs";

const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: {
    synchronization: {},
    diagnostic: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ["markdown"] },
    completion: { completionItem: { snippetSupport: true } },
  },
};

export class Client {
  #nextId = 1;
  #waiting = new Map();
  #rest = Buffer.alloc(0);

  /** `folder` is the workspace folder. */
  constructor(dist, folder) {
    this.started = performance.now();
    const { child, cpu } = startNode([join(dist, "server.js"), "--stdio"], { cwd: folder });
    this.child = child;
    this.cpu = cpu;
    this.folder = folder;
    child.stdout.on("data", (chunk) => this.#take(chunk));
    child.on("exit", () => {
      for (const { fail } of this.#waiting.values()) fail(new Error("the server ended"));
    });
  }

  async initialize() {
    const rootUri = pathToFileURL(this.folder).href;
    const params = { processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: "bench" }] };
    await this.request("initialize", { ...params, capabilities: CAPABILITIES });
    this.notify("initialized", {});
  }

  open(uri, languageId, text) {
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Answers `{ result, error, at }`, `at` being the time of arrival. */
  request(method, params) {
    const id = this.#nextId++;
    return new Promise((done, fail) => {
      this.#waiting.set(id, { done, fail });
      this.#send({ jsonrpc: "2.0", id, method, params });
    });
  }

  notify(method, params) {
    this.#send({ jsonrpc: "2.0", method, params });
  }

  /** Ends the server; answers the CPU milliseconds of its whole life. */
  async close() {
    await this.request("shutdown");
    this.notify("exit");
    return this.cpu;
  }

  #send(message) {
    const body = JSON.stringify(message);
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #take(chunk) {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const head = this.#rest.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#rest.toString("latin1", 0, head))?.[1]);
      if (this.#rest.length < head + 4 + length) return;
      const at = performance.now();
      const message = JSON.parse(this.#rest.toString("utf8", head + 4, head + 4 + length));
      this.#rest = this.#rest.subarray(head + 4 + length);
      this.#receive(message, at);
    }
  }

  #receive({ id, method, params, result, error }, at) {
    if (method === undefined) {
      this.#waiting.get(id)?.done({ result, error, at });
      this.#waiting.delete(id);
    } else if (id !== undefined) {
      // The server asks: no settings are set, everything else is agreed to.
      const answer = method === "workspace/configuration" ? params.items.map(() => null) : null;
      this.#send({ jsonrpc: "2.0", id, result: answer });
    }
  }
}
