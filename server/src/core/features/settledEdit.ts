/** Of all edits that make the same text out of another one, the one that stands as far down as it can. */
import { type Span, spanOf } from "../text.ts";

interface Replacement {
  readonly span: Span;
  readonly newText: string;
}

/** Nobody repeats himself for longer. */
const MOST = 2000;

/**
 * Whoever compares the texts before and after cannot tell which of two equal lines went away, and takes the lower one. So an edit that only
 * removes or only adds is moved there: what differs lies inside of it. Nothing of a pair of characters is ever divided.
 */
export function settled(text: string, edit: Replacement): Replacement {
  const { start, end } = edit.span;
  const isRemoval = edit.newText === "" && end > start;
  if (!isRemoval && (start !== end || edit.newText === "")) return edit;
  // A removal may move while what comes in at its end is what goes out at its beginning; an addition likewise.
  const moving = isRemoval ? text.slice(start, end) : edit.newText;
  let steps = 0;
  while (steps < MOST && end + steps < text.length && text[end + steps] === moving[steps % moving.length]) steps++;
  while (steps > 0 && !isWhole(text, moving, start, end, steps)) steps--;
  if (steps === 0) return edit;
  const turned = steps % moving.length;
  return {
    span: spanOf(start + steps, end + steps),
    newText: isRemoval ? "" : moving.slice(turned) + moving.slice(0, turned),
  };
}

function isWhole(text: string, moving: string, start: number, end: number, steps: number): boolean {
  const turned = steps % moving.length;
  return !divides(text, start + steps) && !divides(text, end + steps) && !divides(moving, turned);
}

/** A line break of two characters, or two halves of one. */
function divides(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return (before === 13 && after === 10) || (before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000);
}
