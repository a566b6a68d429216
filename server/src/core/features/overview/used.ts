/** The caches and the apps of the workspace, as places: small things, which outlive the reports that they come from. */
import type { TagReading } from "../../catalog/repositories.ts";
import type { KnownImage } from "../../model/knownImage.ts";
import type { EngineUse } from "../../platform/engineUse.ts";
import type { Report } from "../../report.ts";
import type { Span } from "../../text.ts";
import type { ViewPlace } from "./view.ts";

export interface UsedCache {
  readonly image: Pick<KnownImage, "judgedAs" | "line"> & { readonly tag: TagReading };
  readonly place: ViewPlace;
  /** Columns of the declared versions of the apps, by app. */
  readonly columns: ReadonlyMap<string, string>;
}

/** A version that a provider runs. */
export interface UsedEngine {
  readonly platform: string;
  readonly use: Pick<EngineUse, "engine" | "version">;
  /** Columns of the apps that use it, by app. */
  readonly columns: ReadonlyMap<string, string>;
  readonly place: ViewPlace;
}

/** What one file has to say to the view. */
export interface FileUse {
  readonly caches: readonly UsedCache[];
  readonly engines: readonly UsedEngine[];
  /** App and series of the declared versions: mastodon, 4.5. */
  readonly series: readonly (readonly [app: string, series: string])[];
  readonly platform: string;
}

/** The same of the whole workspace. */
export interface Used {
  readonly caches: readonly UsedCache[];
  /** Series of the declared versions, by app: 4.5. */
  readonly series: ReadonlyMap<string, ReadonlySet<string>>;
  readonly engines: readonly UsedEngine[];
  /** Providers that are declared or were found. */
  readonly platforms: ReadonlySet<string>;
}

export function usedIn(report: Report): FileUse {
  const columns = columnsOf(report.apps);
  return {
    caches: report.recognised.map((image) => ({
      image: { judgedAs: image.judgedAs, line: image.line, tag: image.tag },
      place: placeOf(report, image.span, shortName(image)),
      columns,
    })),
    engines: report.engines.map((use) => ({
      platform: use.table.platform,
      use: { engine: use.engine, version: use.version },
      columns: columnsOf(use.apps),
      place: placeOf(report, use.span, `${use.engine} ${use.line}`),
    })),
    series: report.apps.map(({ app, version }) => [app, /^\d+\.\d+/.exec(version)?.[0] ?? version]),
    platform: report.platform.platform,
  };
}

export function usedByAll(files: readonly FileUse[]): Used {
  const series = new Map<string, Set<string>>();
  for (const [app, one] of files.flatMap((file) => file.series))
    series.set(app, (series.get(app) ?? new Set()).add(one));
  return {
    caches: files.flatMap(({ caches }) => caches),
    engines: files.flatMap(({ engines }) => engines),
    series,
    platforms: new Set(files.map(({ platform }) => platform)),
  };
}

function columnsOf(apps: Report["apps"]): ReadonlyMap<string, string> {
  return new Map(apps.flatMap(({ app, column }) => (column === null ? [] : [[app, column] as const])));
}

/** Docker Hub goes without saying, and of a digest the first characters are enough. */
function shortName({ name }: KnownImage): string {
  return name.replace(/^docker\.io\/(?:library\/)?/, "").replace(/(@\w+:\w{12})\w+$/, "$1…");
}

function placeOf({ source, lines }: Report, span: Span, text: string): ViewPlace {
  return { path: source.path, ...lines.position(span.start), text };
}
