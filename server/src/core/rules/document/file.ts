import type { SettingProblem } from "../../settingValues.ts";
import type { Span } from "../../text.ts";
import type { Draft, RuleMeta } from "../rule.ts";

export function tooLargeMessage(much: string): string {
  return `This file has more than ${much} and is not checked.`;
}

export const TOO_LARGE: RuleMeta = {
  id: "file/too-large",
  title: "File too large to be checked",
  severity: "information",
  sources: [{ source: "https://github.com/cache-compat/cache-compat#limits", asOf: "2026-11-20" }],
};

export const UNKNOWN_KEY: RuleMeta = {
  id: "config/unknown-key",
  title: "Unknown setting, app or rule",
  severity: "warning",
  sources: [{ source: "https://github.com/cache-compat/cache-compat#settings", asOf: "2026-11-20" }],
};

export const INVALID_VALUE: RuleMeta = {
  id: "config/invalid-value",
  title: "Setting has a wrong value",
  severity: "error",
  sources: [{ source: "https://github.com/cache-compat/cache-compat#settings", asOf: "2026-11-20" }],
};

export const DUPLICATE_KEY: RuleMeta = {
  id: "config/duplicate-key",
  title: "Setting stands twice",
  severity: "warning",
  sources: [{ source: "https://www.rfc-editor.org/rfc/rfc8259", asOf: "2017-12-01" }],
};

export const CONFIG_SYNTAX: RuleMeta = {
  id: "config/syntax",
  title: "Project file is not JSON",
  severity: "error",
  sources: [{ source: "https://www.rfc-editor.org/rfc/rfc8259", asOf: "2017-12-01" }],
};

const OF_PROBLEM: Readonly<Record<SettingProblem["kind"], RuleMeta>> = {
  "unknown-key": UNKNOWN_KEY,
  "invalid-value": INVALID_VALUE,
  "duplicate-key": DUPLICATE_KEY,
};

export function tellSettingProblems(
  problems: readonly { readonly problem: SettingProblem; readonly span: Span }[],
  tell: (meta: RuleMeta, drafts: readonly Draft[]) => void,
): void {
  for (const { problem, span } of problems) tell(OF_PROBLEM[problem.kind], [{ span, message: problem.message }]);
}
