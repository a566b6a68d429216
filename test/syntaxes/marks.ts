// Fixtures that carry their expectation: under each line stand the tokens of it, one mark a line, in comments, so that the
// file stays a configuration.
//
//     maxmemory 1gb
//     #^^^^^^^^ keyword.other.directive
//     #         ^ constant.numeric.memory
//
// A # that touches the first caret counts as one (names start in the first column); #[1-4] gives columns, the end excluded,
// where that would be said wrongly. A mark names the innermost scope that is not punctuation. The marks must match exactly.
import type { Token } from "./grammar.ts";

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly scope: string;
}

const MARK = /^#(?: *\^+|\[\d+-\d+\]) [a-z0-9.-]+$/;

export const isMark = (line: string): boolean => MARK.test(line);

/** Neighbouring tokens of one scope are one mark; what has no scope has none. */
export function marksOf(tokens: readonly Token[]): readonly Mark[] {
  const marks: Mark[] = [];
  for (const { start, end, scopes } of tokens) {
    const scope = scopes.findLast((name) => !name.startsWith("punctuation.") && !name.startsWith("meta."));
    if (scope === undefined || start === end) continue;
    const last = marks.at(-1);
    if (last?.scope === scope && last.end === start) marks[marks.length - 1] = { ...last, end };
    else marks.push({ start, end, scope });
  }
  return marks;
}

export function written({ start, end, scope }: Mark): string {
  const carets = "^".repeat(end - start);
  if (start === 0 && end > 1) return `#${carets.slice(1)} ${scope}`;
  if (start > 1) return `#${" ".repeat(start - 1)}${carets} ${scope}`;
  return `#[${start}-${end}] ${scope}`;
}
