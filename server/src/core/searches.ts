/** Patterns and words in the texts of files: of a text that was searched before, only the lines that an edit touched are searched again. */
import { type Change, changeOf } from "./change.ts";

interface Searched {
  readonly text: string;
  /** Where the pattern matched; `null` where it does not. */
  readonly match: { readonly start: number; readonly end: number } | null;
}

interface Counted {
  readonly text: string;
  readonly count: number;
}

/** Shorter texts are searched at once. */
const MIN_LENGTH = 20_000;
/** Texts of as many files are remembered. */
const MAX_FILES = 200;

export class Searches {
  readonly #minLength: number;
  readonly #byPath = new Map<string, Map<RegExp, Searched>>();
  readonly #counts = new Map<string, Map<string, Counted>>();
  readonly #changes = new Map<string, { readonly before: string; readonly after: string; readonly change: Change }>();

  constructor(minLength = MIN_LENGTH) {
    this.#minLength = minLength;
  }

  /** The pattern, always the same object, looks at one line at a time and is not sticky. */
  has(path: string, text: string, pattern: RegExp): boolean {
    if (text.length < this.#minLength) return pattern.test(text);
    const known = this.#knownOf(this.#byPath, path);
    const before = known.get(pattern);
    if (before !== undefined && before.text === text) return before.match !== null;
    const match =
      before === undefined ? search(text, pattern, 0, text.length) : this.#again(path, text, pattern, before);
    known.set(pattern, { text, match });
    return match !== null;
  }

  /** How often a part is in a text, which is a line feed or holds none. */
  count(path: string, text: string, part: string): number {
    if (text.length < this.#minLength) return count(text, part, 0, text.length);
    const known = this.#knownOf(this.#counts, path);
    const before = known.get(part);
    if (before !== undefined && before.text === text) return before.count;
    const found = before === undefined ? count(text, part, 0, text.length) : this.#countAgain(path, text, part, before);
    known.set(part, { text, count: found });
    return found;
  }

  /** Where two texts of a file differ; several ask that of the same two. */
  change(path: string, before: string, after: string): Change {
    const known = this.#changes.get(path);
    if (known !== undefined && known.before === before && known.after === after) return known.change;
    const change = changeOf(before, after);
    this.#changes.set(path, { before, after, change });
    return change;
  }

  forget(path: string): void {
    this.#byPath.delete(path);
    this.#counts.delete(path);
    this.#changes.delete(path);
  }

  #knownOf<K, V>(byPath: Map<string, Map<K, V>>, path: string): Map<K, V> {
    let known = byPath.get(path);
    if (known === undefined) {
      known = new Map();
      byPath.set(path, known);
      if (byPath.size > MAX_FILES) this.forget(byPath.keys().next().value as string);
    }
    return known;
  }

  #countAgain(path: string, text: string, part: string, { text: before, count: known }: Counted): number {
    const { start, oldEnd, newEnd } = this.change(path, before, text);
    const from = text.lastIndexOf("\n", start - 1) + 1;
    return known - count(before, part, from, lineEnd(before, oldEnd)) + count(text, part, from, lineEnd(text, newEnd));
  }

  #again(path: string, text: string, pattern: RegExp, { text: before, match }: Searched): Searched["match"] {
    const { start, oldEnd, newEnd } = this.change(path, before, text);
    const from = text.lastIndexOf("\n", start - 1) + 1;
    const found = search(text, pattern, from, lineEnd(text, newEnd));
    if (found !== null || match === null) return found;
    if (match.end < start) return match;
    const shift = newEnd - oldEnd;
    if (match.start > oldEnd) return { start: match.start + shift, end: match.end + shift };
    return search(text, pattern, 0, text.length);
  }
}

function lineEnd(text: string, offset: number): number {
  const lineFeed = text.indexOf("\n", offset);
  return lineFeed < 0 ? text.length : lineFeed;
}

function count(text: string, part: string, from: number, to: number): number {
  const searched = from === 0 && to === text.length ? text : text.slice(from, to);
  let found = 0;
  for (let at = searched.indexOf(part); at >= 0; at = searched.indexOf(part, at + part.length)) found++;
  return found;
}

function search(text: string, pattern: RegExp, from: number, to: number): Searched["match"] {
  const match = pattern.exec(from === 0 && to === text.length ? text : text.slice(from, to));
  return match === null ? null : { start: from + match.index, end: from + match.index + match[0].length };
}
