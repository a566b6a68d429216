/**
 * How the readers of `.env` files differ. Read in compose-go e70e961 (2026-07-21), Ruby dotenv 34156bf (2025-12-03),
 * Node dotenv 2fc7eac (2026-08-04) and phpdotenv 0fc66b3. Of two equal keys all of them take the last one (phpdotenv since
 * 3.4, which Laravel 5.8 and newer use).
 */

export type Dialect = "compose" | "ruby" | "node" | "laravel";
export type Quote = '"' | "'" | "`";

interface DialectRules {
  /** As a person calls the reader. */
  readonly name: string;
  readonly quotes: readonly Quote[];
  /** Quotes that a backslash before them does not close. */
  readonly escapes: readonly Quote[];
  /** In unquoted values: only behind a space, or every `#`. */
  readonly comment: "space" | "any";
  readonly expands: boolean;
  /** `KEY: value`: always, only with a blank behind the colon, never. */
  readonly colon: "yes" | "blank" | "no";
  readonly carriageReturnEndsLine: boolean;
  /** Quotes that may close on a later line. */
  readonly multiline: readonly Quote[];
  /** A broken quote: the reader stops, or takes the quote as part of the value. */
  readonly brokenQuote: "refuses" | "keeps";
}

export const DIALECTS: Readonly<Record<Dialect, DialectRules>> = {
  compose: {
    name: "Docker Compose",
    quotes: ['"', "'"],
    escapes: ['"', "'"],
    comment: "space",
    expands: true,
    colon: "yes",
    carriageReturnEndsLine: false,
    multiline: ['"', "'"],
    brokenQuote: "refuses",
  },
  ruby: {
    name: "dotenv for Ruby",
    quotes: ['"', "'"],
    escapes: ['"', "'"],
    comment: "any",
    expands: true,
    colon: "blank",
    carriageReturnEndsLine: true,
    multiline: ['"', "'"],
    brokenQuote: "keeps",
  },
  node: {
    name: "dotenv for Node",
    quotes: ['"', "'", "`"],
    escapes: ['"', "'", "`"],
    comment: "any",
    expands: false,
    colon: "blank",
    carriageReturnEndsLine: true,
    multiline: ['"', "'", "`"],
    brokenQuote: "keeps",
  },
  laravel: {
    name: "phpdotenv",
    quotes: ['"', "'"],
    escapes: ['"'],
    comment: "any",
    expands: true,
    colon: "no",
    carriageReturnEndsLine: true,
    // Lines are joined before they are read, and only behind `="`.
    multiline: ['"'],
    brokenQuote: "refuses",
  },
};

const CONTROL: Readonly<Record<string, string>> = { a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** What the reader makes of backslashes. An escaped dollar becomes `$$`, which interpolation reads as a plain dollar. */
export function undoEscapes(written: string, quote: Quote | null, dialect: Dialect): string {
  if (!written.includes("\\")) return written;
  switch (dialect) {
    case "compose":
      if (quote === '"') return written.replace(/\\(?:([abfnrtv$"\\])|0([0-7]{3}))/g, composeEscape);
      return quote === "'" ? written.replace(/\\(\\|')/g, (all, char: string) => (char === "'" ? "'" : all)) : written;
    case "ruby":
      if (quote === "'") return written;
      // In double quotes `\n` and `\r` stay as they are written, unless DOTENV_LINEBREAK_MODE is legacy.
      return written.replace(/\\([\s\S])/g, (all, char: string) => {
        if (char === "$") return "$$";
        return quote === '"' && (char === "n" || char === "r") ? all : char;
      });
    case "node":
      return quote === '"' ? written.replace(/\\n/g, "\n").replace(/\\r/g, "\r") : written;
    case "laravel":
      if (quote !== '"') return written;
      return written.replace(/\\([fnrtv"\\$])/g, (_, char: string) => (char === "$" ? "$$" : (CONTROL[char] ?? char)));
  }
}

function composeEscape(_: string, char: string | undefined, octal: string | undefined): string {
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  if (char === "$") return "$$";
  return CONTROL[char as string] ?? (char as string);
}
