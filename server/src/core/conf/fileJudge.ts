/** Judges the states of files one after the other, for one target: what did not change is not looked at again. */
import type { Piece, PiecedText, PlacedPiece } from "../pieces.ts";
import type { Span } from "../text.ts";
import { AdviceFinder } from "./advice.ts";
import { toProblem, withMore } from "./common.ts";
import { FileReader, type ReadingTables } from "./fileReading.ts";
import { OtherServers } from "./otherServers.ts";
import type { ConfLine } from "./parser.ts";
import { type ConfProblem, gluesWords, MOST_TOLD } from "./problem.ts";
import type { ModuleSetting, ServerMode } from "./read/state.ts";
import type { Refusal } from "./refusals.ts";
import { type Candidate, candidates, type Target } from "./target.ts";
import { dialectOf } from "./verdict.ts";

/** A problem whose places and line numbers count from the beginning of a piece. */
export interface PlacedProblem {
  /** The same object as long as the piece reads the same. */
  readonly problem: ConfProblem;
  /** `null`: they count from the beginning of the text. */
  readonly place: PlacedPiece | null;
  /** Places in other lines, counted from the beginning of the text. */
  readonly related: ConfProblem["related"];
}

/** The problem with all places counted from the beginning of the text. */
export function placed({ problem, place, related }: PlacedProblem): ConfProblem {
  if (place === null) return problem;
  const { line, reportedLine, fixes } = problem;
  return {
    ...problem,
    span: moved(problem.span, place),
    line: line + place.line,
    reportedLine: reportedLine === null ? null : reportedLine + place.line,
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map(({ start, end, newText }) => ({ ...moved({ start, end }, place), newText })),
    })),
    related,
  };
}

function moved({ start, end }: Span, place: PlacedPiece): Span {
  return { start: start + place.start, end: end + place.start };
}

export interface JudgeOptions {
  readonly target: Target | null;
  readonly mode: ServerMode;
  readonly modules: ModuleSetting;
}

export class FileJudge {
  readonly #possible: readonly Candidate[];
  readonly #newest: FileReader | undefined;
  readonly #others: OtherServers;
  readonly #advice: AdviceFinder;
  readonly #tables: ReadingTables;
  readonly #problems = new WeakMap<Refusal["trouble"], ConfProblem>();

  constructor({ target, mode, modules }: JudgeOptions, tables: ReadingTables) {
    this.#possible = candidates(target);
    const [newest, ...others] = this.#possible.map(
      (candidate) => new FileReader({ ...candidate, mode, modules }, dialectOf(candidate), tables),
    );
    this.#newest = newest;
    this.#others = new OtherServers(others);
    this.#advice = new AdviceFinder(this.#possible, tables.directives);
    this.#tables = tables;
  }

  judge(text: PiecedText, isWhole: boolean): readonly PlacedProblem[] {
    const newest = this.#newest;
    if (newest === undefined) return [];
    const common = this.#others.shared(text, isWhole, newest.read(text, isWhole, null));
    const told = common.slice(0, MOST_TOLD);
    const errors = told.map((refusal, at) =>
      this.#placed(refusal, text, at === MOST_TOLD - 1 && common.length > at + 1),
    );
    const refused = new Set(told.map(({ line }) => line));
    const linesOf = (piece: Piece): readonly ConfLine[] => this.#tables.texts.file(piece, newest.dialect).lines;
    const advice = this.#advice.find(text, refused, linesOf);
    return [...errors, ...advice.map((problem) => ({ problem, place: null, related: problem.related }))];
  }

  #placed({ line, ...rest }: Refusal, text: PiecedText, hasMore: boolean): PlacedProblem {
    const { trouble } = rest;
    let problem = this.#problems.get(trouble);
    if (problem === undefined) {
      const made = toProblem({ line, ...rest }, this.#possible);
      const written = line.piece?.text ?? text.text;
      problem = { ...made, fixes: made.fixes.filter((fix) => !gluesWords(fix, written)) };
      this.#problems.set(trouble, problem);
    }
    const related = (trouble.related ?? []).map(({ span, message, line: other = line }) => {
      const start = other.piece === undefined ? 0 : text.placeOf(other.piece).start;
      return { span: { start: span.start + start, end: span.end + start }, message };
    });
    const place = line.piece === undefined ? null : text.placeOf(line.piece);
    return { problem: hasMore ? withMore(problem) : problem, place, related };
  }
}

/** Kinds of targets that are judged for at the same time. */
const MOST_JUDGES = 50;

export class FileJudges {
  readonly #judges = new Map<string, FileJudge>();

  of({ target, mode, modules }: JudgeOptions, tables: ReadingTables): FileJudge {
    const key = JSON.stringify([target?.engine, target?.line, target?.patch, mode, modules]);
    const known = this.#judges.get(key) ?? new FileJudge({ target, mode, modules }, tables);
    this.#judges.delete(key);
    this.#judges.set(key, known);
    if (this.#judges.size > MOST_JUDGES) this.#judges.delete(this.#judges.keys().next().value as string);
    return known;
  }
}
