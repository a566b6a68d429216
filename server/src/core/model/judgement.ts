/**
 * Three verdicts about an image, kept apart: what the app's matrix says, what the publisher's lifecycle says, and what
 * the app's code enforces at boot.
 */
import type { Catalog } from "../catalog/catalog.ts";
import { type LifecycleState, lifecycleState } from "../catalog/lifecycles.ts";
import type { CellState, MatrixRow, MinimumVersion, Release, Sourced } from "../catalog/tables.ts";
import { isBelow, parseVersion, type Version, versionText } from "../catalog/version.ts";
import type { DeclaredApp } from "./appVersion.ts";
import type { KnownImage } from "./knownImage.ts";

export type State = CellState | "floating" | "unknown";

/** The app stops when it starts against this server. */
export interface BootRefusal {
  readonly minimum: MinimumVersion;
  /** What the server reports as `redis_version`. */
  readonly reported: string;
  readonly source: Sourced;
}

export interface AppVerdict {
  readonly app: DeclaredApp;
  readonly state: State;
  readonly row: MatrixRow | null;
  readonly bootRefusal: BootRefusal | null;
}

export interface LifecycleVerdict {
  readonly release: Release;
  readonly state: LifecycleState;
}

export interface JudgedImage {
  readonly image: KnownImage;
  /** One verdict for each declared app that has a matrix. */
  readonly verdicts: readonly AppVerdict[];
  /** `null` where the release line or its lifecycle is not known. */
  readonly lifecycle: LifecycleVerdict | null;
}

/** `isCacheOnly`: the app certainly keeps nothing but its cache there, so what it enforces for its queue does not count. */
export function judgeImage(
  image: KnownImage,
  apps: readonly DeclaredApp[],
  catalog: Catalog,
  asOf: string,
  noticeDays: number,
  isCacheOnly = false,
): JudgedImage {
  const verdicts = apps
    .filter((app) => catalog.app(app.app)?.matrix !== undefined)
    .map((app) => judgeForApp(image, app, catalog, isCacheOnly));
  const release =
    image.tag.kind === "release" && image.tag.version.pre === null
      ? catalog.lifecycles.release(image.judgedAs, image.tag.version)
      : null;
  return {
    image,
    verdicts,
    lifecycle: release === null ? null : { release, state: lifecycleState(release, asOf, noticeDays) },
  };
}

function judgeForApp(image: KnownImage, app: DeclaredApp, catalog: Catalog, isCacheOnly: boolean): AppVerdict {
  const bootRefusal =
    isCacheOnly || image.tag.kind !== "release" ? null : refusalAtBoot(image.judgedAs, image.tag.version, app, catalog);
  if (image.withoutTable) return { app, state: "unlisted", row: null, bootRefusal };
  if (image.tag.kind === "unknown") return { app, state: "unknown", row: null, bootRefusal };
  if (image.tag.kind === "floating")
    return { app, state: image.pinned ? "unknown" : "floating", row: null, bootRefusal };
  const { state, row } = catalog.matrix(app.app, image.judgedAs, image.tag.version, app.column);
  return { app, state, row, bootRefusal };
}

/** Prereleases report odd numbers, and floating tags none: both stay unknown here. */
export function refusalAtBoot(engine: string, server: Version, app: DeclaredApp, catalog: Catalog): BootRefusal | null {
  if (server.pre !== null) return null;
  const minimum = catalog.minimum(app.app, app.version);
  const reported = catalog.reportedRedisVersion(engine, server);
  const version = reported === null ? null : parseVersion(reported.version);
  if (minimum === null || reported === null || version === null) return null;
  // A line alone (`6.2`) may carry any patch: only a whole line below the minimum is certain.
  const highest = { ...version, patch: version.patch ?? 999_999_999 };
  return isBelow(highest, minimum.reportedRedis)
    ? { minimum, reported: versionText(version), source: reported.source }
    : null;
}
