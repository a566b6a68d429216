import { replace } from "../../../env/fixes.ts";
import { Mastodon } from "../../../env/mastodon.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIGURATION } from "../sources.ts";
import { tlsUrls } from "./tls.ts";

/** Compared with the exact word `ruby`: anything else means hiredis. */
export const redisDriverValue: EnvRule = {
  meta: {
    id: "mastodon/redis-driver-value",
    title: "Unknown driver means hiredis",
    severity: "warning",
    sources: [CONFIGURATION],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    const line = context.line("REDIS_DRIVER");
    if (mastodon === null || line === undefined || !mastodon.railsReads || mastodon.isAtLeast("4.3") !== true)
      return [];
    if (line.isBlank || !line.isLiteral || ["ruby", "hiredis"].includes(line.meant) || tlsUrls(context).length > 0)
      return [];
    const meansRuby = line.meant.trim().toLowerCase() === "ruby";
    const span = line.entry.quote === null ? line.valueSpan : line.entry.writtenSpan;
    return [
      {
        span: line.valueSpan,
        message:
          "This is neither ruby nor hiredis, in small letters. Mastodon then uses hiredis, which cannot speak TLS. Write ruby or hiredis.",
        fixes: [
          replace(context, "Use ruby", span, "ruby", { preferred: meansRuby }),
          replace(context, "Use hiredis, as now", span, "hiredis", { preferred: !meansRuby }),
        ],
      },
    ];
  },
};
