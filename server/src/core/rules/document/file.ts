import type { DocumentKind } from "../../documents/kind.ts";
import type { SettingProblem } from "../../settingValues.ts";
import type { Span } from "../../text.ts";
import type { Draft, RuleMeta } from "../rule.ts";

const MEGA = 1024 * 1024;

/**
 * Larger texts are not parsed: an editor must stay quick, and no stack is written by hand at this size. UTF-16 units. Server configurations, which
 * may be held against fifteen servers, are long at a twentieth of theirs.
 */
export function maxTextLength(kind: DocumentKind): number {
  return (kind === "server-config" ? 2 : 8) * MEGA;
}

export function tooLargeMessage(kind: DocumentKind): string {
  return `This file has more than ${maxTextLength(kind) / MEGA} million characters and is not checked.`;
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
