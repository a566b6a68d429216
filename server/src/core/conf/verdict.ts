import type { DirectiveTable } from "./directiveTable.ts";
import type { FileEntries } from "./effective.ts";
import { type FileJudges, type PlacedProblem, placed } from "./fileJudge.ts";
import type { ConfFile, ConfTexts } from "./parser.ts";
import type { ConfProblem } from "./problem.ts";
import { type ModuleSetting, type ServerMode, ServerState, type StateTables } from "./read/state.ts";
import { findRefusals, type Refusal } from "./refusals.ts";
import { type Candidate, isFrom, type Target } from "./target.ts";
import type { QuoteDialect } from "./words.ts";

export interface VerdictTables extends StateTables {
  readonly directives: DirectiveTable;
  readonly texts: ConfTexts;
  readonly entries: FileEntries;
  readonly judges: FileJudges;
}

export interface VerdictOptions {
  /** `null` = not known: an error is then only what every version refuses. */
  readonly target: Target | null;
  readonly mode: ServerMode;
  readonly modules: ModuleSetting;
  /** False: other files or the command line have their say, too, so nothing can be missing. */
  readonly isWhole: boolean;
}

/** What is wrong with a file, piece by piece. `name`: of which file the text is the next state. */
export function judgePieces(
  text: string,
  options: VerdictOptions,
  tables: VerdictTables,
  name?: string,
): readonly PlacedProblem[] {
  return tables.judges.of(options, tables).judge(tables.texts.of(text, name), options.isWhole);
}

/**
 * What is wrong with a file: first what stops the server that is meant, or every server that may be meant, in the order in which it meets
 * it; then what only has no effect or an old name.
 */
export function judge(text: string, options: VerdictOptions, tables: VerdictTables): readonly ConfProblem[] {
  return judgePieces(text, options, tables).map(placed);
}

export function refusalsFor(
  file: ConfFile,
  candidate: Candidate,
  options: VerdictOptions,
  tables: VerdictTables,
): readonly Refusal[] {
  const state = new ServerState({ ...candidate, mode: options.mode, modules: options.modules }, tables);
  if (!options.isWhole) state.noteInclude();
  return findRefusals(file, state);
}

export function dialectOf({ version }: Candidate): QuoteDialect {
  return isFrom(version, { valkey: "9.0" }) ? "loose" : "strict";
}

/** The problem that the server meets first: what it would report. */
export function firstRefusal(problems: readonly ConfProblem[]): ConfProblem | undefined {
  return problems.find(({ severity, stage }) => severity === "error" && stage !== "advice");
}
