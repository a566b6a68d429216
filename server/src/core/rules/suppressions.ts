import { isDay } from "../catalog/dates.ts";
import type { Finding } from "../finding.ts";
import type { Suppression } from "../model/comments.ts";
import type { LineIndex } from "../text.ts";
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

function covers(suppression: Suppression, finding: Finding, lines: LineIndex): boolean {
  if (suppression.line !== null && lines.position(finding.span.start).line !== suppression.line) return false;
  const family = `${finding.rule.slice(0, finding.rule.indexOf("/"))}/*`;
  return suppression.rules.includes(finding.rule) || suppression.rules.includes(family);
}

/** Takes out what comments silence, and tells of comments that are past their date or silence nothing. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  lines: LineIndex,
  asOf: string,
  /** True for a rule that is switched off or has failed: then nobody knows what the comment would silence. */
  isSilent: (rule: string) => boolean,
): { readonly kept: Finding[]; readonly expired: Draft[]; readonly unused: Draft[] } {
  const expired: Draft[] = [];
  const unused: Draft[] = [];
  const silenced = new Set<Finding>();
  for (const suppression of suppressions) {
    const { span, until, rules } = suppression;
    if (until !== null && !isDay(until)) {
      unused.push({
        span,
        message: `"${until}" is no day, so this comment silences nothing. Write for example until=2027-03-01.`,
      });
    } else if (until !== null && until < asOf) {
      expired.push({
        span,
        message: `This comment silenced ${rules.join(", ") || "nothing"} until ${until}. Look at the finding again, then remove the comment or move its date.`,
      });
    } else {
      const covered = findings.filter((finding) => covers(suppression, finding, lines));
      for (const finding of covered) silenced.add(finding);
      const why = rules.length === 0 ? "It names no rule" : "No finding of this rule stands there";
      if (covered.length === 0 && !rules.some(isSilent))
        unused.push({ span, message: `This comment silences nothing. ${why}. Remove it.`, tag: "unnecessary" });
    }
  }
  return { kept: findings.filter((finding) => !silenced.has(finding)), expired, unused };
}
