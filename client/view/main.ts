/** The page of the matrix. It shows what the extension sends, and keeps it over a reload of the window. */
import type { Overview, ViewPlace } from "../../server/src/core/index.ts";
import type { PageMessage, ShowOverview } from "../src/matrix/messages.ts";
import { button, element, sign } from "./dom.ts";
import { type Places, placeLink, tableOf } from "./table.ts";
import { tabsOf } from "./tabs.ts";
import { timelineOf } from "./timeline.ts";

interface State {
  readonly shown: ShowOverview;
  /** `null`: the one that concerns the workspace most. */
  readonly tab: string | null;
  readonly older: readonly string[];
  readonly scroll: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: PageMessage): void;
  getState(): State | undefined;
  setState(state: State): void;
};

const LEGEND = [
  ["✓", "supported"],
  ["⚠", "end of life, use with caution"],
  ["✗", "not supported"],
  ["–", "not listed"],
  ["◆", "runs in this workspace"],
] as const;

const vscode = acquireVsCodeApi();
let state = vscode.getState();

function keep(change: Partial<State>): void {
  if (state === undefined) return;
  state = { ...state, ...change };
  vscode.setState(state);
}

function render({ shown, tab, older }: State): void {
  const { overview, names } = shown;
  const focused = document.activeElement?.getAttribute("data-key");
  const places: Places = {
    open: ({ path, line, character }) => vscode.postMessage({ kind: "open", path, line, character }),
    nameOf: ({ path }) => names[path] ?? path,
  };
  const tabs = [
    ...overview.tables.map((table) => ({
      id: table.id,
      name: table.name,
      isYours: table.isYours,
      content: () => tableOf(table, places),
    })),
    {
      id: "timeline",
      name: "Timeline",
      isYours: false,
      content: () =>
        timelineOf(overview.timeline, overview.asOf, {
          isOpen: (group) => state?.older.includes(group) === true,
          toggle: (group, isOpen) =>
            keep({ older: [...older.filter((one) => one !== group), ...(isOpen ? [group] : [])] }),
        }),
    },
  ];
  document.body.replaceChildren(
    element(
      "main",
      {},
      element("h1", {}, "Caches and what they fit"),
      element("p", { class: "summary" }, `Judged on ${overview.asOf}, with data of ${overview.dataAsOf}.`),
      legend(),
      found(overview, places),
      ...tabsOf(tabs, tab ?? overview.first, (id) => id !== (tab ?? overview.first) && keep({ tab: id })),
    ),
  );
  if (focused != null) document.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function legend(): HTMLElement {
  const list = element("ul", { class: "legend", "aria-label": "Signs" });
  for (const [shape, words] of LEGEND) list.append(element("li", {}, sign(shape), ` ${words}`));
  return list;
}

/** Caches that no row speaks of, or how to begin where there are none. */
function found(overview: Overview, places: Places): HTMLElement {
  const isUsed = overview.tables.some(({ grids }) =>
    grids.some(({ groups }) => groups.some(({ rows }) => rows.some((row) => row.places.length > 0))),
  );
  if (!isUsed && overview.elsewhere.length === 0) {
    const open = button({ "data-key": "example" }, "Open an example", () =>
      vscode.postMessage({ kind: "run", command: "cacheCompat.openExample" }),
    );
    return element(
      "section",
      { class: "box", "aria-label": "No cache found" },
      element(
        "p",
        {},
        "No cache image was found in this workspace, so nothing is marked. Images are looked for in Compose files, Dockerfiles, workflows, Kubernetes manifests and Helm values.",
      ),
      element("p", {}, open),
    );
  }
  if (overview.elsewhere.length === 0) return element("div");
  const list = element("ul", { class: "places" });
  for (const place of overview.elsewhere as readonly (ViewPlace & { why: string })[])
    list.append(element("li", {}, placeLink(place, places), ` ${place.why}`));
  return element(
    "section",
    { class: "box", "aria-labelledby": "elsewhere" },
    element("h2", { id: "elsewhere" }, "In this workspace, and in no row of a table"),
    list,
  );
}

function show(next: State): void {
  state = next;
  vscode.setState(state);
  render(state);
}

window.addEventListener("message", ({ data }: MessageEvent<ShowOverview>) => {
  if (data.kind !== "overview") return;
  const { scrollY } = window;
  show({ shown: data, tab: state?.tab ?? null, older: state?.older ?? [], scroll: scrollY });
  window.scrollTo({ top: scrollY });
});
window.addEventListener("scrollend", () => keep({ scroll: window.scrollY }));

if (state === undefined) {
  document.body.replaceChildren(element("p", { role: "status" }, "Reading the workspace …"));
} else {
  render(state);
  window.scrollTo({ top: state.scroll });
}
vscode.postMessage({ kind: "ready" });
