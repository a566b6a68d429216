import type { Fix, Place, RelatedPlace, Severity } from "../../finding.ts";
import type { StackServer } from "../../model/stack/servers.ts";
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

/** True for a rule that exists and is not switched off. */
export type IsTold = (rule: string) => boolean;

/** A rule about the servers, apps and connections of one compose project. */
export interface WholeStackRule {
  readonly meta: RuleMeta;
  readonly check: (stack: Stack, isTold: IsTold) => readonly StackDraft[];
}

/** A rule about one server at a time, whatever stands beside it: asked again only when the server has changed. */
export interface StackServerRule {
  readonly meta: RuleMeta;
  /** Asked only where every file of the project was read. */
  readonly needsWhole?: true;
  readonly ofServer: (server: StackServer, isTold: IsTold) => readonly StackDraft[];
}

export type StackRule = WholeStackRule | StackServerRule;
