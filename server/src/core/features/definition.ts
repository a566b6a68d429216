import type { Place } from "../finding.ts";
import type { Report } from "../report.ts";
import { type Span, spanOf, touches } from "../text.ts";

/** From a variable in an image to the line that gives it its value. */
export function definitionAt(report: Report, offset: number): { readonly origin: Span; readonly target: Place } | null {
  for (const { use } of report.used) {
    for (const piece of use.resolved.pieces) {
      if (piece.definition === null || !touches(piece.span, offset)) continue;
      const { path, span } = piece.definition;
      return { origin: piece.span, target: { path, span: span ?? spanOf(0, 0) } };
    }
  }
  return null;
}
