/** Which refusals of the newest server the others share: an error is told only where every server that may be meant refuses the line. */
import type { Piece, PiecedText } from "../pieces.ts";
import type { FileReader, FileReading, PieceReading } from "./fileReading.ts";
import type { ConfLine } from "./parser.ts";
import type { Refusal } from "./refusals.ts";

/** Which of the other servers refuse what the newest refuses in a piece, one bit each; as long as none of them reads it otherwise. */
interface Agreement {
  readonly others: readonly PieceReading[];
  readonly sets: readonly number[];
}

/** What was found out last about a file. */
interface Known {
  /** All that the answer hangs on: of two states of a file with the same grounds, the same refusals are shared. */
  readonly grounds: readonly string[];
  /** Of the refusals of the newest server, in their order. */
  readonly areShared: readonly boolean[];
}

export class OtherServers {
  readonly #readers: readonly FileReader[];
  /** One for each way to split words. */
  readonly #splitters: readonly FileReader[];
  readonly #agreements = new WeakMap<PieceReading, Agreement>();
  readonly #grounds = new WeakMap<PieceReading, string>();
  /** By the first piece and by the last one: an edit leaves one of them as it is. */
  readonly #known = new WeakMap<PieceReading, Known>();

  constructor(readers: readonly FileReader[]) {
    this.#readers = readers;
    this.#splitters = [...new Map(readers.map((reader) => [reader.dialect, reader])).values()];
  }

  /** Those of the newest server's refusals that all others share. */
  shared(text: PiecedText, isWhole: boolean, first: FileReading): readonly Refusal[] {
    // Most files please the newest server, and then nothing is left to ask the others.
    if (first.refusals.length === 0 || this.#readers.length === 0) return first.refusals;
    const grounds = [String(isWhole), ...this.#groundsOf(text, first)];
    const ends = [first.pieces[0], first.pieces.at(-1)] as readonly PieceReading[];
    let known = ends
      .map((end) => this.#known.get(end))
      .find((one) => one !== undefined && areEqual(one.grounds, grounds));
    known ??= { grounds, areShared: this.#areShared(text, isWhole, first) };
    for (const end of ends) this.#known.set(end, known);
    const { areShared } = known;
    return first.refusals.filter((_, at) => areShared[at]);
  }

  /** The lines that the others would read, how often the newest server refuses each of them, and what it refuses when it has read all. */
  #groundsOf(text: PiecedText, { pieces, late, cut }: FileReading): readonly string[] {
    const grounds = pieces.map((reading, at) => {
      const { piece } = text.placed[at] as { readonly piece: Piece };
      if (cut !== null && at === pieces.length - 1) return this.#groundOf(piece, reading, cut);
      let ground = this.#grounds.get(reading);
      if (ground === undefined) {
        ground = this.#groundOf(piece, reading, null);
        this.#grounds.set(reading, ground);
      }
      return ground;
    });
    for (const { line } of late) {
      const at = text.placed.findIndex(({ piece }) => piece === line.piece);
      const reading = pieces[at];
      const lines = reading === undefined ? [] : this.#linesFor(line.piece as Piece, reading, null);
      grounds.push(`${at}.${lines.map((ofDialect) => ofDialect.findIndex((one) => isSame(one, line)))}`);
    }
    return grounds;
  }

  #groundOf(piece: Piece, reading: PieceReading, limit: number | null): string {
    const refusals = new Map<number, number>();
    for (const { line } of reading.refusals) refusals.set(line.span.start, (refusals.get(line.span.start) ?? 0) + 1);
    const lines = this.#linesFor(piece, reading, limit).map((ofDialect) =>
      ofDialect.map(
        ({ span: { start, end } }) => `${refusals.get(start) ?? 0}:${end - start}:${piece.text.slice(start, end)}`,
      ),
    );
    return lines.map((ofDialect) => ofDialect.join("")).join("\n");
  }

  #linesFor(piece: Piece, reading: PieceReading, limit: number | null): readonly (readonly ConfLine[])[] {
    return this.#splitters.map((reader) => reader.mattering(piece, reading, limit));
  }

  #areShared(text: PiecedText, isWhole: boolean, first: FileReading): readonly boolean[] {
    const others = this.#readers.map((reader) => reader.read(text, isWhole, first));
    const all = 2 ** others.length - 1;
    const sets = new Map<Refusal, number>();
    for (const [at, reading] of first.pieces.entries()) {
      if (reading.refusals.length === 0) continue;
      const agreement = this.#agreement(reading, at, others);
      for (const [index, refusal] of reading.refusals.entries()) sets.set(refusal, agreement.sets[index] as number);
    }
    return first.refusals.map((refusal) => {
      const set = sets.get(refusal);
      if (set === all) return true;
      return others.every((other, index) => {
        if (set !== undefined && (set & (1 << index)) !== 0) return true;
        return other.isRefusedLater(refusal.line) || (set === undefined && refusesAt(refusal.line, other, text));
      });
    });
  }

  #agreement(reading: PieceReading, at: number, others: readonly FileReading[]): Agreement {
    const known = this.#agreements.get(reading);
    if (known?.others.every((other, index) => other === others[index]?.pieces[at]) === true) return known;
    const beside = others.map(({ pieces }) => pieces[at] as PieceReading);
    const sets = reading.refusals.map(({ line }) =>
      beside.reduce((set, other, index) => (other.refuses(line.span.start) ? set | (1 << index) : set), 0),
    );
    const agreement = { others: beside, sets };
    this.#agreements.set(reading, agreement);
    return agreement;
  }
}

/** Another server refuses the line while it reads it, where the newest does so later. */
function refusesAt(line: ConfLine, other: FileReading, text: PiecedText): boolean {
  const at = text.placed.findIndex(({ piece }) => piece === line.piece);
  return other.pieces[at]?.refuses(line.span.start) === true;
}

function isSame(one: ConfLine, other: ConfLine): boolean {
  return one.span.start === other.span.start;
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}
