import type { Span } from "../text.ts";
import { isSpace, toBytes } from "./bytes.ts";

/** Up to Redis 8.8 and Valkey 8.1 a closing quote ends the word and needs a blank behind it; Valkey 9.0 lets the word go on. */
export type QuoteDialect = "strict" | "loose";

export interface Word {
  /** As written, quotes included. */
  readonly start: number;
  readonly end: number;
  /** What the server sees, as bytes (see `bytes.ts`). */
  readonly value: string;
}

export interface BrokenQuote {
  readonly reason: "unclosed" | "text-behind";
  /** From the open quote to the end of the line; or the whole word with text behind its closing quote. */
  readonly span: Span;
  readonly quote: '"' | "'";
}

export interface SplitWords {
  readonly words: readonly Word[];
  readonly broken: BrokenQuote | null;
}

const QUOTE = 34;
const APOSTROPHE = 39;
const BACKSLASH = 92;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", a: "\x07" };

/**
 * Splits one line as the server does. Redis 7.2 src/sds.c: sdssplitargs; Valkey 9.0 src/sds.c: sdsnsplitargs.
 * Blanks in front of a word are those of `isspace`, but only blank, tab, CR and LF end a word.
 */
export function splitWords(
  text: string,
  from: number,
  to: number,
  dialect: QuoteDialect,
  form: "text" | "bytes" = "text",
): SplitWords {
  const encode = form === "text" ? toBytes : asTheyAre;
  const words: Word[] = [];
  let at = from;
  while (true) {
    while (at < to && isSpace(text.charCodeAt(at))) at++;
    if (at >= to) return { words, broken: null };
    const read = readWord(text, at, to, dialect, encode);
    if ("reason" in read) return { words, broken: read };
    words.push(read);
    at = read.end;
  }
}

/** For a text that is bytes already. */
function asTheyAre(bytes: string): string {
  return bytes;
}

type Encode = (text: string) => string;

function readWord(text: string, start: number, to: number, dialect: QuoteDialect, encode: Encode): Word | BrokenQuote {
  let parts: string[] | null = null;
  let plain = start;
  let at = start;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 10 || code === 13 || code === 9) break;
    if (code !== QUOTE && code !== APOSTROPHE) {
      at++;
      continue;
    }
    parts ??= [];
    if (at > plain) parts.push(encode(text.slice(plain, at)));
    const close =
      code === QUOTE
        ? readDoubleQuoted(text, at + 1, to, parts, encode)
        : readSingleQuoted(text, at + 1, to, parts, encode);
    const quote = code === QUOTE ? '"' : "'";
    if (close < 0) return { reason: "unclosed", span: { start: at, end: to }, quote };
    at = close + 1;
    plain = at;
    if (dialect === "strict") {
      if (at < to && !isSpace(text.charCodeAt(at))) {
        return { reason: "text-behind", span: { start, end: endOfRun(text, at, to) }, quote };
      }
      break;
    }
  }
  if (parts === null) return { start, end: at, value: encode(text.slice(start, at)) };
  if (at > plain) parts.push(encode(text.slice(plain, at)));
  return { start, end: at, value: parts.join("") };
}

function endOfRun(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Offset of the closing quote, or -1. */
function readDoubleQuoted(text: string, from: number, to: number, parts: string[], encode: Encode): number {
  let plain = from;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      if (at > plain) parts.push(encode(text.slice(plain, at)));
      return at;
    }
    // A backslash as the last character of the line stands for itself.
    if (code !== BACKSLASH || at + 1 >= to) continue;
    if (at > plain) parts.push(encode(text.slice(plain, at)));
    const hex = at + 4 <= to ? /^x([0-9a-fA-F]{2})/.exec(text.slice(at + 1, at + 4)) : null;
    if (hex !== null) {
      parts.push(String.fromCharCode(Number.parseInt(hex[1] as string, 16)));
      at += 3;
      plain = at + 1;
      continue;
    }
    const named = ESCAPES[text.charAt(at + 1)];
    at++;
    plain = named === undefined ? at : at + 1;
    if (named !== undefined) parts.push(named);
  }
  return -1;
}

/** Only `\'` is special here. */
function readSingleQuoted(text: string, from: number, to: number, parts: string[], encode: Encode): number {
  let plain = from;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === APOSTROPHE) {
      if (at > plain) parts.push(encode(text.slice(plain, at)));
      return at;
    }
    if (code !== BACKSLASH || at + 1 >= to || text.charCodeAt(at + 1) !== APOSTROPHE) continue;
    if (at > plain) parts.push(encode(text.slice(plain, at)));
    at++;
    plain = at;
  }
  return -1;
}
