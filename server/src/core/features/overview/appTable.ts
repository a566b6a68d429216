/** What an app says about caches: its compatibility table with the caches of the workspace in it, what it enforces, what its pages say. */
import type { Catalog } from "../../catalog/catalog.ts";
import type { AppTable, CachePage, CellState, MatrixRow } from "../../catalog/tables.ts";
import { satisfies } from "../../catalog/version.ts";
import { endText } from "../hover.ts";
import { column, distinct, stateCell, wordGrid, words } from "./cells.ts";
import type { Used, UsedCache } from "./used.ts";
import type { ViewGrid, ViewRow, ViewTable } from "./view.ts";

export function isInRow({ image }: UsedCache, row: MatrixRow): boolean {
  return image.judgedAs === row.engine && image.tag.kind === "release" && satisfies(image.tag.version, row.range);
}

export function appTable(catalog: Catalog, app: AppTable, used: Used, asOf: string, noticeDays: number): ViewTable {
  const grids: ViewGrid[] = [];
  if (app.matrix !== undefined) grids.push(matrixGrid(catalog, app, used, asOf, noticeDays));
  if (app.minimums.length > 0) grids.push(minimumGrid(app));
  if (app.cachePage !== undefined) grids.push(...pageGrids(app.name, app.cachePage));
  return {
    id: app.app,
    name: app.name,
    isYours: used.series.has(app.app),
    summary:
      app.matrix === undefined
        ? `${app.name} publishes no table of versions; this is what its pages and its code say.`
        : "What the table does not say is shown as not listed: nobody says that it fails.",
    grids,
    notes: app.notes,
    sources: distinct([
      ...(app.matrix?.rows ?? []),
      ...app.minimums,
      ...(app.cachePage === undefined ? [] : [app.cachePage]),
    ]),
  };
}

function matrixGrid(catalog: Catalog, app: AppTable, used: Used, asOf: string, noticeDays: number): ViewGrid {
  const { columns = [], rows = [] } = app.matrix ?? {};
  const series = used.series.get(app.app) ?? new Set();
  const rowOf = (row: MatrixRow): ViewRow => {
    const caches = used.caches.filter((cache) => isInRow(cache, row));
    const release = catalog.lifecycles.byLine(row.engine, row.label);
    const cells = columns.map((version) => {
      const isYours = caches.some((cache) => cache.columns.get(app.app) === version);
      return stateCell(row.cells[version] ?? "unlisted", isYours);
    });
    return {
      label: `${catalog.engineName(row.engine)} ${row.label}`,
      cells: [...cells, words(release === null ? "" : endText(release, asOf, noticeDays))],
      places: caches.map(({ place }) => place),
    };
  };
  const engines = [...new Set(rows.map(({ engine }) => engine))];
  return {
    title: `Which cache ${app.name} supports`,
    rowHeader: "Cache",
    columns: [
      ...columns.map((version) => column(`${app.name} ${version}`, version, series.has(version))),
      column("Its publisher"),
    ],
    groups: engines.map((engine) => ({
      name: catalog.engineName(engine),
      rows: rows.filter((row) => row.engine === engine).map(rowOf),
    })),
  };
}

function minimumGrid({ name, minimums, minimumEnforcedBy = name }: AppTable): ViewGrid {
  return wordGrid(
    `What stops ${name} when it starts`,
    name,
    ["Enforced by", "Lowest version that a server may report"],
    minimums.map(({ series, sidekiq, reportedRedis }) => [
      series,
      `${minimumEnforcedBy} ${sidekiq}`,
      `Redis ${reportedRedis}`,
    ]),
  );
}

/** How a page's own words compare with the states of a table. */
const STATUS: Readonly<Record<string, CellState>> = {
  recommended: "supported",
  supported: "supported",
  development: "end-of-life",
  "not-recommended": "unsupported",
};

function pageGrids(name: string, page: CachePage): ViewGrid[] {
  const { backends, container, configuration, urlFormats, monitoring } = page;
  const rows = backends.map(({ backend, status, use, notes }) => ({
    label: backend,
    cells: [stateCell(STATUS[status] ?? "unlisted", false, status.replaceAll("-", " ")), words(use), words(notes)],
    places: [],
  }));
  const lines = (record: Readonly<Record<string, string | readonly string[]>>): [string, string][] =>
    Object.entries(record).map(([key, value]) => [key, typeof value === "string" ? value : value.join(", ")]);
  return [
    {
      title: `Where ${name} may cache, by its page`,
      rowHeader: "Backend",
      columns: ["Status", "For", "Remarks"].map((label) => column(label)),
      groups: [{ name, rows }],
    },
    wordGrid(
      `The container of ${name}'s cache, by its page`,
      "Part",
      ["Value"],
      [
        ...lines(container),
        ...lines(configuration),
        ...lines(urlFormats).map(([kind, form]): [string, string] => [`address (${kind})`, form]),
        ...monitoring.map(({ what, command }): [string, string] => [what, command]),
      ],
    ),
  ];
}
