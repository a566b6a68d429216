/** One of the tables, with what the workspace runs. */
import type { ViewCell, ViewPlace, ViewRow, ViewTable } from "../../server/src/core/index.ts";
import { button, element, prose, sign, yours } from "./dom.ts";
import { sourceOf, sourcesOf } from "./sources.ts";

/** Shapes that differ without colour. */
const SIGNS = { supported: "✓", "end-of-life": "⚠", unsupported: "✗", unlisted: "–" } as const;

export interface Places {
  readonly open: (place: ViewPlace) => void;
  readonly nameOf: (place: ViewPlace) => string;
}

export function tableOf(table: ViewTable, places: Places): HTMLElement {
  const section = element("div", {}, element("h2", {}, table.title), element("p", { class: "summary" }, table.summary));
  if (table.groups.length > 0) section.append(grid(table, places));
  if (table.notes.length > 0) {
    const list = element("ul", { class: "notes" });
    for (const note of table.notes) list.append(element("li", {}, `${note.text} `, sourceOf(note)));
    section.append(element("h3", {}, "What else is known"), list);
  }
  const sources = sourcesOf(table.sources);
  if (sources !== null) section.append(sources);
  return section;
}

function grid(table: ViewTable, places: Places): HTMLElement {
  const columns = table.columns.map(({ label, isYours }) =>
    element(
      "th",
      { scope: "col", class: isYours ? "column-yours" : undefined },
      label,
      isYours && element("div", {}, yours()),
    ),
  );
  const here = table.hasPlaces ? element("th", { scope: "col" }, "In this workspace") : null;
  const head = element(
    "thead",
    {},
    element("tr", {}, element("th", { scope: "col" }, table.rowHeader), ...columns, here),
  );
  const width = String(table.columns.length + (table.hasPlaces ? 2 : 1));
  const bodies = table.groups.map(({ name, rows }) => {
    const group = element("tr", { class: "group" }, element("th", { scope: "rowgroup", colspan: width }, name));
    return element("tbody", {}, table.groups.length > 1 && group, ...rows.map((row) => rowOf(row, table, places)));
  });
  const caption = element("caption", { class: "for-readers" }, table.title);
  const content = element("table", { class: "grid" }, caption, head, ...bodies);
  // What can be scrolled can be reached by keyboard.
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": table.title }, content);
}

function rowOf(row: ViewRow, { hasPlaces }: ViewTable, places: Places): HTMLElement {
  const links = element("ul", { class: "places" });
  for (const place of row.places) links.append(element("li", {}, placeLink(place, places)));
  return element(
    "tr",
    { class: row.places.length > 0 ? "in-use" : undefined },
    element("th", { scope: "row" }, row.label),
    ...row.cells.map(cellOf),
    hasPlaces && element("td", {}, row.places.length > 0 ? links : ""),
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
