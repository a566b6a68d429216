import { compareVersions } from "../catalog/version.ts";

/** The server that a file is judged for, as far as it is known. */
export interface Target {
  readonly engine: string;
  /** `7.2`; `null` = not known. */
  readonly line: string | null;
  /** Third number of the version, where it is known: 15 of 7.0.15. */
  readonly patch?: number | null;
}

/** Engines whose configuration files the tables describe. */
export type ConfEngine = "redis" | "valkey" | "keydb";

/** One release line that the tables describe. */
export interface ServerVersion {
  readonly engine: ConfEngine;
  readonly line: string;
  /** Its bit in a `VersionSet`. */
  readonly bit: number;
}

/** A set of release lines, one bit each. */
export type VersionSet = number;

/** Oldest first within each engine; data/directives/server.json describes these. */
const LINES = {
  redis: ["6.0", "6.2", "7.0", "7.2", "7.4", "8.0", "8.2", "8.4", "8.6", "8.8"],
  valkey: ["7.2", "8.0", "8.1", "9.0", "9.1"],
  keydb: ["6.0", "6.2", "6.3"],
} as const;

const FIRST_BIT = { redis: 0, valkey: LINES.redis.length, keydb: LINES.redis.length + LINES.valkey.length };

const versionsOf = (engine: ConfEngine): readonly ServerVersion[] =>
  LINES[engine].map((line, index) => ({ engine, line, bit: 1 << (index + FIRST_BIT[engine]) }));

/** What a file may be for whose server nobody knows. */
export const SERVER_VERSIONS: readonly ServerVersion[] = [...versionsOf("redis"), ...versionsOf("valkey")];

/** data/directives/keydb.json describes these; files are judged for them only where KeyDB is known to load them. */
export const KEYDB_VERSIONS: readonly ServerVersion[] = versionsOf("keydb");

const EVERY_VERSION: readonly ServerVersion[] = [...SERVER_VERSIONS, ...KEYDB_VERSIONS];

/** `all` of the tables: Redis and Valkey. */
export const ALL_VERSIONS: VersionSet = SERVER_VERSIONS.reduce((set, version) => set | version.bit, 0);

/** Reads the notation of the tables: `all`, `redis`, `redis 6.2-7.0`, `redis 8.2-, valkey 9.1`. */
export function parseVersionSet(text: string): VersionSet {
  if (text === "all") return ALL_VERSIONS;
  const known = READ_SETS.get(text);
  if (known !== undefined) return known;
  const set = readVersionSet(text);
  READ_SETS.set(text, set);
  return set;
}

/** The tables say the same few things of hundreds of directives. */
const READ_SETS = new Map<string, VersionSet>();

function readVersionSet(text: string): VersionSet {
  let set = 0;
  for (const part of text.split(", ")) {
    const [engine, range = ""] = part.split(" ");
    const [first = "", last] = range.split("-");
    for (const version of EVERY_VERSION) {
      if (version.engine !== engine) continue;
      const isAfter = first === "" || compareVersions(version.line, first) >= 0;
      const end = last === undefined ? first : last;
      const isBefore = end === "" || compareVersions(version.line, end) <= 0;
      if (isAfter && isBefore) set |= version.bit;
    }
  }
  return set;
}

export function versionsIn(set: VersionSet): readonly ServerVersion[] {
  return EVERY_VERSION.filter((version) => (set & version.bit) !== 0);
}

/** Asked for almost every word of a file: places of the known lines, so that no numbers are compared. */
const PLACES: Readonly<Record<"redis" | "valkey", ReadonlyMap<string, number>>> = {
  redis: new Map(LINES.redis.map((line, place) => [line, place])),
  valkey: new Map(LINES.valkey.map((line, place) => [line, place])),
};

/** The Redis whose code a KeyDB reads its configuration by: 6.3 still that of 6.2. */
export function ancestorOf({ line }: ServerVersion): ServerVersion {
  return SERVER_VERSIONS.find(
    (one) => one.engine === "redis" && one.line === (line === "6.0" ? "6.0" : "6.2"),
  ) as ServerVersion;
}

/** True from the given line of the version's engine on; an engine that is not named never. KeyDB does as its ancestor does. */
export function isFrom(version: ServerVersion, first: { readonly redis?: string; readonly valkey?: string }): boolean {
  const engine = version.engine === "valkey" ? "valkey" : "redis";
  const line = first[engine];
  if (line === undefined) return false;
  const places = PLACES[engine];
  const own = places.get(version.engine === "keydb" && version.line !== "6.0" ? "6.2" : version.line);
  const wanted = places.get(line);
  return own === undefined || wanted === undefined ? compareVersions(version.line, line) >= 0 : own >= wanted;
}

/** Redis 6.0 and 6.2 read much by other code than all later servers and every Valkey. */
export function isBefore7(version: ServerVersion): boolean {
  return !isFrom(version, { redis: "7.0", valkey: "7.2" });
}

/** One server that may be meant, and how far the tables speak for it. */
export interface Candidate {
  readonly version: ServerVersion;
  readonly patch: number | null;
  /** A later line than the tables know: names they do not know may be new there. */
  readonly isNewerThanTables: boolean;
}

/**
 * The servers that may be meant, the newest first. An engine that reads another format has none; a line between or below the known ones
 * could be any of its engine.
 */
export function candidates(target: Target | null): readonly Candidate[] {
  const newestFirst = SERVER_VERSIONS.toReversed();
  const plain = (version: ServerVersion): Candidate => ({ version, patch: null, isNewerThanTables: false });
  if (target === null) return newestFirst.map(plain);
  const ofEngine = EVERY_VERSION.toReversed().filter((version) => version.engine === target.engine);
  const newest = ofEngine[0];
  const { line } = target;
  if (newest === undefined || line === null) return ofEngine.map(plain);
  const exact = ofEngine.find((version) => version.line === line);
  if (exact !== undefined) return [{ version: exact, patch: target.patch ?? null, isNewerThanTables: false }];
  if (compareVersions(line, newest.line) > 0) return [{ version: newest, patch: null, isNewerThanTables: true }];
  return ofEngine.map(plain);
}

const ENGINE_NAMES = { redis: "Redis", valkey: "Valkey", keydb: "KeyDB" } as const;

export function engineName(engine: ConfEngine): string {
  return ENGINE_NAMES[engine];
}

export function versionName(version: ServerVersion): string {
  return `${ENGINE_NAMES[version.engine]} ${version.line}`;
}
