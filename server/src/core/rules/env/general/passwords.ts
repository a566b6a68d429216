import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { replace } from "../../../env/fixes.ts";
import { Mastodon } from "../../../env/mastodon.ts";
import type { Span } from "../../../text.ts";
import { unreadLines } from "../postiz/unread.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIG_DOCS, LARAVEL_ENV } from "../sources.ts";

/** Words of samples that stand in thousands of public files. Compared, never shown. */
const WELL_KNOWN = new Set([
  "foobared",
  "changeme",
  "password",
  "secret",
  "redis",
  "postiz-redis-password",
  "youshallnotpass",
]);

export const defaultSecret: EnvRule = {
  meta: {
    id: "env/default-secret",
    title: "Sample password in use",
    severity: "warning",
    sources: [
      CONFIG_DOCS,
      { source: "https://redis.io/docs/latest/operate/oss_and_stack/management/security/", asOf: "2026-11-20" },
    ],
  },
  check: (context) => {
    if (context.isSample) return [];
    const unread = new Set(unreadLines(context));
    const mastodon = Mastodon.among(context);
    return context.cacheLines.flatMap((line) => {
      if (!context.isEffective(line) || unread.has(line) || !context.concernsCaches(line.key)) return [];
      if (mastodon?.isIgnored(line) === true && !context.isUsedElsewhere(line.key)) return [];
      const span = passwordPlace(context, line);
      if (span === null || !WELL_KNOWN.has(decoded(context.text.slice(span.start, span.end)))) return [];
      return [
        {
          span,
          severity: context.isTestFile ? ("hint" as const) : ("warning" as const),
          message: `${line.key} holds a password that stands in many samples. Whoever reaches the server tries it first. Generate a long random one, and set it at the server, too.`,
        },
      ];
    });
  },
};

function decoded(text: string): string {
  return text.replace(/%([2-7][0-9A-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** The value of a password variable, or the password in a URL. */
function passwordPlace(context: EnvContext, line: EnvLine): Span | null {
  if (!line.isVerbatim || line.isBlank) return null;
  const types = (
    context.apps.length > 0
      ? context.meanings(line.key).map(({ variable }) => variable)
      : context.variables.named(line.key)
  ).map(({ type }) => type);
  if (types.includes("password")) return line.valueSpan;
  return types.includes("url") ? (line.url.password?.span ?? null) : null;
}

export const nullPassword: EnvRule = {
  meta: {
    id: "env/null-password",
    title: "The word null as password",
    severity: "warning",
    sources: [LARAVEL_ENV],
  },
  check: (context) => {
    // Nobody known: it may be Laravel, which turns the word into "no password".
    const isLaravel = (context.around.laravel ?? null) !== null || context.app("laravel") !== undefined;
    if (isLaravel || context.apps.length === 0) return [];
    const unread = new Set(unreadLines(context));
    return ["REDIS_PASSWORD", "CACHE_REDIS_PASSWORD", "SIDEKIQ_REDIS_PASSWORD"].flatMap((name) => {
      const line = context.line(name);
      if (line?.isLiteral !== true || line.meant !== "null" || unread.has(line) || context.meanings(name).length === 0)
        return [];
      return [
        {
          span: line.valueSpan,
          message: `${name} is the word null. Only Laravel reads that as no password; here the four letters are sent as the password, and the server refuses. Leave the value empty.`,
          fixes: [replace(context, "Leave the value empty", line.entry.writtenSpan, "", { preferred: true })],
        },
      ];
    });
  },
};

/** docker-compose 1 passed the quotes on as a part of the value. */
export const quotesVerbatim: EnvRule = {
  meta: {
    id: "env/quotes-verbatim",
    title: "Quotes may be kept",
    severity: "hint",
    sources: [{ source: "https://github.com/mastodon/mastodon/issues/16895", asOf: "2026-11-20" }],
  },
  check: (context) => {
    if (context.around.oldCompose !== true || Mastodon.among(context) === null) return [];
    return context.cacheLines.flatMap((line) => {
      if (line.entry.quote === null || !context.concernsCaches(line.key)) return [];
      const isPlain = line.entry.raw === line.text && /^[\w@:/.%+=,-]*$/.test(line.text);
      const quotes = "Remove the quotes";
      const { start, end } = line.entry.writtenSpan;
      const edits = [
        { path: context.path, span: { start, end: start + 1 }, newText: "" },
        { path: context.path, span: { start: end - 1, end }, newText: "" },
      ];
      return [
        {
          span: line.entry.writtenSpan,
          message: `docker-compose 1, for which this project is written, keeps the quotes around ${line.key}. Mastodon then gets them as a part of the value. Remove the quotes, or use Compose 2 or newer.`,
          fixes: isPlain ? [{ title: quotes, safe: false, preferred: true, edits }] : [],
        },
      ];
    });
  },
};
