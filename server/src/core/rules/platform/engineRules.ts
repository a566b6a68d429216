/** All rules about a version at a provider. */
import type { EngineJudging, EngineUse } from "../../platform/engineUse.ts";
import { versionDeprecated, versionPastEol } from "../aptible/versionDates.ts";
import { versionNotOffered } from "../aptible/versionNotOffered.ts";
import { deprecatedPatch } from "../elasticache/deprecatedPatch.ts";
import { matrixRow } from "../elasticache/matrixRow.ts";
import { redisAbove71 } from "../elasticache/redisAbove71.ts";
import { standardSupportEnds, standardSupportOver } from "../elasticache/standardSupport.ts";
import { valkeyBelow72, valkeyVersion } from "../elasticache/valkeyVersion.ts";
import type { RuleRun } from "../serverRules.ts";
import type { EngineRule } from "./engineRule.ts";
import { matrixDraftsOf } from "./matrix.ts";

/** Sorted by id. */
export const ENGINE_RULES: readonly EngineRule[] = [
  versionDeprecated,
  versionNotOffered,
  versionPastEol,
  deprecatedPatch,
  matrixRow,
  redisAbove71,
  standardSupportEnds,
  standardSupportOver,
  valkeyBelow72,
  valkeyVersion,
];

/** What is told of one version, each at its place; one part for each rule. */
export function engineRuns(use: EngineUse, judging: EngineJudging): RuleRun[] {
  const { span, related } = use;
  const own = ENGINE_RULES.map(
    ({ meta, check }): RuleRun => ({
      id: meta.id,
      drafts: () => {
        const draft = check(use, judging);
        return draft === null ? [] : [{ meta, draft: { related, ...draft, span } }];
      },
    }),
  );
  const matrix: RuleRun = {
    id: "mastodon/engine-unsupported",
    drafts: () => matrixDraftsOf(use, judging).map(({ meta, draft }) => ({ meta, draft: { ...draft, span } })),
  };
  return [...own, matrix];
}
