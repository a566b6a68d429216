/** The shape of the tables in `data/`. Their JSON Schemas in `data/schema/` say the same to editors and to `data:check`. */
import type { ServerTable } from "../conf/directiveTable.ts";
import type { CommandTable, SentinelTable } from "../conf/serverFacts.ts";
import type { OwnTable } from "./ownTable.ts";

import type { PlatformTable } from "./platformTable.ts";

export interface Sourced {
  /** Where the fact was read: an address, or the name of a document. */
  readonly source: string;
  /** ISO day of the source. */
  readonly asOf: string;
}

export type CellState = "supported" | "end-of-life" | "unsupported" | "unlisted";

export interface MatrixRow extends Sourced {
  readonly engine: string;
  readonly label: string;
  /** Semver range of the engine versions that the row speaks for. */
  readonly range: string;
  readonly openEnded: boolean;
  readonly cells: Readonly<Record<string, CellState>>;
}

export interface MinimumVersion extends Sourced {
  /** Series of the app, such as `4.5`. */
  readonly series: string;
  readonly sidekiq: number;
  /** The lowest `redis_version` of INFO with which the app starts. */
  readonly reportedRedis: string;
  readonly also: readonly string[];
}

export interface AppDetection extends Sourced {
  /** Expression for the normalised image name, any case. */
  readonly image: string;
  /** Expression for the tag with groups major, minor, patch, pre. */
  readonly tag: string;
  readonly versionFile?: {
    readonly path: string;
    readonly number: string;
    readonly prerelease: string;
    readonly module: string;
  };
  readonly helm?: { readonly chart: string; readonly appVersions: Readonly<Record<string, string>> };
}

export interface AppTable {
  readonly app: string;
  readonly name: string;
  readonly homepage: string;
  readonly matrix?: { readonly columns: readonly string[]; readonly rows: readonly MatrixRow[] };
  readonly minimums: readonly MinimumVersion[];
  readonly minimumEnforcedBy?: string;
  readonly cachePage?: CachePage;
  readonly notes: readonly ({ readonly topic: string; readonly text: string } & Sourced)[];
  readonly detection: AppDetection;
}

/** What a page of the app says of its cache, as it stands there. */
export interface CachePage extends Sourced {
  readonly backends: readonly {
    readonly backend: string;
    readonly status: string;
    readonly use: string;
    readonly notes: string;
  }[];
  readonly variables: readonly string[];
  readonly urlFormats: Readonly<Record<string, string>>;
  readonly container: Readonly<Record<string, string>>;
  readonly configuration: Readonly<Record<string, string | readonly string[]>>;
  readonly monitoring: readonly { readonly what: string; readonly command: string }[];
  readonly monitoringNote: string;
}

export interface Release extends Sourced {
  readonly cycle: string;
  readonly releaseDate: string | null;
  readonly activeSupportEnds: string | boolean | null;
  /** Last day of fixes; `false` = no date announced, `true` = over, `null` = unknown. */
  readonly endOfLife: string | boolean | null;
  readonly latest: string;
  readonly latestReleaseDate: string | null;
  readonly note?: string;
}

export interface Licence extends Sourced {
  readonly range: string;
  readonly licence: string;
}

export interface Product extends Sourced {
  readonly product: string;
  readonly name: string;
  /** Name of the product at endoflife.date, where the table is refreshed from there. */
  readonly endoflifeDate?: string;
  readonly licences?: readonly Licence[];
  readonly releases: readonly Release[];
}

export interface TagGrammar {
  /** Groups: version, pre, variant, stack (only major.minor of it is the release line). */
  readonly pattern: string;
  /** Words that move and name no version. */
  readonly floating: readonly string[];
  /** Stands in front of the version in a tag. */
  readonly prefix?: string;
}

export interface ImageLine {
  readonly line: string;
  readonly latest: string;
  /** Variants for which the tag `<line>-<variant>` was published; `""` = the plain tag. Empty: there are no line tags. */
  readonly tagVariants: readonly string[];
  /** Still rebuilt on the day of the table. */
  readonly listed: boolean;
  readonly lastListed: string;
  /** Full version -> variants published for it. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  readonly preReleases?: readonly string[];
}

export type RepositoryStatus = "current" | "moved" | "frozen" | "ended" | "latest-only" | "dormant" | "other";

export interface Repository extends Sourced {
  /** Registry and path, normalised. */
  readonly repository: string;
  readonly engine: string;
  /** The engine whose table and lifecycle count, where it differs. */
  readonly matrixEngine?: string;
  readonly bundle?: boolean;
  readonly status: RepositoryStatus;
  readonly movedTo?: string;
  readonly since?: string;
  readonly aliases: readonly string[];
  /** `null`: the tag says nothing about the version. */
  readonly tags: TagGrammar | null;
  readonly moving?: { readonly asOf: string; readonly tags: Readonly<Record<string, string>> };
  readonly lines?: readonly ImageLine[];
  /** Stack tag -> engine version inside. */
  readonly carries?: Readonly<Record<string, string>>;
  readonly verified?: string;
}

export interface LookAlike extends Sourced {
  readonly repository: string;
  readonly note?: string;
}

export interface EngineEntry extends Sourced {
  readonly engine: string;
  readonly name: string;
  readonly speaksRedis: boolean;
  readonly sameReleaseLinesAs?: string;
  /** What INFO prints as `redis_version`; `own` = the version itself. */
  readonly reportedRedisVersion: readonly { readonly range: string; readonly version: string }[];
}

/** What sources say differently of one release line, and which of them counts where. */
export interface Disagreement {
  readonly about: readonly { readonly platform?: string; readonly engine: string; readonly line: string | null }[];
  readonly topic: string;
  readonly says: readonly ({ readonly text: string } & Sourced)[];
  readonly judged: string;
}

export interface Tables {
  readonly apps: readonly AppTable[];
  readonly products: readonly Product[];
  readonly repositories: readonly Repository[];
  readonly lookAlikes: readonly LookAlike[];
  readonly engines: readonly EngineEntry[];
  readonly platforms: readonly PlatformTable[];
  readonly disagreements: readonly Disagreement[];
  /** Tables of the organisation, whose apps and repositories are among those above. */
  readonly own?: readonly OwnTable[];
}

/** The files of `data/` that are published and replaced together, by path without `.json`. */
export interface DataTables {
  readonly "apps/mastodon": AppTable;
  readonly "apps/postiz": AppTable;
  readonly "directives/commands": CommandTable;
  readonly "directives/sentinel": SentinelTable;
  readonly "directives/server": ServerTable;
  readonly disagreements: { readonly disagreements: readonly Disagreement[] };
  readonly engines: { readonly engines: readonly EngineEntry[] };
  readonly images: { readonly repositories: readonly Repository[]; readonly lookAlikes: readonly LookAlike[] };
  readonly lifecycles: { readonly products: readonly Product[] };
  readonly "platforms/aptible": PlatformTable;
  readonly "platforms/elasticache": PlatformTable;
}
