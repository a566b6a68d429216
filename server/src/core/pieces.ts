/**
 * Long texts in pieces of whole lines. Whoever types changes one piece; the others stay the same objects, and with them what was found
 * out of each alone. What a piece says must not depend on where it stands: places in it count from its beginning.
 */

/** A run of whole lines. Only the last piece of a text may end without a line feed. */
export class Piece {
  readonly text: string;
  readonly lineFeeds: number;
  readonly #facts = new Map<(text: string) => unknown, unknown>();

  constructor(text: string) {
    this.text = text;
    let lineFeeds = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lineFeeds++;
    this.lineFeeds = lineFeeds;
  }

  /** What a function makes of the text, found out once. The functions stand in modules, so there are few. */
  fact<T>(read: (text: string) => T): T {
    if (!this.#facts.has(read)) this.#facts.set(read, read(this.text));
    return this.#facts.get(read) as T;
  }
}

/** A piece where it stands in a text, for now. */
export interface PlacedPiece {
  readonly piece: Piece;
  /** Offset of its first character. */
  readonly start: number;
  /** Its first line, from 0. */
  readonly line: number;
}

export class PiecedText {
  readonly text: string;
  readonly placed: readonly PlacedPiece[];
  #places: ReadonlyMap<Piece, PlacedPiece> | null = null;

  constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    const placed: PlacedPiece[] = [];
    let start = 0;
    let line = 0;
    for (const piece of pieces) {
      placed.push({ piece, start, line });
      start += piece.text.length;
      line += piece.lineFeeds;
    }
    this.placed = placed;
  }

  static of(text: string): PiecedText {
    return new PiecedText(text, cut(text, 0, text.length, sizeFor(text)));
  }

  /** All of it as one piece, for a text in which lines depend on each other. */
  static whole(text: string): PiecedText {
    return new PiecedText(text, [new Piece(text)]);
  }

  /** The same text after an edit: pieces that read as before are kept. */
  revised(text: string): PiecedText {
    const { placed } = this;
    let head = 0;
    let from = 0;
    while (head < placed.length) {
      const piece = (placed[head] as PlacedPiece).piece.text;
      if (!piece.endsWith("\n") || text.slice(from, from + piece.length) !== piece) break;
      from += piece.length;
      head++;
    }
    let tail = placed.length;
    let to = text.length;
    while (tail > head) {
      const piece = (placed[tail - 1] as PlacedPiece).piece.text;
      const at = to - piece.length;
      const isLine = at === from || (at > from && text.charCodeAt(at - 1) === 10);
      if (!isLine || text.slice(at, to) !== piece) break;
      to = at;
      tail--;
    }
    const size = sizeFor(text);
    // Rests grow together again.
    while (to > from && to - from < size / 2 && tail < placed.length) {
      to += (placed[tail] as PlacedPiece).piece.text.length;
      tail++;
    }
    const pieces = placed.map(({ piece }) => piece);
    return new PiecedText(text, [...pieces.slice(0, head), ...cut(text, from, to, size), ...pieces.slice(tail)]);
  }

  /** Where a piece of this text stands. */
  placeOf(piece: Piece): PlacedPiece {
    this.#places ??= new Map(this.placed.map((place) => [place.piece, place]));
    const place = this.#places.get(piece);
    if (place === undefined) throw new Error("no piece of this text");
    return place;
  }

  /** True where a piece answers so. */
  some(test: (text: string) => boolean): boolean {
    return this.placed.some(({ piece }) => piece.fact(test));
  }
}

const LEAST_SIZE = 400;
const MOST_SIZE = 12_000;
const PIECES = 24;

/** Few pieces cost little to pass over, small ones little to read again. */
function sizeFor(text: string): number {
  return Math.max(LEAST_SIZE, Math.min(MOST_SIZE, Math.floor(text.length / PIECES)));
}

function cut(text: string, from: number, to: number, size: number): Piece[] {
  const pieces: Piece[] = [];
  for (let start = from; start < to; ) {
    const lineFeed = to - start < 1.5 * size ? -1 : text.indexOf("\n", start + size);
    const end = lineFeed < 0 || lineFeed >= to ? to : lineFeed + 1;
    pieces.push(new Piece(copied(text, start, end)));
    start = end;
  }
  return pieces;
}

/** A part of a text that does not keep all of it in memory. */
export function copied(text: string, start: number, end: number): string {
  const middle = (start + end) >> 1;
  return [text.slice(start, middle), text.slice(middle, end)].join("");
}

/** Texts that are asked for again and again: the open ones, and those beside them. */
const MOST_TEXTS = 16;
/** Characters of all of them. */
const MOST_CHARACTERS = 4_000_000;
/** Shorter texts are not worth keeping. */
const LEAST_KEPT = 400;

/** Keeps the pieces of the last texts, by name. */
export class Pieces {
  readonly #texts = new Map<string, PiecedText>();

  /** The pieces of a text; `name` says of which file it is the next state. */
  of(text: string, name = ""): PiecedText {
    // A server reads over line feeds behind a NUL byte: see conf/parser.ts.
    if (text.length < LEAST_KEPT || text.includes("\0")) return PiecedText.whole(text);
    const before = this.#texts.get(name);
    if (before?.text === text) return before;
    if (before === undefined || name === "")
      for (const known of this.#texts.values()) if (known.text === text) return known;
    const next = before?.revised(text) ?? PiecedText.of(text);
    this.#texts.delete(name);
    this.#texts.set(name, next);
    this.#forgetOldest();
    return next;
  }

  forget(name: string): void {
    this.#texts.delete(name);
  }

  #forgetOldest(): void {
    let characters = 0;
    for (const { text } of this.#texts.values()) characters += text.length;
    for (const [name, { text }] of this.#texts) {
      if (this.#texts.size <= 1 || (this.#texts.size <= MOST_TEXTS && characters <= MOST_CHARACTERS)) break;
      characters -= text.length;
      this.#texts.delete(name);
    }
  }
}
