import type { Severity } from "../finding.ts";
import type { Span } from "../text.ts";
import type { ConfLine } from "./parser.ts";

export type ConfRuleId =
  | "conf/syntax"
  | "conf/unknown-directive"
  | "conf/wrong-number-of-arguments"
  | "conf/invalid-value"
  | "conf/not-in-version"
  | "conf/inline-comment"
  | "conf/deprecated-directive"
  | "conf/duplicate-directive";

export interface ConfEdit extends Span {
  readonly newText: string;
}

export interface ConfFix {
  readonly title: string;
  /** In the order of the text, not overlapping. */
  readonly edits: readonly ConfEdit[];
}

export interface ConfRelated {
  readonly span: Span;
  readonly message: string;
}

/**
 * Where a server stops: while it reads the file, line by line; or later, when it applies what it has read. `advice` stops nothing.
 */
export type Stage = "reading" | "startup" | "advice";

/** Of one kind in one file: nobody reads more, and a server stops at the first. */
export const MOST_TOLD = 1000;

export interface ConfProblem {
  readonly rule: ConfRuleId;
  /** `error` exactly where the server refuses to start. */
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  /** The line to blame, as the server counts. */
  readonly line: number;
  readonly stage: Stage;
  /** The line that the server names; `null` where it names none. */
  readonly reportedLine: number | null;
  readonly fixes: readonly ConfFix[];
  readonly related: readonly ConfRelated[];
  readonly tag?: "deprecated" | "unnecessary";
}

/** What stops a server, before it is put into a sentence about a version. */
export interface Trouble {
  readonly rule: ConfRuleId;
  /** Here, in the fixes and in the remedy counted as the places of the line are. */
  readonly span: Span;
  /** What is wrong, a sentence without its full stop. */
  readonly what: string;
  /** What to do, where there is something to say. */
  readonly advice?: string;
  readonly fixes?: readonly ConfFix[];
  readonly related?: readonly RelatedTrouble[];
  /** The same, looked for only once the trouble is told: what many servers refuse is worded for one of them. */
  readonly remedy?: () => Remedy;
  /** The server stops here, but its message names no line. */
  readonly isUnnumbered?: true;
}

/** A place in another line, counted as the places of that line are. */
export interface RelatedTrouble extends ConfRelated {
  readonly line?: ConfLine;
}

/** What to do, where looking for it takes time. */
export type Remedy = Pick<Trouble, "advice" | "fixes">;

export function replaceFix(title: string, span: Span, newText: string): ConfFix {
  return { title, edits: [{ start: span.start, end: span.end, newText }] };
}

/** A vertical tab or a form feed ends a word behind a closing quote only: a word without quotes would run on through it. */
export function gluesWords(fix: ConfFix, text: string): boolean {
  return fix.edits.some(({ end, newText }) => newText !== "" && (text[end] === "\v" || text[end] === "\f"));
}
