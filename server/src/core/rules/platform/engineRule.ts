/** Rules about a version at a provider. */
import type { EngineJudging, EngineUse } from "../../platform/engineUse.ts";
import type { Draft, RuleMeta } from "../rule.ts";

/** Told at the place where the version stands, or the host of the database. */
export type EngineDraft = Omit<Draft, "span">;

export interface EngineRule {
  readonly meta: RuleMeta;
  /** `null`: nothing to tell. */
  readonly check: (use: EngineUse, judging: EngineJudging) => EngineDraft | null;
}
