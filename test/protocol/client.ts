// A small client that speaks to the built server over stdio. Its abilities can be switched off one by one, it checks
// the framing of every byte, and it waits for messages, never for time.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import type {
  ClientCapabilities,
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeResult,
  PublishDiagnosticsParams,
} from "vscode-languageserver";
import type { HostOptions } from "../../server/src/lsp/protocol.ts";
import { CLI, SERVER } from "../support/build.ts";

type Json = Readonly<Record<string, unknown>>;

export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export class RequestError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Abilities {
  /** Diagnostics are pulled; else they are pushed. */
  readonly pull?: boolean;
  /** Settings are asked for; else they come with `initialize`. */
  readonly configuration?: boolean;
  readonly encodings?: readonly string[];
  readonly markdown?: boolean;
  readonly documentChanges?: boolean;
  /** Edits with places to fill in, and edits that make files. */
  readonly richEdits?: boolean;
  readonly resolve?: boolean;
  readonly tags?: boolean;
  readonly related?: boolean;
  readonly codeDescription?: boolean;
  readonly refresh?: boolean;
  /** Tells what changes on disk. */
  readonly watch?: boolean;
  /** Shows progress that the server begins. */
  readonly progress?: boolean;
}

export interface Start extends Abilities {
  readonly folder?: string;
  readonly settings?: unknown;
  /** What an editor tells beside the settings. */
  readonly host?: HostOptions;
  /** XDG_DATA_HOME: the tables of whoever runs the tests have no say. */
  readonly dataHome?: string;
  /** Answers every question of the server with an error. */
  readonly refuses?: boolean;
  /** For Node itself. */
  readonly nodeFlags?: readonly string[];
  /** Through `cache-compat lsp --stdio`. */
  readonly throughCli?: boolean;
}

/** Judged on a fixed day, so that no test hangs on today. */
export const SETTINGS = { asOf: "2026-11-20", apps: { mastodon: "4.5" } };

export function capabilitiesOf(abilities: Abilities): ClientCapabilities {
  const { related = true, codeDescription = true, tags = true, refresh = true, watch = true } = abilities;
  const told = {
    relatedInformation: related,
    codeDescriptionSupport: codeDescription,
    ...(tags ? { tagSupport: { valueSet: [1, 2] as (1 | 2)[] } } : {}),
  };
  return {
    general: { positionEncodings: [...(abilities.encodings ?? ["utf-16"])] },
    window: { workDoneProgress: abilities.progress ?? false },
    workspace: {
      configuration: abilities.configuration ?? true,
      workspaceFolders: true,
      didChangeWatchedFiles: { dynamicRegistration: watch },
      didChangeConfiguration: { dynamicRegistration: true },
      workspaceEdit: {
        documentChanges: abilities.documentChanges ?? true,
        ...(abilities.richEdits === true ? { snippetEditSupport: true, resourceOperations: ["create"] } : {}),
      },
      diagnostics: { refreshSupport: refresh },
      inlayHint: { refreshSupport: refresh },
    },
    textDocument: {
      publishDiagnostics: { ...told, versionSupport: true },
      ...((abilities.pull ?? true) ? { diagnostic: { dynamicRegistration: false, ...told } } : {}),
      hover: { contentFormat: (abilities.markdown ?? true) ? ["markdown", "plaintext"] : ["plaintext"] },
      completion: { completionItem: { tagSupport: { valueSet: [1] } } },
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll"] } },
        isPreferredSupport: true,
        ...((abilities.resolve ?? true) ? { dataSupport: true, resolveSupport: { properties: ["edit"] } } : {}),
      },
    },
  };
}

interface Waiting {
  readonly fits: (message: Message) => boolean;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

export class Client {
  /** What `workspace/configuration` is answered with. */
  settings: unknown;
  refuses = false;
  initialized: InitializeResult | null = null;
  /** Everything that the server sent on its own account. */
  readonly received: Message[] = [];
  /** Bytes on stdout that belong to no frame. */
  stray = "";
  stderr = "";
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #exited: Promise<number | null>;
  readonly #answers = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #waiting = new Set<Waiting>();
  #buffer: Buffer = Buffer.alloc(0);
  #nextId = 1;

