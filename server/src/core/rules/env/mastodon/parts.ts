import { isIpv6 } from "../../../env/cacheUrl.ts";
import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { replace } from "../../../env/fixes.ts";
import { isPort } from "../../../env/hosts.ts";
import { Mastodon, PREFIXES } from "../../../env/mastodon.ts";
import type { Span } from "../../../text.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIGURATION, NAMESPACE_MIGRATION, URL_READERS } from "../sources.ts";

/** Streaming talks over pub/sub, which knows no database numbers. */
export const databaseNumber: EnvRule = {
  meta: {
    id: "mastodon/database-number",
    title: "Database numbers do not separate servers",
    severity: "hint",
    sources: [NAMESPACE_MIGRATION],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    const span = mastodon === null ? null : numberPlace(context, mastodon);
    if (span === null) return [];
    return [
      {
        span,
        message:
          "A database number does not keep two Mastodon servers on one Redis apart: streaming uses pub/sub, which ignores it. With one server on this Redis any number is fine. Give each server a Redis of its own.",
      },
    ];
  },
};

function numberPlace(context: EnvContext, mastodon: Mastodon): Span | null {
  const url = context.line("REDIS_URL");
  if (url !== undefined && !url.isBlank) {
    const { database } = url.url;
    return url.isVerbatim && database !== null && /^\/0*[1-9]\d*$/.test(database.text) ? database.span : null;
  }
  const line = context.line("REDIS_DB");
  return line?.isLiteral === true && !mastodon.isIgnored(line) && /^0*[1-9]\d*$/.test(line.meant)
    ? line.valueSpan
    : null;
}

/** The parts that Rails or streaming put into the address. */
function usedParts(context: EnvContext, part: string): EnvLine[] {
  const mastodon = Mastodon.among(context);
  if (mastodon === null) return [];
  return PREFIXES.flatMap((prefix) => {
    const line = context.line(`${prefix}REDIS_${part}`);
    if (line === undefined || line.isBlank || !line.isLiteral || mastodon.isIgnored(line)) return [];
    if (prefix !== "" && !mastodon.railsReads) return [];
    // Without its host a prefixed part is dropped; 4.2 uses it with localhost.
    const isDropped = prefix !== "" && mastodon.isAtLeast("4.3") !== false && !context.isSet(`${prefix}REDIS_HOST`);
    return isDropped ? [] : [line];
  });
}

export const portNotClean: EnvRule = {
  meta: {
    id: "mastodon/port-not-clean",
    title: "Port has stray characters",
    severity: "error",
    sources: [URL_READERS, CONFIGURATION],
  },
  check: (context) =>
    usedParts(context, "PORT")
      .filter((line) => !isPort(line.meant))
      .map((line) => {
        const trimmed = line.meant.trim();
        const isTrimmable = isPort(trimmed);
        const newText = isTrimmable ? trimmed : "6379";
        const title = isTrimmable ? "Remove the blanks" : "Use 6379, the usual port";
        return {
          span: line.valueSpan,
          message: `${line.key} is no port: digits only, from 1 to 65535. Mastodon cannot connect with it. Write the port of the server, usually 6379.`,
          fixes: [replace(context, title, line.valueSpan, newText, { preferred: true })],
        };
      }),
};

/** Rails puts the host into a URL as it stands, and there the colons of an address mean a port. */
export const ipv6NeedsBrackets: EnvRule = {
  meta: {
    id: "mastodon/ipv6-needs-brackets",
    title: "IPv6 host needs brackets",
    severity: "warning",
    sources: [URL_READERS],
  },
  check: (context) =>
    usedParts(context, "HOST")
      .filter((line) => isIpv6(line.meant))
      .map((line) => ({
        span: line.valueSpan,
        message: `${line.key} is an IPv6 address without brackets. In the URL that Rails builds from it the last group counts as the port. Write it in square brackets, or use ${line.key.replace("HOST", "URL")}.`,
        fixes: [replace(context, "Add brackets", line.valueSpan, `[${line.meant}]`, { preferred: true })],
      })),
};
