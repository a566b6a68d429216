/** What a page of an app says of its cache, as it stands there, beside what the code does. */
import type { AppTable, CachePage } from "../catalog/tables.ts";
import { sourcesText } from "./hover.ts";
import { code, table, words } from "./markdown.ts";

export function backendsTable({ backends, source, asOf }: CachePage): string {
  const rows = backends.map(({ backend, status, use, notes }) => [backend, status, use, notes].map(words));
  return `${words(source)} (${asOf}) lists these backends:\n\n${table(["backend", "status", "for", "notes"], rows)}`;
}

export function cachePageSections({ cachePage, notes }: AppTable): string[] {
  if (cachePage === undefined) return [];
  const { variables, urlFormats, container, configuration, monitoring, monitoringNote } = cachePage;
  const list = (facts: readonly (readonly [string, string])[]): string =>
    facts.map(([name, value]) => `- ${words(name)}: ${code(value)}`).join("\n");
  const settings = Object.entries(configuration).map(
    ([name, value]) => [name, typeof value === "string" ? value : value.join(", ")] as const,
  );
  return [
    backendsTable(cachePage),
    `Its variables: ${variables.map(code).join(", ")}. Forms of an address:\n\n${list(Object.entries(urlFormats))}`,
    `The container of the cache:\n\n${list(Object.entries(container))}`,
    `Its sample configuration:\n\n${list(settings)}`,
    `To watch it:\n\n${list(monitoring.map(({ what, command }) => [what, command]))}\n\n${words(monitoringNote)}`,
    `The code says:\n\n${notes.map(({ text }) => `- ${words(text)}`).join("\n")}`,
    sourcesText([cachePage, ...new Map(notes.map((note) => [note.source, note])).values()]),
  ];
}
