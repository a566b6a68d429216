/**
 * The plain part of YAML, read at a tenth of the price: block mappings and lists of texts that stand on one line, with comments. Whatever
 * else stands in a text, or may be meant, makes it the `yaml` package's: `null`. What is read here reads there the same.
 */
import { spanOf } from "../text.ts";
import {
  duplicateKey,
  type ParsedBlock,
  type YamlMap,
  type YamlMark,
  type YamlNode,
  type YamlPair,
  type YamlScalar,
  type YamlSeq,
} from "./yamlTree.ts";

/** A text that begins with a key, its lines all belonging to one mapping. Offsets start at `base`. */
export function parsePlainBlock(text: string, base: number): ParsedBlock | null {
  // Tabs and carriage returns have rules of their own.
  if (text.includes("\t") || text.includes("\r") || text.includes("\uFEFF")) return null;
  const reader = new PlainReader(text, base);
  const map = reader.readAll();
  return map === null ? null : { map, anchors: NONE, marks: reader.marks };
}

const NONE: readonly YamlNode[] = [];
const SPACE = 32;
const NEWLINE = 10;
const HASH = 35;
const COLON = 58;
const DASH = 45;
/** Deeper nesting is left to the package. */
const MAX_DEPTH = 50;
/** YAML ends keys at 1,024 characters. */
const MAX_KEY = 1000;

/** Letters, digits, `_`, `.` and `/`: with one of these a plain text may begin, whatever follows. */
function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 46 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

class PlainReader {
  readonly marks: YamlMark[] = [];
  readonly #text: string;
  readonly #base: number;
  /** Start of the line that is next. */
  #line = 0;
  /** Its first character, and how far it is indented. */
  #at = 0;
  #indent = 0;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  readAll(): YamlMap | null {
    this.#toContent(0);
    if (this.#at >= this.#text.length) return null;
    const map = this.#map(this.#indent, this.#at, 0);
    return map === null || this.#at < this.#text.length ? null : map;
  }

