/** One line of a `.env` file as rules see it: the parsed entry with what its value is. */
import type { EnvEntry } from "../parse/envFile.ts";
import { type Span, spanOf } from "../text.ts";
import { type CacheUrl, parseCacheUrl } from "./cacheUrl.ts";

export interface EnvExpression {
  readonly name: string;
  readonly span: Span;
  /** `:-`, `?` and the like: the line itself says what counts without a value. */
  readonly hasOperator: boolean;
}

const EXPRESSION = /(?<!\$)\$(?:\{([A-Za-z_][A-Za-z0-9_]*)([^}]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;
/** Left for a person or a program to fill in. */
const TEMPLATE = /\{\{|<%|^<[^<>]*>$|<[a-z][\w -]*>|\$\{|\$\(|^%.*%$|^\[[a-z][^\]:]*\]$/i;

export class EnvLine {
  readonly entry: EnvEntry;
  /** The value as written, without quotes. */
  readonly text: string;
  #expressions: readonly EnvExpression[] | null = null;
  #url: CacheUrl | null = null;

  constructor(entry: EnvEntry, source: string) {
    this.entry = entry;
    this.text = source.slice(entry.valueSpan.start, entry.valueSpan.end);
  }

  get key(): string {
    return this.entry.key;
  }

  get isBlank(): boolean {
    return this.text.trim() === "";
  }

  /** What the reader takes, when that is certain: no expression, no template, no broken quote. */
  get isLiteral(): boolean {
    return this.entry.unterminated === null && this.expressions.length === 0 && !TEMPLATE.test(this.text);
  }

  /** The text stands in the file as it reads, so that a place in the value is a place in the file. */
  get isVerbatim(): boolean {
    return this.isLiteral && (this.entry.hash !== null || this.entry.raw.replaceAll("$$", "$") === this.text);
  }

  /** Up to a comment that follows a blank: what a person meant, even where the reader stops at an earlier `#`. */
  get meant(): string {
    return this.entry.hash === null ? this.entry.raw : this.text;
  }

  get valueSpan(): Span {
    return this.entry.valueSpan;
  }

  get keySpan(): Span {
    return this.entry.keySpan;
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
