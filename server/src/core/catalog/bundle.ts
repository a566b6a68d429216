/** Tables that were published after this program: one JSON text, taken as a whole or not at all. */
import { isRecord } from "../settingValues.ts";
import { BUILT_IN, catalogTables } from "./builtIn.ts";
import { Catalog } from "./catalog.ts";
import {
  appTable,
  collecting,
  days,
  engineTable,
  platformTable,
  productTable,
  repositoryNames,
  repositoryTable,
  uniqueNames,
} from "./consistency.ts";
import { daysBetween } from "./dates.ts";
import { type JsonProblem, pathText, schemaProblems } from "./jsonSchema.ts";
import { SCHEMAS } from "./schemas.ts";
import type { DataTables } from "./tables.ts";

/** Grows when a program that knows the present form could misread the tables. */
export const BUNDLE_FORMAT = 1;

export type BundleReading =
  | { readonly kind: "tables"; readonly tables: DataTables }
  /** One sentence, which begins in lower case: `it is not JSON`. */
  | { readonly kind: "refused"; readonly why: string };

export const TABLE_NAMES = Object.keys(BUILT_IN) as readonly (keyof DataTables)[];

/** The text that is published: what `readBundle` takes. */
export function writeBundle(tables: DataTables): string {
  return `${JSON.stringify({ format: BUNDLE_FORMAT, tables })}\n`;
}

/** `today`: data cannot be of a later day, but for the time zones. */
export function readBundle(text: string, today: string): BundleReading {
  const refused = (why: string): BundleReading => ({ kind: "refused", why });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refused("they are not JSON");
  }
  if (!isRecord(raw) || !isRecord(raw.tables) || !Number.isInteger(raw.format))
    return refused("they are no tables of ours");
  if (raw.format !== BUNDLE_FORMAT)
    return refused(
      `they have the format ${raw.format}, and this version reads the format ${BUNDLE_FORMAT}${(raw.format as number) > BUNDLE_FORMAT ? ": update Cache Compat" : ""}`,
    );
  const tables = raw.tables as unknown as DataTables;
  for (const name of TABLE_NAMES) {
    if (!isRecord(tables[name])) return refused(`the table ${name} is missing`);
    const [problem] = schemaProblems(SCHEMAS[name], tables[name], false);
    if (problem !== undefined) return refused(`the table ${name} is wrong at ${where(problem)}`);
  }
  const [problem] = inconsistencies(tables);
  if (problem !== undefined) return refused(`the tables are wrong at ${where(problem)}`);
  if (!canBeUsed(tables)) return refused("they cannot be used by this version");
  const { asOf } = ageOf(tables);
  if (daysBetween(today, asOf) > 1) return refused(`they are of ${asOf}, a day that has not come`);
  return { kind: "tables", tables };
}

/** What nobody thought of above shows when the tables are put to use: whoever downloads must not end without a server. */
function canBeUsed(tables: DataTables): boolean {
  try {
    new Catalog(catalogTables(tables));
    return true;
  } catch {
    return false;
  }
}

function where({ path, message }: JsonProblem): string {
  return `${pathText(path) || "its root"}: ${message}`;
}

function inconsistencies(tables: DataTables): JsonProblem[] {
  const { apps, engines, repositories, lookAlikes, products, platforms } = catalogTables(tables);
  const names = new Set(engines.map(({ engine }) => engine));
  return collecting((tell) => {
    days(tables, [], tell);
    engineTable(engines, ["engines", "engines"], tell);
    for (const app of apps) appTable(app, names, [`apps/${app.app}`], tell);
    repositoryTable(repositories, names, ["images", "repositories"], tell);
    productTable(products, ["lifecycles", "products"], tell);
    for (const platform of platforms) platformTable(platform, names, [`platforms/${platform.platform}`], tell);
    uniqueNames(repositoryNames(repositories, lookAlikes, ["images"]), () => null, tell);
    for (const name of ["aptible", "elasticache"] as const)
      if (tables[`platforms/${name}`].platform !== name) tell([`platforms/${name}`, "platform"], `Write "${name}".`);
    for (const name of ["mastodon", "postiz"] as const)
      if (tables[`apps/${name}`].app !== name) tell([`apps/${name}`, "app"], `Write "${name}".`);
  });
}

/** How old tables are. `asOf`: the day of the lifecycles, which age fastest; `newest`: the newest day of any record. */
export interface DataAge {
  readonly asOf: string;
  readonly newest: string;
}

export function ageOf(tables: DataTables): DataAge {
  const asOf = tables.lifecycles.products.map((product) => product.asOf).reduce((a, b) => (a > b ? a : b), "");
  let newest = "";
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (isRecord(value)) {
      if (typeof value.asOf === "string" && value.asOf > newest) newest = value.asOf;
      for (const item of Object.values(value)) walk(item);
    }
  };
  walk(tables);
  return { asOf, newest };
}

/** Above 0: `a` is newer. */
export function compareAges(a: DataAge, b: DataAge): number {
  if (a.asOf !== b.asOf) return a.asOf > b.asOf ? 1 : -1;
  return a.newest === b.newest ? 0 : a.newest > b.newest ? 1 : -1;
}
