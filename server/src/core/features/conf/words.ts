import { type ConfLine, parseConf, type Word } from "../../conf/index.ts";
import type { SourceText } from "../../documents/extraction.ts";
import { touches } from "../../text.ts";

const LINES = new WeakMap<SourceText, readonly ConfLine[]>();

/** The lines of a file. An editor asks for symbols, links and colours after each change: they share one reading. */
export function linesOf(source: SourceText): readonly ConfLine[] {
  const known = LINES.get(source) ?? parseConf(source.text).lines;
  LINES.set(source, known);
  return known;
}

/** The directive line around an offset and which of its words the offset touches (-1: none of them). */
export interface WordAt {
  readonly line: ConfLine;
  readonly index: number;
  readonly word: Word | null;
}

export function wordAt(source: SourceText, offset: number): WordAt | null {
  const line = lineAt(linesOf(source), offset);
  if (line === null) return null;
  const index = line.words.findIndex((word) => touches(word, offset));
  return { line, index, word: line.words[index] ?? null };
}

/** Lines stand in the order of the text. */
function lineAt(lines: readonly ConfLine[], offset: number): ConfLine | null {
  let low = 0;
  let high = lines.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const line = lines[middle] as ConfLine;
    if (offset < line.span.start) high = middle - 1;
    else if (offset > line.span.end) low = middle + 1;
    else return line;
  }
  return null;
}
