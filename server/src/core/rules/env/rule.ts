import type { EnvContext } from "../../env/context.ts";
import type { Draft, RuleMeta } from "../rule.ts";

/** A rule about a `.env` file. Reads the context, changes nothing, never puts a value into a message. */
export interface EnvRule {
  readonly meta: RuleMeta;
  readonly check: (context: EnvContext) => readonly Draft[];
}
