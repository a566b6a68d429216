/**
 * `.env` files as their readers read them. The readers differ in comments, escapes and broken quotes, so the dialect is
 * an argument: compose-go (dotenv/parser.go), Ruby's dotenv (lib/dotenv/parser.rb), Node's dotenv (lib/main.js), phpdotenv
 * (src/Parser/EntryParser.php). Any text gives a result in linear time; a line that cannot be read gives no entry.
 */

import { DIALECTS, type Dialect, type Quote, undoEscapes } from "../env/dialect.ts";
import { type Span, spanOf } from "../text.ts";
import { type Definition, expandTemplate } from "./interpolation.ts";

export type { Dialect } from "../env/dialect.ts";

export interface EnvEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** What the reader takes: unquoted, escapes undone; expressions still stand in it when `expands`. */
  readonly raw: string;
  /** The value as written, without its quotes. Reaches up to a comment that follows a blank, for every reader. */
  readonly valueSpan: Span;
  readonly quote: Quote | null;
  /** The reader replaces variables in this value. */
  readonly expands: boolean;
  /** The value with its quotes. */
  readonly writtenSpan: Span;
  /** Whole lines, the line break included. */
  readonly statement: Span;
  /** A comment behind an unquoted value, from the blank before `#` to the end. */
  readonly comment: Span | null;
  /** A `#` without a blank before it, at which this reader ends the value. */
  readonly hash: number | null;
  /** A quote without a partner, to the end of its line. */
  readonly unterminated: Span | null;
  /** What stands behind the closing quote and is no comment. */
  readonly trailing: Span | null;
}

export interface EnvFile {
  readonly dialect: Dialect;
  readonly entries: readonly EnvEntry[];
  /** Lines that are neither blank nor a comment and give no entry, without surrounding blanks. */
  readonly unread: readonly Span[];
}

const BLANK = /[ \t\v\f]*/y;
const EXPORT = /export[ \t]+/y;
const KEY = /[A-Za-z_][A-Za-z0-9_.-]*/y;

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

export function parseEnvFile(text: string, dialect: Dialect = "compose"): readonly EnvEntry[] {
  return readEnvFile(text, dialect).entries;
}

export function readEnvFile(text: string, dialect: Dialect): EnvFile {
  return new Reader(text, dialect).read(true);
}

/** Lines of a file, and the quotes that are opened there and not closed there. `isFirst`: a byte order mark may stand before them. */
export function readEnvLines(
  text: string,
  dialect: Dialect,
  isFirst: boolean,
): { readonly file: EnvFile; readonly open: readonly Quote[] } {
  const reader = new Reader(text, dialect);
  return { file: reader.read(isFirst), open: [...reader.exhausted] };
}

type Value = Omit<EnvEntry, "key" | "keySpan" | "statement">;

