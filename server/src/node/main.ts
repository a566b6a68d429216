import process from "node:process";
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "../lsp/server.ts";
import { nodeIo } from "./io.ts";

function connect() {
  // --node-ipc or --socket=PORT: read by the library from the arguments.
  if (!process.argv.includes("--stdio")) return createConnection(ProposedFeatures.all);
  const reader = new StreamMessageReader(process.stdin);
  // Once the framing is lost nothing that follows can be read: leave at once instead of waiting for ever.
  reader.onError((error) => {
    process.stderr.write(`cache-compat: the messages on standard input cannot be read: ${error.message}\n`);
    process.exit(1);
  });
  return createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout));
}

serve(connect(), {
  io: nodeIo,
  today: () => new Date().toISOString().slice(0, 10),
  exit: (code) => process.exit(code),
});
