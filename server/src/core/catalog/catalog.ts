/** The one typed door to the tables: everything that asks a question of the data asks it here. */
import { Memo } from "../memo.ts";
import type { DataOrigin } from "./inUse.ts";
import { Lifecycles } from "./lifecycles.ts";
import type { OwnTable } from "./ownTable.ts";
import { Platforms } from "./platforms.ts";
import { Repositories } from "./repositories.ts";
import type {
  AppTable,
  CellState,
  Disagreement,
  EngineEntry,
  MatrixRow,
  MinimumVersion,
  Sourced,
  Tables,
} from "./tables.ts";
import { compareVersions, satisfies, type Version, versionText } from "./version.ts";

/** A file has few different versions, however many images. */
const MAX_ANSWERS = 2000;

/** What a matrix says about one engine version and one column. */
export interface MatrixAnswer {
  readonly state: CellState;
  /** `null` where no row fits. */
  readonly row: MatrixRow | null;
}

/** Until when an organisation runs which release line. */
export interface OwnCalendar {
  readonly organisation: string;
  readonly lifecycles: Lifecycles;
}

export class Catalog {
  /** Calendars of the organisation, beside those of the publishers. */
  readonly calendars: readonly OwnCalendar[];
  readonly apps: readonly AppTable[];
  readonly #tables: Tables;
  readonly engines: readonly EngineEntry[];
  readonly lifecycles: Lifecycles;
  readonly repositories: Repositories;
  readonly platforms: Platforms;
  readonly disagreements: readonly Disagreement[];
  readonly #apps: ReadonlyMap<string, AppTable>;
  readonly #engines: ReadonlyMap<string, EngineEntry>;
  readonly #answers = new Memo<MatrixAnswer>(MAX_ANSWERS);
  readonly #reported = new Memo<{ readonly version: string; readonly source: Sourced } | null>(MAX_ANSWERS);

  /** Whether the tables came with the program. */
  readonly dataFrom: DataOrigin;

  constructor(tables: Tables, dataFrom: DataOrigin = "built-in") {
    this.dataFrom = dataFrom;
    this.#tables = tables;
    this.calendars = (tables.own ?? [])
      .filter(({ products }) => products.length > 0)
      .map(({ organisation, products }) => ({ organisation, lifecycles: new Lifecycles(products) }));
    this.apps = tables.apps;
    this.engines = tables.engines;
    this.lifecycles = new Lifecycles(tables.products);
    this.repositories = new Repositories(tables.repositories, tables.lookAlikes);
    this.platforms = new Platforms(tables.platforms);
    this.disagreements = tables.disagreements;
    this.#apps = new Map(tables.apps.map((app) => [app.app, app]));
    this.#engines = new Map(tables.engines.map((engine) => [engine.engine, engine]));
  }

  /** Matches every text that names an app, or an image repository, of the tables: by the last part of its path. */
  get words(): RegExp {
    // The image of an organisation's app need not hold the app's name.
    if (this.#tables.own?.some(({ apps }) => apps.length > 0)) return /(?:)/;
    const repositories = this.repositories.all.flatMap(({ repository, aliases }) => [repository, ...aliases]);
    const names = [
      ...repositories.map((name) => name.slice(name.lastIndexOf("/") + 1)),
      ...this.apps.map(({ app }) => app),
    ];
    return new RegExp([...new Set(names)].map((name) => name.replace(/[.]/g, "\\.")).join("|"), "i");
  }

  /** The same with tables of the organisation beside it. */
  with(own: readonly OwnTable[]): Catalog {
    const { apps, repositories, own: before = [] } = this.#tables;
    return new Catalog(
      {
        ...this.#tables,
        apps: [...apps, ...own.flatMap((table) => table.apps)],
        repositories: [...repositories, ...own.flatMap((table) => table.repositories)],
        own: [...before, ...own],
      },
      this.dataFrom,
    );
  }

  /** Who says what an app's matrix says, for an app of the organisation's own; `null` for those that everybody knows. */
  organisationOf(app: string): string | null {
    return this.#tables.own?.find(({ apps }) => apps.some((one) => one.app === app))?.organisation ?? null;
  }

  app(name: string): AppTable | undefined {
    return this.#apps.get(name);
  }

  engine(name: string): EngineEntry | undefined {
    return this.#engines.get(name);
  }

  /** `Redis`; the name itself for an engine that no table knows. */
  engineName(name: string): string {
    return this.#engines.get(name)?.name ?? name;
  }

  appName(name: string): string {
    return this.#apps.get(name)?.name ?? name;
  }

  /** The column of the matrix for a version of the app: its major.minor, or `null` where the matrix has none. */
  column(app: string, version: string): string | null {
    const series = /^\d+\.\d+/.exec(version)?.[0] ?? "";
    return this.#apps.get(app)?.matrix?.columns.includes(series) ? series : null;
  }

  /** True when the app has a matrix with rows for the engine. */
  hasRows(app: string, engine: string): boolean {
    return this.rows(app, engine).length > 0;
  }

  /** Rows of an engine, newest first. */
  rows(app: string, engine: string): readonly MatrixRow[] {
    return this.#apps.get(app)?.matrix?.rows.filter((row) => row.engine === engine) ?? [];
  }

  /** A prerelease of a listed line, a blank cell, no row and no column are all `unlisted`. */
  matrix(app: string, engine: string, version: Version, column: string | null): MatrixAnswer {
    const key = `${app} ${engine} ${versionText(version)}-${version.pre} ${column}`;
    return this.#answers.get(key, () => {
      const row = this.rows(app, engine).find((candidate) => satisfies(version, candidate.range)) ?? null;
      if (row === null || column === null || version.pre !== null) return { state: "unlisted", row };
      return { state: row.cells[column] ?? "unlisted", row };
    });
  }

  /** Supported rows of an engine in a column, highest first. */
  supportedRows(app: string, engine: string, column: string): readonly MatrixRow[] {
    return this.rows(app, engine)
      .filter((row) => row.cells[column] === "supported")
      .toSorted((a, b) => -compareVersions(a.label.replace("+", ""), b.label.replace("+", "")));
  }

  minimum(app: string, version: string): MinimumVersion | null {
    const series = /^\d+\.\d+/.exec(version)?.[0];
    return this.#apps.get(app)?.minimums.find((minimum) => minimum.series === series) ?? null;
  }

  /** What the server prints as `redis_version`, with the source; `null` where nobody looked. */
  reportedRedisVersion(
    engine: string,
    version: Version,
  ): { readonly version: string; readonly source: Sourced } | null {
    return this.#reported.get(`${engine} ${versionText(version)}`, () => {
      const entry = this.#engines.get(engine);
      const rule = entry?.reportedRedisVersion.find(({ range }) => satisfies(version, range));
      if (entry === undefined || rule === undefined) return null;
      return { version: rule.version === "own" ? versionText(version) : rule.version, source: entry };
    });
  }

  /**
   * What sources say differently of a release line. With a provider also what concerns its view; without a line (`null`) only
   * what concerns all of its lines.
   */
  disagreementsOn(engine: string, line: string | null, platform: string | null): readonly Disagreement[] {
    return this.disagreements.filter(({ about }) =>
      about.some((one) => {
        if (one.engine !== engine) return false;
        if (one.platform === undefined) return line !== null && one.line === line;
        return one.platform === platform && (one.line === null || one.line === line);
      }),
    );
  }

  /** The newest day of all lifecycle tables: the age of the data. */
  get dataAsOf(): string {
    return this.lifecycles.products.map((product) => product.asOf).reduce((a, b) => (a > b ? a : b), "");
  }
}
