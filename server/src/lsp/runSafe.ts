import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { describeError } from "../core/index.ts";

/** Where a session stands: requests count only between `initialize` and `shutdown`. */
export type Life = "new" | "running" | "shut-down";

/** What the protocol demands for a request at the wrong time; `null` at the right one. */
export function refusal(life: Life, name: string): ResponseError<never> | null {
  if (life === "new") return new ResponseError(ErrorCodes.ServerNotInitialized, `${name} came before initialize`);
  if (life === "shut-down") return new ResponseError(ErrorCodes.InvalidRequest, `${name} came after shutdown`);
  return null;
}

/** Cancelled requests answer so; whatever else goes wrong is logged and answered with `empty`, never thrown at the client. */
export async function runSafe<T>(
  name: string,
  token: CancellationToken,
  log: (message: string) => void,
  empty: T,
  run: () => Promise<T>,
): Promise<T | ResponseError<never>> {
  const cancelled = (): ResponseError<never> =>
    new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
  // Let a cancellation that is already on its way arrive before work begins.
  await nextTurn();
  if (token.isCancellationRequested) return cancelled();
  try {
    const result = await run();
    return token.isCancellationRequested ? cancelled() : result;
  } catch (error) {
    if (error instanceof ResponseError) return error as ResponseError<never>;
    log(`${name} failed: ${describeError(error)}`);
    return empty;
  }
}

/** Lets messages that wait be read. Node's `setImmediate`; a worker in a browser has none. */
export function nextTurn(): Promise<void> {
  const immediate = (globalThis as { setImmediate?: (callback: () => void) => void }).setImmediate;
  return new Promise((resolve) => {
    if (immediate !== undefined) immediate(resolve);
    else setTimeout(resolve, 0);
  });
}
