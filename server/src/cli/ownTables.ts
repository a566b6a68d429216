/** Flags that name an organisation's own tables, or apps that such a table may bring: judged when the tables are read. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { unknownApp } from "../core/index.ts";
import type { CheckedText, CheckSession, Run } from "./session.ts";
import { UsageError } from "./usageError.ts";

/** A flag that names no file, or an app that no table brings, is wrong usage. */
export function assertFlags(
  { options: { flags }, checker, cwd }: Pick<Run, "options" | "checker" | "cwd">,
  session: CheckSession,
  texts: readonly CheckedText[],
): void {
  const { data = [], apps = {} } = flags;
  for (const name of data)
    if (!existsSync(resolve(cwd, name))) throw new UsageError(`--data ${name}: there is no such file.`);
  const known = new Set(checker.catalog.apps.map(({ app }) => app));
  if (data.length === 0 && Object.keys(apps).every((app) => known.has(app))) return;
  for (const { path } of texts) {
    const { named, made } = session.tablesOf(path);
    const outside = named.find(({ name, state }) => state === "outside" && data.includes(name));
    if (outside !== undefined)
      throw new UsageError(`--data ${outside.name}: it lies outside of the checked folders, where nothing is read.`);
    // The table that is wrong may be the one: its own findings say so.
    if (named.some(({ state }) => state === "wrong")) return;
    for (const { app } of made?.catalog.apps ?? []) known.add(app);
  }
  const unknown = Object.keys(apps).find((app) => !known.has(app));
  if (unknown !== undefined)
    throw new UsageError(`--app ${unknown}@${apps[unknown]}: ${unknownApp(unknown, [...known])}`);
}
