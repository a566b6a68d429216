/** The server with the files of this machine. */
import process from "node:process";
import type { Connection } from "vscode-languageserver";
import { serve } from "../lsp/server.ts";
import type { Rest, SessionState } from "../lsp/start.ts";
import { readStored } from "../update/store.ts";
import { giveBack } from "./heap.ts";
import { nodeIo } from "./io.ts";

/** `sharesTables`: an extension brings its own; other editors share what the command line has downloaded. */
export function serveHere(connection: Connection, state: SessionState, sharesTables: boolean): Rest {
  return serve(
    connection,
    {
      io: nodeIo,
      storedTables: sharesTables ? readStored() : null,
      today: () => new Date().toISOString().slice(0, 10),
      exit: (code) => process.exit(code),
      giveBack,
    },
    state,
  );
}
