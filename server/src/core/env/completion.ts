/** Names that fit what is there, and values: words of a list, addresses of the servers at hand. Never a secret. */
import { type Span, spanOf, touches } from "../text.ts";
import { EnvContext, type EnvInput } from "./context.ts";
import { appTitle, isReadBy } from "./describe.ts";
import type { EnvLine } from "./entry.ts";
import { Mastodon, splitName } from "./mastodon.ts";
import type { EnvApp } from "./surroundings.ts";
import { valuesFor } from "./valueCompletion.ts";
import type { EnvVariable } from "./variables.ts";

export interface EnvCompletionItem {
  readonly kind: "variable" | "value";
  readonly label: string;
  /** What replaces `span`. */
  readonly newText: string;
  readonly span: Span;
  readonly detail: string;
  readonly isDeprecated: boolean;
  readonly sortText: string;
  /** Name and app, for the details; `null` for values. */
  readonly variable: { readonly name: string; readonly app: string } | null;
}

export function completeEnv(input: EnvInput, offset: number): readonly EnvCompletionItem[] {
  if (input.apps.length === 0) return [];
  const context = EnvContext.of(input);
  const lineStart =
    Math.max(context.text.lastIndexOf("\n", offset - 1), context.text.lastIndexOf("\r", offset - 1)) + 1;
  const before = context.text.slice(lineStart, offset);
  const holder = context
    .linesNear(offset)
    .find(({ entry }) => touches(entry.statement, offset) && entry.keySpan.end < offset);
  const key = /^\uFEFF?[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)?$/.exec(before);
  // In the middle of a quoted value of several lines nothing begins.
  const isInside = holder !== undefined && holder.entry.writtenSpan.end >= offset && holder.keySpan.start < lineStart;
  if (key !== null && !isInside) return names(context, offset - (key[1]?.length ?? 0), offset);
  const line = context
    .linesNear(offset)
    .find(({ keySpan, entry }) => keySpan.end < offset && offset <= lineEnd(context.text, entry));
  return line === undefined ? [] : values(context, line, offset);
}

function lineEnd(text: string, { writtenSpan, comment }: EnvLine["entry"]): number {
  return comment === null ? Math.max(writtenSpan.end, blankEnd(text, writtenSpan.end)) : writtenSpan.end;
}

function blankEnd(text: string, from: number): number {
  let end = from;
  while (text[end] === " " || text[end] === "\t") end++;
  return end;
}

function names(context: EnvContext, start: number, offset: number): EnvCompletionItem[] {
  let end = offset;
  while (/[A-Za-z0-9_]/.test(context.text[end] ?? "")) end++;
  const current = context.text.slice(start, end);
  const hasValue = /^[ \t]*[=:]/.test(context.text.slice(end, end + 20));
  const present = new Set(context.lines.map(({ key }) => key).filter((key) => key !== current));
  return context.apps.flatMap((app) =>
    context.variables
      .ofApp(app.app)
      .filter((variable) => isOffered(context, app, variable) && !present.has(variable.name))
      .map((variable, at): EnvCompletionItem => {
        const rank = rankOf(context, variable, present);
        return {
          kind: "variable",
          label: variable.name,
          newText: hasValue ? variable.name : `${variable.name}=`,
          span: spanOf(start, end),
          detail: `${appTitle(app.app)}: ${variable.summary}`,
          isDeprecated: variable.deprecated !== undefined,
          sortText: `${rank}${String(at).padStart(3, "0")}`,
          variable: { name: variable.name, app: app.app },
        };
      }),
  );
}

/** Read by this version, and not made useless by what is there. */
function isOffered(context: EnvContext, app: EnvApp, variable: EnvVariable): boolean {
  if (variable.pattern !== undefined || variable.removed !== undefined) return false;
  if (variable.status === "superseded" || isReadBy(variable, app.version) === false) return false;
  const mastodon = app.app === "mastodon" ? Mastodon.among(context) : null;
  const name = splitName(variable.name);
  return mastodon === null || name === null || name.part === "URL" || !mastodon.hasUrl(name.prefix);
}

/** First what something here waits for, then what completes something here, then the rest. */
function rankOf(context: EnvContext, variable: EnvVariable, present: ReadonlySet<string>): number {
  const isAwaited = [...present].some(
    (name) => context.meaning(name)?.variable.requires?.includes(variable.name) === true,
  );
  if (isAwaited) return 0;
  if (variable.required === true) return 1;
  return variable.requires?.some((name) => present.has(name)) === true ? 2 : 3;
}

function values(context: EnvContext, line: EnvLine, offset: number): EnvCompletionItem[] {
  const { start } = line.valueSpan;
  const reference = /\$\{?([A-Za-z0-9_]*)$/.exec(context.text.slice(start, Math.max(start, offset)));
  if (reference !== null && line.entry.expands) return references(context, line, start + reference.index, offset);
  const span = spanOf(start, line.valueSpan.end);
  return valuesFor(context, line.key).map(({ text, detail }, at) => ({
    kind: "value",
    label: text,
    newText: text,
    span,
    detail,
    isDeprecated: false,
    sortText: String(at).padStart(3, "0"),
    variable: null,
  }));
}

/** What is certainly a name: a line of a key or a certificate with an equals sign looks like one, too. */
const PLAIN_NAME = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{1,8})$/;

/** Names that stand above: the reader replaces while it reads. */
function references(context: EnvContext, line: EnvLine, start: number, offset: number): EnvCompletionItem[] {
  const above = new Set(
    context.lines.filter(({ keySpan }) => keySpan.start < line.keySpan.start).map(({ key }) => key),
  );
  const end = context.text[offset] === "}" ? offset + 1 : offset;
  return [...above]
    .filter((name) => PLAIN_NAME.test(name))
    .map((name, at) => ({
      kind: "value",
      label: `\${${name}}`,
      newText: `\${${name}}`,
      span: spanOf(start, end),
      detail: "Set above in this file",
      isDeprecated: false,
      sortText: String(at).padStart(3, "0"),
      variable: null,
    }));
}
