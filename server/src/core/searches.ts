/** Patterns in the texts of files: of a text that was searched before, only the lines that an edit touched are searched again. */
import { type Change, changeOf } from "./change.ts";

interface Searched {
  readonly text: string;
  /** Where the pattern matched; `null` where it does not. */
  readonly match: { readonly start: number; readonly end: number } | null;
}

/** Shorter texts are searched at once. */
const MIN_LENGTH = 20_000;
/** Texts of as many files are remembered. */
const MAX_FILES = 200;

export class Searches {
  readonly #minLength: number;
  readonly #byPath = new Map<string, Map<RegExp, Searched>>();
  readonly #changes = new Map<string, { readonly before: string; readonly after: string; readonly change: Change }>();

  constructor(minLength = MIN_LENGTH) {
    this.#minLength = minLength;
  }

  /** The pattern, always the same object, looks at one line at a time and is not sticky. */
  has(path: string, text: string, pattern: RegExp): boolean {
    if (text.length < this.#minLength) return pattern.test(text);
    let known = this.#byPath.get(path);
    if (known === undefined) {
      known = new Map();
      this.#byPath.set(path, known);
      if (this.#byPath.size > MAX_FILES) this.forget(this.#byPath.keys().next().value as string);
    }
    const before = known.get(pattern);
    if (before !== undefined && before.text === text) return before.match !== null;
    const match =
      before === undefined ? search(text, pattern, 0, text.length) : this.#again(path, text, pattern, before);
    known.set(pattern, { text, match });
    return match !== null;
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
    this.#changes.delete(path);
  }

  #again(path: string, text: string, pattern: RegExp, { text: before, match }: Searched): Searched["match"] {
    const { start, oldEnd, newEnd } = this.change(path, before, text);
    const from = text.lastIndexOf("\n", start - 1) + 1;
    const newline = text.indexOf("\n", newEnd);
    const found = search(text, pattern, from, newline < 0 ? text.length : newline);
    if (found !== null || match === null) return found;
    if (match.end < start) return match;
    const shift = newEnd - oldEnd;
    if (match.start > oldEnd) return { start: match.start + shift, end: match.end + shift };
    return search(text, pattern, 0, text.length);
  }
}

function search(text: string, pattern: RegExp, from: number, to: number): Searched["match"] {
  const match = pattern.exec(from === 0 && to === text.length ? text : text.slice(from, to));
  return match === null ? null : { start: from + match.index, end: from + match.index + match[0].length };
}
