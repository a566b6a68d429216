/** A provider's own calendar on a day. Months count until their last day. */
import { dateText, distance, lastDay } from "../catalog/dates.ts";
import { lifecycleState } from "../catalog/lifecycles.ts";
import { newestRelease } from "../catalog/platforms.ts";
import type { PlatformDate, PlatformEngineTable, PlatformRelease, PlatformTable } from "../catalog/platformTable.ts";
import { compareVersions } from "../catalog/version.ts";

/** True once the last day of the date is past. */
export function isPast(date: PlatformDate | undefined, asOf: string): boolean {
  return typeof date === "string" && (lastDay(date) ?? "9999") < asOf;
}

/** New databases of the version are refused; the newest version can always be made. */
export function isCreationOver(engine: PlatformEngineTable, release: PlatformRelease, asOf: string): boolean {
  return isPast(release.deprecation, asOf) && newestRelease(engine)?.cycle !== release.cycle;
}

/** Versions that can be made on the day and whose end is not past, newest first. */
export function creatableLines(engine: PlatformEngineTable, asOf: string): readonly string[] {
  return engine.releases
    .filter((release) => !isCreationOver(engine, release, asOf) && !isPast(release.endOfLife, asOf))
    .map(({ cycle }) => cycle)
    .toSorted((a, b) => -compareVersions(a, b));
}

/** `ended 2026-01-31 (9 months ago)`, `ends in February 2026, this month`, `no date announced`. */
export function endWords(date: PlatformDate | undefined, asOf: string, noticeDays: number): string {
  if (date === undefined) return "not known";
  const state = lifecycleState({ endOfLife: date }, asOf, noticeDays);
  if (state.kind === "open") return "no end announced";
  if (state.kind === "unknown") return "no date announced";
  if (typeof date !== "string") return "past";
  const on = lastDay(date) ?? date;
  const month = date.length === 7;
  const when = month ? `in ${dateText(date)}` : `on ${date}`;
  if (state.kind === "ended") return `ended ${when} (${distance(asOf, on)})`;
  if (month && asOf.startsWith(date)) return `ends ${when}, this month`;
  return `ends ${when} (${distance(asOf, on)})`;
}

/** `Aptible`, `ElastiCache`: as it stands in a sentence. */
export function platformName({ name }: PlatformTable): string {
  return name.replace(/^Amazon /, "");
}
