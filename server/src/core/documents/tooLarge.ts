/** How long a file of a kind may be: an editor must stay quick, and no stack is written by hand at this size. */
import { withoutGaps } from "../gaps.ts";
import type { Searches } from "../searches.ts";
import type { DocumentKind } from "./kind.ts";

const MEGA = 1024 * 1024;

/** UTF-16 units, in millions. Files of lines are long at a fraction of theirs; what Dockerfiles cost grows with the square of their length. */
const MOST_CHARACTERS: Partial<Record<DocumentKind, number>> = { "server-config": 2, environment: 2, dockerfile: 0.25 };
/** Of the other kinds, which hold trees. */
const MOST_IN_TREES = 8;
const MOST_LINES = 150_000;
/** Shorter texts cannot hold too many of anything. */
const LEAST_COUNTED = 30_000;

interface Counted {
  readonly most: number;
  readonly name: string;
  readonly pattern: RegExp;
  /** Part of each match: looked for first, because that costs next to nothing. */
  readonly part: string;
}

/** What nobody writes so many of by hand, and what costs much more than its length. */
const DOCUMENTS: Counted = { most: 5000, name: "documents", pattern: /^---(?=\s)/gm, part: "---" };
const ANCHORS: Counted = { most: 5000, name: "anchors", pattern: /(?<=[\s,[{])&[^\s,[\]{}]/g, part: "&" };
const STAGES: Counted = { most: 500, name: "build stages", pattern: /^[ \t]*FROM[ \t]/gim, part: "\n" };

/** What a text has too much of; `null` for one that is read. */
export function tooMuch(path: string, text: string, kind: DocumentKind, searches: Searches): string | null {
  const most = MOST_CHARACTERS[kind];
  const characters = most ?? MOST_IN_TREES;
  if (text.length > characters * MEGA && withoutGaps(text).length > characters * MEGA)
    return `${characters} million characters`;
  if (most === undefined && text.length >= MOST_LINES && searches.count(path, text, "\n") >= MOST_LINES)
    return `${MOST_LINES.toLocaleString("en")} lines`;
  if (text.length < LEAST_COUNTED || kind === "server-config" || kind === "environment") return null;
  const counted = kind === "dockerfile" ? [STAGES] : [DOCUMENTS, ANCHORS];
  const found = counted.find((one) => searches.count(path, text, one.part) > one.most && hasMore(text, one));
  return found === undefined ? null : `${found.most.toLocaleString("en")} ${found.name}`;
}

function hasMore(text: string, { most, pattern }: Counted): boolean {
  let found = 0;
  for (const _ of text.matchAll(pattern)) if (++found > most) return true;
  return false;
}
