/** The compatibility table of an app as data for a view, with the images of the workspace in it. */
import type { Catalog } from "../catalog/catalog.ts";
import type { CellState } from "../catalog/tables.ts";
import { satisfies } from "../catalog/version.ts";
import type { Report } from "../report.ts";
import { endText, STATE_WORDS } from "./hover.ts";

export interface MatrixCell {
  readonly column: string;
  readonly state: CellState;
  readonly words: string;
}

export interface MatrixUse {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly character: number;
  readonly text: string;
  /** Column of the app version that the file declares. */
  readonly column: string | null;
}

export interface MatrixViewRow {
  readonly engine: string;
  readonly label: string;
  /** The publisher's calendar for the line. */
  readonly lifecycle: string;
  readonly cells: readonly MatrixCell[];
  readonly uses: readonly MatrixUse[];
}

export interface MatrixView {
  readonly app: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly MatrixViewRow[];
  readonly source: string;
  readonly asOf: string;
}

export function matrixView(
  catalog: Catalog,
  app: string,
  reports: readonly Report[],
  asOf: string,
  noticeDays: number,
): MatrixView | null {
  const table = catalog.app(app);
  if (table?.matrix === undefined) return null;
  const { columns, rows } = table.matrix;
  const first = rows[0];
  return {
    app,
    name: table.name,
    columns,
    source: first?.source ?? "",
    asOf: first?.asOf ?? "",
    rows: rows.map((row) => {
      const release = catalog.lifecycles.byLine(row.engine, row.label);
      const uses = reports.flatMap((report) =>
        report.images
          .filter(
            ({ image }) =>
              image.judgedAs === row.engine && image.tag.kind === "release" && satisfies(image.tag.version, row.range),
          )
          .map(({ image }) => {
            const { line, character } = report.lines.position(image.span.start);
            const column = report.apps.find((declared) => declared.app === app)?.column ?? null;
            return {
              path: report.source.path,
              line,
              character,
              text: report.source.text.slice(image.span.start, image.span.end),
              column,
            };
          }),
      );
      return {
        engine: catalog.engineName(row.engine),
        label: row.label,
        lifecycle: release === null ? "" : endText(release, asOf, noticeDays),
        cells: columns.map((column) => {
          const state = row.cells[column] ?? "unlisted";
          return { column, state, words: STATE_WORDS[state] };
        }),
        uses,
      };
    }),
  };
}
