/** How long lines of engines and versions of apps are maintained, as bars on one axis of time. */
import type { Catalog } from "../../catalog/catalog.ts";
import { addDays, daysBetween, isDay, lastDay } from "../../catalog/dates.ts";
import { lifecycleState } from "../../catalog/lifecycles.ts";
import { platformRelease } from "../../catalog/platforms.ts";
import type { PlatformDate, PlatformEngineTable, PlatformRelease, PlatformTable } from "../../catalog/platformTable.ts";
import type { Product, Release } from "../../catalog/tables.ts";
import { endWords } from "../../platform/calendar.ts";
import { endText } from "../hover.ts";
import { distinct } from "./cells.ts";
import type { Used } from "./used.ts";
import type { ViewBar, ViewPhase, ViewTimeline } from "./view.ts";

/** The axis reaches so far to both sides of the day of judgement, in years. */
const YEARS_BACK = 4;
const YEARS_AHEAD = 5;
/** A line that ended longer ago is shown only when it is in use, or asked for. */
const RECENT_DAYS = 730;
/** Of lines without any published policy the newest are enough. */
const UNPUBLISHED = 4;

export function timeline(catalog: Catalog, used: Used, asOf: string, noticeDays: number): ViewTimeline {
  const year = Number(asOf.slice(0, 4));
  const products = catalog.lifecycles.products.map((product) => ({
    name: product.name,
    bars: product.releases.map((release, at) => barOf(product, release, at, used, asOf, noticeDays)),
    sources: distinct([product, ...product.releases]),
  }));
  const offers = catalog.platforms.all.flatMap((table) =>
    table.engines.map((engine) => ({
      name: `${table.name}: ${engine.name}`,
      bars: engine.releases.map((release) => offerBar(table, engine, release, used, asOf, noticeDays)),
      sources: distinct([engine, ...engine.releases]),
    })),
  );
  const groups = [...products, ...offers];
  const isInUse = ({ bars }: (typeof groups)[number]): boolean => bars.some(({ isYours }) => isYours);
  return {
    from: `${year - YEARS_BACK}-01-01`,
    to: `${year + YEARS_AHEAD}-01-01`,
    // What the workspace runs comes first.
    groups: groups.toSorted((a, b) => Number(isInUse(b)) - Number(isInUse(a))),
  };
}

function barOf(
  { product, name }: Product,
  release: Release,
  at: number,
  used: Used,
  asOf: string,
  noticeDays: number,
): ViewBar {
  const { cycle, releaseDate } = release;
  const state = lifecycleState(release, asOf, noticeDays);
  const isYours =
    used.series.get(product)?.has(cycle) === true ||
    used.caches.some(({ image }) => image.judgedAs === product && image.line === cycle);
  const endedOn = state.kind === "ended" ? state.on : null;
  const isPast = state.kind === "ended" && (endedOn === null || daysBetween(endedOn, asOf) > RECENT_DAYS);
  return {
    label: `${name} ${cycle}`,
    from: releaseDate,
    phases: phasesOf(release),
    state: state.kind,
    words: endText(release, asOf, noticeDays),
    isYours,
    isOld: !isYours && (isPast || (state.kind === "unknown" && at >= UNPUBLISHED)),
  };
}

/** `null` for a day that is not known; an end that is not announced is open. */
function phasesOf({ releaseDate, activeSupportEnds, endOfLife }: Release): readonly ViewPhase[] {
  if (releaseDate === null) return [];
  const active = typeof activeSupportEnds === "string" && isDay(activeSupportEnds) ? activeSupportEnds : null;
  const end = typeof endOfLife === "string" && isDay(endOfLife) ? endOfLife : null;
  if (endOfLife === null || (endOfLife === true && end === null)) return [];
  if (active === null) return [{ kind: "full", from: releaseDate, to: end }];
  if (active === end) return [{ kind: "full", from: releaseDate, to: end }];
  return [
    { kind: "full", from: releaseDate, to: active },
    { kind: "limited", from: addDays(active, 1), to: end },
  ];
}

/** A version on the calendar of a provider, which may go on for money. */
function offerBar(
  table: PlatformTable,
  engine: PlatformEngineTable,
  release: PlatformRelease,
  used: Used,
  asOf: string,
  noticeDays: number,
): ViewBar {
  const { cycle, endOfLife, extendedSupportEnds } = release;
  const isYours = used.engines.some(
    ({ use, platform }) =>
      platform === table.platform &&
      use.engine === engine.engine &&
      platformRelease(engine, use.version)?.cycle === cycle,
  );
  const dayOf = (date: PlatformDate | undefined): string | null => (typeof date === "string" ? lastDay(date) : null);
  const end = dayOf(endOfLife);
  const paid = dayOf(extendedSupportEnds);
  const from = dayOf(release.releaseDate);
  const phases: ViewPhase[] = endOfLife === null || endOfLife === true ? [] : [{ kind: "full", from, to: end }];
  if (end !== null && paid !== null) phases.push({ kind: "paid", from: addDays(end, 1), to: paid });
  const more = paid === null ? "" : `; for money until ${paid}`;
  const { kind } = lifecycleState(release, asOf, noticeDays);
  return {
    label: `${engine.name} ${cycle}`,
    from,
    phases,
    state: kind,
    words: `${endWords(endOfLife, asOf, noticeDays)}${more}`,
    isYours,
    isOld: false,
  };
}
