// The tables of data/ as their schemas describe them, as far as the scripts read them. A table gets one of these types
// only after it has passed its schema (schema.ts), so nothing here is checked again.

/** One thing that is wrong: `data/x.json: $.path: message`. */
export interface Problem {
  readonly file: string;
  readonly path: string;
  readonly message: string;
}

/** A day, `false` = still open, `true` = over, `null` = unknown. */
export type End = string | boolean | null;

export interface Held {
  readonly field: ReleaseField;
  readonly upstream: End;
  readonly reason: string;
  readonly source: string;
  readonly asOf: string;
}

/** The part of a release that a refresh may change. */
export interface ReleaseFacts {
  readonly releaseDate: string | null;
  readonly activeSupportEnds: End;
  readonly endOfLife: End;
  readonly latest: string;
  readonly latestReleaseDate: string | null;
}

export type ReleaseField = keyof ReleaseFacts;

export interface Release extends ReleaseFacts {
  readonly cycle: string;
  readonly note?: string;
  readonly manual?: true;
  readonly held?: readonly Held[];
  readonly source: string;
  readonly asOf: string;
}

export interface Product {
  readonly product: string;
  readonly name: string;
  readonly source: string;
  readonly asOf: string;
  readonly endoflifeDate?: string;
  readonly licences?: readonly { readonly range: string }[];
  readonly releases: readonly Release[];
}

export interface LifecyclesTable {
  readonly $schema?: string;
  readonly products: readonly Product[];
}

export interface Engine {
  readonly engine: string;
  readonly sameReleaseLinesAs?: string;
  readonly reportedRedisVersion: readonly { readonly range: string; readonly version: string }[];
}

export interface EnginesTable {
  readonly $schema?: string;
  readonly engines: readonly Engine[];
}

export interface TagGrammar {
  readonly pattern: string;
  readonly prefix?: string;
  readonly floating: readonly string[];
}

export interface Line {
  readonly line: string;
  readonly latest: string;
  readonly tagVariants: readonly string[];
  readonly versions: Readonly<Record<string, readonly string[]>>;
  readonly preReleases?: readonly string[];
}

export interface Repository {
  readonly repository: string;
  readonly engine: string;
  readonly matrixEngine?: string;
  readonly movedTo?: string;
  readonly aliases: readonly string[];
  readonly tags: TagGrammar | null;
  readonly lines?: readonly Line[];
  readonly carries?: Readonly<Record<string, string>>;
}

export interface ImagesTable {
  readonly $schema?: string;
  readonly repositories: readonly Repository[];
  readonly lookAlikes: readonly { readonly repository: string }[];
}

export type CellState = "supported" | "end-of-life" | "unsupported" | "unlisted";

export interface MatrixRow {
  readonly engine: string;
  readonly label: string;
  readonly range: string;
  readonly cells: Readonly<Record<string, CellState>>;
}

export interface AppTable {
  readonly $schema?: string;
  readonly app: string;
  readonly matrix?: { readonly columns: readonly string[]; readonly rows: readonly MatrixRow[] };
  readonly minimums: readonly { readonly series: string; readonly reportedRedis: string }[];
  readonly notes: readonly { readonly topic: string }[];
  readonly detection: {
    readonly image: string;
    readonly tag: string;
    readonly versionFile?: { readonly number: string; readonly prerelease: string; readonly module: string };
    readonly helm?: { readonly appVersions: Readonly<Record<string, string>> };
  };
}

export interface PlatformTable {
  readonly $schema?: string;
  readonly platform: string;
  readonly domains: readonly string[];
  readonly endpoints: readonly { readonly kind: string; readonly pattern: string }[];
  readonly engines: readonly {
    readonly engine: string;
    readonly releases: readonly { readonly cycle: string; readonly endOfLife: End }[];
    readonly rows?: readonly { readonly range: string; readonly row: string }[];
  }[];
}

/** All tables at once, which is what the rules across tables look at. */
export interface Tables {
  readonly engines: EnginesTable;
  readonly lifecycles: LifecyclesTable;
  readonly images: ImagesTable;
  /** By the name of the file without `.json`. */
  readonly apps: Readonly<Record<string, AppTable>>;
  /** By the name of the file without `.json`. */
  readonly platforms: Readonly<Record<string, PlatformTable>>;
  /** Every JSON file below data/, as `data/schema/x.json`: the rules themselves read no files. */
  readonly files: ReadonlySet<string>;
}
