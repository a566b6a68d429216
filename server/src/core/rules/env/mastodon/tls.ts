import { compareVersions } from "../../../catalog/version.ts";
import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { addAfter, deleteLines, replace } from "../../../env/fixes.ts";
import { Mastodon, PREFIXES } from "../../../env/mastodon.ts";
import type { Fix } from "../../../finding.ts";
import type { Span } from "../../../text.ts";
import type { Draft } from "../../rule.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIG_DOCS, HIREDIS_PULL, TLS_ISSUE, TLS_PULL } from "../sources.ts";

/** The last series for which somebody read that hiredis cannot speak TLS. */
const LAST_READ = "4.6";

/** Lines whose URL begins with `rediss://`, whatever its other parts are. */
export function tlsUrls(context: EnvContext): EnvLine[] {
  return PREFIXES.map((prefix) => context.line(`${prefix}REDIS_URL`)).filter(
    (line) => line !== undefined && line.entry.unterminated === null && /^rediss:\/\//i.test(line.text),
  ) as EnvLine[];
}

function schemeSpan(line: EnvLine): Span {
  return line.url.scheme?.span ?? line.valueSpan;
}

export const tlsNeedsRubyDriver: EnvRule = {
  meta: {
    id: "mastodon/tls-needs-ruby-driver",
    title: "TLS fails with the default driver",
    severity: "error",
    sources: [CONFIG_DOCS, TLS_PULL, TLS_ISSUE, HIREDIS_PULL],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || !mastodon.railsReads || mastodon.isAtLeast("4.3") === false) return [];
    const [first, ...further] = tlsUrls(context);
    if (first === undefined || !mayFail(context)) return [];
    const isLater = mastodon.series !== null && compareVersions(mastodon.series, LAST_READ) > 0;
    const driver = context.outside("REDIS_DRIVER") === undefined ? context.line("REDIS_DRIVER") : undefined;
    const isWritten = driver !== undefined && !driver.isBlank;
    return [
      {
        // A wrong driver is the part to blame; where none is written, the scheme that needs one.
        span: isWritten ? driver.valueSpan : schemeSpan(first),
        severity: isLater ? "warning" : "error",
        message: `${first.key} asks for TLS, but REDIS_DRIVER is not ruby. The default driver hiredis cannot speak TLS, so Rails fails with the first command. Set REDIS_DRIVER=ruby.`,
        related: (isWritten ? [first, ...further] : further).map((line) => ({
          path: context.path,
          span: schemeSpan(line),
          message: `${line.key} asks for TLS.`,
        })),
        fixes: driverFix(context, first),
      },
    ];
  },
};

/** A driver that nobody can read may be the right one. */
function mayFail(context: EnvContext): boolean {
  const outside = context.outside("REDIS_DRIVER");
  if (outside !== undefined) return outside.value !== null && outside.value !== "ruby";
  const line = context.line("REDIS_DRIVER");
  return line === undefined || (line.isLiteral && line.meant !== "ruby");
}

function driverFix(context: EnvContext, url: EnvLine): Fix[] {
  const line = context.line("REDIS_DRIVER");
  if (context.outside("REDIS_DRIVER") !== undefined) return [];
  if (line === undefined) return [addAfter(context, url, "REDIS_DRIVER=ruby", { preferred: true })];
  return [replace(context, "Set REDIS_DRIVER to ruby", line.entry.writtenSpan, "ruby", { preferred: true })];
}

export const tlsBefore43: EnvRule = {
  meta: {
    id: "mastodon/tls-before-4-3",
    title: "No TLS to Redis in 4.2",
    severity: "error",
    sources: [TLS_PULL, TLS_ISSUE],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || !mastodon.railsReads || mastodon.isAtLeast("4.3") !== false) return [];
    const severity = mastodon.isFork ? ("warning" as const) : ("error" as const);
    const drafts: Draft[] = tlsUrls(context).map((line) => ({
      span: schemeSpan(line),
      severity,
      message: `${line.key} asks for TLS, which ${mastodon.name} cannot speak: it has no REDIS_DRIVER. Every command fails. Put a TLS tunnel in between and use redis://, or upgrade to 4.3.`,
    }));
    const driver = context.line("REDIS_DRIVER");
    if (driver?.isLiteral === true && !driver.isBlank && !mastodon.isFork) {
      drafts.push({
        span: driver.keySpan,
        severity: driver.meant === "ruby" ? "warning" : "information",
        message: `${mastodon.name} does not read REDIS_DRIVER: it came with 4.3. The default driver stays in use, without TLS. Upgrade Mastodon, or remove the line.`,
        fixes: [deleteLines(context, "Remove REDIS_DRIVER", [driver])],
        tag: "unnecessary",
      });
    }
    return drafts;
  },
};
