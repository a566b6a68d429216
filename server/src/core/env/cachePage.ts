/** What a page of the app says of its cache, beside what its code does: text for the hover of the variables that the page names. */
import type { AppTable, CachePage } from "../catalog/tables.ts";
import { code, link, table, words } from "../features/markdown.ts";

/** The address of the cache; the page writes it as a URL, too. */
const ADDRESSES = ["REDIS_URL", "CACHE_URL"];

export function describeCachePage(name: string, app: AppTable): string[] {
  const { cachePage: page, notes } = app;
  if (page === undefined || ![...page.variables, ...ADDRESSES].includes(name)) return [];
  const told = notes.map(({ text, source, asOf }) => `- ${words(text)} (${link("source", source)}, ${asOf})`);
  return [
    `**What a page of ${words(app.name)} says of the cache** (${words(page.source)}):`,
    table(
      ["backend", "status", "for", ""],
      page.backends.map(({ backend, status, use, notes: about }) => [backend, status, use, about].map(words)),
    ),
    containerOf(page),
    `**What the code of ${words(app.name)} does:**`,
    told.join("\n"),
  ];
}

function containerOf({ container, configuration, urlFormats, monitoring }: CachePage): string {
  const { port, healthcheck, volume, memoryLimit, persistence } = container;
  const lines = Object.entries(configuration).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one) => code(`${name} ${one}`)),
  );
  const facts = [
    ["Port", port],
    ["Memory limit of the container", memoryLimit],
    ["Persistence", persistence],
    ["Volume", volume],
    ["Health check", healthcheck],
  ].flatMap(([label = "", text]) => (text === undefined ? [] : [`${label}: ${words(text)}`]));
  const watched = monitoring.map(({ what, command }) => `${words(what)} ${code(command)}`);
  return [
    ...facts,
    `Sample configuration: ${lines.join(", ")}`,
    `URLs: ${Object.values(urlFormats).map(code).join(", ")}`,
    `To watch: ${watched.join(", ")}`,
  ]
    .map((fact) => `- ${fact}`)
    .join("\n");
}
