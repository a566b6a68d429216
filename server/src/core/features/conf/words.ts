import { type ConfFile, type ConfLine, parseConf, type Word } from "../../conf/index.ts";
import { touches } from "../../text.ts";

/** The directive line around an offset and which of its words the offset touches (-1: none of them). */
export interface WordAt {
  readonly line: ConfLine;
  readonly index: number;
  readonly word: Word | null;
}

export function wordAt(text: string, offset: number): WordAt | null {
  const line = lineAt(parseConf(text), offset);
  if (line === null) return null;
  const index = line.words.findIndex((word) => touches(word, offset));
  return { line, index, word: line.words[index] ?? null };
}

/** Lines stand in the order of the text. */
function lineAt(file: ConfFile, offset: number): ConfLine | null {
  let low = 0;
  let high = file.lines.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const line = file.lines[middle] as ConfLine;
    if (offset < line.span.start) high = middle - 1;
    else if (offset > line.span.end) low = middle + 1;
    else return line;
  }
  return null;
}
