import type { ConfChecker, ConfOptions, ConfProblem } from "../../conf/index.ts";
import { applyEdits } from "../../features/fixAll.ts";
import { spanOf } from "../../text.ts";

/** A longer line is nobody's typing mistake; it is not read once more for each of its fixes. */
const LONGEST_LINE = 2000;

/** Settings that stop a server later where others are missing: as long as they are misspelt, nobody misses those. */
const NEEDS_OTHERS = /^(?:tls-|cluster-|port$|bind$|unixsocket$|replicaof$)/;
/** A longer file is not read once more. */
const LONGEST_FILE = 20_000;

/**
 * Leaves out fixes of a line that the server would refuse all the same: a name may be corrected where the arguments do not
 * fit it, a quote may be added where the value is none.
 */
export function withHonestFixes(
  problem: ConfProblem,
  text: string,
  conf: ConfChecker,
  options: ConfOptions,
): ConfProblem {
  if (problem.severity !== "error" || problem.fixes.length === 0) return problem;
  // The server's own lines: a carriage return alone ends none.
  const start = text.lastIndexOf("\n", problem.span.start - 1) + 1;
  const lineFeed = text.indexOf("\n", problem.span.start);
  const end = lineFeed < 0 ? text.length : lineFeed;
  if (end - start > LONGEST_LINE) return { ...problem, fixes: [] };
  const fixes = problem.fixes.filter(({ edits }) => {
    const inLine = edits.map(({ start: from, end: to, newText }) => ({
      path: "",
      span: spanOf(from - start, to - start),
      newText,
    }));
    if (inLine.some(({ span }) => span.start < 0 || span.end > end - start)) return true;
    const fixed = applyEdits(text.slice(start, end), inLine);
    if (conf.check(fixed, { ...options, isWhole: false }).some(({ severity }) => severity === "error")) return false;
    const isSeenLater = problem.rule === "conf/syntax" || edits.some(({ newText }) => NEEDS_OTHERS.test(newText));
    const needsOthers = isSeenLater && text.length <= LONGEST_FILE;
    return !needsOthers || bringsNoError(text, text.slice(0, start) + fixed + text.slice(end), conf, options);
  });
  return { ...problem, fixes };
}

function bringsNoError(before: string, after: string, conf: ConfChecker, options: ConfOptions): boolean {
  const errors = (text: string): string[] =>
    conf.check(text, options).flatMap(({ severity, message }) => (severity === "error" ? [message] : []));
  const known = new Set(errors(before));
  return errors(after).every((message) => known.has(message));
}
