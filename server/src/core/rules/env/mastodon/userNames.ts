import { addAfter } from "../../../env/fixes.ts";
import { Mastodon } from "../../../env/mastodon.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIG_DOCS, STREAMING } from "../sources.ts";

/** Rails and the streaming server read the user name under two names. */
export const redisUserUsername: EnvRule = {
  meta: {
    id: "mastodon/redis-user-username",
    title: "Streaming reads another name",
    severity: "warning",
    sources: [STREAMING, CONFIG_DOCS],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || !mastodon.railsReads || !mastodon.streamingReads) return [];
    if (mastodon.isAtLeast("4.3") === false || mastodon.hasUrl("")) return [];
    const user = context.line("REDIS_USER");
    const username = context.line("REDIS_USERNAME");
    const [hasUser, hasUsername] = [context.isSet("REDIS_USER"), context.isSet("REDIS_USERNAME")];
    if (!hasUser && !hasUsername) return [];
    const [a, b] = [context.value("REDIS_USER"), context.value("REDIS_USERNAME")];
    if (hasUser && hasUsername && (a === undefined || b === undefined || a === b)) return [];
    // The default user needs no name, and nobody here knows of an ACL.
    if (!hasUsername && a === "default") return [];
    const line = hasUser ? (user ?? username) : username;
    if (line === undefined || line.isBlank) return [];
    const other = line.key === "REDIS_USER" ? "REDIS_USERNAME" : "REDIS_USER";
    const differs = hasUser && hasUsername;
    const isPlain = line.isVerbatim && line.entry.quote === null && line.entry.hash === null;
    return [
      {
        span: line.keySpan,
        message: `Rails reads the user name from REDIS_USER and the streaming server from REDIS_USERNAME, and ${differs ? "the two differ" : `${other} is not set`}. One of them logs in as somebody else. Set both to the same name, or use REDIS_URL.`,
        fixes:
          differs || !isPlain || context.line(other) !== undefined
            ? []
            : [
                addAfter(
                  context,
                  line,
                  `${other}=${line.text}`,
                  { preferred: true },
                  `Add ${other} with the same name`,
                ),
              ],
      },
    ];
  },
};
