import { planEdit } from "../../documents/imageUse.ts";
import type { Fix } from "../../finding.ts";
import type { AppVerdict, JudgedImage } from "../../model/judgement.ts";
import { spanOf } from "../../text.ts";
import { appText, declaredAt } from "../mastodon/matrixRule.ts";
import type { Draft, Rule, RuleContext } from "../rule.ts";

/** Another engine is never the preferred fix and never applied unseen: the data has to move as well. */
function switchToValkey(context: RuleContext, { image }: JudgedImage, verdict: AppVerdict): Fix[] {
  const row =
    verdict.app.column === null
      ? undefined
      : context.catalog.supportedRows("mastodon", "valkey", verdict.app.column)[0];
  if (row === undefined || image.pinned) return [];
  const newText = `valkey/valkey:${row.label}`;
  const edit = planEdit(
    image.use,
    context.source.path,
    context.source.text,
    spanOf(0, image.use.resolved.value.length),
    newText,
  );
  return edit === null
    ? []
    : [
        {
          title: `Switch to ${newText} (${appText(context, verdict)} supports it; the data does not move by itself)`,
          safe: false,
          preferred: false,
          edits: [edit],
        },
      ];
}

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
