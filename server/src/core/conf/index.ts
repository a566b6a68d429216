/** The only door to the reading of server configurations. */
import { builtInDirectives } from "./directiveTable.ts";
import type { ConfProblem } from "./problem.ts";
import type { ModuleSetting, ServerMode } from "./read/state.ts";
import { ServerFacts } from "./serverFacts.ts";
import type { Target } from "./target.ts";
import { judge, type VerdictTables } from "./verdict.ts";

export type { ConfEdit, ConfFix, ConfProblem, ConfRelated, ConfRuleId, Stage } from "./problem.ts";
export type { ModuleSetting, ServerMode } from "./read/state.ts";
export type { Target } from "./target.ts";
export { firstRefusal, type VerdictTables } from "./verdict.ts";

export interface ConfOptions {
  /** Engine and release line; `null` or missing = not known. */
  readonly target?: Target | null;
  /** `sentinel` for a file that a Sentinel reads. */
  readonly mode?: ServerMode;
  /** `none`: the server has no modules beside those that the file loads. */
  readonly modules?: ModuleSetting;
}

export function builtInConfTables(): VerdictTables {
  return { directives: builtInDirectives(), facts: new ServerFacts() };
}

/** Judges many files with the same tables, whose index is built once. */
export class ConfChecker {
  readonly #tables: VerdictTables;

  constructor(tables: VerdictTables = builtInConfTables()) {
    this.#tables = tables;
  }

  check(text: string, options: ConfOptions = {}): readonly ConfProblem[] {
    return judge(
      text,
      { target: options.target ?? null, mode: options.mode ?? "server", modules: options.modules ?? "unknown" },
      this.#tables,
    );
  }
}
