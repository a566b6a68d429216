/** Tabs as the ARIA practices describe them: arrows move, Home and End jump, one tab is in the order of focus. */
import { button, element, sign } from "./dom.ts";

export interface Tab {
  readonly id: string;
  readonly name: string;
  readonly isYours: boolean;
  readonly content: () => HTMLElement;
}

export function tabsOf(tabs: readonly Tab[], selected: string, select: (id: string) => void): HTMLElement[] {
  const panel = element("div", { role: "tabpanel", id: "panel" });
  const buttons = tabs.map(({ id, name }) =>
    button({ role: "tab", id: `tab-${id}`, "aria-controls": "panel", "data-key": `tab ${id}` }, name, () => show(id)),
  );
  tabs.forEach(({ isYours }, at) => {
    if (isYours) buttons[at]?.append(" ", sign("◆"), element("span", { class: "for-readers" }, " yours"));
  });
  const show = (id: string): void => {
    tabs.forEach((tab, at) => {
      const isShown = tab.id === id;
      buttons[at]?.setAttribute("aria-selected", String(isShown));
      buttons[at]?.setAttribute("tabindex", isShown ? "0" : "-1");
      if (isShown) panel.replaceChildren(tab.content());
    });
    panel.setAttribute("aria-labelledby", `tab-${id}`);
    select(id);
  };
  const list = element("div", { role: "tablist", "aria-label": "Tables" }, ...buttons);
  list.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = buttons.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    const next = to === undefined ? undefined : tabs[to];
    if (at < 0 || to === undefined || next === undefined) return;
    event.preventDefault();
    show(next.id);
    buttons[to]?.focus();
  });
  show(tabs.some(({ id }) => id === selected) ? selected : (tabs[0]?.id ?? ""));
  return [list, panel];
}
