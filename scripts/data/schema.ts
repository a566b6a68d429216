// Holds each table against its JSON Schema (draft 2020-12) and gives it its type when it fits.
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { type DataFolder, namedSchema, ownSchema, type TableFile } from "./files.ts";
import type { AppTable, EnginesTable, ImagesTable, LifecyclesTable, PlatformTable, Problem, Tables } from "./types.ts";

export function schemaProblems(data: DataFolder): readonly Problem[] {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  return data.tables.flatMap((table) => {
    if (table.broken !== undefined) return [problem(table, "$", `no JSON: ${table.broken}`)];
    const name = ownSchema(table.file) ?? namedSchema(table.file, table.value);
    const schema = name === undefined ? undefined : data.schemas.get(name);
    if (!isSchema(schema)) return [problem(table, "$.$schema", `no schema at ${name ?? "this address"}`)];
    try {
      const validate = ajv.compile(schema);
      return validate(table.value) ? [] : (validate.errors ?? []).map((error) => fromAjv(table, error));
    } catch (error) {
      return [problem(table, "$.$schema", `${name} is no usable schema: ${String(error)}`)];
    }
  });
}

/** The tables with their types. Call it only when `schemaProblems` found nothing. */
export function typed(data: DataFolder): Tables {
  const value = (file: string): unknown => {
    const table = data.tables.find((candidate) => candidate.file === file);
    if (!table) throw new Error(`${file} is missing`);
    return table.value;
  };
  const apps: Record<string, AppTable> = {};
  for (const { file } of data.tables) {
    const name = /^data\/apps\/(.+)\.json$/.exec(file)?.[1];
    if (name !== undefined) apps[name] = value(file) as AppTable;
  }
  const platforms: Record<string, PlatformTable> = {};
  for (const { file } of data.tables) {
    const name = /^data\/platforms\/(.+)\.json$/.exec(file)?.[1];
    if (name !== undefined) platforms[name] = value(file) as PlatformTable;
  }
  return {
    engines: value("data/engines.json") as EnginesTable,
    lifecycles: value("data/lifecycles.json") as LifecyclesTable,
    images: value("data/images.json") as ImagesTable,
    apps,
    platforms,
    files: data.files,
  };
}

function isSchema(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problem(table: TableFile, path: string, message: string): Problem {
  return { file: table.file, path, message };
}

function fromAjv(table: TableFile, error: ErrorObject): Problem {
  const { allowedValues, additionalProperty } = error.params as Readonly<Record<string, unknown>>;
  const detail = additionalProperty ?? (Array.isArray(allowedValues) ? allowedValues.join(", ") : undefined);
  const message = `${error.message ?? error.keyword}${detail === undefined ? "" : ` (${String(detail)})`}`;
  return problem(table, fromPointer(error.instancePath), message);
}

/** `/products/0/endOfLife` (RFC 6901) as `$.products[0].endOfLife`. */
export function fromPointer(pointer: string): string {
  const steps = pointer.split("/").slice(1);
  return `$${steps.map((step) => member(step.replaceAll("~1", "/").replaceAll("~0", "~"))).join("")}`;
}

function member(step: string): string {
  if (/^\d+$/.test(step)) return `[${step}]`;
  return /^[$A-Za-z_][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
