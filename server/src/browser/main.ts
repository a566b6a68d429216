/** The language server as a worker: messages instead of streams, and where nobody offers a file system every file comes from the client. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { type ServerHost, serve } from "../lsp/server.ts";

/** Set by who runs this bundle elsewhere than in a browser. */
const { cacheCompat: host } = self as { cacheCompat?: Pick<ServerHost, "io" | "exit"> };

serve(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), {
  // The extension brings its own.
  storedTables: null,
  today: () => new Date().toISOString().slice(0, 10),
  // In a browser the client ends the worker.
  ...(host ?? { io: null, exit: () => undefined }),
});
