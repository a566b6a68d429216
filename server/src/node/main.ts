import process from "node:process";
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "../lsp/server.ts";
import { readStored } from "../update/store.ts";
import { guardFraming } from "./framing.ts";
import { nodeIo } from "./io.ts";

function connect() {
  // --node-ipc or --socket=PORT: read by the library from the arguments.
  if (!process.argv.includes("--stdio")) return createConnection(ProposedFeatures.all);
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
  return createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout));
}

const status = serve(connect(), {
  io: nodeIo,
  // An extension brings its own; other editors share what the command line has downloaded.
  storedTables: process.argv.includes("--stdio") ? readStored() : null,
  today: () => new Date().toISOString().slice(0, 10),
  exit: (code) => process.exit(code),
});

// An orphan must not live on: whoever held the other end is gone.
if (process.argv.includes("--stdio"))
  for (const event of ["end", "close"]) process.stdin.on(event, () => process.exit(status()));
