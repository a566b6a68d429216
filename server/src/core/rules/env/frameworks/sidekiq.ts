import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { deleteLines, replace } from "../../../env/fixes.ts";
import { Mastodon } from "../../../env/mastodon.ts";
import type { Fix } from "../../../finding.ts";
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
        fixes: isFree && !isMastodon ? [renamed(context, line)] : [],
      },
    ];
  },
};

/** Lines above that set the same go: one of them would come into effect. */
function renamed(context: EnvContext, line: EnvLine): Fix {
  const rename = replace(context, "Rename to REDIS_URL", line.keySpan, "REDIS_URL", { preferred: true });
  const { edits } = deleteLines(context, rename.title, [line]);
  const { start } = line.entry.statement;
  return { ...rename, edits: [...edits.filter(({ span }) => span.start !== start), ...rename.edits] };
}
