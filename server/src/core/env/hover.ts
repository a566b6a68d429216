/** Who reads the variable under the caret, since when, what it beats and what beats it, here and in general. */
import type { AppTable } from "../catalog/tables.ts";
import { type RichText, richText, words } from "../features/markdown.ts";
import { type Span, touches } from "../text.ts";
import { describeCachePage } from "./cachePage.ts";
import { EnvContext, type EnvInput, mayConcernCaches } from "./context.ts";
import { describeVariable } from "./describe.ts";
import type { EnvLine } from "./entry.ts";
import { Mastodon, splitName } from "./mastodon.ts";
import type { EnvApp } from "./surroundings.ts";
import { ENV_VARIABLES, type EnvVariable, type EnvVariables } from "./variables.ts";

export interface EnvHover extends RichText {
  readonly span: Span;
}

/** A name that nobody is known to read is explained for at most this many apps. */
const MAX_APPS = 3;

/** `pages`: the tables of the apps, for what their pages say of the cache. */
export function hoverEnv(input: EnvInput, offset: number, pages: readonly AppTable[] = []): EnvHover | null {
  if (!mayConcernCaches(input.text)) return null;
  const context = EnvContext.of(input);
  const line = context
    .linesNear(offset)
    .find(({ entry }) => touches(entry.keySpan, offset) || touches(entry.writtenSpan, offset));
  if (line === undefined) return null;
  const meanings = meaningsOf(context, line.key);
  if (meanings.length === 0) return null;
  const sections = meanings.flatMap(({ variable, app }) => [
    ...describeVariable(variable, app, context.variables),
    ...pages.filter((page) => page.app === variable.app).flatMap((page) => describeCachePage(variable.name, page)),
  ]);
  const span = touches(line.keySpan, offset) ? line.keySpan : line.entry.writtenSpan;
  return { span, ...richText([...sections, here(context, line)]) };
}

/** The same words without a place: the details of a completion. */
export function hoverVariable(app: EnvApp, name: string, variables: EnvVariables = ENV_VARIABLES): RichText | null {
  const variable = variables.of(app.app, name);
  return variable === undefined ? null : richText(describeVariable(variable, app, variables));
}

/** For those who read the file; where nobody is known, for those who may. */
function meaningsOf(
  context: EnvContext,
  name: string,
): readonly { readonly app: EnvApp; readonly variable: EnvVariable }[] {
  if (context.apps.length > 0) {
    return context.apps.flatMap((app) => {
      const variable = context.variables.of(app.app, name);
      return variable === undefined ? [] : [{ app, variable }];
    });
  }
  const all = context.variables.named(name).filter(({ status }) => status === undefined);
  return all.slice(0, MAX_APPS).map((variable) => ({ app: { app: variable.app, version: null }, variable }));
}

/** What becomes of this very line. */
function here(context: EnvContext, line: EnvLine): string {
  const parts = [`In this file: read as ${words(context.reader)} reads it.`];
  if (!context.isEffective(line)) parts.push("This line has no effect: the name stands here twice.");
  const mastodon = Mastodon.among(context);
  if (mastodon?.isIgnored(line) === true) {
    const prefix = splitName(line.key)?.prefix ?? "";
    const winner = mastodon.hasUrl(prefix) ? `${prefix}REDIS_URL` : `${prefix}REDIS_SENTINELS`;
    parts.push(`This line has no effect: ${words(winner)} wins.`);
  }
  if (line.isBlank) parts.push("The value is empty.");
  return parts.join(" ");
}
