import type { DirectiveTable } from "./directiveTable.ts";
import { type ConfFile, parseConf } from "./parser.ts";
import type { ConfProblem } from "./problem.ts";
import { type ModuleSetting, type ServerMode, ServerState } from "./read/state.ts";
import { findRefusals, type Refusal } from "./refusals.ts";
import type { ServerFacts } from "./serverFacts.ts";
import { type Candidate, candidates, engineName, isFrom, type Target, versionName } from "./target.ts";

export interface VerdictTables {
  readonly directives: DirectiveTable;
  readonly facts: ServerFacts;
}

export interface VerdictOptions {
  /** `null` = not known: an error is then only what every version refuses. */
  readonly target: Target | null;
  readonly mode: ServerMode;
  readonly modules: ModuleSetting;
}

/** The errors of a file: what stops the server that is meant, or every server that may be meant. */
export function judge(text: string, options: VerdictOptions, tables: VerdictTables): readonly ConfProblem[] {
  const possible = candidates(options.target);
  const newest = possible[0];
  if (newest === undefined) return [];
  const files = new Map<string, ConfFile>();
  const refusalsOf = (candidate: Candidate): readonly Refusal[] => {
    const dialect = isFrom(candidate.version, { valkey: "9.0" }) ? "loose" : "strict";
    const file = files.get(dialect) ?? parseConf(text, dialect);
    files.set(dialect, file);
    return findRefusals(file, new ServerState(candidate, options.mode, options.modules, tables));
  };
  let common = refusalsOf(newest);
  // Most files please the newest server, and then nothing is left to ask the others.
  for (const candidate of possible.slice(1)) {
    if (common.length === 0) break;
    const refused = new Set(refusalsOf(candidate).map(placeOf));
    common = common.filter((refusal) => refused.has(placeOf(refusal)));
  }
  return common.map((refusal) => toProblem(refusal, possible));
}

/** Two versions mean the same fault when they blame the same line. */
function placeOf({ line }: Refusal): number {
  return line.span.start;
}

function toProblem(refusal: Refusal, possible: readonly Candidate[]): ConfProblem {
  const { trouble, line, stage, reportedLine } = refusal;
  const { what } = trouble;
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}. ${consequence(possible)}`;
  return {
    rule: trouble.rule,
    severity: "error",
    span: { start: trouble.span.start, end: trouble.span.end },
    message: [sentence, ...(trouble.advice === undefined ? [] : [trouble.advice])].join(" "),
    line: line.number,
    stage,
    reportedLine,
    fixes: trouble.fixes ?? [],
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
