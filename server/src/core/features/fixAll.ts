import type { Finding, Fix, TextEdit } from "../finding.ts";
import type { Report } from "../report.ts";

/** What of a report says which fixes there are. */
export interface Fixable extends Pick<Report, "findings"> {
  readonly source: Pick<Report["source"], "path">;
}

/** A finding with the fix that mends it unseen. */
export interface Mended {
  readonly path: string;
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * Fixes that may be applied unseen, all of them at once: none overlaps another. A fix is taken whole or not at all: one that meets another
 * has to wait until that is done.
 */
export function safeFixesOf(reports: readonly Fixable[]): Mended[] {
  const byFile = new Map<string, TextEdit[]>();
  const mended: Mended[] = [];
  for (const { source, findings } of reports) {
    for (const finding of findings) {
      const fix = safeFix(finding.fixes);
      if (fix !== undefined && take(byFile, fix.edits)) mended.push({ path: source.path, finding, fix });
    }
  }
  return mended;
}

/** The edits of fixes that do not overlap, by file, in the order of the text. */
export function editsOf(mended: readonly Mended[]): Map<string, TextEdit[]> {
  const byFile = new Map<string, TextEdit[]>();
  for (const { fix } of mended) take(byFile, fix.edits);
  return byFile;
}

/** Puts edits among others, each once; `false`, and none of them, where one meets another. */
function take(byFile: Map<string, TextEdit[]>, edits: readonly TextEdit[]): boolean {
  const places = edits.map((edit) => placeOf(byFile.get(edit.path) ?? [], edit));
  if (places.includes("taken")) return false;
  edits.forEach((edit, at) => {
    if (places[at] === "known") return;
    const taken = byFile.get(edit.path) ?? [];
    taken.splice(indexOf(taken, edit), 0, edit);
    byFile.set(edit.path, taken);
  });
  return true;
}

/** The fix of a finding that may be applied unseen. */
export function safeFix(fixes: readonly Fix[]): Fix | undefined {
  return fixes.find(({ safe, preferred }) => safe && preferred);
}

function isBefore(a: TextEdit, b: TextEdit): boolean {
  return a.span.start < b.span.start || (a.span.start === b.span.start && a.span.end <= b.span.end);
}

/** Where an edit belongs among edits in order: behind those that begin before it; what is only inserted comes first. */
function indexOf(taken: readonly TextEdit[], edit: TextEdit): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(taken[middle] as TextEdit, edit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf(taken: readonly TextEdit[], edit: TextEdit): "free" | "known" | "taken" {
  const at = indexOf(taken, edit);
  for (let i = at - 1; i >= 0 && (taken[i] as TextEdit).span.start === edit.span.start; i--)
    if (isSame(taken[i] as TextEdit, edit)) return "known";
  const meets = (other: TextEdit | undefined): boolean =>
    other !== undefined && other.span.start < edit.span.end && edit.span.start < other.span.end;
  return meets(taken[at - 1]) || meets(taken[at]) ? "taken" : "free";
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.newText === b.newText;
}

/** Edits must not overlap and stand in the order of the text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const { span, newText } of edits) {
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}
