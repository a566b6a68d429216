import { matrixReplacements } from "../../model/replacement.ts";
import { switchToValkey, tagFixes } from "../imageFixes.ts";
import type { Draft, Rule } from "../rule.ts";
import { advice, appText, declaredAt, engineText, minimumText } from "./matrixRule.ts";

/**
 * Sidekiq reads `redis_version` from INFO when it boots and raises below its minimum (sidekiq, lib/sidekiq/cli.rb): 4.0.0
 * in Mastodon 4.2 and 4.3, 6.2.0 in 4.4, 7.0.0 from 4.5. Not told where the table has a cross: that finding says it.
 */
export const sidekiqMinimumRedis: Rule = {
  meta: {
    id: "mastodon/sidekiq-minimum-redis",
    title: "Sidekiq refuses this Redis at boot",
    severity: "error",
    sources: [
      {
        source: "https://github.com/sidekiq/sidekiq/blob/1bb4aa06e5aa178a114a5e855f9f3d5c24f6c61b/lib/sidekiq/cli.rb",
        asOf: "2026-08-17",
      },
      { source: "https://github.com/mastodon/mastodon/blob/main/CHANGELOG.md", asOf: "2026-06-25" },
      { source: "https://github.com/mastodon/mastodon/pull/34824", asOf: "2025-05-27" },
    ],
  },
  isPerImage: true,
  check: (context) => {
    const drafts: Draft[] = [];
    for (const judged of context.images) {
      for (const verdict of judged.verdicts) {
        const refusal = verdict.bootRefusal;
        if (refusal === null || verdict.state === "unsupported") continue;
        const app = appText(context, verdict);
        const message = `Sidekiq ${refusal.minimum.sidekiq} in ${app} stops at boot below ${minimumText(refusal.minimum.reportedRedis)}, and ${engineText(context, judged.image)} reports ${refusal.reported}. Web and streaming start, jobs do not run. ${advice(context, judged, verdict)}`;
        const replacements = matrixReplacements(judged.image, verdict.app, context);
        const fixes = tagFixes(context, judged.image, replacements, {
          preferred: `${app} supports it`,
          other: `${app} supports it, too`,
        });
        if (judged.image.engine === "keydb") fixes.push(...switchToValkey(context, judged, verdict));
        drafts.push({ span: judged.image.span, message, related: declaredAt(context, verdict), fixes });
      }
    }
    return drafts;
  },
};
