/** What a JSON Schema says against a value, in our words. The only file that knows the validator. */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { isHarmless } from "../excerpt.ts";
import { isRecord, list } from "../settingValues.ts";

/** One thing that is wrong in a JSON text. */
export interface JsonProblem {
  /** Keys and places in lists from the root to what is wrong; the last one is the key itself when `at` is `key`. */
  readonly path: readonly string[];
  readonly at: "key" | "value";
  readonly message: string;
}

/** Say only that something below them is wrong. */
const CARRIERS = new Set(["properties", "items", "prefixItems", "$ref", "additionalProperties", "propertyNames"]);

/** No schema looks further down. */
const DEEPEST = 50;

const TYPES: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a text",
};

/** Empty for a value that fits. `all` false: the first problem only, which is quicker. */
export function schemaProblems(schema: unknown, value: unknown, all = true): JsonProblem[] {
  const errors = errorsOf(new Validator(schema as Schema, "2020-12", !all), value);
  return errors.filter(({ keyword }) => !CARRIERS.has(keyword)).map((unit) => fromUnit(unit, schema));
}

/** The validator writes keys as parts of a URI, which halves of a character cannot be. */
function errorsOf(validator: Validator, value: unknown): OutputUnit[] {
  try {
    return validator.validate(value).errors;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return validator.validate(withoutHalves(value, DEEPEST)).errors;
  }
}

function withoutHalves(value: unknown, deep: number): unknown {
  if (deep === 0) return null;
  if (Array.isArray(value)) return value.map((one) => withoutHalves(one, deep - 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key.replace(/\p{Surrogate}/gu, "\uFFFD"), withoutHalves(one, deep - 1)]),
  );
}

function fromUnit(unit: OutputUnit, schema: unknown): JsonProblem {
  const path = segments(unit.instanceLocation);
  const places = segments(unit.keywordLocation);
  const isName = places.includes("propertyNames") && unit.keyword !== "false";
  const node = schemaAt(schema, places.slice(0, -1));
  if (unit.keyword === "false") return { path, at: "key", message: unknownKey(schema, path, path.at(-1) ?? "") };
  return { path, at: isName ? "key" : "value", message: words(unit, node) };
}

function words({ keyword, error }: OutputUnit, node: Readonly<Record<string, unknown>>): string {
  switch (keyword) {
    case "type":
      return `Write ${list([node.type].flat().map((type) => TYPES[String(type)] ?? String(type)))}.`;
    case "enum":
      return `Write ${list((node.enum as unknown[]).map((one) => JSON.stringify(one)))}.`;
    case "const":
      return `Write ${JSON.stringify(node.const)}.`;
    case "required":
      return `The key ${/"[^"]*"/.exec(error)?.[0] ?? ""} is missing.`;
    case "pattern":
      return "This has another form than it needs.";
    case "minLength":
    case "minItems":
    case "minProperties":
      return "This must not be empty.";
    case "maxLength":
      return `Write at most ${node.maxLength} characters.`;
    case "uniqueItems":
      return "The same value stands here twice.";
    default:
      return error;
  }
}

/** The keys that the schema knows where an unknown one stands. */
function unknownKey(schema: unknown, path: readonly string[], key: string): string {
  let node = resolved(schema, schema);
  for (const step of path.slice(0, -1)) {
    const properties = isRecord(node.properties) ? node.properties : {};
    node = resolved(schema, properties[step] ?? node.items ?? node.additionalProperties);
  }
  const known = Object.keys(isRecord(node.properties) ? node.properties : {}).filter((name) => name !== "$schema");
  // A file that is named by mistake may hold anything.
  const name = isHarmless(key) ? `key "${key}"` : "such key";
  return `There is no ${name} here.${known.length === 0 ? "" : ` Write ${list(known)}.`}`;
}

function resolved(schema: unknown, node: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(node)) return {};
  return typeof node.$ref === "string" ? resolved(schema, schemaAt(schema, segments(node.$ref))) : node;
}

/** The part of a schema that a keyword location leads to. */
function schemaAt(schema: unknown, places: readonly string[]): Readonly<Record<string, unknown>> {
  let node: unknown = schema;
  for (const place of places) {
    if (!isRecord(node) && !Array.isArray(node)) break;
    const next: unknown = (node as Readonly<Record<string, unknown>>)[place];
    node = place === "$ref" ? schemaAt(schema, segments(String(next))) : next;
  }
  return isRecord(node) ? node : {};
}

/** `#/products/0/a~1b` (RFC 6901, percent-encoded) as its parts. */
function segments(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => decode(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `lifecycles.products[0].endOfLife`, for one line. */
export function pathText(path: readonly string[]): string {
  return path.map((step, at) => (/^\d+$/.test(step) ? `[${step}]` : at === 0 ? step : `.${step}`)).join("");
}
