import type { Fix, Place, RelatedPlace, Severity } from "../../finding.ts";
import type { Stack } from "../../model/stack/stack.ts";
import type { RuleMeta } from "../rule.ts";

/** What a rule says about a stack, at a place in any of its files. */
export interface StackDraft {
  readonly at: Place;
  readonly message: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

/** A rule about the servers, apps and connections of one compose project. */
export interface StackRule {
  readonly meta: RuleMeta;
  /** `isTold`: the rule exists and is not switched off. */
  readonly check: (stack: Stack, isTold: (rule: string) => boolean) => readonly StackDraft[];
}
