import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { deleteLines } from "../../../env/fixes.ts";
import { Mastodon, PREFIXES, type Prefix, splitName } from "../../../env/mastodon.ts";
import type { RelatedPlace } from "../../../finding.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIG_DOCS, CONFIGURATION } from "../sources.ts";

/** With a URL the parts of the same prefix have no effect. */
export const urlOverridesParts: EnvRule = {
  meta: {
    id: "mastodon/url-overrides-parts",
    title: "URL makes other variables useless",
    severity: "warning",
    sources: [CONFIGURATION, CONFIG_DOCS],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || !mastodon.railsReads) return [];
    return PREFIXES.filter((prefix) => mastodon.hasUrl(prefix)).flatMap((prefix) => {
      const url = `${prefix}REDIS_URL`;
      const lines = mastodon.linesOf(prefix).filter((line) => !context.isUsedElsewhere(line.key));
      return lines.map((line) => ({
        span: line.keySpan,
        severity: saysTheSame(context, prefix, line) ? ("hint" as const) : ("warning" as const),
        message: `${url} is set, so Mastodon ignores ${line.key}. Whoever changes it later changes nothing. Keep either ${url} or the single variables.`,
        related: urlPlace(context, url),
        fixes: [
          deleteLines(context, `Remove ${line.key}`, [line], { preferred: true }),
          ...(lines.length > 1 ? [deleteLines(context, `Remove all that ${url} makes useless`, lines)] : []),
        ],
        tag: "unnecessary" as const,
      }));
    });
  },
};

function urlPlace(context: EnvContext, name: string): RelatedPlace[] {
  const line = context.line(name);
  const outside = context.outside(name)?.place ?? null;
  if (outside !== null) return [{ ...outside, message: `${name} is set here.` }];
  return line === undefined ? [] : [{ path: context.path, span: line.keySpan, message: `${name} is set here.` }];
}

/** Told softer then: nothing would change either way. */
function saysTheSame(context: EnvContext, prefix: Prefix, line: EnvLine): boolean {
  const url = context.line(`${prefix}REDIS_URL`);
  if (url === undefined || !url.isVerbatim || !line.isLiteral || context.outside(url.key) !== undefined) return false;
  const { host, port, user, password, database } = url.url;
  const inUrl: Readonly<Record<string, string | undefined>> = {
    HOST: host.text,
    PORT: port?.text ?? "6379",
    USER: user?.text ?? "",
    PASSWORD: decoded(password?.text),
    DB: database?.text.slice(1) || "0",
  };
  return inUrl[splitName(line.key)?.part ?? ""] === line.meant.trim();
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
