/** Rules about server configurations: told by `conf/`, which reads a file as the server does. */
import type { ConfFix, ConfProblem, ConfRuleId } from "../../conf/index.ts";
import type { Fix } from "../../finding.ts";
import type { Draft, RuleMeta } from "../rule.ts";

const SOURCES: RuleMeta["sources"] = [
  { source: "https://github.com/redis/redis/blob/unstable/src/config.c", asOf: "2026-11-20" },
  { source: "https://github.com/valkey-io/valkey/blob/unstable/src/config.c", asOf: "2026-11-20" },
];

function meta(id: ConfRuleId, severity: RuleMeta["severity"], title: string): RuleMeta {
  return { id, title, severity, sources: SOURCES };
}

export const CONF_METAS: readonly RuleMeta[] = [
  meta("conf/deprecated-directive", "hint", "Directive has a newer name"),
  meta("conf/duplicate-directive", "warning", "Directive given twice"),
  meta("conf/inline-comment", "error", "No comments behind a directive"),
  meta("conf/invalid-value", "error", "Value not accepted"),
  meta("conf/not-in-version", "error", "Not in this version of the server"),
  meta("conf/syntax", "error", "Line cannot be read"),
  meta("conf/unknown-directive", "error", "Unknown directive"),
  meta("conf/wrong-number-of-arguments", "error", "Wrong number of arguments"),
];

/** Fixes that change nothing that runs: the file means the same afterwards, or could not be loaded before. */
const SAFE: ReadonlySet<string> = new Set(["conf/deprecated-directive", "conf/inline-comment"]);

function toFix(path: string, rule: ConfRuleId, fix: ConfFix, isOnly: boolean): Fix {
  const edits = fix.edits.map(({ start, end, newText }) => ({ path, span: { start, end }, newText }));
  return { title: fix.title, safe: isOnly && SAFE.has(rule), preferred: isOnly, edits };
}

/** A problem of a file as a draft of its rule. */
export function confDraft(path: string, problem: ConfProblem): { readonly meta: RuleMeta; readonly draft: Draft } {
  const found = CONF_METAS.find(({ id }) => id === problem.rule);
  if (found === undefined) throw new Error(`${problem.rule} is no rule`);
  const { span, message, severity, fixes, related, tag } = problem;
  return {
    meta: found,
    draft: {
      span,
      message,
      severity,
      related: related.map((place) => ({ path, span: place.span, message: place.message })),
      fixes: fixes.map((fix) => toFix(path, problem.rule, fix, fixes.length === 1)),
      ...(tag === undefined ? {} : { tag }),
    },
  };
}
