/** The tables and calendars that count for a workspace, with its own caches marked, as data for a view. */
import type { Catalog } from "../../catalog/catalog.ts";
import { STATE_WORDS } from "../hover.ts";
import { appTable, isInRow } from "./appTable.ts";
import { platformTable } from "./platformTable.ts";
import { timeline } from "./timeline.ts";
import { type FileUse, type UsedCache, usedByAll } from "./used.ts";
import type { Overview } from "./view.ts";

/** `files`: what each has to say, in the order in which its places are shown. */
export function overview(catalog: Catalog, files: readonly FileUse[], asOf: string, noticeDays: number): Overview {
  const used = usedByAll(files);
  const rows = catalog.apps.flatMap((app) => app.matrix?.rows ?? []);
  const tables = [
    ...catalog.apps.map((app) => appTable(catalog, app, used, asOf, noticeDays)),
    ...catalog.platforms.all.map((table) => platformTable(catalog, table, used, asOf, noticeDays)),
  ];
  return {
    asOf,
    dataAsOf: catalog.dataAsOf,
    tables,
    timeline: timeline(catalog, used, asOf, noticeDays),
    elsewhere: used.caches
      .filter((cache) => !rows.some((row) => isInRow(cache, row)))
      .map((cache) => ({ ...cache.place, why: whyNowhere(cache) })),
    first: (tables.find(({ isYours }) => isYours) ?? tables[0])?.id ?? "",
  };
}

function whyNowhere({ image }: UsedCache): string {
  const { kind } = image.tag;
  const words = STATE_WORDS[kind === "release" ? "unlisted" : kind];
  return words.replace(/^\S+ /, "");
}
