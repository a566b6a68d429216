/** Small parts of the tables. */
import type { CellState, Sourced } from "../../catalog/tables.ts";
import type { ViewCell, ViewColumn, ViewGrid, ViewRow } from "./view.ts";

/** Short: the sign before them is explained beside the table. */
const CELL_WORDS: Readonly<Record<CellState, string>> = {
  supported: "supported",
  "end-of-life": "end of life",
  unsupported: "not supported",
  unlisted: "not listed",
};

export function words(text: string): ViewCell {
  return { text, state: null, isYours: false };
}

export function stateCell(state: CellState, isYours = false, text = CELL_WORDS[state]): ViewCell {
  return { text, state, isYours };
}

export function column(label: string, version: string | null = null, isYours = false): ViewColumn {
  return { label, version, isYours };
}

/** A table of words alone. */
export function wordGrid(
  title: string,
  rowHeader: string,
  columns: readonly string[],
  rows: readonly (readonly [label: string, ...texts: string[]])[],
): ViewGrid {
  const toRow = ([label, ...texts]: (typeof rows)[number]): ViewRow => ({ label, cells: texts.map(words), places: [] });
  return {
    title,
    rowHeader,
    columns: columns.map((label) => column(label)),
    groups: [{ name: title, rows: rows.map(toRow) }],
  };
}

/** Each source once. */
export function distinct(sourced: readonly Sourced[]): readonly Sourced[] {
  const seen = new Map(sourced.map(({ source, asOf }) => [source, { source, asOf }]));
  return [...seen.values()];
}
