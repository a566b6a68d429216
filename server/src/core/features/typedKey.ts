/** Where somebody types a key of a YAML file nothing of ours is offered. Two lines tell, without a look at the rest of the file. */
import type { LineIndex } from "../text.ts";

/** Only a word in front of the caret: a key, or a value that goes on from a line above. */
const FIRST_WORD = /^ *[\w-]*$/;
const NOTHING = /^[ \t]*(?:#.*)?$/;
/** A value, or the end of one, that no later line belongs to. */
const FINISHED = /[\w./)}\]"']$/;
/** An anchor, a tag, a block of text or an open quote: the value is still to come, or goes on. */
const UNFINISHED = /(?:^|[:-])[ \t]+[&!|>"'][^"']*$/;
/** A line that is further above says nothing for certain. */
const MAX_LINES = 50;

export function isTypedKey(lines: LineIndex, offset: number): boolean {
  const { line, character } = lines.position(offset);
  if (!FIRST_WORD.test(lines.lineText(line).slice(0, character))) return false;
  for (let above = line - 1; above >= 0; above--) {
    if (line - above > MAX_LINES) return false;
    const text = lines.lineText(above);
    if (NOTHING.test(text)) continue;
    const written = text.replace(/[ \t]+#.*$/, "").trimEnd();
    return FINISHED.test(written) && !UNFINISHED.test(written);
  }
  return true;
}
