/** What a person wants to know of one variable: text for the hover and the details of a completion. Never a value of the file. */
import type { Sourced } from "../catalog/tables.ts";
import { compareVersions } from "../catalog/version.ts";
import { code, link, words } from "../features/markdown.ts";
import type { EnvApp } from "./surroundings.ts";
import type { EnvVariable, EnvVariables } from "./variables.ts";

const APPS: Readonly<Record<string, string>> = {
  mastodon: "Mastodon",
  postiz: "Postiz",
  laravel: "Laravel",
  sidekiq: "Sidekiq",
  rails: "Rails",
  bullmq: "BullMQ",
  "django (django-environ)": "Django with django-environ",
  "django (settings convention)": "Django",
  "django/celery": "Celery",
};
const PROCESSES: Readonly<Record<string, string>> = { rails: "Rails", sidekiq: "Sidekiq", streaming: "streaming" };

/** `Mastodon`, `the image bitnami/redis`. */
export function appTitle(app: string): string {
  return APPS[app] ?? (app.startsWith("docker:") ? `the image ${app.slice("docker:".length)}` : app);
}

/** What a URL of Redis or memcached looks like, with placeholders. */
export const URL_FORMS: Readonly<Record<string, string>> = {
  redis: "redis://[:password@]host[:port][/database]",
  memcached: "memcached://host:port",
};

export function exampleOf({ name, type, values, min }: EnvVariable): string | null {
  const isSentinel = name.includes("SENTINEL");
  const isMemcached = name.startsWith("MEMCACHE");
  switch (type) {
    case "url":
      return `${name}=redis://redis:6379/0`;
    case "host":
      return `${name}=${isMemcached ? "memcached" : "redis"}`;
    case "port":
      return `${name}=${isSentinel ? "26379" : isMemcached ? "11211" : "6379"}`;
    case "integer":
      return `${name}=${min ?? 0}`;
    case "enum":
    case "boolean":
      return values === undefined ? null : `${name}=${values[0]}`;
    case "list":
      return isSentinel ? `${name}=sentinel-1:26379,sentinel-2:26379` : null;
    case "variable-name":
      return `${name}=REDIS_URL`;
    default:
      return name.endsWith("SENTINEL_MASTER") ? `${name}=mymaster` : null;
  }
}

/** Whether the app of this version reads the variable: `null` where that cannot be told. */
export function isReadBy(variable: EnvVariable, version: string | null): boolean | null {
  if (variable.status === "not-read" || variable.status === "look-alike") return false;
  const series = /^\d+\.\d+/.exec(version ?? "")?.[0];
  if (series === undefined) return variable.since === undefined && variable.removed === undefined ? true : null;
  if (variable.since !== undefined && compareVersions(series, variable.since) < 0) return false;
  return variable.removed === undefined || compareVersions(series, variable.removed) < 0;
}

export function describeVariable(variable: EnvVariable, app: EnvApp, variables: EnvVariables): string[] {
  const title = `**${words(variable.name)}** for ${words(appTitle(variable.app))}`;
  const facts = [
    readers(variable, app),
    fact("Default", variable.default),
    fact("Wins over others", variable.precedence),
    variable.requires === undefined ? "" : `Needs: ${variable.requires.map(code).join(", ")}`,
    fact("No effect when", variable.ignoredWhen?.join("; ")),
    fact("When empty", variable.onEmpty),
    fact("When set", variable.onSet),
    fact("Instead", variable.replacement),
    fact("Note", variable.notes),
  ].filter((line) => line !== "");
  const list = facts.map((line) => `- ${line}`).join("\n");
  return [`${title}: ${words(variable.summary)}`, list, forms(variable), sourcesText(variables.sources(variable))];
}

function fact(label: string, text: string | undefined): string {
  return text === undefined ? "" : `${label}: ${words(text)}`;
}

function readers(variable: EnvVariable, { version }: EnvApp): string {
  const { readBy, since, deprecated, removed, status } = variable;
  const series = /^\d+\.\d+/.exec(version ?? "")?.[0];
  const who = readBy?.map((name) => PROCESSES[name] ?? name).join(", ");
  const when = [
    since === undefined ? "" : `since ${since}`,
    deprecated === undefined ? "" : `deprecated in ${deprecated}`,
    removed === undefined ? "" : `removed in ${removed}`,
  ].filter((part) => part !== "");
  const declared =
    series !== undefined && isReadBy(variable, version) === false && status !== "look-alike"
      ? ` **${appTitle(variable.app)} ${series} does not read it.**`
      : "";
  if (status === "not-read") return `Read by: nobody.${declared}`;
  if (status === "look-alike") return "Has nothing to do with Redis, in spite of its name.";
  const certainty =
    status === "convention"
      ? " Only where the program asks for it."
      : status === "undocumented"
        ? " Not in the documentation."
        : "";
  const time = when.length === 0 ? "" : ` (${when.join(", ")})`;
  return `Read by: ${who ?? words(appTitle(variable.app))}${time}.${certainty}${declared}`;
}

function forms(variable: EnvVariable): string {
  const example = exampleOf(variable);
  const schemes = variable.schemes ?? [];
  const form =
    variable.type !== "url"
      ? ""
      : schemes.some((scheme) => scheme.startsWith("redis"))
        ? `Form: ${code(URL_FORMS.redis ?? "")}. `
        : "";
  return example === null ? form.trimEnd() : `${form}Example: ${code(example)}`;
}

export function sourcesText(sources: readonly Sourced[]): string {
  return `Sources: ${sources.map(({ source, asOf }) => `${link(shortName(source), source)} (${asOf})`).join(", ")}`;
}

/** `mastodon/documentation: config.md` for a long address; documents keep their name. */
function shortName(source: string): string {
  const [, host = "", rest = ""] = /^https:\/\/([^/]+)\/(.*)$/.exec(source) ?? [];
  if (host === "") return source;
  const parts = rest.split("/").filter((part) => part !== "");
  return host === "github.com" ? `${parts.slice(0, 2).join("/")}: ${parts.at(-1) ?? ""}` : host;
}
