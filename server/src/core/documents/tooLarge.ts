/** How long a file of a kind may be: an editor must stay quick, and no stack is written by hand at this size. */
import { withoutGaps } from "../gaps.ts";
import type { DocumentKind } from "./kind.ts";

const MEGA = 1024 * 1024;

/** UTF-16 units, in millions. Files of lines are long at a fraction of theirs; what Dockerfiles cost grows with the square of their length. */
const MOST_CHARACTERS: Partial<Record<DocumentKind, number>> = { "server-config": 2, environment: 2, dockerfile: 0.25 };
/** Of the other kinds, which hold trees. */
const MOST_IN_TREES = 8;
const MOST_LINES = 150_000;

/** What a text has too much of; `null` for one that is read. `lineCount`: of a text whose lines are counted already. */
export function tooMuch(text: string, kind: DocumentKind, lineCount?: number): string | null {
  const most = MOST_CHARACTERS[kind];
  const characters = most ?? MOST_IN_TREES;
  if (text.length > characters * MEGA && withoutGaps(text).length > characters * MEGA)
    return `${characters} million characters`;
  if (most !== undefined || text.length < MOST_LINES) return null;
  return (lineCount ?? countLines(text)) > MOST_LINES ? `${MOST_LINES.toLocaleString("en")} lines` : null;
}

function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
