/** One of the tables, with what the workspace runs. */
import type { ViewCell, ViewGrid, ViewPlace, ViewRow, ViewTable } from "../../server/src/core/index.ts";
import { button, element, prose, sign, yours } from "./dom.ts";
import { sourceOf, sourcesOf } from "./sources.ts";

/** Shapes that differ without colour. */
const SIGNS = { supported: "✓", "end-of-life": "⚠", unsupported: "✗", unlisted: "–" } as const;

export interface Places {
  readonly open: (place: ViewPlace) => void;
  readonly nameOf: (place: ViewPlace) => string;
}

export function tableOf(table: ViewTable, places: Places): HTMLElement {
  const section = element("div", {}, element("p", { class: "summary" }, table.summary));
  for (const grid of table.grids) section.append(element("h2", {}, grid.title), gridOf(grid, places));
  if (table.notes.length > 0) {
    const list = element("ul", { class: "notes" });
    for (const note of table.notes) list.append(element("li", {}, `${note.text} `, sourceOf(note)));
    section.append(element("h2", {}, "What else is known"), list);
  }
  const sources = sourcesOf(table.sources);
  if (sources !== null) section.append(sources);
  return section;
}

function gridOf(grid: ViewGrid, places: Places): HTMLElement {
  // What the workspace runs stands next to the name, not behind everything; where it runs nothing, there is no such column.
  const isUsed = grid.groups.some(({ rows }) => rows.some((row) => row.places.length > 0));
  const columns = grid.columns.map(({ label, isYours }) =>
    element("th", { scope: "col" }, label, isYours && element("div", {}, yours())),
  );
  const here = isUsed && element("th", { scope: "col" }, "In this workspace");
  const head = element(
    "thead",
    {},
    element("tr", {}, element("th", { scope: "col" }, grid.rowHeader), here, ...columns),
  );
  const width = String(grid.columns.length + (isUsed ? 2 : 1));
  const bodies = grid.groups.map(({ name, rows }) => {
    const group = element("tr", { class: "group" }, element("th", { scope: "rowgroup", colspan: width }, name));
    return element("tbody", {}, grid.groups.length > 1 && group, ...rows.map((row) => rowOf(row, isUsed, places)));
  });
  const caption = element("caption", { class: "for-readers" }, grid.title);
  const content = element("table", { class: "grid" }, caption, head, ...bodies);
  // What can be scrolled can be reached by keyboard.
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": grid.title }, content);
}

function rowOf(row: ViewRow, isUsed: boolean, places: Places): HTMLElement {
  const links = element("ul", { class: "places" });
  for (const place of row.places) links.append(element("li", {}, placeLink(place, places)));
  return element(
    "tr",
    { class: row.places.length > 0 ? "in-use" : undefined },
    element("th", { scope: "row" }, row.label),
    isUsed && element("td", {}, row.places.length > 0 ? links : ""),
    ...row.cells.map(cellOf),
  );
}

function cellOf({ text, state, isYours }: ViewCell): HTMLElement {
  const names = [state ?? "words", isYours ? "cell-yours" : null].filter((name) => name !== null).join(" ");
  return element(
    "td",
    { class: names },
    state !== null && sign(SIGNS[state]),
    ...(state === null ? prose(text) : [` ${text}`]),
    isYours && element("div", {}, yours()),
  );
}

export function placeLink(place: ViewPlace, { open, nameOf }: Places): HTMLElement {
  const name = `${nameOf(place)}:${place.line + 1}`;
  const key = `${place.path}:${place.line}:${place.character}`;
  const link = button({ class: "link", "data-key": key, title: `Open ${name}` }, name, () => open(place));
  return element("span", {}, link, " ", element("code", {}, place.text));
}