  /** Goes to the first line from `offset` on that is neither blank nor a comment. */
  #toContent(offset: number): void {
    const text = this.#text;
    let line = offset;
    for (;;) {
      let at = line;
      while (text.charCodeAt(at) === SPACE) at++;
      const code = text.charCodeAt(at);
      if (at >= text.length || (code !== NEWLINE && code !== HASH)) {
        this.#line = line;
        this.#at = Math.min(at, text.length);
        this.#indent = this.#at - line;
        return;
      }
      const newline = text.indexOf("\n", at);
      line = newline < 0 ? text.length : newline + 1;
    }
  }

  /** A mapping whose keys are indented by `indent`, its first key at `at` (which may follow a dash). */
  #map(indent: number, at: number, depth: number): YamlMap | null {
    if (depth > MAX_DEPTH) return null;
    const pairs: YamlPair[] = [];
    const names = new Set<string>();
    const start = at;
    let keyAt = at;
    for (;;) {
      const key = this.#key(keyAt);
      if (key === null) return null;
      if (names.has(key.value)) this.marks.push({ kind: "problem", problem: duplicateKey(key) });
      names.add(key.value);
      const value = this.#value(key.span.end - this.#base + 1, indent, depth, true);
      if (value === null) return null;
      pairs.push({ key, value });
      if (this.#at >= this.#text.length || this.#indent < indent) break;
      if (this.#indent > indent) return null;
      keyAt = this.#at;
    }
    const last = pairs[pairs.length - 1] as YamlPair;
    const end = (last.value as YamlNode).span.end;
    return { kind: "map", tag: null, anchor: null, span: spanOf(this.#base + start, end), pairs };
  }

  /** A key with its colon behind it. */
  #key(at: number): YamlScalar | null {
    const text = this.#text;
    let end = at;
    const first = text.charCodeAt(at);
    // A key is a word here; `$` and what is no ASCII are left to values.
    if (!isWordStart(first) || first === 36 || first > 127) return null;
    for (;;) {
      const code = text.charCodeAt(end);
      if (!(isWordStart(code) || code === DASH) || code === 36 || code > 127) break;
      end++;
    }
    const behind = text.charCodeAt(end + 1);
    if (text.charCodeAt(end) !== COLON || end - at > MAX_KEY) return null;
    if (behind !== SPACE && behind !== NEWLINE && end + 1 < text.length) return null;
    // What begins a document, or ends one, is none of ours.
    if (first === 46 && text.startsWith("...", at)) return null;
    return this.#scalar(at, end, text.slice(at, end), "plain");
  }

  #scalar(start: number, end: number, value: string, style: YamlScalar["style"]): YamlScalar {
    return {
      kind: "scalar",
      tag: null,
      anchor: null,
      span: spanOf(this.#base + start, this.#base + end),
      value,
      style,
    };
  }

  /** What follows a colon or a dash at `at`, in a collection that is indented by `indent`; goes on to the next line of content. */
  #value(from: number, indent: number, depth: number, isOfMap: boolean): YamlNode | null {
    const text = this.#text;
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    const code = text.charCodeAt(at);
    if (at >= text.length || code === NEWLINE || (code === HASH && at > from))
      return this.#below(at, indent, depth, isOfMap);
    const scalar =
      code === 34 || code === 39
        ? this.#quoted(at, code)
        : code === 91 || code === 123
          ? this.#flow(at, depth)
          : this.#plain(at);
    if (scalar === null) return null;
    const end = scalar.span.end - this.#base;
    const next = this.#endOfLine(end);
    if (next === null) return null;
    this.#toContent(next);
    // A line that is indented further goes on with this value.
    return this.#at < text.length && this.#indent > indent ? null : scalar;
  }

  /** Start of the next line when nothing but blanks and a comment follows; `null` for anything else. */
  #endOfLine(from: number): number | null {
    const text = this.#text;
    let at = from;
    while (text.charCodeAt(at) === SPACE) at++;
    if (at >= text.length) return text.length;
    const code = text.charCodeAt(at);
    if (code === NEWLINE) return at + 1;
    if (code !== HASH || at === from) return null;
    const newline = text.indexOf("\n", at);
    return newline < 0 ? text.length : newline + 1;
  }

  /** A list or a mapping on the lines below, or nothing. */
  #below(at: number, indent: number, depth: number, isOfMap: boolean): YamlNode | null {
    const newline = this.#text.indexOf("\n", at);
    this.#toContent(newline < 0 ? this.#text.length : newline + 1);
    // Nothing at all: an empty text behind the colon and its blanks.
    const isNothing = this.#at >= this.#text.length || this.#indent < indent;
    if (isNothing) return isOfMap ? this.#scalar(at, at, "", "plain") : null;
    const isList = this.#isDash(this.#at);
    if (this.#indent === indent) {
      if (!isOfMap) return null;
      return isList ? this.#list(indent, this.#at, depth + 1) : this.#scalar(at, at, "", "plain");
    }
    return isList ? this.#list(this.#indent, this.#at, depth + 1) : this.#map(this.#indent, this.#at, depth + 1);
  }

  #isDash(at: number): boolean {
    const behind = this.#text.charCodeAt(at + 1);
    return this.#text.charCodeAt(at) === DASH && (behind === SPACE || behind === NEWLINE);
  }

  #list(indent: number, start: number, depth: number): YamlSeq | null {
    if (depth > MAX_DEPTH) return null;
    const items: YamlNode[] = [];
    for (;;) {
      const item = this.#item(indent, depth);
      if (item === null) return null;
      items.push(item);
      if (this.#at >= this.#text.length || this.#indent < indent) break;
      if (this.#indent > indent) return null;
      if (!this.#isDash(this.#at)) break;
    }
    const last = items[items.length - 1] as YamlNode;
    return { kind: "seq", tag: null, anchor: null, span: spanOf(this.#base + start, last.span.end), items };
  }

  #item(indent: number, depth: number): YamlNode | null {
    const text = this.#text;
    let at = this.#at + 1;
    while (text.charCodeAt(at) === SPACE) at++;
    // A mapping that begins behind the dash.
    if (isWordStart(text.charCodeAt(at)) && this.#key(at) !== null) return this.#map(at - this.#line, at, depth + 1);
    if (this.#isDash(at)) return null;
    return this.#value(this.#at + 1, indent, depth, false);
  }

  /** A text on one line without quotes. */
  #plain(at: number): YamlScalar | null {
    const text = this.#text;
    const first = text.charCodeAt(at);
    const isOption = first === DASH && text.charCodeAt(at + 1) > 44 && text.charCodeAt(at + 1) !== COLON;
    if (!isWordStart(first) && !isOption) return null;
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    for (let i = at; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === COLON) {
        const behind = text.charCodeAt(i + 1);
        if (behind === SPACE || behind === NEWLINE || i + 1 >= text.length) return null;
      } else if (code === HASH && text.charCodeAt(i - 1) === SPACE) {
        end = i;
        break;
      } else if (code < SPACE || code === 127) return null;
    }
    while (text.charCodeAt(end - 1) === SPACE) end--;
    const value = text.slice(at, end);
    return value.startsWith("---") || value.startsWith("...") ? null : this.#scalar(at, end, value, "plain");
  }

  /** A text in quotes in which nothing is escaped. */
  #quoted(at: number, quote: number): YamlScalar | null {
    const text = this.#text;
    for (let i = at + 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === quote) {
        if (quote === 39 && text.charCodeAt(i + 1) === 39) return null;
        return this.#scalar(at, i + 1, text.slice(at + 1, i), quote === 34 ? "double" : "single");
      }
      if (code === 92 && quote === 34) return null;
      if (code < SPACE || code === 127) return null;
    }
    return null;
  }

  /** A list or a mapping in brackets on one line, of words and quoted texts. */
  #flow(start: number, depth: number): YamlSeq | YamlMap | null {
    return depth > MAX_DEPTH
      ? null
      : this.#text.charCodeAt(start) === 91
        ? this.#flowList(start, depth)
        : this.#flowMap(start, depth);
  }

  #flowList(start: number, depth: number): YamlSeq | null {
    const items: YamlNode[] = [];
    const end = this.#members(start, 93, (at) => {
      const item = this.#flowValue(at, depth);
      if (item === null) return null;
      items.push(item);
      return item.span.end;
    });
    return end === null ? null : { kind: "seq", tag: null, anchor: null, span: spanOf(this.#base + start, end), items };
  }

  #flowMap(start: number, depth: number): YamlMap | null {
    const pairs: YamlPair[] = [];
    const names = new Set<string>();
    const end = this.#members(start, 125, (at) => {
      const key = this.#key(at);
      const colon = (key?.span.end ?? 0) - this.#base;
      if (key === null || this.#text.charCodeAt(colon + 1) !== SPACE) return null;
      if (names.has(key.value)) this.marks.push({ kind: "problem", problem: duplicateKey(key) });
      names.add(key.value);
      const value = this.#flowValue(this.#passSpaces(colon + 1), depth);
      if (value === null) return null;
      pairs.push({ key, value });
      return value.span.end;
    });
    return end === null ? null : { kind: "map", tag: null, anchor: null, span: spanOf(this.#base + start, end), pairs };
  }

  /** Reads what stands between brackets, separated by commas with a blank behind; answers where it ends. */
  #members(start: number, bracket: number, read: (at: number) => number | null): number | null {
    let at = this.#passSpaces(start + 1);
    if (this.#text.charCodeAt(at) === bracket) return this.#base + at + 1;
    for (;;) {
      const end = read(at);
      if (end === null) return null;
      at = this.#passSpaces(end - this.#base);
      const code = this.#text.charCodeAt(at);
      if (code === bracket) return this.#base + at + 1;
      if (code !== 44 || this.#text.charCodeAt(at + 1) !== SPACE) return null;
      at = this.#passSpaces(at + 1);
    }
  }

  #passSpaces(from: number): number {
    let at = from;
    while (this.#text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  #flowValue(at: number, depth: number): YamlNode | null {
    const code = this.#text.charCodeAt(at);
    if (code === 34 || code === 39) return this.#quoted(at, code);
    return code === 91 || code === 123 ? this.#flow(at, depth + 1) : this.#word(at);
  }

  /** A word of letters, digits, `_`, `.`, `/`, dashes, and colons inside. */
  #word(at: number): YamlScalar | null {
    const text = this.#text;
    let end = at;
    for (;;) {
      const code = text.charCodeAt(end);
      const isColon = code === COLON && end > at && isWordStart(text.charCodeAt(end + 1));
      if (!isWordStart(code) && code !== DASH && !isColon) break;
      end++;
    }
    const first = text.charCodeAt(at);
    if (end === at || (first === DASH && end === at + 1) || text.charCodeAt(end) === COLON) return null;
    return this.#scalar(at, end, text.slice(at, end), "plain");
  }
}
