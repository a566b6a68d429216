// What is written down more than once, written the same way.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { editorSettings, projectFileSchema } from "../../scripts/manifest.ts";
import { REPOSITORY, RULE_METAS, ruleDocs, SETTINGS, SEVERITIES } from "../../server/src/core/index.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { ROOT } from "../support/build.ts";
import { cli } from "../support/cli.ts";

function readJson(file: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(ROOT, file), "utf8")) as Record<string, unknown>;
}

const manifest = readJson("package.json");

describe("contract: manifest", () => {
  it("has the settings of the table", () => {
    const { configuration } = manifest.contributes as { configuration: { properties: unknown } };
    assert.deepEqual(configuration.properties, editorSettings());
  });

  it("has the schema of the project file", () => {
    assert.deepEqual(readJson("data/schema/cache-compat.schema.json"), projectFileSchema());
  });

  it("has the documented settings and flags, and no other", () => {
    assert.deepEqual(
      SETTINGS.map(({ key, flag, schema }) => [key, flag, schema.default]),
      [
        ["apps", "app", {}],
        ["platform", "platform", null],
        ["engine", "engine", null],
        ["rules", "rule", {}],
        ["asOf", "as-of", null],
        ["noticeDays", "notice-days", 90],
        ["ignore", "ignore", []],
        ["data", "data", []],
      ],
    );
    const help = cli(["--help"]).stdout;
    for (const { flag } of SETTINGS) assert.match(help, new RegExp(`^ +--${flag} `, "m"));
    for (const flag of [
      "format",
      "fix",
      "fix-dry-run",
      "max-warnings",
      "config",
      "stdin-filename",
      "list-rules",
      "explain",
      "version",
      "help",
    ])
      assert.match(help, new RegExp(`--${flag}\\b`));
  });

  it("has the documented names", () => {
    assert.equal(manifest.name, "cache-compat");
    assert.equal(manifest.displayName, "Cache Compat");
    assert.equal(manifest.publisher, "cache-compat");
    assert.deepEqual(manifest.bin, { "cache-compat": "dist/cli.js" });
    assert.equal((manifest.repository as { url: string }).url, REPOSITORY);
    assert.equal(REPOSITORY, "https://github.com/cache-compat/cache-compat");
  });
});

describe("contract: rules", () => {
  it("every id stands once, and is a family and a problem", () => {
    const ids = RULE_METAS.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it("every rule is in the list, with severity, title and dated sources", () => {
    const listed = new Map(RULE_METAS.map((meta) => [meta.id, meta]));
    for (const { meta } of RULES) assert.equal(listed.get(meta.id), meta);
    for (const { id, title, severity, sources } of RULE_METAS) {
      assert.ok(SEVERITIES.includes(severity), id);
      assert.match(title, /^\S.*[^.\s]$/, id);
      assert.ok(sources.length > 0, id);
      for (const { asOf } of sources) assert.match(asOf, /^\d{4}-\d{2}-\d{2}$/, id);
    }
  });

  it("every rule has the page that its link names", () => {
    for (const { id } of RULE_METAS) {
      assert.equal(ruleDocs(id), `${REPOSITORY}/blob/main/data/rules/${id}.md`);
      assert.ok(existsSync(path.join(ROOT, "data", "rules", `${id}.md`)), id);
    }
  });

  it("has the documented severities", () => {
    const severities = new Map(RULE_METAS.map(({ id, severity }) => [id, severity]));
    for (const [id, severity] of [
      ["mastodon/engine-unsupported", "error"],
      ["mastodon/engine-end-of-life", "warning"],
      ["mastodon/engine-unlisted", "information"],
      ["image/floating-tag", "warning"],
      ["image/end-of-life", "warning"],
      ["image/end-of-life-soon", "information"],
      ["image/invalid-reference", "error"],
      ["suppression/expired", "warning"],
      ["suppression/unused", "information"],
    ] as const)
      assert.equal(severities.get(id), severity, id);
  });
});
