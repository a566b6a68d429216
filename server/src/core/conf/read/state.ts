import type { AclTrouble } from "../acl.ts";
import type { DirectiveRecord, DirectiveTable } from "../directiveTable.ts";
import type { ConfLine } from "../parser.ts";
import type { Trouble } from "../problem.ts";
import type { SentinelStatement, ServerFacts, VersionFacts } from "../serverFacts.ts";
import type { Candidate, ServerVersion } from "../target.ts";
import type { Argument } from "./argument.ts";
import type { AskedDirective } from "./traces.ts";

export type ServerMode = "server" | "sentinel";

/** Whether the server finds modules beside those that the file loads. Redis 8 images bring some along. */
export type ModuleSetting = "none" | "unknown";

/** The last accepted setting of a directive. */
export interface Setting {
  readonly line: ConfLine;
  readonly args: readonly Argument[];
}

/** The line of a user, which the server keeps for later. */
export interface Kept {
  readonly line: ConfLine;
  readonly args: readonly Argument[];
  /** What is wrong with its rules, as long as channels are open by default or not. */
  readonly troubles: readonly AclTrouble[];
  readonly allChannelsByDefault: boolean;
}

/**
 * What a server knows while it reads its configuration line by line. A refused line leaves no trace, so that each problem is judged as if
 * those before it were mended.
 */
export class ServerState {
  readonly version: ServerVersion;
  readonly patch: number | null;
  readonly isNewerThanTables: boolean;
  readonly mode: ServerMode;
  readonly modules: ModuleSetting;
  readonly table: DirectiveTable;
  readonly facts: VersionFacts;
  readonly moduleDirectives: readonly string[];
  readonly allSentinelStatements: readonly SentinelStatement[];
  #commands: Map<string, string> | null = null;
  readonly settings = new Map<DirectiveRecord, Setting>();
  readonly users = new Map<string, Kept>();
  /** Lines of users in their order; 6.x takes a name more than once. */
  readonly userLines: Kept[] = [];
  /** Names that only a module could know, with what to say if none does. */
  readonly unclaimed: { readonly line: ConfLine; readonly trouble: Trouble }[] = [];
  readonly sentinelLines: ConfLine[] = [];
  /** Another file has its say: what it holds is not seen here. */
  hasInclude = false;
  loadsModules = false;

  constructor(
    candidate: Candidate,
    mode: ServerMode,
    modules: ModuleSetting,
    tables: { readonly directives: DirectiveTable; readonly facts: ServerFacts },
  ) {
    this.version = candidate.version;
    this.patch = candidate.patch;
    this.isNewerThanTables = candidate.isNewerThanTables;
    this.mode = mode;
    this.modules = modules;
    this.table = tables.directives;
    this.facts = tables.facts.of(candidate.version);
    this.moduleDirectives = tables.facts.moduleDirectives;
    this.allSentinelStatements = tables.facts.sentinelStatements;
  }

  /** Present name of a command -> the name it was born with. */
  get commands(): Map<string, string> {
    const born = this.mode === "sentinel" ? this.facts.sentinelCommands : this.facts.commands;
    this.#commands ??= new Map([...born].map((name) => [name, name]));
    return this.#commands;
  }

  /** The values last given to a directive, named as in the table. */
  setting(name: AskedDirective): Setting | undefined {
    const found = this.table.findAnywhere(name);
    return found === null ? undefined : this.settings.get(found.directive);
  }

  /** The single value of a directive, or its default. */
  value(name: AskedDirective): string {
    return this.setting(name)?.args[0]?.value ?? this.table.find(name, this.version)?.variant.default ?? "";
  }
}
