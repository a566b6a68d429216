import type { RunningServer } from "../../model/runningServers.ts";
import type { Draft, RuleMeta } from "../rule.ts";

export interface ServiceRule {
  readonly meta: RuleMeta;
  /** `isTold`: the rule exists and is not switched off. */
  readonly check: (server: RunningServer, isTold: (rule: string) => boolean) => readonly Draft[];
}
