// The guard as a command, on folders that are broken in the ways a text editor breaks them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readData } from "../../scripts/data/files.ts";
import { allProblems, line } from "../../scripts/data/guard.ts";
import { smallFolder } from "./support.ts";

const ROOT = path.join(__dirname, "..", "..");

describe("data:check", () => {
  let tables: ReturnType<typeof smallFolder>;
  beforeEach(() => {
    tables = smallFolder();
  });
  afterEach(() => tables.remove());

  const write = (name: string, text: string): void => writeFileSync(path.join(tables.folder, name), text);
  const problems = (): readonly string[] => allProblems(readData(tables.folder)).map(line);
  const command = (): { readonly status: number | null; readonly stdout: string } =>
    spawnSync(process.execPath, ["--import", "tsx", "scripts/data/check.ts", tables.folder], {
      cwd: ROOT,
      encoding: "utf8",
    });

  it("says one line when all is fine", function () {
    this.timeout(20_000);
    const { status, stdout } = command();
    assert.deepEqual([status, stdout], [0, "3 tables, 16 records: fine\n"]);
  });

  it("says one line per problem and ends with 1", function () {
    this.timeout(20_000);
    write("images.json", '{ "$schema": "./schema/images.schema.json", "repositories": [] }');
    const { status, stdout } = command();
    assert.deepEqual([status, stdout], [1, "data/images.json: $: must have required property 'lookAlikes'\n"]);
  });

  it("finds a table that is no JSON", () => {
    write("engines.json", "{");
    assert.match(problems().join("\n"), /^data\/engines\.json: \$: no JSON: .+$/);
  });

  it("finds a missing table", () => {
    rmSync(path.join(tables.folder, "images.json"));
    assert.deepEqual(problems(), ["data/images.json: $: the table is missing"]);
  });

  it("finds a missing schema", () => {
    rmSync(path.join(tables.folder, "schema", "images.schema.json"));
    assert.deepEqual(problems(), ["data/images.json: $.$schema: no schema at data/schema/images.schema.json"]);
  });

  it("holds any other table against the schema it names, and tells which names none", () => {
    const schema = { type: "object", required: ["days"], properties: { days: { type: "number" } } };
    write("schema/other.schema.json", JSON.stringify(schema));
    write("other.json", '{ "$schema": "./schema/other.schema.json" }');
    write("free.json", "{}");
    assert.deepEqual(problems(), ["data/other.json: $: must have required property 'days'"]);
    assert.deepEqual(readData(tables.folder).unguarded, ["data/free.json"]);
  });
});
