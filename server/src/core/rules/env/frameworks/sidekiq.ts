import { replace } from "../../../env/fixes.ts";
import { Mastodon } from "../../../env/mastodon.ts";
import type { EnvRule } from "../rule.ts";
import { SIDEKIQ } from "../sources.ts";

export const redisProvider: EnvRule = {
  meta: {
    id: "sidekiq/redis-provider",
    title: "REDIS_PROVIDER holds a URL",
    severity: "error",
    sources: [SIDEKIQ],
  },
  check: (context) => {
    const line = context.line("REDIS_PROVIDER");
    if (line === undefined || !line.isLiteral || !line.meant.includes("://")) return [];
    const isMastodon = Mastodon.among(context) !== null;
    const isFree = context.line("REDIS_URL") === undefined && context.outside("REDIS_URL") === undefined;
    const why = isMastodon
      ? "Mastodon passes its own connection, so it has no effect here"
      : "Sidekiq does not start with it";
    return [
      {
        span: line.valueSpan,
        severity: isMastodon ? "hint" : "error",
        message: `REDIS_PROVIDER must hold the name of a variable, not a URL. ${why}. Put the URL into REDIS_URL.`,
        fixes:
          isFree && !isMastodon
            ? [replace(context, "Rename to REDIS_URL", line.keySpan, "REDIS_URL", { preferred: true })]
            : [],
      },
    ];
  },
};
