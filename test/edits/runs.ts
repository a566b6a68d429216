// Runs of random edits: many short ones in one process, which shrink, and a long one over stdio.
import assert from "node:assert/strict";
import fc from "fast-check";
import { Folder } from "../support/folders.ts";
import { Desk } from "./desk.ts";
import { turn } from "./hand.ts";
import { BESIDE, type Kind } from "./samples.ts";
import { serverInProcess, serverOverStdio } from "./servers.ts";

/** How many turns one run in process has at most. */
const TURNS = 24;

export interface Done {
  /** Changes that were made. */
  edits: number;
  /** Comparisons with a fresh server. */
  comparisons: number;
}

export interface Amount {
  readonly seed: number;
  readonly edits: number;
  /** Turns from one comparison to the next. */
  readonly every: number;
  /** Milliseconds for all of it, shrinking included. */
  readonly timeLimit?: number;
}

async function compare(desk: Desk, done: Done, folder: string | null, places: number): Promise<void> {
  const fresh = folder === null ? await serverInProcess() : await serverOverStdio(folder);
  const differences = await desk.differences(fresh, places);
  await fresh.stop();
  done.comparisons++;
  assert.ok(differences.length === 0, `${differences.join("\n")}\ntext ${JSON.stringify(desk.text)}`);
}

/** Many short runs, each from a sample of the kind; what breaks is shrunk to the fewest edits. */
export async function runInProcess(kind: Kind, { seed, edits, every, timeLimit }: Amount): Promise<Done> {
  const done: Done = { edits: 0, comparisons: 0 };
  let isShrinking = false;
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: kind.samples.length - 1 }),
      fc.array(turn, { minLength: 1, maxLength: TURNS, size: "max" }),
      async (sample, turns) => {
        if (done.edits >= edits && !isShrinking) return;
        const server = await serverInProcess();
        try {
          const desk = new Desk(server, kind, kind.samples[sample] ?? "");
          for (const [at, one] of turns.entries()) {
            done.edits += desk.take(one);
            if ((at + 1) % every === 0 || at === turns.length - 1) await compare(desk, done, null, 6);
          }
        } catch (error) {
          isShrinking = true;
          throw error;
        } finally {
          await server.stop();
        }
      },
    ),
    // What breaks is told before the test's time is up, shrunk as far as it got.
    { seed, numRuns: edits, ...(timeLimit === undefined ? {} : { interruptAfterTimeLimit: timeLimit }) },
  );
  return done;
}

/** One long run against the built server. */
export async function runOverStdio(kind: Kind, { seed, edits, every }: Amount): Promise<Done> {
  const done: Done = { edits: 0, comparisons: 0 };
  const folder = new Folder(BESIDE);
  const server = await serverOverStdio(folder.path);
  try {
    const desk = new Desk(server, kind, kind.samples[seed % kind.samples.length] ?? "");
    for (const [at, one] of fc.sample(turn, { seed, numRuns: edits }).entries()) {
      done.edits += desk.take(one);
      const isLast = done.edits >= edits;
      if ((at + 1) % every === 0 || isLast) await compare(desk, done, folder.path, 20);
      if (isLast) break;
    }
  } finally {
    await server.stop();
    folder.remove();
  }
  return done;
}
