import commandTable from "../../../../data/directives/commands.json" with { type: "json" };
import keydbTable from "../../../../data/directives/keydb.json" with { type: "json" };
import sentinelTable from "../../../../data/directives/sentinel.json" with { type: "json" };
import { ancestorOf, parseVersionSet, type ServerVersion } from "./target.ts";

/** A statement behind the word `sentinel`. */
export interface SentinelStatement {
  readonly name: string;
  readonly in: string;
  readonly syntax: string;
  readonly summary: string;
  /** Words behind the name of the statement, fewest and most. */
  readonly args: readonly [number, number];
  readonly values?: string;
  /** Stands for all masters; from 6.2 on such lines are taken first. */
  readonly global?: true;
  readonly needsMaster?: true;
  readonly sensitive?: true;
}

/** Names by the release lines that know them, in the notation of `parseVersionSet`. */
type Grouped = Readonly<Record<string, readonly string[]>>;

export interface CommandTable {
  readonly commands: Grouped;
  readonly commandsOfBuiltInModules: Grouped;
  readonly subcommands: Grouped;
  readonly aclCategories: Grouped;
  readonly keyspaceEventLetters: Readonly<Record<string, string>>;
  readonly moduleDirectives: readonly string[];
}

export interface SentinelTable {
  readonly statements: readonly SentinelStatement[];
  readonly commands: Grouped;
  readonly docs: string;
}

/** Names that belong to one release line: commands, subcommands, ACL categories, Sentinel statements. */
export interface VersionFacts {
  readonly commands: ReadonlySet<string>;
  /** Also those of modules inside the server binary, which it does not know yet while it reads the file. */
  readonly aclCommands: ReadonlySet<string>;
  /** `config|get`; empty before 7.0, where the server did not look at subcommands. */
  readonly subcommands: ReadonlySet<string>;
  readonly containerCommands: ReadonlySet<string>;
  readonly aclCategories: ReadonlySet<string>;
  readonly keyspaceEventLetters: string;
  readonly sentinelStatements: ReadonlyMap<string, SentinelStatement>;
  readonly sentinelCommands: ReadonlySet<string>;
}

/** Gathers the facts of each release line once, when they are first asked for. */
export class ServerFacts {
  readonly #known = new Map<number, VersionFacts>();
  readonly #commands: CommandTable;
  readonly #sentinel: SentinelTable;

  constructor(
    commands: CommandTable = commandTable as unknown as CommandTable,
    sentinel: SentinelTable = sentinelTable as unknown as SentinelTable,
  ) {
    this.#commands = withKeydb(commands);
    this.#sentinel = sentinel;
  }

  of(version: ServerVersion): VersionFacts {
    const known = this.#known.get(version.bit);
    if (known !== undefined) return known;
    const facts = gather(version, this.#commands, this.#sentinel);
    this.#known.set(version.bit, facts);
    return facts;
  }

  /** All statements of any release line. */
  get sentinelStatements(): readonly SentinelStatement[] {
    return this.#sentinel.statements;
  }

  get sentinelDocs(): string {
    return this.#sentinel.docs;
  }

  /** Settings of the modules that Redis 8 images bring along. */
  get moduleDirectives(): readonly string[] {
    return this.#commands.moduleDirectives;
  }
}

function withKeydb(table: CommandTable): CommandTable {
  return {
    ...table,
    commands: { ...table.commands, ...keydbTable.commands },
    aclCategories: { ...table.aclCategories, ...keydbTable.aclCategories },
    keyspaceEventLetters: { ...table.keyspaceEventLetters, ...keydbTable.keyspaceEventLetters },
  };
}

function gather(version: ServerVersion, table: CommandTable, sentinel: SentinelTable): VersionFacts {
  const has = (where: string): boolean => (parseVersionSet(where) & version.bit) !== 0;
  // KeyDB kept the Sentinel of its ancestor (KeyDB 6.0 to 6.3 src/sentinel.cpp).
  const { bit } = version.engine === "keydb" ? ancestorOf(version) : version;
  const hasSentinel = (where: string): boolean => (parseVersionSet(where) & bit) !== 0;
  const pick = (groups: Grouped, isThere = has): readonly string[] =>
    Object.entries(groups).flatMap(([where, names]) => (isThere(where) ? names : []));
  const subcommands = new Set(pick(table.subcommands));
  return {
    commands: new Set(pick(table.commands)),
    aclCommands: new Set([...pick(table.commands), ...pick(table.commandsOfBuiltInModules)]),
    subcommands,
    containerCommands: new Set([...subcommands].map((name) => name.slice(0, name.indexOf("|")))),
    aclCategories: new Set([...pick(table.aclCategories), "all"]),
    keyspaceEventLetters: Object.entries(table.keyspaceEventLetters)
      .map(([where, letters]) => (has(where) ? letters : ""))
      .join(""),
    sentinelStatements: new Map(sentinel.statements.filter((one) => hasSentinel(one.in)).map((one) => [one.name, one])),
    sentinelCommands: new Set(pick(sentinel.commands, hasSentinel)),
  };
}
