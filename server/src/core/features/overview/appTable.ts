/** What an app says about caches: its compatibility table, with the caches of the workspace in it. */
import type { Catalog } from "../../catalog/catalog.ts";
import type { AppTable, CellState, MatrixRow, Sourced } from "../../catalog/tables.ts";
import { satisfies } from "../../catalog/version.ts";
import { endText } from "../hover.ts";
import type { Used, UsedCache } from "./used.ts";
import type { ViewRow, ViewTable } from "./view.ts";

/** Short: the sign before them is explained beside the table. */
const CELL_WORDS: Readonly<Record<CellState, string>> = {
  supported: "supported",
  "end-of-life": "end of life",
  unsupported: "not supported",
  unlisted: "not listed",
};

export function isInRow({ image }: UsedCache, row: MatrixRow): boolean {
  return image.judgedAs === row.engine && image.tag.kind === "release" && satisfies(image.tag.version, row.range);
}

export function appTable(catalog: Catalog, app: AppTable, used: Used, asOf: string, noticeDays: number): ViewTable {
  const { columns = [], rows = [] } = app.matrix ?? {};
  const series = used.series.get(app.app) ?? new Set();
  const engines = [...new Set(rows.map(({ engine }) => engine))];
  const rowOf = (row: MatrixRow): ViewRow => {
    const caches = used.caches.filter((cache) => isInRow(cache, row));
    const release = catalog.lifecycles.byLine(row.engine, row.label);
    const cells = columns.map((column) => {
      const state = row.cells[column] ?? "unlisted";
      const isYours = caches.some((cache) => cache.columns.get(app.app) === column);
      return { text: CELL_WORDS[state], state, isYours };
    });
    const publisher = { text: release === null ? "" : endText(release, asOf, noticeDays), state: null, isYours: false };
    return {
      label: `${catalog.engineName(row.engine)} ${row.label}`,
      cells: [...cells, publisher],
      places: caches.map(({ place }) => place),
    };
  };
  return {
    id: app.app,
    name: app.name,
    title: `Which cache ${app.name} supports`,
    summary: "What the table does not say is shown as not listed: nobody says that it fails.",
    rowHeader: "Cache",
    columns: [
      ...columns.map((column) => ({ label: `${app.name} ${column}`, version: column, isYours: series.has(column) })),
      ...(columns.length > 0 ? [{ label: "Its publisher", version: null, isYours: false }] : []),
    ],
    groups: engines.map((engine) => ({
      name: catalog.engineName(engine),
      rows: rows.filter((row) => row.engine === engine).map(rowOf),
    })),
    hasPlaces: true,
    notes: app.notes,
    sources: distinct(rows),
  };
}

export function distinct(sourced: readonly Sourced[]): readonly Sourced[] {
  const seen = new Map(sourced.map(({ source, asOf }) => [source, { source, asOf }]));
  return [...seen.values()];
}
