// The built server of the browser in a world of its own: the language and what a worker of a browser has, nothing of Node. It speaks to
// a client whose files live in a map.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import type { Diagnostic, DocumentDiagnosticReport, InitializeResult } from "vscode-languageserver";
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createProtocolConnection,
  type DataCallback,
  type Disposable,
  type Message,
  type ProtocolConnection,
} from "vscode-languageserver/node";
import { READ_FILE, READ_FOLDER, type ReadFolderAnswer, type ReadParams } from "../../server/src/lsp/protocol.ts";
import { WEB_SERVER } from "../support/build.ts";

/** What a worker and the page post to each other is copied. */
type Post = (message: Message) => void;

class PortReader extends AbstractMessageReader {
  #callback: DataCallback | undefined;
  listen(callback: DataCallback): Disposable {
    this.#callback = callback;
    return { dispose: () => undefined };
  }
  readonly receive: Post = (message) => this.#callback?.(message);
}

class PortWriter extends AbstractMessageWriter {
  readonly #post: Post;
  constructor(post: Post) {
    super();
    this.#post = post;
  }
  async write(message: Message): Promise<void> {
    this.#post(message);
  }
  end(): void {}
}

const SCRIPT = new vm.Script(readFileSync(WEB_SERVER, "utf8"), { filename: WEB_SERVER });

export interface StartWorker {
  /** Workspace folders, as the client writes them. */
  readonly folders: readonly string[];
  /** Texts by URI; a client that has none does not offer to read. */
  readonly files?: ReadonlyMap<string, string>;
  readonly settings?: unknown;
}

export class WorkerSession {
  readonly client: ProtocolConnection;
  readonly asked: string[] = [];
  readonly logged: string[] = [];
  initialized: InitializeResult | null = null;

  constructor() {
    const reader = new PortReader();
    // As in the nested workers of VS Code: no address could be made of origin and path.
    const location = { origin: "http://localhost:1", pathname: "http://localhost:1/1b2c", search: "" };
    const self: {
      readonly location: typeof location;
      onmessage?: (event: { data: Message }) => void;
      postMessage: Post;
      addEventListener: () => void;
    } = {
      location,
      addEventListener: () => undefined,
      postMessage: (message) => {
        const copy = structuredClone(message);
        setTimeout(() => reader.receive(copy));
      },
    };
    const timers = { setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask };
    const world = { self, location, ...timers, console, performance, TextEncoder, TextDecoder, URL };
    SCRIPT.runInNewContext(world, { displayErrors: false });
    const writer = new PortWriter((message) => {
      const copy = structuredClone(message);
      setTimeout(() => self.onmessage?.({ data: copy }));
    });
    this.client = createProtocolConnection(reader, writer);
    this.client.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.logged.push(message);
    });
    this.client.listen();
  }

  static async start({ folders, files, settings = {} }: StartWorker): Promise<WorkerSession> {
    const session = new WorkerSession();
    if (files !== undefined) session.#serve(files);
    session.client.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => settings));
    session.initialized = await session.client.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      capabilities: {
        workspace: { configuration: true },
        textDocument: { diagnostic: { relatedInformation: true } },
        ...(files === undefined ? {} : { experimental: { cacheCompat: { files: true } } }),
      },
    });
    await session.client.sendNotification("initialized", {});
    return session;
  }

  #serve(files: ReadonlyMap<string, string>): void {
    this.client.onRequest(READ_FILE, ({ uri }: ReadParams) => {
      this.asked.push(uri);
      return files.get(uri) ?? null;
    });
    this.client.onRequest(READ_FOLDER, ({ uri }: ReadParams): ReadFolderAnswer | null => {
      this.asked.push(uri);
      const inside = uri.endsWith("/") ? uri : `${uri}/`;
      const below = [...files.keys()]
        .filter((name) => name.startsWith(inside))
        .map((name) => name.slice(inside.length));
      if (below.length === 0) return null;
      return {
        files: below.filter((name) => !name.includes("/")),
        folders: [...new Set(below.filter((name) => name.includes("/")).map((name) => name.split("/")[0] ?? ""))],
      };
    });
  }

  async open(uri: string, text: string, languageId = "dockercompose"): Promise<void> {
    await this.client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    if (report.kind !== "full") throw new Error("a full report was asked for");
    return report.items;
  }
}
