// The tables as they are: valid, strict, and for Mastodon's matrix equal to what is printed, cell by cell.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { dumps } from "../../data/dumps.json" with { type: "json" };
import { DATA, namedSchema, readData } from "../../scripts/data/files.ts";
import { allProblems, line, summary } from "../../scripts/data/guard.ts";
import { format } from "../../scripts/data/refresh.ts";
import { natural } from "../../scripts/data/rules/common.ts";
import { typed } from "../../scripts/data/schema.ts";
import { BUILT_IN } from "../../server/src/core/catalog/builtIn.ts";
import { TABLE_NAMES } from "../../server/src/core/catalog/bundle.ts";
import { SCHEMAS } from "../../server/src/core/catalog/schemas.ts";
import { must } from "./support.ts";

const data = readData(DATA);

// Transcribed by hand from the table in Mastodon's documentation, 2026-11-20. Never compute it from data/.
const COLUMNS = ["4.6", "4.5", "4.4", "4.3", "4.2"];
const PRINTED = [
  ["valkey", "9.0", "supported", "supported", "unlisted", "unlisted", "unlisted"],
  ["valkey", "8.1", "supported", "supported", "supported", "unlisted", "unlisted"],
  ["valkey", "8.0", "supported", "supported", "supported", "unlisted", "unlisted"],
  ["redis", "8.2", "supported", "supported", "unlisted", "unlisted", "unlisted"],
  ["redis", "8.0", "supported", "supported", "supported", "unlisted", "unlisted"],
  ["redis", "7.4", "supported", "supported", "supported", "unlisted", "unlisted"],
  ["redis", "7.2", "supported", "supported", "supported", "supported", "unlisted"],
  ["redis", "7.0", "end-of-life", "end-of-life", "end-of-life", "end-of-life", "end-of-life"],
  ["redis", "6.2", "unsupported", "unsupported", "end-of-life", "end-of-life", "end-of-life"],
  ["redis", "6.0", "unsupported", "unsupported", "end-of-life", "end-of-life", "end-of-life"],
  ["dragonfly", "1.27+", "supported", "supported", "unsupported", "unsupported", "unsupported"],
  ["dragonfly", "1.26.3+", "supported", "supported", "unsupported", "unsupported", "unsupported"],
];

function titleOf(schema: unknown): string {
  return must((schema as { readonly title?: string } | undefined)?.title);
}

describe("data: the tables", () => {
  it("pass their schemas and all rules", () => {
    assert.deepEqual(allProblems(data).map(line), []);
    assert.match(summary(data), /^\d+ tables, \d+ records: fine$/);
  });

  it("are published, all but those that are bound to the program", () => {
    const bound = ["directives/dragonfly", "directives/keydb", "dumps", "env-variables"];
    const tables = data.tables.map(({ file }) => file.replace(/^data\/|\.json$/g, ""));
    assert.deepEqual(
      tables.filter((name) => !bound.includes(name)),
      TABLE_NAMES.toSorted(),
    );
    for (const name of TABLE_NAMES) {
      const table = data.tables.find(({ file }) => file === `data/${name}.json`);
      assert.deepEqual(BUILT_IN[name], table?.value, name);
      const schema = namedSchema(`data/${name}.json`, table?.value);
      // The validator leaves its marks in a schema, so only the titles are compared.
      assert.equal(titleOf(SCHEMAS[name]), titleOf(data.schemas.get(schema ?? "")), name);
    }
  });

  it("list dump formats with the oldest line first, and a newer line reads all that an older one does", () => {
    for (const engine of new Set(dumps.map((dump) => dump.engine))) {
      const own = dumps.filter((dump) => dump.engine === engine);
      const lines = own.map((dump) => dump.line);
      assert.deepEqual(lines, lines.toSorted(natural));
      for (const reads of [own.map((dump) => dump.readsRedisUpTo), own.map((dump) => dump.readsValkeyUpTo ?? 0)])
        assert.deepEqual(
          reads,
          reads.toSorted((a, b) => a - b),
        );
    }
  });

  it("hold the 60 cells that Mastodon prints", () => {
    const matrix = must(typed(data).apps.mastodon?.matrix);
    assert.deepEqual(matrix.columns, COLUMNS);
    const rows = matrix.rows.map((row) => [row.engine, row.label, ...COLUMNS.map((column) => row.cells[column])]);
    assert.deepEqual(rows, PRINTED);
    assert.equal(matrix.rows.flatMap((row) => Object.keys(row.cells)).length, 60);
  });

  it("keep lifecycles.json in the form that the refresh writes, so that its diffs are small", () => {
    const text = readFileSync(path.join(DATA, "lifecycles.json"), "utf8");
    assert.equal(text, format(typed(data).lifecycles));
  });

  for (const [file, schema] of data.schemas) {
    if (!/\/(app|dumps|engines|images|lifecycles)\.schema\.json$/.test(file)) continue;
    it(`${file} is strict and describes every property`, () => {
      assert.deepEqual(laxPlaces(schema, "$"), []);
    });
  }
});

/** Objects open to unknown properties, and properties without one plain sentence. */
function laxPlaces(schema: unknown, at: string): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((child: unknown, i) => laxPlaces(child, `${at}[${i}]`));
  const node: Readonly<Record<string, unknown>> = { ...schema };
  const open = node.type === "object" && node.additionalProperties === undefined ? [`${at} is open`] : [];
  const properties = typeof node.properties === "object" ? Object.entries(node.properties ?? {}) : [];
  const silent = properties.flatMap(([name, value]: [string, unknown]) =>
    described(value) ? [] : [`${at}.${name} says nothing`],
  );
  return [...open, ...silent, ...Object.entries(node).flatMap(([key, child]) => laxPlaces(child, `${at}.${key}`))];
}

function described(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("description" in value)) return false;
  return typeof value.description === "string" && /^[A-Z].*\.$/s.test(value.description);
}