  constructor(
    settings: unknown,
    throughCli: boolean,
    dataHome = "/nonexistent/cache-compat-tests",
    nodeFlags: readonly string[] = [],
  ) {
    this.settings = settings;
    const program = throughCli ? [CLI, "lsp", "--stdio"] : [SERVER, "--stdio"];
    this.#process = spawn(process.execPath, [...nodeFlags, ...program], {
      stdio: "pipe",
      env: { ...process.env, XDG_DATA_HOME: dataHome },
    });
    this.#process.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#process.stderr.on("data", (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.#process.stdin.on("error", () => undefined);
    this.#exited = new Promise((resolve) => {
      this.#process.on("close", (code) => {
        resolve(code);
        const error = new Error(`the server ended with ${code}: ${this.stderr}`);
        for (const { reject } of [...this.#answers.values(), ...this.#waiting]) reject(error);
      });
    });
  }

  static async start(start: Start = {}): Promise<Client> {
    const { folder, settings = SETTINGS, throughCli = false } = start;
    const client = new Client(settings, throughCli, start.dataHome, start.nodeFlags);
    client.refuses = start.refuses ?? false;
    const canBeAsked = start.configuration ?? true;
    client.initialized = await client.request<InitializeResult>("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: capabilitiesOf(start),
      workspaceFolders: folder === undefined ? null : [{ uri: uriOf(folder), name: "project" }],
      ...(canBeAsked && start.host === undefined
        ? {}
        : { initializationOptions: { ...(canBeAsked ? {} : (settings as object)), host: start.host } }),
    });
    client.notify("initialized", {});
    return client;
  }

  /** The id under which the next request goes out. */
  get nextId(): number {
    return this.#nextId;
  }

  request<R = unknown>(method: string, params?: unknown): Promise<R> {
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.#answers.set(id, { resolve, reject }));
    this.send({ jsonrpc: "2.0", id, method, ...(params === undefined ? {} : { params }) });
    return answer as Promise<R>;
  }

  notify(method: string, params?: unknown): void {
    this.send({ jsonrpc: "2.0", method, ...(params === undefined ? {} : { params }) });
  }

  send(message: Json): void {
    const body = Buffer.from(JSON.stringify(message));
    this.raw(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  raw(bytes: Buffer): void {
    this.#process.stdin.write(bytes);
  }

  closeInput(): void {
    this.#process.stdin.end();
  }

  /** The first message of the server that fits, from `after` on: one that came already, or one that comes. */
  next(fits: (message: Message) => boolean, after = 0): Promise<Message> {
    const known = this.received.slice(after).find(fits);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve, reject) => this.#waiting.add({ fits, resolve, reject }));
  }

  open(uri: string, text: string, languageId = "dockercompose", version = 1): void {
    this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
  }

  change(uri: string, version: number, contentChanges: readonly unknown[]): void {
    this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): void {
    this.notify("textDocument/didClose", { textDocument: { uri } });
  }

  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request("textDocument/diagnostic", {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  async pullItems(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(uri);
    if (report.kind !== "full") throw new Error("a full report was asked for");
    return report.items;
  }

  /** Diagnostics pushed for a version; `null` for those that clear a closed file. */
  async pushed(uri: string, version: number | null, after = 0): Promise<readonly Diagnostic[]> {
    const message = await this.next(({ method, params }) => {
      if (method !== "textDocument/publishDiagnostics") return false;
      const published = params as PublishDiagnosticsParams;
      return published.uri === uri && (published.version ?? null) === version;
    }, after);
    return (message.params as PublishDiagnosticsParams).diagnostics;
  }

  /** Ends the session as the protocol wants it; the exit status. */
  async stop(): Promise<number | null> {
    await this.request("shutdown");
    this.notify("exit");
    return this.#exited;
  }

  exited(): Promise<number | null> {
    return this.#exited;
  }

  /** For a test that ends early. */
  kill(): void {
    if (this.#process.exitCode === null) this.#process.kill("SIGKILL");
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = this.#buffer.subarray(0, end).toString();
      const length = /^(?:Content-Type: [^\r\n]+\r\n)?Content-Length: (\d+)(?:\r\nContent-Type: [^\r\n]+)?$/.exec(
        head,
      )?.[1];
      if (length === undefined) {
        this.stray += this.#buffer.toString();
        this.#buffer = Buffer.alloc(0);
        return;
      }
      const start = end + 4;
      if (this.#buffer.length < start + Number(length)) return;
      const body = this.#buffer.subarray(start, start + Number(length)).toString();
      this.#buffer = this.#buffer.subarray(start + Number(length));
      this.#take(JSON.parse(body) as Message);
    }
  }

  #take(message: Message): void {
    if (message.method === undefined) {
      const waiting = this.#answers.get(message.id as number);
      this.#answers.delete(message.id as number);
      if (message.error === undefined) waiting?.resolve(message.result);
      else waiting?.reject(new RequestError(message.error.code, message.error.message));
      return;
    }
    if (message.id !== undefined) this.#answer(message);
    this.received.push(message);
    for (const waiting of this.#waiting) {
      if (!waiting.fits(message)) continue;
      this.#waiting.delete(waiting);
      waiting.resolve(message);
    }
  }

  #answer({ id, method, params }: Message): void {
    if (this.refuses) {
      this.send({ jsonrpc: "2.0", id, error: { code: -32601, message: "no" } });
      return;
    }
    const items = (params as { items?: readonly unknown[] } | undefined)?.items ?? [];
    const result = method === "workspace/configuration" ? items.map(() => this.settings) : null;
    this.send({ jsonrpc: "2.0", id, result });
  }
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Clients of one suite: ended after each test, whatever happened. */
export function clients(): (start?: Start) => Promise<Client> {
  const started: Client[] = [];
  afterEach(() => {
    for (const client of started.splice(0)) client.kill();
  });
  return async (start) => {
    const client = await Client.start(start);
    started.push(client);
    return client;
  };
}
