/** The only door to the reading of server configurations. */

import type { DataTables } from "../catalog/tables.ts";
import { judgeAclFile } from "./aclFile.ts";
import { type ArgumentProblem, judgeArguments } from "./arguments.ts";
import {
  type DirectiveChoice,
  type DirectiveDescription,
  describeDirective,
  listDirectives,
  listSentinelStatements,
} from "./describe.ts";
import { builtInDirectives, DirectiveTable } from "./directiveTable.ts";
import { type EffectiveRequest, type EffectiveValues, effectiveValues, FileEntries } from "./effective.ts";
import { FileJudges, type PlacedProblem } from "./fileJudge.ts";
import { ConfTexts } from "./parser.ts";
import type { ConfProblem } from "./problem.ts";
import type { ModuleSetting, ServerMode } from "./read/state.ts";
import { Traces } from "./read/traces.ts";
import { type SentinelStatement, ServerFacts, type VersionFacts } from "./serverFacts.ts";
import { type Standing, standingOf, standingOfStatement, standingOfValue } from "./standing.ts";
import { candidates, type Target } from "./target.ts";
import { judge, judgePieces, type VerdictOptions, type VerdictTables } from "./verdict.ts";

export type { ArgumentProblem } from "./arguments.ts";
export type { DirectiveChoice, DirectiveDescription, EngineHistory } from "./describe.ts";
export { readFlagFile } from "./dragonfly/flagFile.ts";
export { type FlagTrouble, flagTrouble, type GivenFlag, readFlags } from "./dragonfly/flags.ts";
export { FlagTable } from "./dragonfly/flagTable.ts";
export type { EffectiveRequest, EffectiveValues, SettingLine, SettingPlace } from "./effective.ts";
export { type PlacedProblem, placed } from "./fileJudge.ts";
export { type ConfFile, type ConfLine, parseConf } from "./parser.ts";
export type { ConfEdit, ConfFix, ConfProblem, ConfRelated, ConfRuleId, Stage } from "./problem.ts";
export type { ModuleSetting, ServerMode } from "./read/state.ts";
export type { SentinelStatement, VersionFacts } from "./serverFacts.ts";
export type { Standing } from "./standing.ts";
export { engineName, type Target } from "./target.ts";
export { firstRefusal, type VerdictTables } from "./verdict.ts";
export type { Word } from "./words.ts";

export interface ConfOptions {
  /** Engine and release line; `null` or missing = not known. */
  readonly target?: Target | null;
  /** `sentinel` for a file that a Sentinel reads. */
  readonly mode?: ServerMode;
  /** False where other files or the command line have their say, too: then nothing is reported as missing. */
  readonly isWhole?: boolean;
  /** `none`: the server has no modules beside those that the file loads. */
  readonly modules?: ModuleSetting;
}

export function builtInConfTables(): VerdictTables {
  return verdictTables(builtInDirectives(), new ServerFacts());
}

/** The same from tables that were read elsewhere. */
export function confTables(tables: DataTables): VerdictTables {
  return verdictTables(
    new DirectiveTable(tables["directives/server"]),
    new ServerFacts(tables["directives/commands"], tables["directives/sentinel"]),
  );
}

function verdictTables(directives: DirectiveTable, facts: ServerFacts): VerdictTables {
  const remembered = { texts: new ConfTexts(), entries: new FileEntries(), judges: new FileJudges() };
  return { directives, facts, traces: new Traces(directives), ...remembered };
}

/** Judges files and describes directives, always with the same tables, whose index is built once. */
export class ConfChecker {
  readonly #tables: VerdictTables;

  constructor(tables: VerdictTables = builtInConfTables()) {
    this.#tables = tables;
  }

  check(text: string, options: ConfOptions = {}): readonly ConfProblem[] {
    return judge(text, withDefaults(options), this.#tables);
  }

  /** The same, piece by piece, for a file that is checked again and again: `name` says of which one the text is the next state. */
  checkPieces(text: string, options: ConfOptions, name: string): readonly PlacedProblem[] {
    return judgePieces(text, withDefaults(options), this.#tables, name);
  }

  /** Drops what is kept of a file that nobody has open any more. */
  forget(name: string): void {
    this.#tables.texts.forget(name);
  }

  /** A file of users, which `aclfile` names. */
  checkAcl(text: string, options: ConfOptions = {}): readonly ConfProblem[] {
    return judgeAclFile(text, withDefaults(options), this.#tables);
  }

  /** The values that a server has in effect; `null` for an engine that reads no such file. */
  effective(request: EffectiveRequest): EffectiveValues | null {
    return effectiveValues(request, this.#tables.directives, this.#tables.texts, this.#tables.entries);
  }

  /** What a directive is in the server that is meant; where that does not know it, in the newest that does. */
  describe(name: string, target: Target | null = null): DirectiveDescription | null {
    return describeDirective(name, target, this.#tables.directives);
  }

  /** What the server that is meant makes of a name; `null` for a name that no server knows. */
  standing(name: string, target: Target | null = null): Standing | null {
    return standingOf(name, target, this.#tables.directives);
  }

  /** The same for a value of a directive that takes one word of a few. */
  standingOfValue(name: string, value: string, target: Target | null = null): Standing | null {
    return standingOfValue(name, value, target, this.#tables.directives);
  }

  /** The same for the word behind `sentinel`. */
  standingOfStatement(name: string, target: Target | null = null): Standing | null {
    return standingOfStatement(name, target, this.#tables.facts);
  }

  directives(target: Target | null = null): readonly DirectiveChoice[] {
    return listDirectives(target, this.#tables.directives);
  }

  sentinelStatements(target: Target | null = null): readonly SentinelStatement[] {
    return listSentinelStatements(target, this.#tables.facts);
  }

  /** A statement behind the word `sentinel`, whichever version knows it. */
  sentinelStatement(name: string): SentinelStatement | null {
    return this.#tables.facts.sentinelStatements.find((statement) => statement.name === name.toLowerCase()) ?? null;
  }

  get sentinelDocs(): string {
    return this.#tables.facts.sentinelDocs;
  }

  /** Names of commands and categories of the newest server that may be meant. */
  names(target: Target | null = null): VersionFacts | null {
    const version = candidates(target)[0]?.version;
    return version === undefined ? null : this.#tables.facts.of(version);
  }

  /** The command line of a server, without the program's name; `file` is the text of the file that it names. */
  checkArguments(
    args: readonly string[],
    options: ConfOptions & { readonly file?: string | null } = {},
  ): readonly ArgumentProblem[] {
    return judgeArguments(args, { ...withDefaults(options), file: options.file ?? null }, this.#tables);
  }
}

function withDefaults(options: ConfOptions): VerdictOptions {
  return {
    target: options.target ?? null,
    mode: options.mode ?? "server",
    modules: options.modules ?? "unknown",
    isWhole: options.isWhole ?? true,
  };
}
