import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { builtInDirectives } from "../../server/src/core/conf/directiveTable.ts";
import { ServerFacts } from "../../server/src/core/conf/serverFacts.ts";
import { parseVersionSet, SERVER_VERSIONS } from "../../server/src/core/conf/target.ts";

const DATA = new URL("../../data/", import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, DATA), "utf8"));

const LARGEST_TABLES_BYTES = 120_000;

describe("conf: tables", () => {
  for (const [table, schema] of [
    ["server", "directives"],
    ["sentinel", "directives-sentinel"],
    ["commands", "directives-commands"],
    ["dragonfly", "directives-dragonfly"],
    ["keydb", "directives-keydb"],
  ]) {
    it(`${table}.json follows its schema`, () => {
      const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { uri: /^https:\/\// } });
      const validate = ajv.compile(read(`schema/${schema}.schema.json`) as object);
      assert.ok(validate(read(`directives/${table}.json`)), ajv.errorsText(validate.errors));
    });
  }

  it("is small in a bundle", () => {
    const sizes = ["server", "sentinel", "commands"].map(
      (name) => JSON.stringify(read(`directives/${name}.json`)).length,
    );
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < LARGEST_TABLES_BYTES);
  });

  it("is sorted, and no release line finds two variants under one name", () => {
    const { directives } = builtInDirectives();
    const names = directives.map(({ name }) => name);
    assert.deepEqual(names, names.toSorted());
    for (const version of SERVER_VERSIONS) {
      const seen = new Set<string>();
      for (const { name, variants } of directives) {
        for (const variant of variants) {
          if ((parseVersionSet(variant.in) & version.bit) === 0) continue;
          for (const spelling of [variant.name ?? name, ...(variant.aliases ?? [])]) {
            assert.ok(!seen.has(spelling), `${version.engine} ${version.line}: ${spelling}`);
            seen.add(spelling);
          }
        }
      }
    }
  });

  it("knows every renamed spelling", () => {
    const table = builtInDirectives();
    for (const { name, renamed = {} } of table.directives) {
      for (const spelling of Object.entries(renamed).flat())
        assert.equal(table.findAnywhere(spelling)?.directive.name, name);
    }
  });

  it("reads the notation of release lines", () => {
    const lines = (text: string): string[] =>
      SERVER_VERSIONS.filter(({ bit }) => (parseVersionSet(text) & bit) !== 0).map(
        ({ engine, line }) => `${engine} ${line}`,
      );
    assert.equal(lines("all").length, SERVER_VERSIONS.length);
    assert.deepEqual(lines("redis 6.2-7.0, valkey 9.0-"), ["redis 6.2", "redis 7.0", "valkey 9.0", "valkey 9.1"]);
    assert.deepEqual(lines("redis 8.2"), ["redis 8.2"]);
  });

  it("gives commands and letters by release line", () => {
    const facts = new ServerFacts();
    const of = (engine: string, line: string) => {
      const version = SERVER_VERSIONS.find((one) => one.engine === engine && one.line === line);
      assert.ok(version !== undefined);
      return facts.of(version);
    };
    assert.ok(of("redis", "6.2").commands.has("copy") && !of("redis", "6.0").commands.has("copy"));
    assert.ok(
      of("redis", "8.8").keyspaceEventLetters.includes("o") && !of("valkey", "9.1").keyspaceEventLetters.includes("o"),
    );
    assert.ok(!of("redis", "8.0").commands.has("vadd") && of("redis", "8.0").aclCommands.has("vadd"));
  });
});
