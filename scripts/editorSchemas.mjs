// The schemas that VS Code's JSON extension gets from us: for completion and hover, not for judging. Our server says what is wrong, with
// a rule, a page and a severity, in every editor; both together would say everything twice.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** What only judges: nothing is completed or explained by it. */
const JUDGING = new Set([
  "required",
  "pattern",
  "patternErrorMessage",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "propertyNames",
]);
/** What judges, and offers values as well. */
const OFFERING = ["type", "enum", "enumDescriptions", "const"];
const CHILDREN = ["properties", "$defs", "patternProperties"];
const CHILD = ["items", "additionalProperties"];
const LISTS = ["anyOf", "oneOf", "allOf"];
const PLAIN = ["$schema", "$ref", "$id", "title", "description", "markdownDescription", "default", "examples"];

/** @typedef {{ readonly [key: string]: any }} Schema */

/**
 * Everything fits: a value that does not fit the first of two alternatives fits the second.
 * @param {Schema | boolean} schema
 * @returns {Schema}
 */
export function lenient(schema) {
  if (typeof schema === "boolean") return {};
  /** @type {Record<string, any>} */
  const kept = {};
  /** @type {Record<string, any>} */
  const offering = {};
  for (const [key, value] of Object.entries(schema)) {
    if (JUDGING.has(key)) continue;
    if (OFFERING.includes(key)) offering[key] = value;
    else if (CHILDREN.includes(key))
      kept[key] = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, lenient(child)]));
    else if (CHILD.includes(key)) kept[key] = lenient(value);
    // The alternatives are lenient each, so one is enough of a match; `oneOf` would want exactly one.
    else if (LISTS.includes(key)) kept.anyOf = [...(kept.anyOf ?? []), ...value.map(lenient)];
    else if (PLAIN.includes(key)) kept[key] = value;
    else throw new Error(`"${key}": does it judge, or does it explain?`);
  }
  if (Object.keys(offering).length > 0) kept.anyOf = [...(kept.anyOf ?? []), offering, {}];
  return kept;
}

/**
 * @param {readonly string[]} files
 * @param {string} folder
 */
export function writeEditorSchemas(files, folder) {
  mkdirSync(folder, { recursive: true });
  for (const file of files)
    writeFileSync(join(folder, basename(file)), JSON.stringify(lenient(JSON.parse(readFileSync(file, "utf8")))));
}
