import { element } from "./dom.ts";

interface Sourced {
  readonly source: string;
  readonly asOf: string;
}

/** A link where the source has an address, else its name; always with its day. */
export function sourceOf({ source, asOf }: Sourced): HTMLElement {
  const name = shortName(source);
  const what = source.startsWith("https://") ? element("a", { href: source, title: source }, name) : name;
  return element("span", { class: "source" }, what, ` (${asOf})`);
}

export function sourcesOf(sources: readonly Sourced[]): HTMLElement | null {
  if (sources.length === 0) return null;
  const list = element("ul", { class: "sources" });
  for (const source of sources) list.append(element("li", {}, sourceOf(source)));
  return element("div", {}, element("h3", {}, sources.length === 1 ? "Source" : "Sources"), list);
}

/** `github.com: redis.md` */
function shortName(source: string): string {
  const match = /^https:\/\/(?:www\.)?([^/]+)\/?(.*)$/.exec(source);
  if (match === null) return source;
  const [, host = "", path = ""] = match;
  const last = path.split(/[?#]/)[0]?.split("/").filter(Boolean).at(-1);
  return last === undefined ? host : `${host}: ${last}`;
}
