// What the schemas refuse.
import assert from "node:assert/strict";
import { schemaAfter } from "./support.ts";

type Step = string | number;

/** Sets (or, without a value, removes) what stands at `steps`. */
function put(table: unknown, steps: readonly Step[], value?: unknown): void {
  const last = steps.at(-1);
  let node = table as Record<Step, unknown>;
  for (const step of steps.slice(0, -1)) node = node[step] as Record<Step, unknown>;
  if (last === undefined) throw new Error("no step");
  if (value === undefined) delete node[last];
  else node[last] = value;
}

// Every kind of record, by the first of its kind.
const RECORDS: readonly (readonly [file: string, steps: readonly Step[], path: string])[] = [
  ["data/engines.json", ["engines", 0], "$.engines[0]"],
  ["data/lifecycles.json", ["products", 0], "$.products[0]"],
  ["data/lifecycles.json", ["products", 0, "releases", 0], "$.products[0].releases[0]"],
  ["data/lifecycles.json", ["products", 0, "licences", 0], "$.products[0].licences[0]"],
  ["data/images.json", ["repositories", 0], "$.repositories[0]"],
  ["data/images.json", ["lookAlikes", 0], "$.lookAlikes[0]"],
  ["data/apps/mastodon.json", ["matrix", "rows", 0], "$.matrix.rows[0]"],
  ["data/apps/mastodon.json", ["minimums", 0], "$.minimums[0]"],
  ["data/apps/mastodon.json", ["notes", 0], "$.notes[0]"],
  ["data/apps/mastodon.json", ["detection"], "$.detection"],
  ["data/dumps.json", ["dumps", 0], "$.dumps[0]"],
];

describe("data: the schemas", () => {
  for (const [file, steps, path] of RECORDS) {
    it(`want source and asOf, and nothing unknown, at ${file} ${path}`, () => {
      const found = (key: string, value?: unknown): readonly string[] =>
        schemaAfter(file, (table) => put(table, [...steps, key], value));
      assert.deepEqual(found("source"), [`${file}: ${path}: must have required property 'source'`]);
      assert.deepEqual(found("asOf"), [`${file}: ${path}: must have required property 'asOf'`]);
      assert.deepEqual(found("source", " "), [`${file}: ${path}.source: must match pattern "\\S"`]);
      assert.match(found("asOf", "2026-13-01").join(), /\.asOf: must match pattern/);
      assert.deepEqual(found("more", 1), [`${file}: ${path}: must NOT have additional properties (more)`]);
    });
  }

  it("know four states of a cell", () => {
    const cell = ["matrix", "rows", 0, "cells", "4.6"];
    assert.deepEqual(
      schemaAfter("data/apps/mastodon.json", (table) => put(table, cell, "fine")),
      [
        'data/apps/mastodon.json: $.matrix.rows[0].cells["4.6"]: must be equal to one of the allowed values ' +
          "(supported, end-of-life, unsupported, unlisted)",
      ],
    );
  });

  it("want an end to be a day, a truth value or null", () => {
    const end = ["products", 0, "releases", 0, "endOfLife"];
    for (const fine of ["2027-01-31", true, false, null]) {
      assert.deepEqual(
        schemaAfter("data/lifecycles.json", (table) => put(table, end, fine)),
        [],
      );
    }
    for (const odd of ["2027-01", "soon", 2027]) {
      assert.equal(schemaAfter("data/lifecycles.json", (table) => put(table, end, odd)).length, 1);
    }
  });
});
