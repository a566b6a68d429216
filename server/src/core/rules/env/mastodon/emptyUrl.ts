import { deleteLines } from "../../../env/fixes.ts";
import { Mastodon, PREFIXES } from "../../../env/mastodon.ts";
import type { EnvRule } from "../rule.ts";
import { CONFIGURATION, CONFIGURATION_4_3 } from "../sources.ts";

/** In Ruby an empty text is true: `if url` takes it for a URL. */
export const emptyUrl: EnvRule = {
  meta: {
    id: "mastodon/empty-url",
    title: "Empty URL breaks Rails",
    severity: "error",
    sources: [CONFIGURATION, CONFIGURATION_4_3],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    if (mastodon === null || !mastodon.railsReads || mastodon.isAtLeast("4.3") !== true || context.isSample) return [];
    return PREFIXES.flatMap((prefix) => {
      const name = `${prefix}REDIS_URL`;
      const line = context.line(name);
      if (line === undefined || !line.isBlank || context.outside(name) !== undefined) return [];
      return [
        {
          span: line.keySpan,
          message: `${name} is empty, and ${mastodon.name} still takes it for a URL. ${prefix}REDIS_HOST is not looked at, and Rails cannot connect. Remove the line.`,
          fixes: [deleteLines(context, `Remove ${name}`, [line], { preferred: true })],
        },
      ];
    });
  },
};
