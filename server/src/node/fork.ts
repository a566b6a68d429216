/**
 * The browser's server bundle as a process of its own, for the extension on a desktop or a remote machine: what a worker has, made of the
 * channel between two Node processes, and this machine's file system. So the extension's package holds the server once.
 */
import process from "node:process";
import type { ServerHost } from "../lsp/server.ts";
import { giveBack, keepHeapSmall } from "./heap.ts";
import { nodeIo } from "./io.ts";
import { compileLate } from "./machineCode.ts";

interface WorkerScope {
  onmessage?: (event: { readonly data: unknown }) => void;
  readonly postMessage: (message: unknown) => void;
  readonly addEventListener: () => void;
  readonly cacheCompat: Pick<ServerHost, "io" | "exit" | "giveBack">;
}

const scope: WorkerScope = {
  postMessage: (message) => process.send?.(message),
  // Errors of the channel end the process.
  addEventListener: () => undefined,
  cacheCompat: { io: nodeIo, exit: (code) => process.exit(code), giveBack },
};
Object.assign(globalThis, { self: scope });
process.on("message", (data) => scope.onmessage?.({ data }));
// An orphan must not live on: the extension host is gone.
process.on("disconnect", () => process.exit(1));
keepHeapSmall();
compileLate();
require("./browser/server.js");
