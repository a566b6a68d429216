/** All that is told of the shell commands of a file. */
import type { EngineJudging, EngineUse } from "../../platform/engineUse.ts";
import type { ScriptUse } from "../../platform/scriptUse.ts";
import { DATABASE_RULES, PROMOTION, REPLICAOF } from "../aptible/flavours.ts";
import type { RuleRun } from "../serverRules.ts";
import { engineRuns } from "./engineRules.ts";

export function scriptRuns({ databases, promotions }: ScriptUse, judging: EngineJudging, path: string): RuleRun[] {
  const flavours = DATABASE_RULES.map(
    ({ meta, check }): RuleRun => ({
      id: meta.id,
      drafts: () =>
        databases.flatMap((database) => {
          const draft = check(database, path);
          return draft === null ? [] : [{ meta, draft }];
        }),
    }),
  );
  return [
    ...enginesOf({ databases, promotions }).flatMap((use) => engineRuns(use, judging)),
    ...flavours,
    {
      id: REPLICAOF.id,
      drafts: () => promotions.map((span) => ({ meta: REPLICAOF, draft: { span, message: PROMOTION } })),
    },
  ];
}

export function enginesOf({ databases }: ScriptUse): EngineUse[] {
  return databases.flatMap(({ use }) => (use === null ? [] : [use]));
}
