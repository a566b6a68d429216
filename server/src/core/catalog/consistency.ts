/**
 * What the code relies on and a schema cannot say: expressions that compile, ranges and days that exist, names that mean
 * one thing. For tables that come from elsewhere; `data:check` is stricter with our own.
 */
import validRange from "semver/ranges/valid.js";
import { isDay } from "./dates.ts";
import type { JsonProblem } from "./jsonSchema.ts";
import type { PlatformTable } from "./platformTable.ts";
import type { AppTable, EngineEntry, LookAlike, Product, Repository } from "./tables.ts";

export type Tell = (path: readonly (string | number)[], message: string, at?: JsonProblem["at"]) => void;

/** Collects problems, with places in lists as texts. */
export function collecting(look: (tell: Tell) => void): JsonProblem[] {
  const problems: JsonProblem[] = [];
  look((path, message, at = "value") => problems.push({ path: path.map(String), at, message }));
  return problems;
}

/** A longer expression is no pattern for a name or a tag. */
const MAX_PATTERN_LENGTH = 1000;

function pattern(text: string, needed: readonly string[], path: readonly (string | number)[], tell: Tell): void {
  if (text.length > MAX_PATTERN_LENGTH) {
    tell(path, `This expression is longer than ${MAX_PATTERN_LENGTH} characters.`);
    return;
  }
  let groups: Readonly<Record<string, unknown>>;
  try {
    // An empty alternative always matches, and a match lists every group of the pattern, set or not.
    groups = new RegExp(`${text}|`, "i").exec("")?.groups ?? {};
  } catch {
    tell(path, "This is no regular expression of ECMAScript.");
    return;
  }
  for (const name of needed)
    if (!Object.hasOwn(groups, name)) tell(path, `The expression needs the group ${name}: (?<${name}>...).`);
}

function range(text: string, path: readonly (string | number)[], tell: Tell): void {
  if (validRange(text) === null) tell(path, 'This is no range of versions. Write for example ">=7.2.0 <7.3.0".');
}

/** Every text in the form of a day is one, wherever it stands. */
export function days(value: unknown, path: readonly (string | number)[], tell: Tell): void {
  if (typeof value === "string") {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !isDay(value)) tell(path, `${value} is not in the calendar.`);
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) days(item, [...path, at], tell);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) days(item, [...path, key], tell);
  }
}

export function engineTable(engines: readonly EngineEntry[], path: readonly (string | number)[], tell: Tell): void {
  for (const [at, { reportedRedisVersion }] of engines.entries())
    for (const [k, one] of reportedRedisVersion.entries())
      range(one.range, [...path, at, "reportedRedisVersion", k, "range"], tell);
}

/** `engines`: the names that may stand in rows. */
export function appTable(
  { matrix, detection }: Pick<AppTable, "matrix" | "detection">,
  engines: ReadonlySet<string>,
  path: readonly (string | number)[],
  tell: Tell,
): void {
  for (const [at, row] of (matrix?.rows ?? []).entries()) {
    const here = [...path, "matrix", "rows", at];
    engine(row.engine, engines, [...here, "engine"], tell);
    range(row.range, [...here, "range"], tell);
    for (const column of Object.keys(row.cells))
      if (!matrix?.columns.includes(column))
        tell([...here, "cells", column], `${column} is not among the columns of this table.`, "key");
  }
  const here = [...path, "detection"];
  pattern(detection.image, [], [...here, "image"], tell);
  pattern(detection.tag, ["major", "minor"], [...here, "tag"], tell);
  if (detection.versionFile === undefined) return;
  pattern(detection.versionFile.number, ["part", "n"], [...here, "versionFile", "number"], tell);
  pattern(detection.versionFile.prerelease, ["pre"], [...here, "versionFile", "prerelease"], tell);
  pattern(detection.versionFile.module, [], [...here, "versionFile", "module"], tell);
}

export function engine(
  name: string,
  engines: ReadonlySet<string>,
  path: readonly (string | number)[],
  tell: Tell,
): void {
  if (!engines.has(name)) tell(path, `There is no engine "${name}". Write one of ${[...engines].join(", ")}.`);
}

export function repositoryTable(
  repositories: readonly Repository[],
  engines: ReadonlySet<string>,
  path: readonly (string | number)[],
  tell: Tell,
): void {
  for (const [at, one] of repositories.entries()) {
    const here = [...path, at];
    engine(one.engine, engines, [...here, "engine"], tell);
    if (one.matrixEngine !== undefined) engine(one.matrixEngine, engines, [...here, "matrixEngine"], tell);
    if (one.tags != null) pattern(one.tags.pattern, [], [...here, "tags", "pattern"], tell);
  }
}

export function productTable(products: readonly Product[], path: readonly (string | number)[], tell: Tell): void {
  for (const [at, { licences = [] }] of products.entries())
    for (const [k, licence] of licences.entries()) range(licence.range, [...path, at, "licences", k, "range"], tell);
}

export function platformTable(
  { endpoints, engines }: PlatformTable,
  names: ReadonlySet<string>,
  path: readonly (string | number)[],
  tell: Tell,
): void {
  for (const [at, endpoint] of endpoints.entries()) pattern(endpoint.pattern, [], [...path, "endpoints", at], tell);
  for (const [at, one] of engines.entries()) {
    const here = [...path, "engines", at];
    engine(one.engine, names, [...here, "engine"], tell);
    for (const [k, row] of (one.rows ?? []).entries()) range(row.range, [...here, "rows", k, "range"], tell);
    for (const [k, patches] of (one.deprecatedPatches ?? []).entries())
      range(patches.range, [...here, "deprecatedPatches", k, "range"], tell);
  }
}

/** One name means one thing. `taken`: names that mean something already, and what. */
export function uniqueNames(
  names: readonly { readonly name: string; readonly path: readonly (string | number)[] }[],
  taken: (name: string) => string | null,
  tell: Tell,
): void {
  const seen = new Set<string>();
  for (const { name, path } of names) {
    const other = seen.has(name) ? "another entry of this table" : taken(name);
    if (other !== null) tell(path, `The name ${name} is taken by ${other}. Write another one.`);
    seen.add(name);
  }
}

export function repositoryNames(
  repositories: readonly Repository[],
  lookAlikes: readonly LookAlike[],
  path: readonly (string | number)[],
): { readonly name: string; readonly path: readonly (string | number)[] }[] {
  return [
    ...repositories.flatMap((one, at) => [
      { name: one.repository, path: [...path, "repositories", at, "repository"] },
      ...(one.aliases ?? []).map((name, k) => ({ name, path: [...path, "repositories", at, "aliases", k] })),
    ]),
    ...lookAlikes.map((one, at) => ({ name: one.repository, path: [...path, "lookAlikes", at, "repository"] })),
  ];
}
