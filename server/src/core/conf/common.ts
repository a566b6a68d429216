// What every server refuses that may be meant, and the sentences in which it is told.
import { type ConfProblem, MOST_TOLD, type Trouble } from "./problem.ts";
import type { Refusal } from "./refusals.ts";
import { type Candidate, engineName, versionName } from "./target.ts";

/** What every possible server refuses, in the words of the newest. */
export function commonProblems(
  possible: readonly Candidate[],
  refusalsOf: (candidate: Candidate) => readonly Refusal[],
  placeOf: (refusal: Refusal, candidate: Candidate) => number,
): readonly ConfProblem[] {
  const newest = possible[0];
  if (newest === undefined) return [];
  let common = refusalsOf(newest);
  for (const candidate of possible.slice(1)) {
    if (common.length === 0) break;
    const refused = new Set(refusalsOf(candidate).map((refusal) => placeOf(refusal, candidate)));
    common = common.filter((refusal) => refused.has(placeOf(refusal, newest)));
  }
  return firstOf(common, (refusal) => toProblem(refusal, possible));
}

/** The first of many; the last of those says that there are more. */
export function firstOf<T>(all: readonly T[], toTold: (one: T) => ConfProblem): readonly ConfProblem[] {
  const told = all.slice(0, MOST_TOLD).map(toTold);
  const last = told.at(-1);
  if (last === undefined || all.length === told.length) return told;
  return [...told.slice(0, -1), withMore(last)];
}

export function withMore(problem: ConfProblem): ConfProblem {
  const message = `${problem.message} More of the kind stands behind it and is told once this is mended.`;
  return { ...problem, message };
}

/** Its places count as those of the line do. */
export function toProblem(refusal: Refusal, possible: readonly Candidate[]): ConfProblem {
  const { trouble, line, stage, reportedLine } = refusal;
  const { what } = trouble;
  const { advice, fixes } = { ...trouble, ...trouble.remedy?.() };
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${consequence(possible, trouble.rule)}`;
  return {
    rule: trouble.rule,
    severity: "error",
    span: { start: trouble.span.start, end: trouble.span.end },
    message: [sentence, ...(advice === undefined ? [] : [advice])].join(" "),
    line: line.number,
    stage,
    reportedLine,
    fixes: fixes ?? [],
    related: (trouble.related ?? []).map(({ span, message }) => ({ span, message })),
  };
}

function consequence(possible: readonly Candidate[], rule: Trouble["rule"]): string {
  const [first] = possible;
  if (first !== undefined && possible.length === 1) {
    // Told of names that no version knows: another version would not help, so none is named.
    return `${rule === "conf/unknown-directive" ? "The server" : versionName(first.version)} refuses to start.`;
  }
  const engines = [...new Set(possible.map(({ version }) => engineName(version.engine)))];
  return `${engines.length === 1 ? `Every ${engines[0]}` : "Every Redis and Valkey"} refuses to start.`;
}
