// Sentences about which release lines know something.
import { compareVersions } from "../../catalog/version.ts";
import type { DirectiveTable } from "../directiveTable.ts";
import { engineName, type ServerVersion, type VersionSet, versionName, versionsIn } from "../target.ts";

/** `it came with Redis 7.0`, `Redis had it up to 6.2`, `only Valkey knows it, from 8.0 on`. */
export function historyOf(versions: VersionSet, version: ServerVersion): string {
  const same = versionsIn(versions).filter((one) => one.engine === version.engine);
  const first = same[0];
  const last = same.at(-1);
  if (first === undefined || last === undefined) {
    const other = versionsIn(versions)[0];
    return other === undefined
      ? "no version knows it"
      : `only ${engineName(other.engine)} knows it, from ${other.line} on`;
  }
  if (compareVersions(first.line, version.line) > 0) return `it came with ${versionName(first)}`;
  return `${engineName(last.engine)} had it up to ${last.line}`;
}

/** What a directive that a release line no longer knows is called there now, if it has a newer name. */
export function presentName(name: string, version: ServerVersion, table: DirectiveTable): string | undefined {
  const found = table.findAnywhere(name);
  if (found === null) return undefined;
  for (const variant of found.directive.variants) {
    for (const spelling of [variant.name ?? found.directive.name, ...(variant.aliases ?? [])]) {
      if (table.find(spelling, version)?.directive === found.directive) return table.find(spelling, version)?.name;
    }
  }
  return undefined;
}
