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
  /** The line that the server names; `null` where it names none. */
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

export function findRefusals(file: ConfFile, state: ServerState): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (line: ConfLine, trouble: Trouble): void => {
    const reportedLine = trouble.isUnnumbered === true ? null : line.number;
    refusals.push({ line, trouble, stage: "reading", reportedLine });
  };
  const sentinel = new SentinelState();
  const isAtOnce = readsInFileOrder(state);
  const readStatement = (line: ConfLine): void => {
    const troubles = readWithComment(line, file.text, (one) => readSentinelLine(one, sentinel, state));
    for (const trouble of troubles) refuse(line, trouble);
  };
  for (const line of file.lines) {
    if (refusals.length > MOST_TOLD) return refusals;
    const { length } = state.sentinelLines;
    const unclaimed = state.unclaimed.length;
    for (const trouble of readWithComment(line, file.text, (one) => readLine(one, state))) refuse(line, trouble);
    if (state.unclaimed.length > unclaimed) retryWithoutComment(line, file.text, state);
    if (isAtOnce && state.sentinelLines.length > length) readStatement(line);
  }
  if (!isAtOnce) for (const line of sentinelOrder(state.sentinelLines, state)) readStatement(line);
  for (const found of startupTroubles(state)) {
    const isNumbered = isNumberedLate(state, found);
    refusals.push({
      ...found,
      stage: isNumbered ? "reading" : "startup",
      reportedLine: isNumbered ? found.line.number : null,
    });
  }
  return refusals;
}
