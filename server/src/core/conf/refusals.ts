// All that stops one server at one file, in the order in which it would meet it.
import { commentIn, commentTrouble, readWithComment, withoutComment } from "./inlineComment.ts";
import type { ConfFile, ConfLine } from "./parser.ts";
import { MOST_TOLD, type Stage, type Trouble } from "./problem.ts";
import { readLine } from "./read/line.ts";
import { readSentinelLine, readsInFileOrder, SentinelState, sentinelOrder } from "./read/sentinel.ts";
import type { ServerState } from "./read/state.ts";
import { isNumberedLate, startupTroubles } from "./startup.ts";

export interface Refusal {
  readonly line: ConfLine;
  readonly trouble: Trouble;
  readonly stage: Exclude<Stage, "advice">;
  /** The line that the server names, counted as the line is; `null` where it names none. */
  readonly reportedLine: number | null;
}

/** `include a.conf # comment`: Redis 8 keeps the line for its modules, because of the comment alone. */
function retryWithoutComment(line: ConfLine, text: string, state: ServerState): void {
  const comment = commentIn(line, text);
  const kept = state.unclaimed.pop();
  if (kept === undefined) return;
  const { length } = state.unclaimed;
  const isMended =
    comment !== null && readLine(withoutComment(line, comment), state) === null && state.unclaimed.length === length;
  state.unclaimed.length = length;
  state.unclaimed.push(isMended ? { line, trouble: commentTrouble(line, comment, text) } : kept);
}

/** Reads lines into a state, and stops behind the line that makes more refusals than `most`. `text` is that of the lines. */
export function readLines(
  lines: readonly ConfLine[],
  text: string,
  state: ServerState,
  most = Number.POSITIVE_INFINITY,
): Refusal[] {
  const refusals: Refusal[] = [];
  for (const line of lines) {
    if (refusals.length > most) break;
    const unclaimed = state.unclaimed.length;
    for (const trouble of readWithComment(line, text, (one) => readLine(one, state)))
      refusals.push(toRefusal(line, trouble));
    if (state.unclaimed.length > unclaimed) retryWithoutComment(line, text, state);
  }
  return refusals;
}

function toRefusal(line: ConfLine, trouble: Trouble): Refusal {
  return { line, trouble, stage: "reading", reportedLine: trouble.isUnnumbered === true ? null : line.number };
}

/** What a Sentinel says to its statements, in the order in which it takes them. `text`: of the lines that are in no piece. */
export function readStatements(state: ServerState, text: string): Refusal[] {
  const sentinel = new SentinelState();
  return sentinelOrder(state.sentinelLines, state).flatMap((line) =>
    readWithComment(line, line.piece?.text ?? text, (one) => readSentinelLine(one, sentinel, state)).map((trouble) =>
      toRefusal(line, trouble),
    ),
  );
}

/** What stops the server once it has read all. */
export function startupRefusals(state: ServerState): Refusal[] {
  return startupTroubles(state).map((found) => {
    const isNumbered = isNumberedLate(state, found);
    return {
      ...found,
      stage: isNumbered ? "reading" : "startup",
      reportedLine: isNumbered ? found.line.number : null,
    };
  });
}

/** What is said to statements, behind or between what is said to lines; `placeOf` orders the lines of the file. */
export function withStatements(
  read: readonly Refusal[],
  statements: readonly Refusal[],
  state: ServerState,
  placeOf: (line: ConfLine) => number,
): readonly Refusal[] {
  if (statements.length === 0) return read;
  const all = [...read, ...statements];
  return readsInFileOrder(state) ? all.sort((a, b) => placeOf(a.line) - placeOf(b.line)) : all;
}

/** For a text that is read once. */
export function findRefusals(file: ConfFile, state: ServerState): readonly Refusal[] {
  const read = readLines(file.lines, file.text, state, MOST_TOLD);
  if (read.length > MOST_TOLD) return read;
  const statements = readStatements(state, file.text);
  return [...withStatements(read, statements, state, ({ span }) => span.start), ...startupRefusals(state)];
}
