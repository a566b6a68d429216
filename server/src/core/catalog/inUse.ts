/** Which tables count: those that came with the program, or newer ones that were downloaded. */
import { BUILT_IN } from "./builtIn.ts";
import { ageOf, compareAges, readBundle } from "./bundle.ts";
import { daysBetween } from "./dates.ts";
import type { DataTables } from "./tables.ts";

export type DataOrigin = "built-in" | "downloaded";

export interface TablesInUse {
  readonly tables: DataTables;
  readonly from: DataOrigin;
  /** Why downloaded tables are not used, in one line. Older ones are passed over in silence: the program was updated. */
  readonly note: string | null;
}

/** `downloaded`: the stored text, `null` where there is none. */
export function tablesInUse(downloaded: string | null, today: string): TablesInUse {
  const builtIn = { tables: BUILT_IN, from: "built-in" as const };
  if (downloaded === null) return { ...builtIn, note: null };
  const reading = readBundle(downloaded, today);
  if (reading.kind === "refused") return { ...builtIn, note: `The downloaded tables are not used: ${reading.why}.` };
  if (compareAges(ageOf(reading.tables), ageOf(BUILT_IN)) <= 0) return { ...builtIn, note: null };
  return { tables: reading.tables, from: "downloaded", note: null };
}

export type Offer =
  /** Newer and whole: it may take the place of the tables in use. */
  | { readonly kind: "newer"; readonly tables: DataTables; readonly asOf: string }
  | { readonly kind: "same"; readonly asOf: string }
  | { readonly kind: "refused"; readonly why: string };

/** What to do with a text that was offered in place of the tables in use. */
export function judgeOffer(text: string, inUse: DataTables, today: string): Offer {
  const reading = readBundle(text, today);
  if (reading.kind === "refused") return reading;
  const [offered, present] = [ageOf(reading.tables), ageOf(inUse)];
  const order = compareAges(offered, present);
  if (order > 0) return { kind: "newer", tables: reading.tables, asOf: offered.asOf };
  if (order === 0) return { kind: "same", asOf: present.asOf };
  return { kind: "refused", why: `they are of ${dayOf(offered)}, and those in use are newer (${dayOf(present)})` };
}

function dayOf({ asOf, newest }: { readonly asOf: string; readonly newest: string }): string {
  return newest === asOf ? asOf : `${asOf}, newest record ${newest}`;
}

/** Older data is told as old. */
export const OLD_AFTER_DAYS = 180;

export interface Freshness {
  /** `built-in data of 2026-08-22, 90 days old`. */
  readonly words: string;
  readonly isOld: boolean;
}

export function freshness(asOf: string, from: DataOrigin, today: string): Freshness {
  const age = Math.max(0, daysBetween(asOf, today));
  return {
    words: `${from} data of ${asOf}, ${age === 1 ? "1 day" : `${age} days`} old`,
    isOld: age > OLD_AFTER_DAYS,
  };
}
