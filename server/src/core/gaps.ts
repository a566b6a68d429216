/**
 * Texts with gaps: between the blocks of a YAML file a line is put that is no part of it, and an edit in a block grows or shrinks the
 * next gap, so that everything behind it keeps its offset. Whatever was found out about other blocks holds as it is. `LineIndex` passes
 * gaps over, so positions are those of the real text; nothing outside of the language server ever sees a gap.
 */

/** What stands in a gap no real file holds; files that do hold a character of it get no gaps. */
const MARK = "#\u001A\u007F\u001A";
const FILL = "\u007F";
/** What no text with gaps may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: gaps are made of characters that no YAML file may hold.
const UNFIT = /[\u001A\u007F]|\r(?!\n)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const GAP = /#\u001A\u007F\u001A\u007F*\n/g;
const MIN_GAP = MARK.length + 1;
/** Room behind a block: enough for some lines of typing. */
const MIN_ROOM = 64;
const ROOM = 0.25;
/** Larger texts are not made larger still. */
const MAX_LENGTH = 4_000_000;

export function hasGaps(text: string): boolean {
  return text.includes(MARK);
}

/** The same of a text of which only `start` to `end` is new, where what it was before had no gaps. */
export function bringsGaps(text: string, start: number, end: number): boolean {
  return hasGaps(text.slice(Math.max(0, start - MARK.length), end + MARK.length));
}

/** True where a gap begins. */
export function isGapAt(text: string, offset: number): boolean {
  return text.startsWith(MARK, offset);
}

/** Offset behind the gap that begins at `offset`. */
export function gapEnd(text: string, offset: number): number {
  return text.indexOf("\n", offset) + 1;
}

/** The text as its author wrote it. */
export function withoutGaps(text: string): string {
  return hasGaps(text) ? text.replace(GAP, "") : text;
}

function gapOf(length: number): string {
  return `${MARK}${FILL.repeat(length - MIN_GAP)}\n`;
}

/** Puts a gap in front of every block of a YAML text, and behind the last one. A text without blocks stays as it is. */
export function withGaps(text: string): string {
  if (text.length > MAX_LENGTH || UNFIT.test(text)) return text;
  const starts = blockStarts(text);
  if (starts.length < 2) return text;
  const parts: string[] = [];
  let from = 0;
  for (const start of [...starts.slice(1), ...(text.endsWith("\n") ? [text.length] : [])]) {
    const block = text.slice(from, start);
    parts.push(block, gapOf(Math.max(MIN_ROOM, Math.ceil(block.length * ROOM))));
    from = start;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/** A top-level key that stands alone on its line: what stands below may be read one by one. */
const HEADER = /[A-Za-z0-9_][\w.-]*:(?:[ \t]+#[^\r\n]*)?[ \t]*\r?\n/y;

/** Offset behind the line at `start` when such a key is all that it holds; `null` for any other line. */
export function endOfHeader(text: string, start: number): number | null {
  HEADER.lastIndex = start;
  return HEADER.test(text) ? HEADER.lastIndex : null;
}

/** Lines with a top-level key, and lines on the level below that. */
function blockStarts(text: string): number[] {
  const starts: number[] = [];
  let inner: number | null = null;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const next = newline < 0 ? text.length : newline + 1;
    let column = at;
    while (text.charCodeAt(column) === 32) column++;
    const first = text.charCodeAt(column);
    // Blank lines and comments belong to what stands above them.
    const isContent = column < next && first !== 10 && first !== 13 && first !== 35 && first !== 9;
    if (isContent) {
      const indent = column - at;
      if (indent === 0) {
        inner = endOfHeader(text, at) === null ? -1 : null;
        starts.push(at);
      } else {
        inner ??= indent;
        if (indent === inner) starts.push(at);
      }
    }
    at = next;
  }
  return starts;
}

/** An edit as the text with gaps has it: behind `oldEnd`, what follows is the same as what follows `newEnd` now. */
export interface Spliced {
  readonly text: string;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** How many gaps are asked for room before all are made anew. */
const MAX_ASKED = 50;

/** Replaces a range; a gap behind it takes what the text grew or shrank by. `null` where the gaps must be made anew. */
export function splice(text: string, start: number, end: number, newText: string): Spliced | null {
  let gap = text.indexOf(MARK, end);
  if (UNFIT.test(newText) && hasGaps(text)) return null;
  const grown = newText.length - (end - start);
  const head = text.slice(0, start) + newText;
  if (gap < 0) return { text: head + text.slice(end), oldEnd: end, newEnd: head.length };
  for (let asked = 0; gap >= 0 && asked < MAX_ASKED; asked++, gap = text.indexOf(MARK, gap + 1)) {
    const behind = gapEnd(text, gap);
    const room = behind - gap - grown;
    if (room < MIN_GAP) continue;
    const changed = head + text.slice(end, gap) + gapOf(room);
    return { text: changed + text.slice(behind), oldEnd: behind, newEnd: behind };
  }
  return null;
}

/** From offsets of the text without gaps to those of the text with them. */
export function placeInGaps(text: string): (offset: number) => number {
  const seams: number[] = [];
  const shifts: number[] = [];
  let shift = 0;
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, gapEnd(text, at))) {
    seams.push(at - shift);
    shift += gapEnd(text, at) - at;
    shifts.push(shift);
  }
  return (offset) => {
    let low = 0;
    let high = seams.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((seams[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? offset : offset + (shifts[low - 1] as number);
  };
}
