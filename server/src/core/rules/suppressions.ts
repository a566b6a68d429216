import { addDays, isDay } from "../catalog/dates.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { Finding, Fix } from "../finding.ts";
import type { Suppression } from "../model/comments.ts";
import { type LineIndex, type Span, spanOf } from "../text.ts";
import type { Draft, RuleMeta } from "./rule.ts";

const SYNTAX = [{ source: "https://github.com/cache-compat/cache-compat#silencing", asOf: "2026-11-20" }];

export const EXPIRED: RuleMeta = {
  id: "suppression/expired",
  title: "Suppression past its date",
  severity: "warning",
  sources: SYNTAX,
};
export const UNUSED: RuleMeta = {
  id: "suppression/unused",
  title: "Suppression that silences nothing",
  severity: "information",
  sources: SYNTAX,
};

function findingsByLine(findings: readonly Finding[], lines: LineIndex): ReadonlyMap<number, readonly Finding[]> {
  const byLine = new Map<number, Finding[]>();
  for (const finding of findings) {
    const { line } = lines.position(finding.span.start);
    // No comment can stand between lines joined by a backslash: one above the first speaks of all of them.
    for (const place of new Set([line, firstLine(line, lines)])) {
      const known = byLine.get(place);
      if (known === undefined) byLine.set(place, [finding]);
      else known.push(finding);
    }
  }
  return byLine;
}

function covers(suppression: Suppression, finding: Finding): boolean {
  const family = `${finding.rule.slice(0, finding.rule.indexOf("/"))}/*`;
  return suppression.rules.includes(finding.rule) || suppression.rules.includes(family);
}

/** A date that is offered lies so far ahead: time to act, and soon enough to remember why. */
export const LOOK_AGAIN_DAYS = 90;

/** The comment with its whole line. */
function removal(span: Span, { path }: SourceText, lines: LineIndex, preferred: boolean): Fix {
  const { line } = lines.position(span.start);
  const end = lines.offset({ line: line + 1, character: 0 });
  // A byte order mark is no part of the comment.
  const isMarked = lines.lineText(line).startsWith("\uFEFF");
  const start = lines.offset({ line, character: isMarked ? 1 : 0 });
  const edits = [{ path, span: spanOf(start, end), newText: "" }];
  return { title: "Remove this comment", safe: false, preferred, edits };
}

/** The line that begins what is joined by backslashes. */
export function firstLine(line: number, lines: LineIndex): number {
  let first = line;
  while (first > 0 && lines.lineText(first - 1).endsWith("\\")) first--;
  return first;
}

/** Takes out what comments silence, and tells of comments that are past their date or silence nothing. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  source: SourceText,
  lines: LineIndex,
  asOf: string,
  /** True for a rule that is switched off or has failed: then nobody knows what the comment would silence. */
  isSilent: (rule: string) => boolean,
): { readonly kept: Finding[]; readonly expired: Draft[]; readonly unused: Draft[] } {
  const expired: Draft[] = [];
  const unused: Draft[] = [];
  const silenced = new Set<Finding>();
  const byLine = findingsByLine(suppressions.length === 0 ? [] : findings, lines);
  for (const suppression of suppressions) {
    const { span, until, untilSpan, rules } = suppression;
    if (until !== null && !isDay(until)) {
      unused.push({
        span,
        message: `"${until}" is no day, so this comment silences nothing. Write for example until=2027-03-01.`,
        fixes: [removal(span, source, lines, false)],
      });
    } else if (until !== null && untilSpan !== null && until < asOf) {
      const later = addDays(asOf, LOOK_AGAIN_DAYS);
      const move = { path: source.path, span: untilSpan, newText: later };
      expired.push({
        fixes: [
          removal(span, source, lines, false),
          { title: `Silence it until ${later}`, safe: false, preferred: false, edits: [move] },
        ],
        span,
        message: `This comment silenced ${rules.join(", ") || "nothing"} until ${until}. Look at the finding again, then remove the comment or move its date.`,
      });
    } else {
      const near = suppression.line === null ? findings : (byLine.get(suppression.line) ?? []);
      const covered = near.filter((finding) => covers(suppression, finding));
      for (const finding of covered) silenced.add(finding);
      const why = rules.length === 0 ? "It names no rule" : "No finding of this rule stands there";
      if (covered.length === 0 && !rules.some(isSilent))
        unused.push({
          span,
          message: `This comment silences nothing. ${why}. Remove it.`,
          tag: "unnecessary",
          fixes: [removal(span, source, lines, true)],
        });
    }
  }
  return { kept: findings.filter((finding) => !silenced.has(finding)), expired, unused };
}
