import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";

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
  await new Promise<void>((resolve) => setImmediateOrTimeout(resolve));
  if (token.isCancellationRequested) return cancelled();
  try {
    const result = await run();
    return token.isCancellationRequested ? cancelled() : result;
  } catch (error) {
    log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return empty;
  }
}

/** Node's `setImmediate`; a worker in a browser has none. */
function setImmediateOrTimeout(run: () => void): void {
  const immediate = (globalThis as { setImmediate?: (callback: () => void) => void }).setImmediate;
  if (immediate !== undefined) immediate(run);
  else setTimeout(run, 0);
}
