import process from "node:process";
import {
  type Connection,
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  ProposedFeatures,
  StreamMessageReader,
} from "vscode-languageserver/node";
import { Gate } from "../lsp/gate.ts";
import { start } from "../lsp/start.ts";
import { guardFraming } from "./framing.ts";
import { StdoutWriter } from "./stdoutWriter.ts";

const isStdio = process.argv.includes("--stdio");

function gated(reader: MessageReader, writer: MessageWriter): { connection: Connection; gate: Gate } {
  const gate = new Gate(reader);
  return { connection: createConnection(ProposedFeatures.all, gate, writer), gate };
}

function connect(): { connection: Connection; gate: Gate | null } {
  if (!isStdio) {
    if (process.argv.includes("--node-ipc")) return gated(new IPCMessageReader(process), new IPCMessageWriter(process));
    // --socket=PORT or --pipe=NAME: read by the library from the arguments.
    return { connection: createConnection(ProposedFeatures.all), gate: null };
  }
  // Once the framing is lost nothing that follows can be read: leave at once instead of waiting for ever. A message whose
  // content cannot be read is skipped by the library.
  const leave = (why: string): void => {
    process.stderr.write(`cache-compat: the messages on standard input cannot be read: ${why}\n`);
    process.exit(1);
  };
  guardFraming(process.stdin, () => leave("a negative Content-Length"));
  const reader = new StreamMessageReader(process.stdin);
  reader.onError(({ message }) => {
    if (/Content-Length|header/i.test(message)) leave(message);
  });
  return gated(reader, new StdoutWriter(process.stdout));
}

const status = start({
  ...connect(),
  load: async () => {
    // Before anything large is read.
    const [{ keepHeapSmall }, { compileLate }] = await Promise.all([import("./heap.ts"), import("./machineCode.ts")]);
    keepHeapSmall();
    compileLate();
    const { serveHere } = await import("./serveHere.ts");
    return (connection, state) => serveHere(connection, state, isStdio);
  },
});

// An orphan must not live on: whoever held the other end is gone.
if (isStdio) for (const event of ["end", "close"]) process.stdin.on(event, () => process.exit(status()));
