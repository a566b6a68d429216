// The table of variables, beyond what its schema can say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ENV_VARIABLES, EnvVariables, type EnvVariableTable } from "../../server/src/core/env/index.ts";

const FILE = path.join(__dirname, "..", "..", "data", "env-variables.json");
const table = JSON.parse(readFileSync(FILE, "utf8")) as EnvVariableTable;

describe("env variables", () => {
  it("are all there", () => {
    assert.equal(table.variables.length, 115);
    assert.equal(ENV_VARIABLES.ofApp("mastodon").length, 44);
    assert.equal(ENV_VARIABLES.ofApp("postiz").length, 9);
  });

  it("have each name once per app", () => {
    const keys = table.variables.map(({ app, name }) => `${app} ${name}`);
    assert.deepEqual(keys, [...new Set(keys)]);
  });

  it("name sources and variables that exist", () => {
    const ids = table.sources.map(({ id }) => id);
    assert.deepEqual(ids, [...ids].sort());
    for (const { name, app, see = [], requires = [] } of table.variables) {
      for (const id of see) assert.ok(ids.includes(id), `${name}: ${id}`);
      for (const other of requires) assert.ok(ENV_VARIABLES.of(app, other) !== undefined, `${name}: ${other}`);
    }
    const used = new Set(table.variables.flatMap(({ see = [] }) => see));
    assert.deepEqual(
      ids.filter((id) => !used.has(id)),
      [],
    );
  });

  it("say of each password that it is a secret", () => {
    for (const { name, app, type, sensitive } of table.variables)
      if (type === "password") assert.equal(sensitive, true, `${app} ${name}`);
  });

  it("are found by name, by app and by pattern", () => {
    assert.ok(ENV_VARIABLES.named("REDIS_URL").length > 3);
    assert.equal(ENV_VARIABLES.of("postiz", "REDIS_HOST")?.status, "not-read");
    assert.equal(ENV_VARIABLES.named("DFLY_requirepass")[0]?.app, "docker:dragonfly");
    assert.deepEqual(ENV_VARIABLES.named("HOME"), []);
    assert.deepEqual(new EnvVariables({ sources: [], variables: [] }).ofApp("mastodon"), []);
  });

  it("cite their own source first", () => {
    const variable = ENV_VARIABLES.of("mastodon", "REDIS_DRIVER");
    assert.ok(variable !== undefined);
    const [first, ...further] = ENV_VARIABLES.sources(variable);
    assert.equal(first?.source, variable.source);
    assert.ok(further.length > 0);
  });
});
