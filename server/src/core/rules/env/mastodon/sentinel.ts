import { addAfter, deleteLines } from "../../../env/fixes.ts";
import { Mastodon, PREFIXES } from "../../../env/mastodon.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIG_4_2, CONFIG_DOCS, CONFIGURATION } from "../sources.ts";

/** Sentinel counts only with both its nodes and the name of what they watch. */
export const sentinelPair: EnvRule = {
  meta: {
    id: "mastodon/sentinel-pair",
    title: "Sentinel needs two variables",
    severity: "error",
    sources: [CONFIGURATION, CONFIG_DOCS],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || mastodon.isAtLeast("4.3") === false) return [];
    return PREFIXES.flatMap((prefix) => {
      if (mastodon.hasUrl(prefix) || (prefix !== "" && !mastodon.railsReads)) return [];
      const names = [`${prefix}REDIS_SENTINELS`, `${prefix}REDIS_SENTINEL_MASTER`] as const;
      const [nodes, master] = [context.isSet(names[0]), context.isSet(names[1])];
      if (nodes === master) return [];
      const [present, missing] = nodes ? names : [names[1], names[0]];
      const line = context.line(present);
      // Nothing can be said for certain while a source of the same process is unread.
      if (line === undefined || line.isBlank || (context.around.complete === false && hasReader(context.around)))
        return [];
      const blank = context.line(missing);
      const example = nodes ? "mymaster" : "sentinel-1:26379";
      return [
        {
          span: line.keySpan,
          severity: hasReader(context.around) ? ("error" as const) : ("warning" as const),
          message: `${missing} is missing, so Sentinel is off. Mastodon uses the plain host instead, by default localhost. Add ${missing}, or remove ${present}.`,
          fixes: [
            blank === undefined
              ? addAfter(
                  context,
                  line,
                  `${missing}=${example}`,
                  { preferred: true },
                  `Add ${missing}, here with a placeholder`,
                )
              : {
                  title: `Fill in ${missing}, here with a placeholder`,
                  safe: false,
                  preferred: true,
                  edits: [{ path: context.path, span: blank.entry.writtenSpan, newText: example }],
                },
          ],
        },
      ];
    });
  },
};

function hasReader({ processes, composeReads }: { processes?: unknown; composeReads?: boolean }): boolean {
  return (processes ?? null) !== null || composeReads === true;
}

export const sentinelBefore43: EnvRule = {
  meta: {
    id: "mastodon/sentinel-before-4-3",
    title: "Sentinel variables unknown to 4.2",
    severity: "warning",
    sources: [CONFIG_DOCS],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || mastodon.isAtLeast("4.3") !== false || mastodon.isFork) return [];
    return PREFIXES.filter((prefix) => !mastodon.hasUrl(prefix)).flatMap((prefix) =>
      mastodon.sentinelLines(prefix).map((line) => ({
        span: line.keySpan,
        message: `${mastodon.name} does not read ${line.key}: Sentinel came with 4.3. It connects to ${prefix}REDIS_HOST as if the line were not there. Upgrade Mastodon, or remove the line.`,
        fixes: [deleteLines(context, `Remove ${line.key}`, [line])],
        tag: "unnecessary" as const,
      })),
    );
  },
};

export const redisUserBefore43: EnvRule = {
  meta: {
    id: "mastodon/redis-user-before-4-3",
    title: "REDIS_USER unknown to 4.2",
    severity: "warning",
    sources: [CONFIG_DOCS, CONFIG_4_2],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || !mastodon.railsReads || mastodon.isAtLeast("4.3") !== false) return [];
    return PREFIXES.filter((prefix) => !mastodon.hasUrl(prefix)).flatMap((prefix) =>
      mastodon.linesOf(prefix, ["USER"]).map((line) => ({
        span: line.keySpan,
        message: `${mastodon.name} does not read ${line.key}: user names came with 4.3. It logs in as the default user. Put the user name into ${prefix}REDIS_URL, or upgrade Mastodon.`,
        fixes: [deleteLines(context, `Remove ${line.key}`, [line])],
        tag: "unnecessary" as const,
      })),
    );
  },
};
