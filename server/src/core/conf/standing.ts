// What a version makes of a name: what the editor colours by.
import { newerName } from "./advice.ts";
import { lowerCase } from "./bytes.ts";
import type { DirectiveTable } from "./directiveTable.ts";
import { findInVersion } from "./read/version.ts";
import type { ServerFacts } from "./serverFacts.ts";
import { candidates, parseVersionSet, type Target } from "./target.ts";

/** `not-in-version`: other servers know it, and none that may be meant. */
export type Standing = "known" | "deprecated" | "not-in-version";

export function standingOf(name: string, target: Target | null, table: DirectiveTable): Standing | null {
  const written = lowerCase(name);
  const anywhere = table.findAnywhere(written);
  const possible = candidates(target);
  if (anywhere === null || possible.length === 0) return null;
  const knowing = possible.flatMap(({ version, patch }) => findInVersion(written, { version, patch, table }) ?? []);
  if (knowing.length === 0)
    return possible.some(({ isNewerThanTables }) => isNewerThanTables) ? "known" : "not-in-version";
  const versions = possible.map(({ version }) => version);
  const isWithoutEffect =
    knowing.length === possible.length && knowing.every(({ variant }) => variant.kind === "ignored");
  const isOld = newerName(written, anywhere.directive, versions, table) !== undefined;
  return isWithoutEffect || isOld ? "deprecated" : "known";
}

export function standingOfValue(
  name: string,
  value: string,
  target: Target | null,
  table: DirectiveTable,
): Standing | null {
  const directive = table.findAnywhere(name)?.directive;
  const written = lowerCase(value);
  const possible = candidates(target);
  const isListed = (values: readonly string[] | undefined): boolean => values?.includes(written) === true;
  const isEnumeration = directive?.variants.some(({ kind, values }) => kind.startsWith("enum") && isListed(values));
  if (isEnumeration !== true || possible.length === 0) return null;
  const isKnown = possible.some(
    ({ version, isNewerThanTables }) => isNewerThanTables || isListed(table.find(name, version)?.variant.values),
  );
  return isKnown ? "known" : "not-in-version";
}

export function standingOfStatement(name: string, target: Target | null, facts: ServerFacts): Standing | null {
  const statement = facts.sentinelStatements.find((one) => one.name === lowerCase(name));
  const possible = candidates(target);
  if (statement === undefined || possible.length === 0) return null;
  const set = parseVersionSet(statement.in);
  const isKnown = possible.some(({ version, isNewerThanTables }) => isNewerThanTables || (set & version.bit) !== 0);
  return isKnown ? "known" : "not-in-version";
}
