/** The language server as a worker of a browser: messages instead of streams, and every file comes from the client. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { serve } from "../lsp/server.ts";

serve(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  io: null,
  storedTables: null,
  today: () => new Date().toISOString().slice(0, 10),
  // The client ends the worker.
  exit: () => undefined,
});
