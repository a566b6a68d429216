import type { SettingPlace } from "../../../conf/index.ts";
import type { Severity, TextEdit } from "../../../finding.ts";
import type { ServerSetup } from "../../../model/serverSetup.ts";
import type { RuleMeta } from "../../rule.ts";

/** What a rule says about one setting of a server. */
export interface SetupDraft {
  readonly at: SettingPlace;
  readonly message: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  /** Of the configuration file only: a command line has too many forms. */
  readonly fix?: {
    readonly title: string;
    readonly preferred: boolean;
    readonly edits: readonly Omit<TextEdit, "path">[];
  };
  /** Writes another value in place of the one at `at`, in the file or on the command line. */
  readonly replace?: { readonly title: string; readonly value: string; readonly newText: string };
  readonly related?: readonly { readonly at: SettingPlace; readonly message: string }[];
}

/** A rule about the values that a server has in effect, wherever they are written. */
export interface SetupRule {
  readonly meta: RuleMeta;
  /** `isTold`: the rule exists and is not switched off. */
  readonly check: (setup: ServerSetup, isTold: (rule: string) => boolean) => readonly SetupDraft[];
}
