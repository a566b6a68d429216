// Copies of tables to plant faults in, and folders of tables that a test may write to.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DATA, type DataFolder, readData } from "../../scripts/data/files.ts";
import { line } from "../../scripts/data/guard.ts";
import { crossProblems } from "../../scripts/data/rules.ts";
import { schemaProblems, typed } from "../../scripts/data/schema.ts";
import type { Tables } from "../../scripts/data/types.ts";

export type Mutable<T> =
  T extends ReadonlySet<infer V> ? Set<V> : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

const real = readData(DATA);

/** What the rules say of the project's tables after `change`. */
export function afterPlanting(change: (tables: Mutable<Tables>) => void): readonly string[] {
  const copy = structuredClone(typed(real)) as Mutable<Tables>;
  change(copy);
  return crossProblems(copy).map(line);
}

/** What the schemas say of one table after `change`. */
export function schemaAfter(file: string, change: (table: Record<string, unknown>) => void): readonly string[] {
  const value = structuredClone(must(real.tables.find((table) => table.file === file)).value) as Record<
    string,
    unknown
  >;
  change(value);
  const data: DataFolder = { ...real, tables: [{ file, value }] };
  return schemaProblems(data).map(line);
}

/** The `key` of something that must be there; a test that finds nothing has lost its ground. */
export function must<T>(value: T | undefined, what = "it"): T {
  if (value === undefined) throw new Error(`${what} is not there`);
  return value;
}

/** A folder with the small tables of test/data/tables and the project's schemas. Its owner removes it. */
export function smallFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "cache-compat-data-"));
  cpSync(path.join(__dirname, "tables"), folder, { recursive: true });
  cpSync(path.join(DATA, "schema"), path.join(folder, "schema"), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
