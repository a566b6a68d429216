import type { TextEdit } from "../finding.ts";
import type { Report } from "../report.ts";

/** The edits of all fixes that may be applied unseen, by file, in the order of the text, none overlapping another. */
export function safeEditsOf(reports: readonly Report[]): Map<string, TextEdit[]> {
  const byFile = new Map<string, TextEdit[]>();
  for (const { findings } of reports) {
    for (const { fixes } of findings) {
      const fix = fixes.find(({ safe, preferred }) => safe && preferred);
      for (const edit of fix?.edits ?? []) {
        const edits = byFile.get(edit.path) ?? [];
        const overlaps = edits.some(({ span }) => span.start < edit.span.end && edit.span.start < span.end);
        const isKnown = edits.some(
          ({ span, newText }) =>
            span.start === edit.span.start && span.end === edit.span.end && newText === edit.newText,
        );
        if (!overlaps && !isKnown) edits.push(edit);
        byFile.set(edit.path, edits);
      }
    }
  }
  for (const edits of byFile.values()) edits.sort((a, b) => a.span.start - b.span.start);
  return byFile;
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
