import { switchToValkey } from "../imageFixes.ts";
import { appText, declaredAt } from "../mastodon/matrixRule.ts";
import type { Draft, Rule } from "../rule.ts";

/** KeyDB stopped at the level of Redis 6 (6.3.4, 2023). Where Sidekiq's minimum is certain, that rule speaks instead. */
export const keydbNotInMatrix: Rule = {
  meta: {
    id: "keydb/not-in-matrix",
    title: "KeyDB is in no table of Mastodon",
    severity: "warning",
    sources: [
      { source: "https://github.com/redis-rs/redis-rs/issues/2203", asOf: "2026-07-11" },
      {
        source: "https://github.com/sidekiq/sidekiq/blob/1bb4aa06e5aa178a114a5e855f9f3d5c24f6c61b/lib/sidekiq/cli.rb",
        asOf: "2026-08-17",
      },
    ],
  },
  isPerImage: true,
  check: (context) => {
    const drafts: Draft[] = [];
    for (const judged of context.images) {
      if (judged.image.engine !== "keydb") continue;
      for (const verdict of judged.verdicts) {
        if (verdict.app.app !== "mastodon" || verdict.bootRefusal !== null) continue;
        drafts.push({
          span: judged.image.span,
          message: `${appText(context, verdict)} does not list KeyDB, which stopped at the level of Redis 6 (6.3.4, 2023). Sidekiq 8, in Mastodon 4.5 and later, stops at boot below Redis 7.0. Move to Valkey or Redis.`,
          related: declaredAt(context, verdict),
          fixes: switchToValkey(context, judged, verdict),
        });
      }
    }
    return drafts;
  },
};
