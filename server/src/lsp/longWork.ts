/** Work over the whole workspace: shown by the client once it takes longer than a moment, and stopped by whoever asked or watches. */
import type { CancellationToken, Connection, WorkDoneProgressServerReporter } from "vscode-languageserver";

/** Nobody wants to see less, in milliseconds. */
const MOMENT_MS = 400;

export interface LongWork {
  isCancelled(): boolean;
  /** Files looked at, of those known so far. */
  tell(done: number, total: number): void;
  end(): void;
}

/** `canShow`: the client shows progress that a server begins. */
export function longWork(connection: Connection, token: CancellationToken, canShow: boolean): LongWork {
  const begun = performance.now();
  let asked = false;
  let isOver = false;
  let reporter: WorkDoneProgressServerReporter | null = null;
  const begin = async (): Promise<void> => {
    const created = await connection.window.createWorkDoneProgress();
    if (isOver) return;
    created.begin("Cache Compat: checking the workspace", 0, undefined, true);
    reporter = created;
  };
  return {
    isCancelled: () => token.isCancellationRequested || reporter?.token.isCancellationRequested === true,
    tell: (done, total) => {
      if (!canShow || performance.now() - begun < MOMENT_MS) return;
      if (!asked) void begin().catch(() => undefined);
      asked = true;
      reporter?.report(Math.floor((done / total) * 100), `${done} of ${total} files`);
    },
    end: () => {
      isOver = true;
      reporter?.done();
    },
  };
}
