import type { AclTrouble } from "../acl.ts";
import type { DirectiveRecord, DirectiveTable } from "../directiveTable.ts";
import type { ConfLine } from "../parser.ts";
import type { Trouble } from "../problem.ts";
import type { SentinelStatement, ServerFacts, VersionFacts } from "../serverFacts.ts";
import type { Candidate, ServerVersion } from "../target.ts";
import type { Argument } from "./argument.ts";
import { Ledger } from "./ledger.ts";
import type { AskedDirective, Traces } from "./traces.ts";

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

/** One server, as far as no file has changed it. */
export interface Server extends Candidate {
  readonly mode: ServerMode;
  readonly modules: ModuleSetting;
}

export interface StateTables {
  readonly directives: DirectiveTable;
  readonly facts: ServerFacts;
  readonly traces: Traces;
}

/**
 * What a server knows while it reads its configuration line by line. A refused line leaves no trace, so that each problem is judged as if
 * those before it were mended.
 *
 * A run of lines is read into a state of its own, which stands on that of the lines above and notes what it asks of it: as long as
 * it would get the same answers, the run reads the same, and what it left is added once more.
 */
export class ServerState {
  readonly server: Server;
  readonly version: ServerVersion;
  readonly patch: number | null;
  readonly isNewerThanTables: boolean;
  readonly mode: ServerMode;
  readonly modules: ModuleSetting;
  readonly table: DirectiveTable;
  readonly facts: VersionFacts;
  readonly moduleDirectives: readonly string[];
  readonly allSentinelStatements: readonly SentinelStatement[];
  readonly #tables: StateTables;
  readonly #settings: Ledger<DirectiveRecord, Setting>;
  /** Present name of a command -> the name it was born with; `null` = renamed away. Only what the file changed. */
  readonly #renamed: Ledger<string, string | null>;
  readonly #flags: Ledger<"include" | "modules", true>;
  readonly users: Ledger<string, Kept>;
  /** Lines of users in their order; 6.x takes a name more than once. */
  readonly userLines: Kept[] = [];
  /** Names that only a module could know, with what to say if none does. */
  readonly unclaimed: { readonly line: ConfLine; readonly trouble: Trouble }[] = [];
  readonly sentinelLines: ConfLine[] = [];

  constructor(server: Server, tables: StateTables, below: ServerState | null = null) {
    this.server = server;
    this.version = server.version;
    this.patch = server.patch;
    this.isNewerThanTables = server.isNewerThanTables;
    this.mode = server.mode;
    this.modules = server.modules;
    this.table = tables.directives;
    this.facts = tables.facts.of(server.version);
    this.moduleDirectives = tables.facts.moduleDirectives;
    this.allSentinelStatements = tables.facts.sentinelStatements;
    this.#tables = tables;
    this.#settings = new Ledger(below === null ? null : below.#settings);
    this.#renamed = new Ledger(below === null ? null : below.#renamed);
    this.#flags = new Ledger(below === null ? null : below.#flags);
    this.users = new Ledger(below?.users);
  }

  /** For the lines that follow. */
  above(): ServerState {
    return new ServerState(this.server, this.#tables, this);
  }

  /** Grows with everything that a line asks of this state or leaves in it. */
  get traffic(): number {
    const kept = this.userLines.length + this.unclaimed.length + this.sentinelLines.length;
    return kept + this.users.calls + this.#settings.calls + this.#renamed.calls + this.#flags.calls;
  }

  /** True where a state that was read above another one would have become the same above this one. */
  wouldCarry(above: ServerState): boolean {
    return (
      above.#flags.wouldAnswer(this.#flags) &&
      above.users.wouldAnswer(this.users) &&
      above.#renamed.wouldAnswer(this.#renamed) &&
      above.#settings.wouldAnswer(this.#settings)
    );
  }

  /** Adds what lines left behind that were read above this state. */
  add(above: ServerState): void {
    above.#flags.writeTo(this.#flags);
    above.users.writeTo(this.users);
    above.#renamed.writeTo(this.#renamed);
    above.#settings.writeTo(this.#settings);
    for (const kept of above.userLines) this.userLines.push(kept);
    for (const name of above.unclaimed) this.unclaimed.push(name);
    for (const line of above.sentinelLines) this.sentinelLines.push(line);
  }

  /** Another file has its say: what it holds is not seen here. */
  get hasInclude(): boolean {
    return this.#flags.get("include") === true;
  }

  noteInclude(): void {
    this.#flags.set("include", true);
  }

  get loadsModules(): boolean {
    return this.#flags.get("modules") === true;
  }

  noteModules(): void {
    this.#flags.set("modules", true);
  }

  /** The name that a command was born with; `undefined` where none has the name now. */
  command(name: string): string | undefined {
    const renamed = this.#renamed.get(name);
    if (renamed !== undefined) return renamed ?? undefined;
    return this.commandNames.has(name) ? name : undefined;
  }

  /** Names that commands are born with. */
  get commandNames(): ReadonlySet<string> {
    return this.mode === "sentinel" ? this.facts.sentinelCommands : this.facts.commands;
  }

  renameCommand(present: string, next: string, born: string): void {
    this.#renamed.set(present, null);
    if (next !== "") this.#renamed.set(next, born);
  }

  /** Keeps a setting where anybody will ask for it. */
  keep(directive: DirectiveRecord, setting: Setting): void {
    if (this.#tables.traces.isAsked(directive)) this.#settings.set(directive, setting);
  }

  /** What is kept of the lines that were read into this very state. */
  get settings(): Iterable<readonly [DirectiveRecord, Setting]> {
    return this.#settings.entries();
  }

  /** The values last given to a directive, named as in the table. */
  setting(name: AskedDirective): Setting | undefined {
    const found = this.table.findAnywhere(name);
    return found === null ? undefined : this.#settings.get(found.directive);
  }

  /** The single value of a directive, or its default. */
  value(name: AskedDirective): string {
    return this.setting(name)?.args[0]?.value ?? this.table.find(name, this.version)?.variant.default ?? "";
  }
}
