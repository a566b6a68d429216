import keydbTable from "../../../../data/directives/keydb.json" with { type: "json" };
import serverTable from "../../../../data/directives/server.json" with { type: "json" };
import { lowerCase } from "./bytes.ts";
import { type ConfEngine, parseVersionSet, type ServerVersion, type VersionSet } from "./target.ts";

export type DirectiveKind =
  | "boolean"
  | "enum"
  | "enum-set"
  | "integer"
  | "memory"
  | "signed-memory"
  | "memory-or-percent"
  | "octal"
  | "string"
  | "special"
  | "ignored";

/** What one release line, or several alike, make of a directive. The words are those of data/directives/server.json. */
export interface VariantRecord {
  readonly in: string;
  /** Where it differs from the name of the directive. */
  readonly name?: string;
  readonly aliases?: readonly string[];
  readonly kind: DirectiveKind;
  readonly rule?: string;
  /** How many words follow the name; `null` = no limit. Missing = exactly one. */
  readonly args?: readonly [number, number | null];
  readonly values?: readonly string[];
  readonly min?: number | string;
  readonly max?: number | string;
  readonly type?: "int32" | "uint32" | "int64" | "uint64";
  readonly quirk?: "ulong-wrap";
  readonly forbiddenCharacters?: string;
  readonly controlCharactersForbidden?: boolean;
  readonly maxBytes?: number;
  readonly default?: string;
  readonly mutable?: false;
  readonly multiArg?: true;
  readonly sensitive?: true;
  readonly hidden?: true;
  readonly protected?: true;
  readonly needsBuild?: string;
}

export interface DirectiveRecord {
  readonly name: string;
  readonly summary: string;
  readonly section: string;
  readonly repeat?: "accumulates";
  /** Old spelling to newer spelling. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Spelling to release line to the first patch release that knows it. */
  readonly sincePatch?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Lines whose later patch releases, or builds of distributions, may know it: they were not looked at. */
  readonly laterPatchesMayKnow?: string;
  readonly note?: string;
  readonly variants: readonly VariantRecord[];
}

export /** Directives of KeyDB; those that Redis has, too, are told by their variants alone. */
interface KeydbTable {
  readonly source: string;
  readonly asOf: string;
  readonly docs: string;
  readonly builds: ServerTable["builds"];
  readonly directives: readonly (Pick<DirectiveRecord, "name" | "sincePatch" | "variants"> &
    Partial<Pick<DirectiveRecord, "summary" | "section">>)[];
}

export interface ServerTable {
  readonly source: string;
  /** The build that was looked at, by `redis-7.2`. */
  readonly builds: Readonly<Record<string, { readonly version: string }>>;
  readonly asOf: string;
  readonly docs: { readonly redis: string; readonly valkey: string };
  readonly directives: readonly DirectiveRecord[];
}

/** A directive as one release line knows it. */
export interface KnownDirective {
  readonly directive: DirectiveRecord;
  readonly variant: VariantRecord;
  /** The newest spelling there. */
  readonly name: string;
}

/** One way to write a directive. */
interface Spelling {
  readonly directive: DirectiveRecord;
  readonly variants: readonly { readonly set: VersionSet; readonly variant: VariantRecord }[];
}

/** Typed access to the table of directives. Nothing is computed before the first question. */
export class DirectiveTable {
  #spellings: ReadonlyMap<string, Spelling> | null = null;
  readonly #names = new Map<number, readonly string[]>();
  readonly #table: ServerTable;
  readonly #keydb: KeydbTable;

  /** KeyDB is no more released: its table always comes with the program. */
  constructor(table: ServerTable, keydb: KeydbTable = keydbTable as unknown as KeydbTable) {
    this.#table = { ...table, directives: joined(table.directives, keydb.directives) };
    this.#keydb = keydb;
  }

  get directives(): readonly DirectiveRecord[] {
    return this.#table.directives;
  }

  source(engine: ConfEngine): { readonly source: string; readonly asOf: string } {
    return engine === "keydb" ? this.#keydb : this.#table;
  }

  docs(engine: ConfEngine): string {
    return engine === "keydb" ? this.#keydb.docs : this.#table.docs[engine];
  }

  /** Patch release of the build that the table was held against. */
  testedPatch(version: ServerVersion): number {
    return Number.parseInt(
      { ...this.#table.builds, ...this.#keydb.builds }[`${version.engine}-${version.line}`]?.version.split(".")[2] ??
        "0",
      10,
    );
  }

  /** The directive behind a name in any case, if that release line knows it. */
  find(name: string, version: ServerVersion): KnownDirective | null {
    const spelling = this.#index().get(lowerCase(name));
    const known = spelling?.variants.find(({ set }) => (set & version.bit) !== 0);
    if (spelling === undefined || known === undefined) return null;
    return {
      directive: spelling.directive,
      variant: known.variant,
      name: known.variant.name ?? spelling.directive.name,
    };
  }

  /** The directive behind a name that any release line knows, and which do. */
  findAnywhere(name: string): { readonly directive: DirectiveRecord; readonly versions: VersionSet } | null {
    const spelling = this.#index().get(lowerCase(name));
    if (spelling === undefined) return null;
    return { directive: spelling.directive, versions: spelling.variants.reduce((all, { set }) => all | set, 0) };
  }

  /** Every spelling that a release line understands. */
  names(version: ServerVersion): readonly string[] {
    const known = this.#names.get(version.bit);
    if (known !== undefined) return known;
    const names: string[] = [];
    for (const [name, { variants }] of this.#index()) {
      if (variants.some(({ set }) => (set & version.bit) !== 0)) names.push(name);
    }
    this.#names.set(version.bit, names);
    return names;
  }

  #index(): ReadonlyMap<string, Spelling> {
    if (this.#spellings !== null) return this.#spellings;
    const index = new Map<
      string,
      { directive: DirectiveRecord; variants: { set: VersionSet; variant: VariantRecord }[] }
    >();
    for (const directive of this.#table.directives) {
      for (const variant of directive.variants) {
        const set = parseVersionSet(variant.in);
        for (const name of [variant.name ?? directive.name, ...(variant.aliases ?? [])]) {
          const spelling = index.get(name);
          if (spelling === undefined) index.set(name, { directive, variants: [{ set, variant }] });
          else spelling.variants.push({ set, variant });
        }
      }
    }
    this.#spellings = index;
    return index;
  }
}

/** Redis and Valkey first: KeyDB adds variants, and directives of its own. */
function joined(directives: readonly DirectiveRecord[], ofKeydb: KeydbTable["directives"]): readonly DirectiveRecord[] {
  const rest = new Map(ofKeydb.map((record) => [record.name, record]));
  const known = directives.map((directive): DirectiveRecord => {
    const more = rest.get(directive.name);
    if (more === undefined) return directive;
    rest.delete(directive.name);
    const sincePatch = mergedPatches(directive.sincePatch, more.sincePatch);
    return {
      ...directive,
      variants: [...directive.variants, ...more.variants],
      ...(sincePatch === undefined ? {} : { sincePatch }),
    };
  });
  const own = [...rest.values()].map(({ summary = "", section = "", ...record }) => ({ ...record, summary, section }));
  return [...known, ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}

type Patches = DirectiveRecord["sincePatch"];

function mergedPatches(a: Patches, b: Patches): Patches {
  if (a === undefined || b === undefined) return a ?? b;
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(names.map((name) => [name, { ...a[name], ...b[name] }]));
}

/** The table that comes with the program. `data:check` holds it against its schema, so the shape is certain here. */
export function builtInDirectives(): DirectiveTable {
  return new DirectiveTable(serverTable as unknown as ServerTable);
}
