/** A patch that `git apply` and `patch` take, made from the edits themselves: no lines have to be compared. */
import { applyEdits, LineIndex, type TextEdit } from "../core/index.ts";

const CONTEXT_LINES = 3;

/** Lines of the old text that are replaced, from 0, the end exclusive, and what stands there afterwards. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** `before` and `edits` speak of bytes (`byteEdits.ts`), and so does the patch; `edits` in the order of the file, not overlapping. */
export function unifiedDiff(name: string, before: string, edits: readonly TextEdit[]): string {
  const old = linesOf(before);
  const next = linesOf(applyEdits(before, edits));
  const blocks = blocksOf(before, edits);
  let out = `--- ${patchName(`a/${name}`)}\n+++ ${patchName(`b/${name}`)}\n`;
  let shift = 0;
  for (let first = 0; first < blocks.length; ) {
    // Blocks whose context touches share a hunk.
    let last = first;
    while (
      last + 1 < blocks.length &&
      (blocks[last + 1] as Block).start - (blocks[last] as Block).end <= 2 * CONTEXT_LINES
    )
      last++;
    const hunk = blocks.slice(first, last + 1);
    const from = Math.max(0, (hunk[0] as Block).start - CONTEXT_LINES);
    const to = Math.min(old.length, (hunk.at(-1) as Block).end + CONTEXT_LINES);
    const grown = hunk.reduce((sum, { start, end, lines }) => sum + lines.length - (end - start), 0);
    out += `@@ -${rangeText(from, to - from)} +${rangeText(from + shift, to - from + grown)} @@\n`;
    let at = from;
    const print = (sign: string, line: string, isLast: boolean): void => {
      out += `${sign}${line}${isLast && !line.endsWith("\n") ? "\n\\ No newline at end of file\n" : ""}`;
    };
    for (const { start, end, lines } of hunk) {
      for (; at < start; at++) print(" ", old[at] as string, at === old.length - 1);
      for (; at < end; at++) print("-", old[at] as string, at === old.length - 1);
      for (const line of lines) print("+", line, line === next.at(-1));
    }
    for (; at < to; at++) print(" ", old[at] as string, at === old.length - 1);
    shift += grown;
    first = last + 1;
  }
  return out;
}

/** As git writes it: what is not plain ASCII in quotes and octal; a tab ends a name with blanks. */
function patchName(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name) && !/["\\]/.test(name)) return name.includes(" ") ? `${name}\t` : name;
  const quoted = [...Buffer.from(name, "utf8")].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : `\\${byte.toString(8).padStart(3, "0")}`;
  });
  return `"${quoted.join("")}"`;
}

/** Lines with their line feeds; a text that ends with one has no further, empty line. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function rangeText(start: number, count: number): string {
  return count === 0 ? `${start},0` : `${start + 1},${count}`;
}

function blocksOf(before: string, edits: readonly TextEdit[]): Block[] {
  const index = new LineIndex(before.replace(/\r/g, " "));
  const starts = (line: number): number => index.offset({ line, character: 0 });
  const blocks: Block[] = [];
  for (let i = 0; i < edits.length; ) {
    const first = index.position((edits[i] as TextEdit).span.start).line;
    let last = index.position((edits[i] as TextEdit).span.end).line;
    const group: TextEdit[] = [];
    while (i < edits.length && index.position((edits[i] as TextEdit).span.start).line <= last) {
      const edit = edits[i++] as TextEdit;
      last = Math.max(last, index.position(edit.span.end).line);
      group.push(edit);
    }
    const from = starts(first);
    const to = last + 1 < index.lineCount ? starts(last + 1) : before.length;
    const moved = group.map((edit) => ({
      ...edit,
      span: { start: edit.span.start - from, end: edit.span.end - from },
    }));
    const old = linesOf(before.slice(from, to));
    const lines = linesOf(applyEdits(before.slice(from, to), moved));
    // Lines at both ends that did not change belong to the context.
    let head = 0;
    while (head < old.length && head < lines.length && old[head] === lines[head]) head++;
    let tail = 0;
    while (tail < old.length - head && tail < lines.length - head && old.at(-1 - tail) === lines.at(-1 - tail)) tail++;
    blocks.push({ start: first + head, end: first + old.length - tail, lines: lines.slice(head, lines.length - tail) });
  }
  return blocks;
}
