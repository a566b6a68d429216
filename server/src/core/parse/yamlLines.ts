/** Where the blocks of a YAML text begin, by the look of its lines. */
import { gapEnd, isGapAt } from "../gaps.ts";

const MARKER = /---(?:[ \t]+#[^\r\n]*)?[ \t]*\r?\n/y;
/** Words without a colon, a quote, a bracket or a comment. */
const BARE_WORDS = /\w[\w ./-]*\r?(?:\n|$)/y;
const PLAIN_KEY = /\w[\w.-]*:(?:[ \t\r\n]|$)/y;

/** How far a line is indented that begins with a tab: it goes on with what stands above it, or is a mistake there. */
const BELOW_ALL = 1e9;

/** Line by line: where it begins and how far it is indented. Blank lines, comments and gaps are passed over; stops where `visit` says `false`. */
export function eachLine(
  text: string,
  from: number,
  end: number,
  visit: (start: number, indent: number) => boolean,
): boolean {
  for (let at = from; at < end; ) {
    if (isGapAt(text, at)) {
      at = gapEnd(text, at);
      continue;
    }
    let column = at;
    while (text.charCodeAt(column) === 32) column++;
    const code = text.charCodeAt(column);
    const isBlank = code === 10 || code === 13 || column >= text.length;
    if (!isBlank && code !== 35 && !visit(at, code === 9 ? BELOW_ALL : column - at)) return false;
    const newline = text.indexOf("\n", column);
    at = newline < 0 ? text.length : newline + 1;
  }
  return true;
}

/** Lines at the left that begin a top-level key, or what is none but stands before the first; `null` where the text is no single mapping. */
export function startsOfSections(text: string): number[] | null {
  const starts: number[] = [];
  let isMarked = false;
  const isMapping = eachLine(text, 0, text.length, (start, indent) => {
    if (indent > 0) return starts.length > 0;
    if (text.startsWith("---", start)) {
      MARKER.lastIndex = start;
      if (isMarked || starts.length > 0 || !MARKER.test(text)) return false;
      isMarked = true;
      return true;
    }
    if (starts.length > 0 && (goesOn(text, start) || isBare(text, start))) return true;
    starts.push(start);
    return isKeyStart(text.charCodeAt(start)) && !text.startsWith("...", start);
  });
  return isMapping && starts.length > 0 ? starts : null;
}

/** How far the first line below a header is indented; 0 where none is. */
export function indentBelow(text: string, from: number, end: number): number {
  let indent = 0;
  eachLine(text, from, end, (start, found) => {
    indent = found === BELOW_ALL ? 0 : found;
    return found === 0 && isBare(text, start);
  });
  return indent;
}

/** Lines with a key of the section itself, or with something that stands too far left; `null` where it is no plain mapping. */
export function startsOfBlocks(text: string, from: number, end: number, indent: number): number[] | null {
  const starts: number[] = [];
  const isSplit = eachLine(text, from, end, (start, found) => {
    if (found > indent || isStray(text, start, found, indent)) return true;
    const at = start + found;
    const isOn = goesOn(text, at);
    if (found === indent && isOn) return starts.length > 0;
    starts.push(start);
    if (found === indent) return isKeyStart(text.charCodeAt(at));
    // What begins at the left is a section of its own.
    return starts.length > 1 && (found > 0 || isOn);
  });
  return isSplit ? starts : null;
}

/** A line that is no part of a block whose key is indented by `indent`, nor a key itself: something that is just being typed. */
export function isStray(text: string, start: number, found: number, indent: number): boolean {
  return (found < indent || found === 0) && isBare(text, start + found);
}

/** Words and nothing else: behind a key they can only be a mistake. */
export function isBare(text: string, at: number): boolean {
  BARE_WORDS.lastIndex = at;
  return BARE_WORDS.test(text);
}

/** Whatever follows, this begins a mapping, or is a mistake. */
export function isPlainKey(text: string, at: number): boolean {
  PLAIN_KEY.lastIndex = at;
  return PLAIN_KEY.test(text);
}

/** An item of a list, or a closing bracket: they may stand below the key to which they belong. */
function goesOn(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 93 || code === 125) return true;
  const behind = text.charCodeAt(at + 1);
  return code === 45 && (behind === 32 || behind === 9 || behind === 10 || behind === 13 || at + 1 >= text.length);
}

/** A letter, a digit, an underscore, a dot or a quote: what else may begin a key may begin other things, too. */
function isKeyStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 46 ||
    code === 34 ||
    code === 39
  );
}
