// apps/*.json: columns newest first; rows engine by engine, newest first within each; minimums oldest first; notes by
// topic; chart versions newest first.
import semver from "semver";
import type { AppTable, CellState, MatrixRow, Problem, Tables } from "../types.ts";
import { alphabetical, disjoint, inFile, natural, newestFirst, pattern, type Report, sorted } from "./common.ts";

// What the printed tables hold. A slip of the hand in one cell changes these sums; a new edition of the table changes
// them too, and then a person counts the new page once.
const PRINTED: Readonly<Record<string, Readonly<Record<CellState, number>>>> = {
  mastodon: { supported: 24, unlisted: 15, "end-of-life": 11, unsupported: 10 },
};

export function appsRules(tables: Tables): readonly Problem[] {
  return Object.entries(tables.apps).flatMap(([name, app]) =>
    inFile(`data/apps/${name}.json`, (report) => {
      if (app.app !== name) report("$.app", `${app.app} is not the name of the file`);
      if (app.matrix) matrix(tables, app.matrix, report);
      counts(name, app, report);
      series(tables, app, report);
      sorted(
        app.notes.map(({ topic }) => topic),
        alphabetical,
        "by topic",
        (i) => `$.notes[${i}].topic`,
        report,
      );
      detection(app, report);
    }),
  );
}

function matrix(tables: Tables, { columns, rows }: NonNullable<AppTable["matrix"]>, report: Report): void {
  sorted(columns, newestFirst, "newest first", (i) => `$.matrix.columns[${i}]`, report);
  const engines = tables.engines.engines.map(({ engine }) => engine);
  const products = tables.lifecycles.products.map(({ product }) => product);
  rows.forEach((row, i) => {
    const at = `$.matrix.rows[${i}]`;
    for (const column of columns) if (!(column in row.cells)) report(`${at}.cells`, `the cell of ${column} is missing`);
    for (const column of Object.keys(row.cells)) {
      if (!columns.includes(column)) report(`${at}.cells`, `${column} is no column`);
    }
    if (!engines.includes(row.engine)) report(`${at}.engine`, `${row.engine} is not in the engines table`);
    else if (!products.includes(row.engine)) report(`${at}.engine`, `${row.engine} has no lifecycle`);
  });
  for (const engine of new Set(rows.map((row) => row.engine))) rowsOf(engine, rows, report);
}

function rowsOf(engine: string, rows: readonly MatrixRow[], report: Report): void {
  const own = rows.flatMap((row, i) => (row.engine === engine ? [{ row, i }] : []));
  const path = (k: number): string => `$.matrix.rows[${own[k]?.i}]`;
  own.forEach(({ i }, k) => {
    const before = own[k - 1]?.i;
    if (before !== undefined && before !== i - 1) report(path(k), `the rows of ${engine} do not stand together`);
  });
  disjoint(
    own.map(({ row }, k) => ({ range: row.range, path: `${path(k)}.range` })),
    report,
  );
  const lowest = own.map(({ row }) =>
    semver.validRange(row.range) === null ? "" : String(semver.minVersion(row.range)),
  );
  if (!lowest.includes("")) sorted(lowest, newestFirst, "newest first", (k) => `${path(k)}.range`, report);
}

function counts(name: string, app: AppTable, report: Report): void {
  const printed = PRINTED[name];
  if (!printed) return;
  const cells = app.matrix?.rows.flatMap((row) => Object.values(row.cells)) ?? [];
  for (const [state, wanted] of Object.entries(printed)) {
    const found = cells.filter((cell) => cell === state).length;
    if (found !== wanted) report("$.matrix.rows", `${found} cells are ${state}, the printed table has ${wanted}`);
  }
  const total = Object.values(printed).reduce((sum, count) => sum + count, 0);
  if (cells.length !== total) report("$.matrix.rows", `${cells.length} cells, the printed table has ${total}`);
}

/** Series that the app's own lifecycle knows, where there is one. */
function series(tables: Tables, app: AppTable, report: Report): void {
  const minimums = app.minimums.map((one) => one.series);
  sorted(minimums, natural, "oldest first", (i) => `$.minimums[${i}].series`, report);
  const lifecycle = tables.lifecycles.products.find(({ product }) => product === app.app);
  if (!lifecycle) return;
  const known = (one: string): boolean => lifecycle.releases.some(({ cycle }) => cycle === one);
  minimums.forEach((one, i) => {
    if (!known(one)) report(`$.minimums[${i}].series`, `${one} is not among the app's releases`);
  });
  app.matrix?.columns.forEach((one, i) => {
    if (!known(one)) report(`$.matrix.columns[${i}]`, `${one} is not among the app's releases`);
  });
}

function detection({ detection: { image, tag, versionFile, helm } }: AppTable, report: Report): void {
  const at = "$.detection";
  pattern(image, `${at}.image`, { needed: [] }, report);
  pattern(tag, `${at}.tag`, { needed: ["major", "minor", "patch"], optional: ["pre", "meta", "build"] }, report);
  if (versionFile) {
    pattern(versionFile.number, `${at}.versionFile.number`, { needed: ["part", "n"] }, report);
    pattern(versionFile.prerelease, `${at}.versionFile.prerelease`, { needed: ["pre"] }, report);
    pattern(versionFile.module, `${at}.versionFile.module`, { needed: [] }, report);
  }
  const charts = Object.keys(helm?.appVersions ?? {});
  sorted(charts, newestFirst, "newest first", (i) => `${at}.helm.appVersions[${JSON.stringify(charts[i])}]`, report);
}
