// Schemas first, then the rules across tables: those may rely on the shape.
import type { DataFolder } from "./files.ts";
import { countRecords, crossProblems } from "./rules.ts";
import { schemaProblems, typed } from "./schema.ts";
import type { Problem } from "./types.ts";

const REQUIRED = ["data/engines.json", "data/images.json", "data/lifecycles.json"];

export function allProblems(data: DataFolder): readonly Problem[] {
  const missing = REQUIRED.filter((file) => !data.files.has(file)).map((file) => ({
    file,
    path: "$",
    message: "the table is missing",
  }));
  const problems = [...missing, ...schemaProblems(data)];
  return problems.length > 0 ? problems : crossProblems(typed(data));
}

export function line({ file, path, message }: Problem): string {
  return `${file}: ${path}: ${message}`;
}

export function summary(data: DataFolder): string {
  const records = data.tables.reduce((sum, { value }) => sum + countRecords(value), 0);
  return `${data.tables.length} tables, ${records} records: fine`;
}
