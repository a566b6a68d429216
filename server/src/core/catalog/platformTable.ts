/** The shape of the tables in `data/platforms/`: what a provider offers, with its own calendar. */
import type { Sourced } from "./tables.ts";

/** A day, or a month that counts until its last day; `false` = open, `null` = not announced or not known. */
export type PlatformDate = string | boolean | null;

/** A form of host names. */
export interface Endpoint extends Sourced {
  readonly kind: string;
  /** As a person calls it: `primary endpoint with TLS`. */
  readonly name: string;
  readonly pattern: string;
  /** Reads and writes, reads alone, clients of cluster mode, Memcached. */
  readonly use: "all" | "reads" | "cluster" | "memcached";
  /** Names of this form exist with TLS only. */
  readonly tls?: "always";
  readonly text: string;
}

export interface PlatformRelease extends Sourced {
  /** major.minor, or major alone where the provider counts so. */
  readonly cycle: string;
  /** The word of the provider's own table. */
  readonly status?: "available" | "deprecated";
  readonly releaseDate?: PlatformDate;
  /** End of the provider's standard support. */
  readonly endOfLife: PlatformDate;
  /** From then on no new database can be made. */
  readonly deprecation?: PlatformDate;
  /** End of the support that is charged. */
  readonly extendedSupportEnds?: PlatformDate;
  /** The dates as the provider prints them. */
  readonly printed?: { readonly endOfLife: string; readonly deprecation: string };
  readonly latest?: string;
  readonly latestReleaseDate?: PlatformDate;
  /** A number that the engine's publisher never used. */
  readonly onlyHere?: true;
  readonly note?: string;
}

export interface PlatformEngineTable extends Sourced {
  readonly engine: string;
  /** What the provider calls it: `Redis OSS`. */
  readonly name: string;
  readonly highest?: string;
  readonly lowest?: string;
  readonly addedAt?: string;
  readonly also?: readonly ({ readonly text: string } & Sourced)[];
  readonly notOffered?: readonly string[];
  readonly versions?: readonly string[];
  /** Newest first. */
  readonly releases: readonly PlatformRelease[];
  /** Which upstream line a range of versions behaves like. */
  readonly rows?: readonly PlatformRow[];
  readonly deprecatedPatches?: readonly ({ readonly range: string; readonly use: string } & Sourced)[];
  readonly past?: readonly ({
    readonly major: string;
    readonly versions: readonly string[];
    readonly endOfLife: PlatformDate;
  } & Sourced)[];
}

export interface PlatformRow extends Sourced {
  readonly range: string;
  readonly row: string;
  /** The provider supports it whatever the publisher says. */
  readonly supportedHere?: true;
  readonly text?: string;
}

/** A suffix of a version and what it keeps. */
export interface Flavour extends Sourced {
  readonly flavour: string;
  readonly suffix: string;
  readonly example: string;
  readonly persistence: string;
  readonly save?: readonly string[];
  readonly appendfsync?: string;
  readonly dashboardLabel?: string;
  readonly recommendedDiskSizeGb?: number;
  readonly note?: string;
}

export interface TlsVersions extends Sourced {
  readonly versions: readonly string[];
  /** `null`: the source says nothing. */
  readonly protocols: readonly string[] | null;
  readonly note?: string;
}

export interface Credential extends Sourced {
  readonly type: string;
  readonly urlScheme: string;
  readonly transport: string;
  readonly regulatedData: boolean;
  readonly note?: string;
  readonly schemeSource?: Sourced;
}

export interface PlatformTable {
  readonly platform: string;
  readonly name: string;
  readonly homepage: string;
  /** What every host name of the provider ends in. */
  readonly domains: readonly string[];
  /** The first that fits tells. */
  readonly endpoints: readonly Endpoint[];
  readonly engines: readonly PlatformEngineTable[];
  readonly flavours?: readonly Flavour[];
  readonly tls?: readonly TlsVersions[];
  readonly credentials?: readonly Credential[];
  readonly notes: readonly ({ readonly topic: string; readonly text: string } & Sourced)[];
}
