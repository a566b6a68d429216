/**
 * A file as one server reads it, piece by piece. A piece is read once more only where it would read otherwise: when its text has changed,
 * or something above it that its lines ask for.
 */
import { copied, type Piece, type PiecedText } from "../pieces.ts";
import type { ConfFile, ConfLine, ConfTexts } from "./parser.ts";
import { MOST_TOLD } from "./problem.ts";
import { type Server, ServerState, type StateTables } from "./read/state.ts";
import { type Refusal, readLines, readStatements, startupRefusals, withStatements } from "./refusals.ts";
import type { QuoteDialect } from "./words.ts";

export interface ReadingTables extends StateTables {
  readonly texts: ConfTexts;
}

/** What a server makes of the lines of one piece; of another than the newest only where it refuses. */
export class PieceReading {
  readonly refusals: readonly Refusal[];
  /** What the lines left behind, and what they asked of the lines above. */
  readonly state: ServerState;
  /** The reading of the newest server by which the lines were chosen. */
  readonly ahead: PieceReading | null;
  /** The beginning of the last line that was looked at, where that is not the last one. */
  readonly limit: number | null;
  #starts: ReadonlySet<number> | null;
  readonly #mattering = new Map<ConfFile, readonly ConfLine[]>();

  constructor(
    refusals: readonly Refusal[],
    state: ServerState,
    ahead: PieceReading | null = null,
    limit: number | null = null,
    starts: ReadonlySet<number> | null = null,
  ) {
    this.#starts = starts;
    this.refusals = refusals;
    this.state = state;
    this.ahead = ahead;
    this.limit = limit;
  }

  /** What `choose` makes of this reading, for each way to split words. */
  matteringIn(file: ConfFile, choose: () => readonly ConfLine[]): readonly ConfLine[] {
    const known = this.#mattering.get(file) ?? choose();
    this.#mattering.set(file, known);
    return known;
  }

  /** Some line that begins here is refused. */
  refuses(start: number): boolean {
    this.#starts ??= new Set(this.refusals.map(({ line }) => line.span.start));
    return this.#starts.has(start);
  }
}

export interface FileReading {
  readonly pieces: readonly PieceReading[];
  /** All of them, in the order in which the server meets them; of the newest server. */
  readonly refusals: readonly Refusal[];
  /** Those of them that the server finds only when it has read all. */
  readonly late: readonly Refusal[];
  /** The line is refused by what the server finds only when it has read all. */
  readonly isRefusedLater: (line: ConfLine) => boolean;
  /** Behind many refusals a server is not asked any further: the last line that was read, as its beginning in the last piece. */
  readonly cut: number | null;
}

/** Lines of which a server remembers what it thinks of them. */
const MOST_VERDICTS = 1000;
const LONGEST_VERDICT = 200;

export class FileReader {
  readonly server: Server;
  readonly dialect: QuoteDialect;
  readonly #tables: ReadingTables;
  readonly #known = new WeakMap<Piece, PieceReading>();
  /** Lines that are judged by themselves: whether they are refused. */
  readonly #verdicts = new Map<string, boolean>();

  constructor(server: Server, dialect: QuoteDialect, tables: ReadingTables) {
    this.server = server;
    this.dialect = dialect;
    this.#tables = tables;
  }

