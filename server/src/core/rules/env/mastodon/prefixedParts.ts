import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { addAfter, deleteLines } from "../../../env/fixes.ts";
import { Mastodon, type Prefix } from "../../../env/mastodon.ts";
import type { Fix } from "../../../finding.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIGURATION, SCALING_DOCS } from "../sources.ts";

const PREFIXED: readonly Prefix[] = ["CACHE_", "SIDEKIQ_"];
const CONNECTION: Readonly<Record<string, string>> = { CACHE_: "cache", SIDEKIQ_: "job" };

/** The host is the switch: without it the whole main connection is used. */
export const prefixedPartsWithoutHost: EnvRule = {
  meta: {
    id: "mastodon/prefixed-parts-without-host",
    title: "Prefixed parts are dropped",
    severity: "warning",
    sources: [CONFIGURATION],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    // 4.2 and older build a localhost URL from the parts instead.
    if (mastodon === null || !mastodon.railsReads || mastodon.isAtLeast("4.3") !== true) return [];
    return PREFIXED.flatMap((prefix) => {
      const host = `${prefix}REDIS_HOST`;
      // One half of a Sentinel pair: what the parts belong to is told there.
      const isOpen = ["HOST", "URL", "SENTINELS", "SENTINEL_MASTER"].some((part) =>
        context.isSet(`${prefix}REDIS_${part}`),
      );
      if (
        isOpen ||
        context.outside(`${prefix}REDIS_URL`) !== undefined ||
        context.line(`${prefix}REDIS_URL`) !== undefined
      )
        return [];
      return mastodon
        .linesOf(prefix, ["PORT", "DB", "USER", "PASSWORD"])
        .filter((line) => !context.isUsedElsewhere(line.key))
        .map((line) => ({
          span: line.keySpan,
          message: `${line.key} has no effect without ${host}. Mastodon uses the main Redis for its ${CONNECTION[prefix]} connection, with none of the ${prefix}* parts. Set ${host}, or remove the line.`,
          fixes: hostFix(context, line, host),
          tag: "unnecessary" as const,
        }));
    });
  },
};

/** The main host, when the file names it: then at least the parts count. */
function hostFix(context: EnvContext, line: EnvLine, host: string): Fix[] {
  const main = context.line("REDIS_HOST");
  if (main === undefined || !main.isVerbatim || !/^[\w.-]+$/.test(main.meant)) return [];
  return [addAfter(context, line, `${host}=${main.meant}`, {}, `Add ${host} with the host of REDIS_HOST`)];
}

/** The documentation says that unset parts come from the main connection; the code takes none. */
export const prefixedHostInheritsNothing: EnvRule = {
  meta: {
    id: "mastodon/prefixed-host-inherits-nothing",
    title: "Password or port not carried over",
    severity: "warning",
    sources: [CONFIGURATION, SCALING_DOCS],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || !mastodon.railsReads || mastodon.hasUrl("") || mastodon.hasSentinelPair("")) return [];
    return PREFIXED.flatMap((prefix) => {
      const line = context.line(`${prefix}REDIS_HOST`);
      const same = line?.isLiteral === true && !line.isBlank && line.meant === context.value("REDIS_HOST");
      if (line === undefined || !same || mastodon.hasUrl(prefix) || mastodon.hasSentinelPair(prefix)) return [];
      const missing = ["USER", "PASSWORD", "PORT"].filter(
        (part) => mainSets(context, part) && !context.isSet(`${prefix}REDIS_${part}`),
      );
      if (missing.length === 0) return [];
      const names = missing.map((part) => `${prefix}REDIS_${part}`);
      return [
        {
          span: line.keySpan,
          message: `${line.key} is the host of REDIS_HOST, but ${list(names)} ${names.length === 1 ? "is" : "are"} not set. Despite the documentation nothing is taken from ${list(missing.map((part) => `REDIS_${part}`))}, so this connection fails. Set ${list(names)}, too, or remove ${line.key}.`,
          fixes: [
            ...missing.flatMap((part) => copyPart(context, line, part, prefix)),
            deleteLines(context, `Remove ${line.key}: the main connection counts`, [line]),
          ],
        },
      ];
    });
  },
};

function mainSets(context: EnvContext, part: string): boolean {
  const value = context.value(`REDIS_${part}`);
  return part === "PORT" ? value !== undefined && value !== "" && value !== "6379" : context.isSet(`REDIS_${part}`);
}

/** A password is not copied: only its owner should write it a second time. */
function copyPart(context: EnvContext, line: EnvLine, part: string, prefix: Prefix): Fix[] {
  const value = context.value(`REDIS_${part}`);
  if (part !== "PORT" || value === undefined || !/^\d+$/.test(value)) return [];
  const name = `${prefix}REDIS_PORT`;
  return [addAfter(context, line, `${name}=${value}`, {}, `Add ${name} as in REDIS_PORT`)];
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
