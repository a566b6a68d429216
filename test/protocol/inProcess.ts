// The language server inside the test's own process: two streams, no build.
import { PassThrough } from "node:stream";
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { Gate } from "../../server/src/lsp/gate.ts";
import type { HostIo } from "../../server/src/lsp/hostFiles.ts";
import { serve } from "../../server/src/lsp/server.ts";
import { start } from "../../server/src/lsp/start.ts";

export interface InProcess {
  readonly client: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly open: (name: string, text: string, languageId: string) => string;
  readonly stop: () => Promise<void>;
}

export interface StartInProcess {
  /** Texts by path below `file:///project/`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly encodings?: string[];
  readonly settings?: unknown;
  readonly capabilities?: ClientCapabilities;
}

const ROOT = "/project";

/** A folder that lives in a map. */
function memoryIo(files: Readonly<Record<string, string>>): HostIo {
  return {
    readFile: async (path) => files[path.slice(ROOT.length + 1)] ?? null,
    listFolder: async (folder) => {
      const inside = folder === ROOT ? "" : `${folder.slice(ROOT.length + 1)}/`;
      return Object.keys(files)
        .filter((name) => name.startsWith(inside) && !name.slice(inside.length).includes("/"))
        .map((name) => name.slice(inside.length));
    },
    findFiles: async () => Object.keys(files).map((name) => `${ROOT}/${name}`),
  };
}

export async function startInProcess(asked: StartInProcess = {}): Promise<InProcess> {
  const { files = {}, encodings, settings, capabilities = {} } = asked;
  const up = new PassThrough();
  const down = new PassThrough();
  const gate = new Gate(new StreamMessageReader(up));
  const server = createConnection(gate, new StreamMessageWriter(down));
  const host = { io: memoryIo(files), storedTables: null, today: () => "2026-11-20", exit: () => undefined };
  start({ connection: server, gate, load: async () => (connection, state) => serve(connection, host, state) });
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  client.onRequest("client/registerCapability", () => null);
  client.listen();
  const initialized = (await client.sendRequest("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: `file://${ROOT}`, name: "project" }],
    capabilities: {
      ...capabilities,
      ...(encodings === undefined ? {} : { general: { positionEncodings: encodings } }),
    },
    initializationOptions: settings,
  })) as InitializeResult;
  await client.sendNotification("initialized", {});
  return {
    client,
    initialized,
    open: (name, text, languageId) => {
      const uri = `file://${ROOT}/${name}`;
      void client.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
      return uri;
    },
    stop: async () => {
      await client.sendRequest("shutdown");
      client.dispose();
      server.dispose();
    },
  };
}
