import process from "node:process";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "../lsp/server.ts";
import { nodeIo } from "./io.ts";

// --stdio, --node-ipc or --socket=PORT: read by the library from the arguments.
serve(createConnection(ProposedFeatures.all), {
  io: nodeIo,
  today: () => new Date().toISOString().slice(0, 10),
  exit: (code) => process.exit(code),
});
