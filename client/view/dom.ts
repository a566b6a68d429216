/** Builds the page from nodes and texts: nothing that comes from a file is ever read as HTML. */

export type Child = Node | string | null | undefined | false;

/** `href` takes web addresses only; there are no handlers and no styles among the attributes. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith("on") || key === "style" || (key === "href" && !String(value).startsWith("https://"))) continue;
    node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function button(
  attributes: Readonly<Record<string, string | boolean | undefined>>,
  text: string,
  run: () => void,
) {
  const node = element("button", { type: "button", ...attributes }, text);
  node.addEventListener("click", run);
  return node;
}

/** A shape that only the eye needs: what it says stands beside it in words. */
export function sign(text: string, name = "sign"): HTMLElement {
  return element("span", { class: name, "aria-hidden": "true" }, text);
}

export function yours(): HTMLElement {
  return element("strong", { class: "yours" }, sign("◆"), " yours");
}

/** The text with its days kept in one piece each. */
export function prose(text: string): Node[] {
  return text
    .split(/(\d{4}-\d{2}-\d{2})/)
    .filter((part) => part !== "")
    .map((part) => (/^\d{4}-/.test(part) ? element("span", { class: "day" }, part) : document.createTextNode(part)));
}
