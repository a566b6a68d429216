/** The caches and the apps of the workspace, as places. */
import type { KnownImage } from "../../model/knownImage.ts";
import type { EngineUse } from "../../platform/engineUse.ts";
import type { Report } from "../../report.ts";
import type { Span } from "../../text.ts";
import type { ViewPlace } from "./view.ts";

export interface UsedCache {
  readonly image: KnownImage;
  readonly place: ViewPlace;
  /** Columns of the declared versions of the apps, by app. */
  readonly columns: ReadonlyMap<string, string>;
}

/** A version that a provider runs. */
export interface UsedEngine {
  readonly use: EngineUse;
  readonly place: ViewPlace;
}

export interface Used {
  readonly caches: readonly UsedCache[];
  /** Series of the declared versions, by app: 4.5. */
  readonly series: ReadonlyMap<string, ReadonlySet<string>>;
  readonly engines: readonly UsedEngine[];
  /** Providers that are declared or were found. */
  readonly platforms: ReadonlySet<string>;
}

export function usedIn(reports: readonly Report[]): Used {
  const series = new Map<string, Set<string>>();
  const caches = reports.flatMap((report) => {
    for (const { app, version } of report.apps) {
      const known = series.get(app) ?? new Set();
      series.set(app, known.add(/^\d+\.\d+/.exec(version)?.[0] ?? version));
    }
    const columns = new Map(
      report.apps.flatMap(({ app, column }) => (column === null ? [] : [[app, column] as const])),
    );
    return report.recognised.map((image) => ({
      image,
      place: placeOf(report, image.span, shortName(image)),
      columns,
    }));
  });
  const engines = reports.flatMap((report) =>
    report.engines.map((use) => ({ use, place: placeOf(report, use.span, `${use.engine} ${use.line}`) })),
  );
  const platforms = new Set(reports.map(({ platform }) => platform.platform));
  return { caches, series, engines, platforms };
}

/** Docker Hub goes without saying, and of a digest the first characters are enough. */
function shortName({ name }: KnownImage): string {
  return name.replace(/^docker\.io\/(?:library\/)?/, "").replace(/(@\w+:\w{12})\w+$/, "$1…");
}

function placeOf({ source, lines }: Report, span: Span, text: string): ViewPlace {
  return { path: source.path, ...lines.position(span.start), text };
}
