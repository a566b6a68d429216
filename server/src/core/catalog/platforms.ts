/** What the tables of providers say: whose a host is, and what a version is there. */
import type { Endpoint, PlatformEngineTable, PlatformRelease, PlatformRow, PlatformTable } from "./platformTable.ts";
import { compareVersions, releaseLine, satisfies, type Version } from "./version.ts";

/** A host name that belongs to a provider. */
export interface PlatformHost {
  readonly platform: PlatformTable;
  readonly endpoint: Endpoint;
}

export class Platforms {
  readonly all: readonly PlatformTable[];
  readonly #byName: ReadonlyMap<string, PlatformTable>;
  readonly #endpoints: ReadonlyMap<Endpoint, RegExp>;
  /** The cheap question before everything else: does a text name a host of any provider? */
  readonly names: RegExp;

  constructor(tables: readonly PlatformTable[]) {
    this.all = tables;
    this.#byName = new Map(tables.map((table) => [table.platform, table]));
    this.#endpoints = new Map(
      tables.flatMap(({ endpoints }) => endpoints.map((endpoint) => [endpoint, new RegExp(endpoint.pattern, "i")])),
    );
    const domains = tables.flatMap((table) => table.domains.map((domain) => domain.replaceAll(".", "\\.")));
    this.names = new RegExp(domains.length === 0 ? "(?!)" : domains.join("|"), "i");
  }

  /** `undefined` for servers of one's own. */
  table(platform: string): PlatformTable | undefined {
    return this.#byName.get(platform);
  }

  engine(platform: string, engine: string): PlatformEngineTable | undefined {
    return this.#byName.get(platform)?.engines.find((candidate) => candidate.engine === engine);
  }

  /** By the whole name, in any case; `null` for a host of somebody else. */
  host(name: string): PlatformHost | null {
    const lower = name.toLowerCase();
    const platform = this.all.find(({ domains }) =>
      domains.some((domain) => lower === domain || lower.endsWith(`.${domain}`)),
    );
    const endpoint = platform?.endpoints.find((candidate) => this.#endpoints.get(candidate)?.test(lower) === true);
    return platform === undefined || endpoint === undefined ? null : { platform, endpoint };
  }
}

/** The provider's record for a version: by major.minor, else by major alone. */
export function platformRelease(engine: PlatformEngineTable, version: Version): PlatformRelease | null {
  const line = releaseLine(version);
  // A number above the highest one is no version of the major that counts there.
  if (engine.highest !== undefined && line !== null && compareVersions(line, engine.highest) > 0) return null;
  return (
    engine.releases.find(({ cycle }) => cycle === line) ??
    engine.releases.find(({ cycle }) => cycle === String(version.major)) ??
    null
  );
}

/** The upstream line that a version behaves like, where the provider's table says so. */
export function platformRow(engine: PlatformEngineTable, version: Version): PlatformRow | null {
  return engine.rows?.find(({ range }) => satisfies(version, range)) ?? null;
}

/** The newest version that the provider offers. */
export function newestRelease(engine: PlatformEngineTable): PlatformRelease | undefined {
  return engine.releases.toSorted((a, b) => -compareVersions(a.cycle, b.cycle))[0];
}
