/** Bars of support on one axis of time; each bar's row says the same in words. */
import type { ViewBar, ViewTimeline } from "../../server/src/core/index.ts";
import { button, element, prose, sign, yours } from "./dom.ts";
import { sourcesOf } from "./sources.ts";

const STATES = { maintained: "✓", open: "✓", "ends-soon": "⚠", ended: "✗", unknown: "?" } as const;
const KINDS = { full: "all fixes", limited: "security fixes only", paid: "fixes for money" } as const;

export interface Older {
  readonly isOpen: (group: string) => boolean;
  readonly toggle: (group: string, isOpen: boolean) => void;
}

/** Where days lie on the axis. */
class Axis {
  readonly #from: number;
  readonly #length: number;
  readonly years: readonly number[];
  readonly today: string;

  constructor({ from, to }: ViewTimeline, today: string) {
    this.#from = Date.parse(from);
    this.#length = Date.parse(to) - this.#from;
    this.today = today;
    const first = Number(from.slice(0, 4));
    this.years = Array.from({ length: Number(to.slice(0, 4)) - first }, (_, at) => first + at);
  }

  /** From 0 to 100, also for days outside. */
  at(day: string): number {
    return Math.max(0, Math.min(100, ((Date.parse(day) - this.#from) / this.#length) * 100));
  }

  isBefore(day: string): boolean {
    return Date.parse(day) < this.#from;
  }
}

export function timelineOf(timeline: ViewTimeline, asOf: string, older: Older): HTMLElement {
  const axis = new Axis(timeline, asOf);
  const section = element(
    "div",
    {},
    element("h2", {}, "How long they are maintained"),
    element("p", { class: "summary" }, "What the publishers say. An app's table may say something else."),
    legend(asOf),
  );
  for (const { name, bars, sources } of timeline.groups) {
    const old = bars.filter(({ isOld }) => isOld);
    const caption = element("caption", {}, name);
    const columns = [
      element("th", { scope: "col" }, "Line"),
      element("th", { scope: "col" }, "Released"),
      element("th", { scope: "col" }, "Calendar"),
      scaleOf(axis),
    ];
    const recent = element("tbody", {}, ...bars.filter(({ isOld }) => !isOld).map((bar) => rowOf(bar, axis)));
    const past = element("tbody", { hidden: !older.isOpen(name) }, ...old.map((bar) => rowOf(bar, axis)));
    const table = element(
      "table",
      { class: "timeline" },
      caption,
      element("thead", {}, element("tr", {}, ...columns)),
      recent,
      past,
    );
    section.append(
      element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Calendar of ${name}` }, table),
    );
    if (old.length > 0) section.append(toggleOf(name, old.length, past, older));
    const cited = sourcesOf(sources.slice(0, 1));
    if (cited !== null) section.append(cited);
  }
  return section;
}

function toggleOf(name: string, count: number, past: HTMLElement, older: Older): HTMLElement {
  const textOf = (isOpen: boolean): string =>
    `${isOpen ? "Hide" : "Show"} ${count} more ${count === 1 ? "line" : "lines"} of ${name}`;
  const toggle = button(
    { class: "link", "data-key": `older ${name}`, "aria-expanded": String(!past.hidden) },
    textOf(!past.hidden),
    () => {
      past.hidden = !past.hidden;
      toggle.setAttribute("aria-expanded", String(!past.hidden));
      toggle.textContent = textOf(!past.hidden);
      older.toggle(name, !past.hidden);
    },
  );
  return element("p", {}, toggle);
}

function legend(asOf: string): HTMLElement {
  const list = element("ul", { class: "legend" });
  for (const [kind, words] of Object.entries(KINDS))
    list.append(element("li", {}, sign("", `swatch phase ${kind}`), ` ${words}`));
  list.append(
    element("li", {}, sign("", "swatch today-mark"), ` ${asOf}, the day of judgement`),
    element("li", {}, sign("▸"), " no end announced"),
    element("li", {}, sign("", "swatch unpublished"), " nothing published"),
  );
  return list;
}

function scaleOf(axis: Axis): HTMLElement {
  const scale = element("div", { class: "scale" });
  for (const year of axis.years)
    scale.append(placed(element("span", { class: "year" }, String(year)), axis.at(`${year}-01-01`)));
  return element("th", { class: "picture", "aria-hidden": "true" }, scale);
}

function rowOf(bar: ViewBar, axis: Axis): HTMLElement {
  return element(
    "tr",
    { class: bar.isYours ? "in-use" : undefined },
    element("th", { scope: "row" }, bar.label, bar.isYours && " ", bar.isYours && yours()),
    element("td", {}, bar.from ?? "not known"),
    element("td", { class: `state-${bar.state}` }, sign(STATES[bar.state]), " ", ...prose(bar.words)),
    element("td", { class: "picture", "aria-hidden": "true" }, trackOf(bar, axis)),
  );
}

function trackOf(bar: ViewBar, axis: Axis): HTMLElement {
  const track = element("div", { class: "track" });
  for (const year of axis.years)
    track.append(placed(element("span", { class: "grid-line" }), axis.at(`${year}-01-01`)));
  for (const { kind, from, to } of bar.phases) {
    const start = from === null ? 0 : axis.at(from);
    const end = to === null ? 100 : axis.at(to);
    if (end > start) track.append(placed(element("span", { class: `phase ${kind}` }), start, end - start));
    if (to === null) track.append(element("span", { class: "arrow" }, "▸"));
  }
  const [first] = bar.phases;
  const begin = bar.from === null ? 0 : axis.at(bar.from);
  if (first === undefined && bar.state === "unknown")
    track.append(placed(element("span", { class: "unpublished" }), begin, 100 - begin));
  if (first !== undefined && (first.from === null || axis.isBefore(first.from)))
    track.append(element("span", { class: "arrow before" }, "◂"));
  track.append(placed(element("span", { class: "today" }), axis.at(axis.today)));
  return track;
}

/** Set by script, so that the page needs no inline styles. */
function placed(node: HTMLElement, left: number, width?: number): HTMLElement {
  node.style.left = `${left}%`;
  if (width !== undefined) node.style.width = `${width}%`;
  return node;
}