  /** @param ahead what the newest server made of the file; then only lines that matter beside it are read */
  read(text: PiecedText, isWhole: boolean, ahead: FileReading | null): FileReading {
    const state = new ServerState(this.server, this.#tables);
    if (!isWhole) state.noteInclude();
    const pieces: PieceReading[] = [];
    const read: Refusal[] = [];
    for (const [at, { piece }] of text.placed.entries()) {
      if (ahead !== null && at === ahead.pieces.length) break;
      const limit = ahead !== null && at === ahead.pieces.length - 1 ? ahead.cut : null;
      const reading = this.#readPiece(piece, state, ahead?.pieces[at] ?? null, limit);
      pieces.push(reading);
      state.add(reading.state);
      if (ahead !== null) continue;
      for (const refusal of reading.refusals) {
        if (read.length > MOST_TOLD && refusal.line !== read.at(-1)?.line) break;
        read.push(refusal);
      }
      const last = read.length > MOST_TOLD ? read.at(-1) : undefined;
      if (last !== undefined)
        return { pieces, refusals: read, late: [], isRefusedLater: () => false, cut: last.line.span.start };
    }
    const startOf = (line: ConfLine): number => (line.piece === undefined ? 0 : text.placeOf(line.piece).start);
    const placeOf = (line: ConfLine): number => startOf(line) + line.span.start;
    const statements = readStatements(state, text.text);
    const startup = startupRefusals(state);
    const late = [...statements, ...startup];
    const later = new Set(late.map(({ line }) => placeOf(line)));
    return {
      pieces,
      refusals: ahead === null ? [...withStatements(read, statements, state, placeOf), ...startup] : [],
      late,
      isRefusedLater: (line) => later.size > 0 && later.has(placeOf(line)),
      cut: null,
    };
  }

  #readPiece(piece: Piece, below: ServerState, ahead: PieceReading | null, limit: number | null): PieceReading {
    const known = this.#known.get(piece);
    const isSame = known !== undefined && known.ahead === ahead && known.limit === limit;
    if (isSame && below.wouldCarry(known.state)) return known;
    const file = this.#tables.texts.file(piece, this.dialect);
    const state = below.above();
    const reading =
      ahead === null
        ? new PieceReading(this.#refusals(file, state), state)
        : new PieceReading([], state, ahead, limit, this.#refused(this.mattering(piece, ahead, limit), file, state));
    this.#known.set(piece, reading);
    return reading;
  }

  #refusals({ lines, text }: ConfFile, state: ServerState): readonly Refusal[] {
    const refusals: Refusal[] = [];
    for (const line of lines) {
      if (refusals.length > MOST_TOLD) break;
      const written = text.slice(line.span.start, line.span.end);
      if (this.#verdicts.get(written) !== false) refusals.push(...this.#readLine(line, written, text, state));
    }
    return refusals;
  }

  /** Beginnings of the lines that are refused: of a server that is asked beside the newest, nothing is told. */
  #refused(lines: readonly ConfLine[], { text }: ConfFile, state: ServerState): ReadonlySet<number> {
    const refused = new Set<number>();
    for (const line of lines) {
      const { start, end } = line.span;
      const written = text.slice(start, end);
      const isRefused = this.#verdicts.get(written) ?? this.#readLine(line, written, text, state).length > 0;
      if (isRefused) refused.add(start);
    }
    return refused;
  }

  #readLine(line: ConfLine, written: string, text: string, state: ServerState): readonly Refusal[] {
    const { traffic } = state;
    const refusals = readLines([line], text, state);
    // What neither asks the lines above nor leaves anything for those below is the same wherever it stands.
    const isPlain = written.length <= LONGEST_VERDICT && !written.includes("\0");
    if (isPlain && state.traffic === traffic) this.#remember(written, refusals.length > 0);
    return refusals;
  }

  #remember(written: string, isRefused: boolean): void {
    if (this.#verdicts.size >= MOST_VERDICTS) this.#verdicts.clear();
    this.#verdicts.set(copied(written, 0, written.length), isRefused);
  }

  /** Lines that the newest server refuses or keeps for modules, and those by which others are judged. */
  mattering(piece: Piece, ahead: PieceReading, limit: number | null): readonly ConfLine[] {
    const { traces, texts } = this.#tables;
    const file = texts.file(piece, this.dialect);
    const lines = ahead.matteringIn(file, () => {
      const suspects = new Set([...ahead.refusals, ...ahead.state.unclaimed].map(({ line }) => line.span.start));
      return file.lines.filter((line) => suspects.has(line.span.start) || traces.leftBy(line));
    });
    return limit === null ? lines : lines.filter(({ span }) => span.start <= limit);
  }
}
