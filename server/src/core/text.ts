import { bringsGaps, gapEnd, hasGaps, isGapAt } from "./gaps.ts";

/** A half-open range of UTF-16 offsets in one text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Line and column, both from 0, the column in UTF-16 units. */
export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

export function spanOf(start: number, end: number): Span {
  return { start, end };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True when the caret at `offset` touches the span: both ends count, as editors do. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Turns offsets into lines and columns. `\n`, `\r\n` and a lone `\r` end a line, as in LSP; gaps (`gaps.ts`) are no lines. */
export class LineIndex {
  readonly #starts: Uint32Array;
  readonly #text: string;
  readonly #hasGaps: boolean;

  constructor(text: string, starts?: Uint32Array, isWithGaps = hasGaps(text)) {
    this.#text = text;
    this.#hasGaps = isWithGaps;
    this.#starts = starts ?? Uint32Array.from(lineStarts(text, 0, text.length, this.#hasGaps));
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Of the text after an edit at `start`: what followed `oldEnd` follows `newEnd` now. */
  edited(text: string, start: number, oldEnd: number, newEnd: number): LineIndex {
    const first = this.#lineAt(Math.max(0, start - 1));
    const from = this.#starts[first] as number;
    // From here on line breaks stand wholly in what did not change: one at the seam may have been torn apart, or completed.
    const behind = this.#lineAt(oldEnd + 1) + 1;
    const sync = this.#starts[behind];
    const shift = newEnd - oldEnd;
    const isWithGaps = this.#hasGaps ? hasGaps(text) : bringsGaps(text, start, newEnd);
    const between = lineStarts(text, from, sync === undefined ? text.length : sync + shift, isWithGaps);
    const rest = this.#starts.subarray(behind + 1);
    const starts = new Uint32Array(first + between.length + rest.length);
    starts.set(this.#starts.subarray(0, first));
    starts.set(between, first);
    starts.set(rest, first + between.length);
    if (shift !== 0) for (let i = first + between.length; i < starts.length; i++) (starts[i] as number) += shift;
    return new LineIndex(text, starts, isWithGaps);
  }

  /** Offsets outside the text are moved to its nearest end; those in a gap, behind it. */
  position(offset: number): LinePosition {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    const line = this.#lineAt(at);
    const start = this.#starts[line] as number;
    const next = this.#starts[line + 1];
    if (this.#hasGaps && next !== undefined && at > this.#text.indexOf("\n", start))
      return { line: line + 1, character: 0 };
    return { line, character: at - start };
  }

  /** A line or column outside the text is moved to its nearest end. */
  offset(position: LinePosition): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    if (start === undefined) return this.#text.length;
    return Math.max(start, Math.min(start + position.character, this.lineEnd(position.line)));
  }

  /** Offset behind the last character of a line, its line break left out. */
  lineEnd(line: number): number {
    const start = this.#starts[line];
    const following = this.#starts[line + 1];
    if (start === undefined || following === undefined) return this.#text.length;
    const next = this.#hasGaps ? this.#text.indexOf("\n", start) + 1 : following;
    const breakLength = this.#text.charCodeAt(next - 2) === 13 && this.#text.charCodeAt(next - 1) === 10 ? 2 : 1;
    return next - breakLength;
  }

  /** The text of a line without its line break. */
  lineText(line: number): string {
    return this.#text.slice(this.#starts[line] ?? this.#text.length, this.lineEnd(line));
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Where lines begin, from a line's start up to `end`; a break at `end` counts to what follows. */
function lineStarts(text: string, from: number, end: number, withGaps: boolean): number[] {
  const starts = [from];
  const add = (start: number): number => {
    const next = withGaps && isGapAt(text, start) ? gapEnd(text, start) : start;
    starts.push(next);
    return next;
  };
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n", from); at >= 0 && at < end; at = text.indexOf("\n", at)) at = add(at + 1);
    return starts;
  }
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    if (code === 10 || code === 13) i = add(i + 1) - 1;
  }
  return starts;
}
