import { type Piece, type PiecedText, Pieces } from "../pieces.ts";
import type { Span } from "../text.ts";
import { byteLengthOfUnit } from "./bytes.ts";
import { type BrokenQuote, type QuoteDialect, splitWords, type Word } from "./words.ts";

/** A line that says something; comments and blank lines are not kept. */
export interface ConfLine {
  /** As the server counts, from 1. */
  readonly number: number;
  /** Without the blanks at both ends. */
  readonly span: Span;
  readonly words: readonly Word[];
  readonly broken: BrokenQuote | null;
  /** Its number and its places count from the beginning of this part of the file; missing: of the file. */
  readonly piece?: Piece;
}

export interface ConfFile {
  readonly text: string;
  readonly dialect: QuoteDialect;
  readonly lines: readonly ConfLine[];
}

/**
 * Cuts a file into lines and words exactly as the server does. Total: every text gives a file.
 * Redis 7.2 src/config.c: loadServerConfig, loadServerConfigFromString.
 */
export function parseConf(text: string, dialect: QuoteDialect = "strict"): ConfFile {
  return { text, dialect, lines: linesOf(text, dialect) };
}

function linesOf(text: string, dialect: QuoteDialect): ConfLine[] {
  const content = readAsServer(text);
  const lines: ConfLine[] = [];
  const read = content.text;
  let number = 0;
  for (let start = 0; start <= read.length; ) {
    number++;
    const lineFeed = read.indexOf("\n", start);
    const end = lineFeed < 0 ? read.length : lineFeed;
    const line = parseLine(content, start, end, number, dialect);
    if (line !== null) lines.push(line);
    start = end + 1;
  }
  return lines;
}

/** Keeps the last files in pieces, each with its lines. Without NUL bytes every line is read by itself. */
export class ConfTexts {
  readonly #pieces = new Pieces();
  readonly #files = { strict: new WeakMap<Piece, ConfFile>(), loose: new WeakMap<Piece, ConfFile>() };

  /** `name`: of which file the text is the next state. */
  of(text: string, name?: string): PiecedText {
    return this.#pieces.of(text, name);
  }

  /** Drops what is kept of a file that nobody has open any more. */
  forget(name: string): void {
    this.#pieces.forget(name);
  }

  /** A piece read by itself: the places of its lines count from its beginning. */
  file(piece: Piece, dialect: QuoteDialect): ConfFile {
    const files = this.#files[dialect];
    const known = files.get(piece);
    if (known !== undefined) return known;
    const { text } = piece;
    const file = { text, dialect, lines: linesOf(text, dialect).map((line) => ({ ...line, piece })) };
    files.set(piece, file);
    return file;
  }
}

function parseLine(content: Content, from: number, to: number, number: number, dialect: QuoteDialect): ConfLine | null {
  let start = from;
  let end = to;
  while (start < end && isTrimmed(content.text.charCodeAt(start))) start++;
  while (end > start && isTrimmed(content.text.charCodeAt(end - 1))) end--;
  // A comment is one only at the start of its line.
  if (start === end || content.text.charCodeAt(start) === 35) return null;
  const { words, broken } = splitWords(content.text, start, end, dialect);
  if (words.length === 0 && broken === null) return null;
  const { place } = content;
  if (place === null) return { number, span: { start, end }, words, broken };
  return {
    number,
    span: placed(place, start, end),
    words: words.map((word) => ({ ...placed(place, word.start, word.end), value: word.value })),
    broken: broken && { ...broken, span: placed(place, broken.span.start, broken.span.end) },
  };
}

function placed(place: (offset: number) => number, start: number, end: number): Span {
  return { start: place(start), end: end > start ? place(end - 1) + 1 : place(start) };
}

/** `sdstrim(line, " \t\r\n")`. */
function isTrimmed(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10;
}

interface Content {
  readonly text: string;
  /** Where a character of `text` stands in the file; `null` = at the same offset. */
  readonly place: ((offset: number) => number) | null;
}

const READ_BYTES = 1024;

/**
 * The file is read with `fgets` in pieces of up to 1024 bytes and each piece is appended as a C string: a NUL byte swallows the rest of
 * its piece, line feed included, and the next line is glued on. Redis 7.2 src/config.c: loadServerConfig, CONFIG_READ_LEN.
 */
function readAsServer(text: string): Content {
  if (!text.includes("\0")) return { text, place: null };
  const pieces: string[] = [];
  const ends: number[] = [];
  const starts: number[] = [];
  let length = 0;
  let nul = -1;
  for (let start = 0; start < text.length; ) {
    const end = endOfPiece(text, start);
    if (nul < start) {
      nul = text.indexOf("\0", start);
      if (nul < 0) nul = text.length;
    }
    const piece = text.slice(start, Math.min(nul, end));
    pieces.push(piece);
    length += piece.length;
    starts.push(start);
    ends.push(length);
    start = end;
  }
  const place = (offset: number): number => {
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) > offset) high = middle;
      else low = middle + 1;
    }
    const before = low === 0 ? 0 : (ends[low - 1] as number);
    return Math.min(text.length, (starts[low] as number) + (offset - before));
  };
  return { text: pieces.join(""), place };
}

function endOfPiece(text: string, start: number): number {
  let bytes = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes += byteLengthOfUnit(unit);
    if (bytes > READ_BYTES) return at === start ? at + 1 : at;
    if (unit === 10) return at + 1;
  }
  return text.length;
}
