/** One line of a `.env` file as rules see it: the parsed entry with what its value is. */
import type { EnvEntry } from "../parse/envFile.ts";
import { type Span, spanOf } from "../text.ts";
import { type CacheUrl, parseCacheUrl, type UrlPart } from "./cacheUrl.ts";

export interface EnvExpression {
  readonly name: string;
  readonly span: Span;
  /** `:-`, `?` and the like: the line itself says what counts without a value. */
  readonly hasOperator: boolean;
}

const EXPRESSION = /(?<!\$)\$(?:\{([A-Za-z_][A-Za-z0-9_]*)([^}]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;
/** Left for a person or a program to fill in. */
const TEMPLATE = /\{\{|<%|^<[^<>]*>$|<[a-z][\w -]*>|\$\{|\$\(|^%.*%$|^\[[a-z][^\]:]*\]$/i;

/** What is found out about the value of a line by itself; its places count as those of its entry do. */
export class EnvValue {
  readonly entry: EnvEntry;
  /** The value as written, without quotes. */
  readonly text: string;
  #isTemplate: boolean | null = null;
  #expressions: readonly EnvExpression[] | null = null;
  #url: CacheUrl | null = null;

  constructor(entry: EnvEntry, source: string) {
    this.entry = entry;
    this.text = source.slice(entry.valueSpan.start, entry.valueSpan.end);
  }

  get isBlank(): boolean {
    return this.text.trim() === "";
  }

  get isTemplate(): boolean {
    this.#isTemplate ??= TEMPLATE.test(this.text);
    return this.#isTemplate;
  }

  get expressions(): readonly EnvExpression[] {
    this.#expressions ??= this.entry.expands ? this.#readExpressions() : [];
    return this.#expressions;
  }

  get url(): CacheUrl {
    this.#url ??= parseCacheUrl(this.text, this.entry.valueSpan.start);
    return this.#url;
  }

  #readExpressions(): EnvExpression[] {
    const found: EnvExpression[] = [];
    if (!this.text.includes("$")) return found;
    for (const match of this.text.matchAll(EXPRESSION)) {
      const isEscaped = this.text[match.index - 1] === "\\";
      if (isEscaped) continue;
      const start = this.entry.valueSpan.start + match.index;
      found.push({
        name: (match[1] ?? match[3]) as string,
        span: spanOf(start, start + match[0].length),
        hasOperator: (match[2] ?? "") !== "",
      });
    }
    return found;
  }
}

/** A line where it stands in the file. */
export class EnvLine {
  readonly value: EnvValue;
  /** Where the places of the value begin to count. */
  readonly start: number;
  #entry: EnvEntry | null = null;
  #expressions: readonly EnvExpression[] | null = null;
  #url: CacheUrl | null = null;

  constructor(value: EnvValue, start = 0) {
    this.value = value;
    this.start = start;
  }

  get entry(): EnvEntry {
    this.#entry ??= this.start === 0 ? this.value.entry : movedEntry(this.value.entry, this.start);
    return this.#entry;
  }

  get key(): string {
    return this.value.entry.key;
  }

  /** The value as written, without quotes. */
  get text(): string {
    return this.value.text;
  }

  get isBlank(): boolean {
    return this.value.isBlank;
  }

  /** What the reader takes, when that is certain: no expression, no template, no broken quote. */
  get isLiteral(): boolean {
    const { entry, expressions, isTemplate } = this.value;
    return entry.unterminated === null && expressions.length === 0 && !isTemplate;
  }

  /** The text stands in the file as it reads, so that a place in the value is a place in the file. */
  get isVerbatim(): boolean {
    const { entry } = this.value;
    return this.isLiteral && (entry.hash !== null || entry.raw.replaceAll("$$", "$") === this.text);
  }

  /** Up to a comment that follows a blank: what a person meant, even where the reader stops at an earlier `#`. */
  get meant(): string {
    return this.value.entry.hash === null ? this.value.entry.raw : this.text;
  }

  get valueSpan(): Span {
    return this.entry.valueSpan;
  }

  get keySpan(): Span {
    return this.entry.keySpan;
  }

  get expressions(): readonly EnvExpression[] {
    const { expressions } = this.value;
    if (this.start === 0 || expressions.length === 0) return expressions;
    this.#expressions ??= expressions.map((one) => ({ ...one, span: moved(one.span, this.start) }));
    return this.#expressions;
  }

  get url(): CacheUrl {
    this.#url ??= this.start === 0 ? this.value.url : movedUrl(this.value.url, this.start);
    return this.#url;
  }
}

export function moved({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function movedEntry(entry: EnvEntry, by: number): EnvEntry {
  const { comment, hash, unterminated, trailing } = entry;
  return {
    ...entry,
    keySpan: moved(entry.keySpan, by),
    valueSpan: moved(entry.valueSpan, by),
    writtenSpan: moved(entry.writtenSpan, by),
    statement: moved(entry.statement, by),
    comment: comment && moved(comment, by),
    hash: hash === null ? null : hash + by,
    unterminated: unterminated && moved(unterminated, by),
    trailing: trailing && moved(trailing, by),
  };
}

function movedUrl(url: CacheUrl, by: number): CacheUrl {
  const part = <T extends UrlPart | null>(one: T): T => (one === null ? one : { ...one, span: moved(one.span, by) });
  return {
    text: url.text,
    span: moved(url.span, by),
    scheme: part(url.scheme),
    separator: part(url.separator),
    user: part(url.user),
    password: part(url.password),
    host: part(url.host),
    port: part(url.port),
    database: part(url.database),
    trailing: part(url.trailing),
  };
}
