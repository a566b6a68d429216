// What a directive is, for hovers and completion.
import type { DirectiveKind, DirectiveRecord, DirectiveTable, VariantRecord } from "./directiveTable.ts";
import type { SentinelStatement, ServerFacts } from "./serverFacts.ts";
import {
  ALL_VERSIONS,
  type ConfEngine,
  candidates,
  KEYDB_VERSIONS,
  parseVersionSet,
  SERVER_VERSIONS,
  type ServerVersion,
  type Target,
  versionsIn,
} from "./target.ts";

/** From which line to which an engine has something; `null`: earlier than the tables reach, or still. */
export interface EngineHistory {
  readonly engine: ConfEngine;
  readonly first: string | null;
  readonly last: string | null;
}

export interface DirectiveDescription {
  /** The newest name in the described version. */
  readonly name: string;
  /** Other spellings that version takes. */
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly section: string;
  readonly docs: string;
  readonly source: string;
  readonly asOf: string;
  /** The version that is described. */
  readonly version: ServerVersion;
  /** False: the servers that may be meant do not know it, and another is described. */
  readonly isKnown: boolean;
  readonly history: readonly EngineHistory[];
  readonly kind: DirectiveKind;
  /** The rule of the server's own that values must follow, by its name in the table. */
  readonly rule: string | null;
  readonly args: readonly [number, number | null];
  readonly values: readonly string[];
  readonly min: string | null;
  readonly max: string | null;
  readonly default: string | null;
  /** Defaults of all versions, where they differ. */
  readonly defaults: readonly { readonly in: string; readonly value: string }[];
  /** CONFIG SET works. */
  readonly isMutable: boolean;
  readonly isRepeatable: boolean;
  readonly isSensitive: boolean;
  readonly note: string | null;
}

export function describeDirective(
  name: string,
  target: Target | null,
  table: DirectiveTable,
): DirectiveDescription | null {
  const found = table.findAnywhere(name);
  if (found === null) return null;
  const { directive } = found;
  const meant = candidates(target).find(({ version }) => table.find(name, version) !== null)?.version;
  const version = meant ?? versionsIn(found.versions & ALL_VERSIONS).at(-1) ?? versionsIn(found.versions).at(-1);
  const known = version === undefined ? null : table.find(name, version);
  if (version === undefined || known === null) return null;
  const { variant } = known;
  return {
    name: known.name,
    aliases: variant.aliases ?? [],
    summary: directive.summary,
    section: directive.section,
    docs: table.docs(version.engine),
    source: table.source(version.engine).source,
    asOf: table.source(version.engine).asOf,
    version,
    isKnown: meant !== undefined,
    history: historyOf(directive),
    kind: variant.kind,
    rule: variant.rule ?? null,
    args: variant.args ?? [1, 1],
    values: variant.values ?? [],
    min: variant.min === undefined ? null : String(variant.min),
    max: variant.max === undefined ? null : String(variant.max),
    default: variant.default ?? null,
    defaults: defaultsOf(directive, version),
    isMutable: variant.mutable !== false,
    isRepeatable: directive.repeat === "accumulates",
    isSensitive: variant.sensitive === true,
    note: directive.note ?? null,
  };
}

function historyOf(directive: DirectiveRecord): readonly EngineHistory[] {
  const set = directive.variants.reduce((all, variant) => all | parseVersionSet(variant.in), 0);
  return (["redis", "valkey", "keydb"] as const).flatMap((engine) => {
    const all = [...SERVER_VERSIONS, ...KEYDB_VERSIONS].filter((version) => version.engine === engine);
    const known = versionsIn(set).filter((version) => version.engine === engine);
    const first = known[0];
    const last = known.at(-1);
    if (first === undefined || last === undefined) return [];
    return [{ engine, first: first === all[0] ? null : first.line, last: last === all.at(-1) ? null : last.line }];
  });
}

function defaultsOf(directive: DirectiveRecord, { engine }: ServerVersion): DirectiveDescription["defaults"] {
  // What KeyDB does is told to its users only.
  const isMeant = ({ in: where }: VariantRecord): boolean => engine === "keydb" || !where.startsWith("keydb");
  const given = directive.variants.filter(hasDefault).filter(isMeant);
  const isSame = given.every((variant) => variant.default === given[0]?.default);
  return isSame ? [] : given.map((variant) => ({ in: variant.in, value: variant.default }));
}

function hasDefault(variant: VariantRecord): variant is VariantRecord & { readonly default: string } {
  return variant.default !== undefined;
}

export interface DirectiveChoice {
  readonly name: string;
  readonly summary: string;
  readonly kind: DirectiveKind;
  readonly values: readonly string[];
  readonly default: string | null;
  /** An old spelling, or read without effect. */
  readonly isDeprecated: boolean;
}

/** Everything that can be written in a file for that server; with several possible servers what the newest of them takes. */
export function listDirectives(target: Target | null, table: DirectiveTable): readonly DirectiveChoice[] {
  const version = candidates(target)[0]?.version;
  if (version === undefined) return [];
  return table.names(version).flatMap((name) => {
    const known = table.find(name, version);
    if (known === null) return [];
    const { directive, variant } = known;
    const newer = directive.renamed?.[name];
    const isOld = newer !== undefined && table.find(newer, version) !== null;
    return [
      {
        name,
        summary: directive.summary,
        kind: variant.kind,
        values: variant.kind === "boolean" ? ["yes", "no"] : (variant.values ?? []),
        default: variant.default ?? null,
        isDeprecated: isOld || variant.kind === "ignored",
      },
    ];
  });
}

/** The statements that may follow the word `sentinel`. */
export function listSentinelStatements(target: Target | null, facts: ServerFacts): readonly SentinelStatement[] {
  const version = candidates(target)[0]?.version;
  return version === undefined ? [] : [...facts.of(version).sentinelStatements.values()];
}
