/** All rules over one file. Free of charge for a file that has nothing about caches. */
import { ENV_RULES } from "../rules/env/index.ts";
import type { EnvRule } from "../rules/env/rule.ts";
import type { Draft, RuleMeta } from "../rules/rule.ts";
import { EnvContext, type EnvInput, mayConcernCaches } from "./context.ts";
import type { EnvTexts } from "./reading.ts";

export interface EnvFindings {
  readonly meta: RuleMeta;
  readonly drafts: readonly Draft[];
}

export interface EnvCheck {
  /** Rules with something to tell, in the order of their ids. */
  readonly told: readonly EnvFindings[];
  /** Rules that threw; their findings are missing. */
  readonly failed: readonly { readonly rule: string; readonly error: unknown }[];
}

const NOTHING: EnvCheck = { told: [], failed: [] };

/** `rules`: another set than the built-in one, for tests. `texts`: what is kept of earlier texts. */
export function checkEnv(input: EnvInput, rules: readonly EnvRule[] = ENV_RULES, texts?: EnvTexts): EnvCheck {
  if (!mayConcernCaches(input.text)) return NOTHING;
  const context = EnvContext.of(input, texts);
  const told: EnvFindings[] = [];
  const failed: { rule: string; error: unknown }[] = [];
  for (const { meta, check } of rules) {
    try {
      const drafts = check(context);
      if (drafts.length > 0) told.push({ meta, drafts });
    } catch (error) {
      failed.push({ rule: meta.id, error });
    }
  }
  return told.length === 0 && failed.length === 0 ? NOTHING : { told, failed };
}