class Reader {
  readonly #text: string;
  readonly #dialect: Dialect;
  /** Quotes that are known to have no partner behind a place: each is searched in vain only once. */
  readonly exhausted = new Set<Quote>();
  #newline = { from: 0, at: -1 };

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  read(isFirst: boolean): EnvFile {
    const entries: EnvEntry[] = [];
    const unread: Span[] = [];
    const text = this.#text;
    let lineStart = isFirst && text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (lineStart < text.length) {
      const start = lineStart + match(BLANK, text, lineStart);
      const lineEnd = this.#lineEnd(start);
      const entry = text[start] === "#" ? null : this.#entry(lineStart, start, lineEnd);
      if (entry !== null) entries.push(entry);
      else {
        const end = this.#trimmedEnd(start, lineEnd);
        if (end > start && text[start] !== "#") unread.push(spanOf(start, end));
      }
      lineStart = entry === null ? this.#nextLine(lineEnd) : entry.statement.end;
    }
    return { dialect: this.#dialect, entries, unread };
  }

  #entry(lineStart: number, start: number, lineEnd: number): EnvEntry | null {
    const text = this.#text;
    const keyStart = start + match(EXPORT, text, start);
    const keyEnd = keyStart + match(KEY, text, keyStart);
    if (keyEnd === keyStart) return null;
    const separator = keyEnd + match(BLANK, text, keyEnd);
    const { colon } = DIALECTS[this.#dialect];
    const isColon =
      text[separator] === ":" && colon !== "no" && (colon === "yes" || /\s/.test(text[separator + 1] ?? ""));
    if (separator >= lineEnd || (text[separator] !== "=" && !isColon)) return null;
    const valueStart = separator + 1 + match(BLANK, text, separator + 1);
    const value = this.#value(Math.min(valueStart, lineEnd), lineEnd);
    const end = this.#nextLine(this.#lineEnd(value.trailing?.end ?? value.writtenSpan.end));
    return {
      key: text.slice(keyStart, keyEnd),
      keySpan: spanOf(keyStart, keyEnd),
      statement: spanOf(lineStart, end),
      ...value,
    };
  }

  #value(start: number, lineEnd: number): Value {
    const { quotes, multiline } = DIALECTS[this.#dialect];
    const quote = quotes.find((candidate) => candidate === this.#text[start]);
    if (quote === undefined) return this.#unquoted(start, lineEnd, null);
    const close = this.#closing(start + 1, quote);
    if (close < 0 || (close > lineEnd && !multiline.includes(quote))) return this.#broken(start, lineEnd);
    const closeLineEnd = this.#lineEnd(close);
    const behind = this.#text.slice(close + 1, closeLineEnd);
    const isClean = /^\s*(?:#|$)/.test(behind);
    // A quote that "closes" at the opening quote of a later line was forgotten on its own line.
    if (!isClean && close > lineEnd) return this.#broken(start, lineEnd);
    const written = this.#text.slice(start + 1, close);
    return {
      raw: undoEscapes(written, quote, this.#dialect),
      valueSpan: spanOf(start + 1, close),
      quote,
      expands: quote === '"' && DIALECTS[this.#dialect].expands,
      writtenSpan: spanOf(start, close + 1),
      comment: null,
      hash: null,
      unterminated: null,
      trailing: isClean ? null : spanOf(close + 1, this.#trimmedEnd(close + 1, closeLineEnd)),
    };
  }

  #broken(start: number, lineEnd: number): Value {
    return this.#unquoted(start, lineEnd, spanOf(start, this.#trimmedEnd(start, lineEnd)));
  }

  #unquoted(start: number, lineEnd: number, unterminated: Span | null): Value {
    const { comment: form, expands } = DIALECTS[this.#dialect];
    const text = this.#text;
    let end = lineEnd;
    let hash: number | null = null;
    for (let at = start; at < lineEnd; at++) {
      if (text[at] !== "#") continue;
      const before = text[at - 1];
      const isFirst = at === start;
      if (isFirst ? form === "any" : before === " " || (before === "\t" && form === "any")) {
        end = at;
        break;
      }
      if (form === "any" && hash === null) hash = at;
    }
    const isCut = end < lineEnd;
    end = this.#trimmedEnd(start, end);
    const written = text.slice(start, hash === null ? end : Math.min(hash, end));
    return {
      raw: undoEscapes(written, null, this.#dialect),
      valueSpan: spanOf(start, end),
      quote: null,
      expands,
      writtenSpan: spanOf(start, end),
      comment: isCut ? spanOf(end, this.#trimmedEnd(end, lineEnd)) : null,
      hash,
      unterminated,
      trailing: null,
    };
  }

  #closing(from: number, quote: Quote): number {
    if (this.exhausted.has(quote)) return -1;
    const skipsEscaped = DIALECTS[this.#dialect].escapes.includes(quote);
    for (let i = from; i < this.#text.length; i++) {
      if (this.#text[i] === "\\" && skipsEscaped) i++;
      else if (this.#text[i] === quote) return i;
    }
    this.exhausted.add(quote);
    return -1;
  }

  #lineEnd(from: number): number {
    const text = this.#text;
    // Asked once per line break: a file of carriage returns must not be searched again from each of them.
    if (from < this.#newline.from || from > this.#newline.at) {
      const newline = text.indexOf("\n", from);
      this.#newline = { from, at: newline < 0 ? text.length : newline };
    }
    const end = this.#newline.at;
    if (!DIALECTS[this.#dialect].carriageReturnEndsLine) return end;
    for (let i = from; i < end; i++) if (text.charCodeAt(i) === 13) return i;
    return end;
  }

  #nextLine(lineEnd: number): number {
    if (this.#text[lineEnd] === "\r" && this.#text[lineEnd + 1] === "\n") return lineEnd + 2;
    return Math.min(lineEnd + 1, this.#text.length);
  }

  #trimmedEnd(start: number, end: number): number {
    let at = end;
    while (at > start && /\s/.test(this.#text[at - 1] as string)) at--;
    return at;
  }
}

/** A variable with the places of its line. */
export interface EnvDefinition extends Definition {
  readonly key: Span;
  /** The value as written, without quotes. */
  readonly written: Span;
}

/**
 * The variables that a `.env` file gives to interpolation, later lines over earlier ones. Expressions in values are
 * resolved by what stands above them and by `outer`; a value that stays uncertain is left out.
 */
export function envDefinitions(
  path: string,
  text: string,
  outer: (name: string) => Definition | null,
): Map<string, EnvDefinition> {
  const known = new Map<string, EnvDefinition>();
  for (const { key, keySpan, valueSpan, expands, raw } of parseEnvFile(text)) {
    const place = { path, key: keySpan, written: valueSpan };
    if (!expands || !raw.includes("$")) {
      const isVerbatim = raw === text.slice(valueSpan.start, valueSpan.end);
      known.set(key, { ...place, value: raw, span: isVerbatim ? valueSpan : null });
      continue;
    }
    const resolved = expandTemplate(raw, (name) => known.get(name) ?? outer(name));
    if (resolved.unresolved.length === 0) known.set(key, { ...place, value: resolved.value, span: null });
    else known.delete(key);
  }
  return known;
}
