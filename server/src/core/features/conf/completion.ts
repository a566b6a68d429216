/** Directives of this version, those not yet present first; then values. */
import type { Checker } from "../../checker.ts";
import { type DirectiveChoice, parseConf } from "../../conf/index.ts";
import type { Report } from "../../report.ts";
import { type Span, spanOf } from "../../text.ts";

export interface ConfCompletionItem {
  readonly label: string;
  readonly newText: string;
  readonly span: Span;
  readonly detail: string;
  readonly documentation: string;
  readonly isDeprecated: boolean;
  readonly kind: "directive" | "value";
  readonly sortText: string;
}

const UNITS = ["mb", "gb", "kb"] as const;

export function confCompletion(checker: Checker, report: Report, offset: number): ConfCompletionItem[] {
  const { text } = report.source;
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/^[ \t]*#/.test(before)) return [];
  const target = report.conf?.target ?? null;
  const choices = checker.conf.directives(target);
  const words = before.split(/[ \t]+/);
  const typed = words.at(-1) ?? "";
  const end = offset + (/^[^\s]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0);
  const span = spanOf(offset - typed.length, end);
  const isFirst = words.filter((word) => word !== "").length <= (typed === "" ? 0 : 1);
  if (isFirst) return directiveItems(choices, presentNames(text, lineStart), span);
  const name = words.find((word) => word !== "")?.toLowerCase() ?? "";
  const choice = choices.find((candidate) => candidate.name === name);
  return choice === undefined ? [] : valueItems(choice, typed, span);
}

/** Names that other lines give already. */
function presentNames(text: string, lineStart: number): Set<string> {
  const names = new Set<string>();
  for (const line of parseConf(text).lines) {
    if (line.span.start < lineStart || line.span.start > lineStart + 200)
      names.add(line.words[0]?.value.toLowerCase() ?? "");
  }
  return names;
}

function directiveItems(
  choices: readonly DirectiveChoice[],
  present: ReadonlySet<string>,
  span: Span,
): ConfCompletionItem[] {
  return choices.map((choice) => {
    const rank = choice.isDeprecated ? 2 : present.has(choice.name) ? 1 : 0;
    const usual = choice.default === null || choice.default === "" ? "" : ` (default ${choice.default})`;
    return {
      label: choice.name,
      newText: choice.name,
      span,
      detail: `${choice.kind}${usual}${present.has(choice.name) ? ", already in this file" : ""}`,
      documentation: choice.summary,
      isDeprecated: choice.isDeprecated,
      kind: "directive",
      sortText: `${rank}${choice.name}`,
    };
  });
}

function valueItems(choice: DirectiveChoice, typed: string, span: Span): ConfCompletionItem[] {
  const item = (value: string, index: number, detail: string): ConfCompletionItem => ({
    label: value,
    newText: value,
    span,
    detail: value === choice.default ? "default" : detail,
    documentation: choice.summary,
    isDeprecated: false,
    kind: "value",
    sortText: String(index).padStart(3, "0"),
  });
  if (choice.values.length > 0) return choice.values.map((value, index) => item(value, index, ""));
  const number = /^\d+/.exec(typed)?.[0];
  if (/memory/.test(choice.kind) && number !== undefined)
    return UNITS.map((unit, index) => item(number + unit, index, "powers of 1024"));
  return choice.default === null || choice.default === "" || choice.default.includes(" ")
    ? []
    : [item(choice.default, 0, "default")];
}
