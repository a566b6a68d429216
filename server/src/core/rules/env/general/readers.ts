/** Which lines hold a cache URL, a host, a port for somebody who is known to read the file. */
import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import type { EnvApp } from "../../../env/surroundings.ts";
import type { EnvVariable } from "../../../env/variables.ts";

export interface Reader {
  readonly app: EnvApp;
  readonly variable: EnvVariable;
}

export interface ReadLine {
  readonly line: EnvLine;
  readonly readers: readonly Reader[];
}

const NAMES: Readonly<Record<string, string>> = {
  mastodon: "Mastodon",
  postiz: "Postiz",
  laravel: "Laravel",
  sidekiq: "Sidekiq",
};

export function appName(app: string): string {
  return NAMES[app] ?? app;
}

/** Lines that count, with those who truly read them. What is read only by convention is not judged. */
export function readLines(context: EnvContext): ReadLine[] {
  return context.cacheLines.flatMap((line) => {
    if (!context.isEffective(line)) return [];
    const readers = context
      .meanings(line.key)
      .filter(({ variable }) => variable.status !== "not-read" && variable.status !== "convention");
    return readers.length === 0 ? [] : [{ line, readers }];
  });
}

export function urlLines(context: EnvContext): ReadLine[] {
  return readLines(context).filter(({ readers }) => readers.some(({ variable }) => variable.type === "url"));
}
