// Which files of data/ are tables, and which schema each of them follows. The only place that reads them.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The tables of this checkout. */
export const DATA = fileURLToPath(new URL("../../data/", import.meta.url));

export interface TableFile {
  /** As problems name it, whatever the folder is: `data/apps/mastodon.json`. */
  readonly file: string;
  readonly value: unknown;
  /** Set where the text is no JSON; `value` is undefined then. */
  readonly broken?: string;
}

export interface DataFolder {
  readonly tables: readonly TableFile[];
  readonly schemas: ReadonlyMap<string, unknown>;
  /** Tables that name no schema and that this guard knows no schema for. */
  readonly unguarded: readonly string[];
  readonly files: ReadonlySet<string>;
}

/** The schema of a table that the project's own code reads; undefined for all others. */
export function ownSchema(file: string): string | undefined {
  if (/^data\/apps\/[^/]+\.json$/.test(file)) return "data/schema/app.schema.json";
  if (/^data\/platforms\/[^/]+\.json$/.test(file)) return "data/schema/platform.schema.json";
  const own = /^data\/(engines|images|lifecycles)\.json$/.exec(file);
  return own ? `data/schema/${own[1]}.schema.json` : undefined;
}

/** The schema file that a table's `$schema` points to, as `data/...`; undefined when it names none of ours. */
export function namedSchema(file: string, value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("$schema" in value)) return undefined;
  const { $schema } = value;
  if (typeof $schema !== "string" || /^[a-z][a-z0-9+.-]*:/i.test($schema)) return undefined;
  return path.posix.join(path.posix.dirname(file), $schema);
}

export function readData(folder: string): DataFolder {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => `data/${name.split(path.sep).join("/")}`)
    .filter((file) => file.endsWith(".json"))
    .sort();
  const tables: TableFile[] = [];
  const schemas = new Map<string, unknown>();
  const unguarded: string[] = [];
  for (const file of names) {
    const read = readTable(folder, file);
    if (file.startsWith("data/schema/")) schemas.set(file, read.value);
    else if (ownSchema(file) || namedSchema(file, read.value) || read.broken) tables.push(read);
    else unguarded.push(file);
  }
  return { tables, schemas, unguarded, files: new Set(names) };
}

function readTable(folder: string, file: string): TableFile {
  const text = readFileSync(path.join(folder, file.slice("data/".length)), "utf8");
  try {
    return { file, value: JSON.parse(text) };
  } catch (error) {
    return { file, value: undefined, broken: error instanceof Error ? error.message : String(error) };
  }
}
