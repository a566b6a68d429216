// What of the schemas, and of the library that reads them, need not be bundled. Descriptions are for people who write a table:
// editors show them, from the files. No schema of ours asks for a format (dates, addresses), so the library's tests for formats
// stay out, too.
import { readFileSync } from "node:fs";

const UNREAD = ["$schema", "description", "title"];

/** @param {unknown} node @returns {unknown} */
function slim(node) {
  if (Array.isArray(node)) return node.map(slim);
  if (typeof node !== "object" || node === null) return node;
  // A property of a table may be called like this, too: then it is no text.
  const kept = Object.entries(node).filter(([key, value]) => !(UNREAD.includes(key) && typeof value === "string"));
  if (kept.some(([key, value]) => key === "format" && typeof value === "string"))
    throw new Error('a schema asks for a "format", and the tests for formats are not bundled');
  return Object.fromEntries(kept.map(([key, value]) => [key, slim(value)]));
}

/** @type {import("esbuild").Plugin} */
export const slimSchemas = {
  name: "slim schemas",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]data[\\/]schema[\\/][\w.-]+\.json$/ }, ({ path }) => {
      return { loader: "json", contents: JSON.stringify(slim(JSON.parse(readFileSync(path, "utf8")))) };
    });
    build.onLoad({ filter: /[\\/]@cfworker[\\/]json-schema[\\/]dist[\\/]esm[\\/]format\.js$/ }, () => ({
      contents: "export const format = {};",
    }));
  },
};
