import { findAdvice } from "./advice.ts";
import type { DirectiveTable } from "./directiveTable.ts";
import type { ConfFile, LastReading } from "./parser.ts";
import { type ConfProblem, gluesWords, MOST_TOLD } from "./problem.ts";
import { type ModuleSetting, type ServerMode, ServerState } from "./read/state.ts";
import type { Traces } from "./read/traces.ts";
import { findRefusals, type Refusal } from "./refusals.ts";
import type { ServerFacts } from "./serverFacts.ts";
import { type Candidate, candidates, engineName, isFrom, type Target, versionName } from "./target.ts";
import type { QuoteDialect } from "./words.ts";

export interface VerdictTables {
  readonly directives: DirectiveTable;
  readonly facts: ServerFacts;
  readonly traces: Traces;
  readonly reading: LastReading;
}

export interface VerdictOptions {
  /** `null` = not known: an error is then only what every version refuses. */
  readonly target: Target | null;
  readonly mode: ServerMode;
  readonly modules: ModuleSetting;
  /** False: other files or the command line have their say, too, so nothing can be missing. */
  readonly isWhole: boolean;
}

/**
 * What is wrong with a file: first what stops the server that is meant, or every server that may be meant, in the order in which it meets
 * it; then what only has no effect or an old name.
 */
export function judge(text: string, options: VerdictOptions, tables: VerdictTables): readonly ConfProblem[] {
  const files = new Map<QuoteDialect, ConfFile>();
  const suspected = new Map<QuoteDialect, ConfFile>();
  const refusalsOf = (candidate: Candidate, suspects: Suspects): readonly Refusal[] => {
    const dialect = dialectOf(candidate);
    const file = files.get(dialect) ?? tables.reading.of(text, dialect);
    files.set(dialect, file);
    const read = suspects === null ? file : (suspected.get(dialect) ?? withSuspects(file, suspects, tables));
    if (suspects !== null) suspected.set(dialect, read);
    return refusalsFor(read, candidate, options, tables);
  };
  const possible = candidates(options.target);
  // Two versions mean the same fault when they blame the same line.
  const errors = commonProblems(possible, refusalsOf, ({ line }) => line.span.start);
  const file = possible[0] === undefined ? undefined : files.get(dialectOf(possible[0]));
  if (file === undefined) return errors;
  const refused = new Set(errors.map(({ line }) => line));
  const told = [...errors, ...firstOf(findAdvice(file, possible, refused, tables.directives), (advice) => advice)];
  return told.map((problem) =>
    problem.fixes.some((fix) => gluesWords(fix, text))
      ? { ...problem, fixes: problem.fixes.filter((fix) => !gluesWords(fix, text)) }
      : problem,
  );
}

export function refusalsFor(
  file: ConfFile,
  candidate: Candidate,
  options: VerdictOptions,
  tables: VerdictTables,
): readonly Refusal[] {
  const state = new ServerState(candidate, options.mode, options.modules, tables);
  if (!options.isWhole) state.hasInclude = true;
  return findRefusals(file, state);
}

export function dialectOf({ version }: Candidate): QuoteDialect {
  return isFrom(version, { valkey: "9.0" }) ? "loose" : "strict";
}

/** Places of what the newest server refuses: only these matter to the others. `null`: everything matters. */
type Suspects = ReadonlySet<number> | null;

/** The suspected lines, and those by which they may be judged. */
function withSuspects(file: ConfFile, suspects: ReadonlySet<number>, { traces }: VerdictTables): ConfFile {
  return { ...file, lines: file.lines.filter((line) => suspects.has(line.span.start) || traces.leftBy(line)) };
}

/** What every possible server refuses, in the words of the newest. */
export function commonProblems(
  possible: readonly Candidate[],
  refusalsOf: (candidate: Candidate, suspects: Suspects) => readonly Refusal[],
  placeOf: (refusal: Refusal, candidate: Candidate) => number,
): readonly ConfProblem[] {
  const newest = possible[0];
  if (newest === undefined) return [];
  let common = refusalsOf(newest, null);
  // Most files please the newest server, and then nothing is left to ask the others.
  const suspects = new Set(common.map((refusal) => placeOf(refusal, newest)));
  for (const candidate of possible.slice(1)) {
    if (common.length === 0) break;
    const refused = new Set(refusalsOf(candidate, suspects).map((refusal) => placeOf(refusal, candidate)));
    common = common.filter((refusal) => refused.has(placeOf(refusal, newest)));
  }
  return firstOf(common, (refusal) => toProblem(refusal, possible));
}

/** The first of many; the last of those says that there are more. */
function firstOf<T>(all: readonly T[], toTold: (one: T) => ConfProblem): readonly ConfProblem[] {
  const told = all.slice(0, MOST_TOLD).map(toTold);
  const last = told.at(-1);
  if (last === undefined || all.length === told.length) return told;
  const message = `${last.message} More of the kind stands behind it and is told once this is mended.`;
  return [...told.slice(0, -1), { ...last, message }];
}

function toProblem(refusal: Refusal, possible: readonly Candidate[]): ConfProblem {
  const { trouble, line, stage, reportedLine } = refusal;
  const { what } = trouble;
  const { advice, fixes } = { ...trouble, ...trouble.remedy?.() };
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${consequence(possible)}`;
  return {
    rule: trouble.rule,
    severity: "error",
    span: { start: trouble.span.start, end: trouble.span.end },
    message: [sentence, ...(advice === undefined ? [] : [advice])].join(" "),
    line: line.number,
    stage,
    reportedLine,
    fixes: fixes ?? [],
    related: trouble.related ?? [],
  };
}

function consequence(possible: readonly Candidate[]): string {
  const [first] = possible;
  if (first !== undefined && possible.length === 1) return `${versionName(first.version)} refuses to start.`;
  const engines = [...new Set(possible.map(({ version }) => engineName(version.engine)))];
  return `${engines.length === 1 ? `Every ${engines[0]}` : "Every Redis and Valkey"} refuses to start.`;
}

/** The problem that the server meets first: what it would report. */
export function firstRefusal(problems: readonly ConfProblem[]): ConfProblem | undefined {
  return problems.find(({ severity, stage }) => severity === "error" && stage !== "advice");
}
