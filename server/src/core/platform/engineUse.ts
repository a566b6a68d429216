/** A version of an engine that a provider runs: declared for what runs already, or named in a command that makes a database. */
import type { Catalog } from "../catalog/catalog.ts";
import { platformRelease, platformRow } from "../catalog/platforms.ts";
import type { PlatformEngineTable, PlatformRelease, PlatformTable } from "../catalog/platformTable.ts";
import type { MatrixRow, Release } from "../catalog/tables.ts";
import { parseVersion, releaseLine, type Version, versionText } from "../catalog/version.ts";
import type { Fix, RelatedPlace } from "../finding.ts";
import type { DeclaredApp } from "../model/appVersion.ts";
import { type BootRefusal, refusalAtBoot, type State } from "../model/judgement.ts";
import type { Span } from "../text.ts";

export interface EngineUse {
  readonly table: PlatformTable;
  /** `redis`, `valkey`. */
  readonly engine: string;
  readonly version: Version;
  /** `7.2`. */
  readonly line: string;
  /** What stands behind the version in a command: `-aof`; `null` for a declared engine, which names a line alone. */
  readonly suffix: string | null;
  /** A database is made, and none runs yet. */
  readonly isNew: boolean;
  readonly span: Span;
  /** Apps with a version that use it. */
  readonly apps: readonly DeclaredApp[];
  /** The app keeps nothing but its cache there. */
  readonly isCacheOnly: boolean;
  readonly related: readonly RelatedPlace[];
  /** Puts another version in its place; `null` where a person describes what runs. */
  readonly replace: ((title: string, newText: string, kind: Pick<Fix, "safe" | "preferred">) => Fix) | null;
}

/** The days and tables to judge by. */
export interface EngineJudging {
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly noticeDays: number;
  /** False for a rule that the user switched off. */
  readonly isTold: (rule: string) => boolean;
}

export function offeredEngine({ table, engine }: Pick<EngineUse, "table" | "engine">): PlatformEngineTable | null {
  return table.engines.find((candidate) => candidate.engine === engine) ?? null;
}

/** The provider's record of the version; `null` where its table has none. */
export function releaseOf(use: Pick<EngineUse, "table" | "engine" | "version">): PlatformRelease | null {
  const offered = offeredEngine(use);
  return offered === null ? null : platformRelease(offered, use.version);
}

/** `Redis 7.0`. */
export function engineTitle({ engine, line }: EngineUse, catalog: Catalog): string {
  return `${catalog.engineName(engine)} ${line}`;
}

export interface EngineVerdict {
  readonly app: DeclaredApp;
  readonly state: State;
  readonly row: MatrixRow | null;
  /** The provider keeps the line alive, so the matrix' word for its end does not count. */
  readonly isAliveHere: boolean;
  readonly bootRefusal: BootRefusal | null;
}

/** What an app's matrix says of it: by the upstream line that the provider's version behaves like. */
export function judgeEngine(use: EngineUse, app: DeclaredApp, catalog: Catalog): EngineVerdict {
  const offered = offeredEngine(use);
  const rows = offered?.rows;
  const mapped = offered === null ? null : platformRow(offered, use.version);
  const version = rows === undefined ? use.version : mapped === null ? null : parseVersion(mapped.row);
  const bootRefusal = use.isCacheOnly ? null : refusalAtBoot(use.engine, use.version, app, catalog);
  if (version === null) return { app, state: "unlisted", row: null, isAliveHere: false, bootRefusal };
  const { state, row } = catalog.matrix(app.app, use.engine, version, app.column);
  return { app, state, row, isAliveHere: mapped?.supportedHere === true && state === "end-of-life", bootRefusal };
}

/** The publisher's calendar for the upstream line, to stand beside the provider's. */
export function publisherRelease(
  use: Pick<EngineUse, "table" | "engine" | "version">,
  catalog: Catalog,
): Release | null {
  const offered = offeredEngine(use);
  const mapped = offered === null ? null : platformRow(offered, use.version);
  return catalog.lifecycles.byLine(use.engine, mapped?.row ?? releaseLine(use.version) ?? versionText(use.version));
}
