import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { replace } from "../../../env/fixes.ts";
import { Mastodon } from "../../../env/mastodon.ts";
import type { Fix } from "../../../finding.ts";
import type { Draft } from "../../rule.ts";
import { isPostiz, type UnfitValue, unfitValue, unreadLines } from "../postiz/unread.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIG_DOCS, CONFIGURATION, POSTIZ_CACHE_PAGE, URL_READERS } from "../sources.ts";
import { hostDraft, listDrafts, plainDraft, portDraft } from "./plainValues.ts";
import { readLines } from "./readers.ts";
import { urlDrafts } from "./urlValues.ts";

/** What no rule of an app says of its own: ports, hosts, databases, lists and words that the reader cannot use. */
export const invalidValue: EnvRule = {
  meta: {
    id: "env/invalid-value",
    title: "The reader cannot use the value",
    severity: "error",
    sources: [CONFIGURATION, CONFIG_DOCS, URL_READERS, POSTIZ_CACHE_PAGE],
  },
  check: (context) => [...readDrafts(context), ...unreadDrafts(context)],
};

function readDrafts(context: EnvContext): Draft[] {
  const mastodon = Mastodon.among(context);
  return readLines(context).flatMap(({ line, readers }): readonly Draft[] => {
    const isMastodons = readers.some(({ app }) => app.app === "mastodon");
    if (isMastodons && mastodon !== null && (mastodon.isIgnored(line) || isFromLater(mastodon, line.key))) return [];
    if (line.isBlank) return isMastodons && mastodon !== null ? emptyHost(context, mastodon, line) : [];
    if (!line.isLiteral) return [];
    const [{ variable } = {}] = readers;
    if (variable?.app === "laravel" && isFineInLaravel(line)) return [];
    switch (variable?.type) {
      case "url":
        return urlDrafts(context, line, readers);
      case "host":
        return hostDraft(context, line);
      case "port":
        // mastodon/port-not-clean tells it for the ports of a connection.
        return isMastodons && /REDIS_PORT$/.test(line.key) ? [] : portDraft(context, line);
      case "list":
        return line.key.endsWith("REDIS_SENTINELS") ? listDrafts(context, line) : [];
      default:
        return variable === undefined ? [] : plainDraft(context, line, variable);
    }
  });
}

/** Laravel turns words into values, and its clients take sockets and `tls://` where others want a host. */
function isFineInLaravel(line: EnvLine): boolean {
  return /^\(?(?:null|empty|true|false)\)?$|^\/|^tls:\/\/|^0$/i.test(line.meant);
}

/** A Sentinel variable that this version does not read: its value harms nobody. */
function isFromLater(mastodon: Mastodon, key: string): boolean {
  return key.includes("REDIS_SENTINEL") && mastodon.isAtLeast("4.3") === false;
}

/** The class of 4.3 and newer asks itself for the main connection again and again when its host is empty. */
function emptyHost(context: EnvContext, mastodon: Mastodon, line: EnvLine): Draft[] {
  // A blank to fill in, or one that another source fills.
  if (context.isSample || context.outside(line.key) !== undefined) return [];
  if (line.key !== "REDIS_HOST" || mastodon.isAtLeast("4.3") !== true || !mastodon.railsReads) return [];
  return [
    {
      span: line.keySpan,
      severity: "warning",
      message: `REDIS_HOST is empty. ${mastodon.name} does not fall back to localhost then, and fails when it starts. Name the host, or remove the line.`,
    },
  ];
}

/** Variables of Postiz's cache page: nobody reads them, but a value that does not even fit the page misleads twice. */
function unreadDrafts(context: EnvContext): Draft[] {
  const cacheUrl = isPostiz(context) ? context.line("CACHE_URL") : undefined;
  const isMemcached =
    cacheUrl?.url.scheme?.text.toLowerCase() === "memcached" && context.meaning("CACHE_URL") === undefined;
  const inUrl = cacheUrl !== undefined && isMemcached ? urlDrafts(context, cacheUrl, []) : [];
  const unfitting = unreadLines(context).flatMap((line) => {
    const unfit = unfitValue(context, line);
    if (unfit === null) return [];
    return [
      {
        span: line.valueSpan,
        severity: "warning" as const,
        message: `${unfit.what}. Postiz does not read ${line.key} at all, so nothing here decides where it connects to. Put the address into REDIS_URL.`,
        fixes: unfitFix(context, line, unfit),
      },
    ];
  });
  return [...unfitting, ...inUrl];
}

/** The title names a word of the page or a usual port, never what stands in the file. */
function unfitFix(context: EnvContext, line: EnvLine, { newText }: UnfitValue): Fix[] {
  if (newText === null || !line.isVerbatim) return [];
  const title = line.key.endsWith("_HOST") ? "Keep the host alone" : `Use ${newText}`;
  return [replace(context, title, line.valueSpan, newText, { preferred: true })];
}
