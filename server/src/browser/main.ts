/** The language server as a worker: messages instead of streams, and where nobody offers a file system every file comes from the client. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { Gate } from "../lsp/gate.ts";
import type { ServerHost } from "../lsp/server.ts";
import { start } from "../lsp/start.ts";

/** Set by who runs this bundle elsewhere than in a browser. */
const { cacheCompat: host } = self as { cacheCompat?: Pick<ServerHost, "io" | "exit" | "giveBack"> };

const gate = new Gate(new BrowserMessageReader(self));
start({
  connection: createConnection(gate, new BrowserMessageWriter(self)),
  gate,
  load: async () => {
    const { serve } = await import("../lsp/server.ts");
    const today = () => new Date().toISOString().slice(0, 10);
    // The extension brings its own tables. In a browser the client ends the worker.
    const here = { storedTables: null, today, ...(host ?? { io: null, exit: () => undefined }) };
    return (connection, state) => serve(connection, here, state);
  },
});
