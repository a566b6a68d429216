// The built library: the same door as the command line, and nothing around it.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { build } from "esbuild";
import fc from "fast-check";
import { RULE_METAS, SETTINGS } from "../../server/src/core/index.ts";
import type * as Library from "../../server/src/library/index.ts";
import { ROOT } from "../support/build.ts";
import { checkJson, cli } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import { checkDisk } from "../support/inProcess.ts";
import { must } from "../support/must.ts";
import { installedPackage } from "./installed.ts";

const library = createRequire(path.join(ROOT, "package.json"))("cache-compat") as typeof Library;

const AS_OF = "2026-11-20";
const PROJECT = {
  "compose.yaml":
    "services:\n  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.3\n  redis:\n    image: redis:${TAG}\n  cache:\n    image: redis:7\n    command: redis-server /etc/cache.conf\n    volumes: ['./cache.conf:/etc/cache.conf']\n",
  ".env": "TAG=6.2-alpine\nREDIS_URL=redis://:p w@redis:6379\n",
  "cache.conf": "maxmemory 10 mb\n",
  "sub/Dockerfile": "FROM redis:5\n",
  "README.md": "nothing\n",
};

/** Folders of files with everything that we read. */
const CASES = ["compose", "other", "workspace"]
  .map((kind) => path.join(ROOT, "test", "conformance", "cases", kind))
  .flatMap((kind) => readdirSync(kind).map((name) => path.join(kind, name)))
  .map((folder) => {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = entries
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
      .sort();
    const files = Object.fromEntries(
      names.map((name) => [name, readFileSync(path.join(folder, name), "utf8").replace(/^\uFEFF/, "")]),
    );
    return { folder, names, files };
  });

describe("library: one door", function () {
  this.timeout(60_000);
  const folder = folders();

  it("tells of a project what the command line tells", () => {
    const { json, status } = checkJson([], { cwd: folder(PROJECT).path });
    assert.equal(status, 1);
    assert.ok(json.summary.error >= 3 && json.files.length === 4);
    assert.deepEqual(library.checkFiles(PROJECT, { asOf: AS_OF }), json);
  });

  it("tells of every case what the checker tells over the disk", () => {
    const settings = { apps: { mastodon: "4.5" }, asOf: AS_OF };
    for (const { folder: place, names, files } of CASES) {
      const { json } = checkDisk(place, names, { settings });
      assert.deepEqual(library.checkFiles(files, settings), json, place);
    }
  });

  it("fixes what the command line fixes", () => {
    const disk = folder({ ...PROJECT, "plain.compose.yml": "\uFEFFservices:\r\n  a:\r\n    image: redis:6.2\r\n" });
    const files = Object.fromEntries(
      [...Object.keys(PROJECT), "plain.compose.yml"].map((name) => [name, disk.read(name)]),
    );
    const fixed = library.fixFiles(files, { asOf: AS_OF });
    assert.deepEqual(Object.keys(fixed).sort(), [".env", "plain.compose.yml"]);
    cli(["check", "--fix", "--as-of", AS_OF], { cwd: disk.path });
    for (const [name, text] of Object.entries(files)) assert.equal(disk.read(name), fixed[name] ?? text, name);
  });

  it("leaves out a fix that brings an error in another file", () => {
    const compose =
      "services:\n  a:\n    image: redis:6.2\n    command: redis-server /etc/redis.conf\n    volumes: ['./redis.conf:/etc/redis.conf']\n";
    const settings = { apps: { mastodon: "4.5" }, asOf: AS_OF };
    assert.deepEqual(library.fixFiles({ "compose.yaml": compose, "redis.conf": "gopher-enabled no\n" }, settings), {});
    assert.deepEqual(
      Object.keys(library.fixFiles({ "compose.yaml": compose, "redis.conf": "port 6379\n" }, settings)),
      ["compose.yaml"],
    );
  });

  it("explains what the command line explains", () => {
    const rules = library.rules();
    assert.deepEqual(
      rules.map(({ id }) => id),
      RULE_METAS.map(({ id }) => id),
    );
    const listed = cli(["check", "--list-rules"]).stdout.trim().split("\n");
    assert.equal(listed.length, rules.length);
    for (const [at, { id, severity, title, isOffByDefault }] of rules.entries())
      assert.deepEqual(must(listed[at]).split(/\s{2,}/), [id, isOffByDefault ? "off" : severity, title]);
    assert.equal(library.explain("image/licence")?.page, cli(["check", "--explain", "image/licence"]).stdout);
    for (const { id } of rules) assert.match(must(library.explain(id)).page, new RegExp(`^# ${id}\n`));
    assert.equal(library.explain("toString"), undefined);
  });

  it("takes the settings of the table", () => {
    const text = "services: { redis: { image: 'redis:6.2' } }";
    for (const { key } of SETTINGS)
      assert.doesNotThrow(() => library.check({ path: "compose.yaml", text, settings: { [key]: undefined } }), key);
    const rulesOf = (settings: Library.Settings): string[] =>
      library
        .check({ path: "deploy/compose.yaml", text, settings: { asOf: AS_OF, ...settings } })
        .findings.map(({ rule, severity }) => `${severity} ${rule}`);
    assert.deepEqual(rulesOf({}), []);
    assert.deepEqual(rulesOf({ noticeDays: 200 }), ["information image/end-of-life-soon"]);
    assert.deepEqual(rulesOf({ asOf: "2027-05-01" }), ["warning image/end-of-life"]);
    const mastodon = { apps: { mastodon: "4.5" } };
    assert.deepEqual(rulesOf(mastodon), ["error mastodon/engine-unsupported"]);
    assert.deepEqual(rulesOf({ ...mastodon, platform: "aptible" }), ["hint mastodon/engine-unsupported"]);
    assert.deepEqual(rulesOf({ ...mastodon, rules: { "mastodon/*": "off" } }), []);
    assert.deepEqual(rulesOf({ ...mastodon, ignore: ["deploy/**"] }), []);
    for (const settings of [{ apps: { mastadon: "4.5" } }, { asOf: "today" }, { colour: true }])
      assert.throws(() => library.check({ path: "a", text, settings: settings as Library.Settings }), TypeError);
  });
});

describe("library: texts", function () {
  this.timeout(60_000);
  const text = "\uFEFFservices:\r\n  😀:\r\n    image: redis:6.2 # 😀\r\n";
  const settings = { apps: { mastodon: "4.5" }, asOf: AS_OF };

  it("knows its files by the names that the caller uses", () => {
    for (const name of ["compose.yaml", "./compose.yaml", "/deploy/compose.yaml", "C:\\deploy\\compose.yaml"]) {
      const result = library.check({ path: name, text, settings });
      assert.equal(result.path, name);
      assert.equal(result.findings[0]?.fixes[0]?.edits[0]?.path, name);
      assert.deepEqual(Object.keys(library.fixFiles({ [name]: text }, settings)), [name]);
    }
  });

  it("takes the language where the name says nothing", () => {
    assert.equal(library.check({ path: "x", text, settings }).findings.length, 0);
    assert.equal(library.check({ path: "x", text, settings, languageId: "dockercompose" }).findings.length, 1);
  });

  it("counts no byte order mark, and keeps it", () => {
    const [finding] = library.check({ path: "compose.yaml", text, settings }).findings;
    const { line, column, endColumn, fixes } = must(finding);
    assert.deepEqual([line, column, endColumn], [3, 18, 21]);
    assert.equal(library.applyEdits(text, must(fixes[0]).edits), text.replace("6.2", "8.2"));
  });

  it("applies edits in any order, and refuses those that overlap", () => {
    const edit = (column: number, endColumn: number, newText: string) => ({
      path: "a",
      line: 1,
      column,
      endLine: 1,
      endColumn,
      newText,
    });
    assert.equal(library.applyEdits("abcdef", [edit(5, 6, "E"), edit(1, 2, "A"), edit(2, 2, "-")]), "A-bcdEf");
    assert.throws(() => library.applyEdits("abcdef", [edit(1, 4, ""), edit(3, 5, "")]), RangeError);
  });

  it("keeps nothing between two calls", () => {
    const ask = (tag: string) =>
      library.check({
        path: "compose.yaml",
        text: "services: { a: { image: 'redis:${T}' } }",
        files: { ".env": `T=${tag}` },
      }).images[0]?.releaseLine;
    assert.deepEqual([ask("7.2"), ask("8.0"), ask("7.2")], ["7.2", "8.0", "7.2"]);
  });

  it("never throws at a text or at a reference", () => {
    const name = fc.constantFrom(
      "compose.yaml",
      "redis.conf",
      ".env",
      "Dockerfile",
      "cache-compat.json",
      "values.yaml",
    );
    fc.assert(
      fc.property(name, fc.string(), fc.string({ unit: "binary" }), (path, plain, wild) => {
        library.check({ path, text: `${plain}\nservices: {a: {image: "${wild}"}}` });
        assert.ok(["cache", "other", "invalid"].includes(library.imageStates(wild).kind));
      }),
      { numRuns: 100 },
    );
  });
});

describe("library: images", function () {
  this.timeout(60_000);
  const ask = (reference: string) =>
    library.imageStates(reference, { apps: { mastodon: "4.5.1" }, asOf: AS_OF, noticeDays: 90 });

  it("tells states as the check does", () => {
    for (const reference of ["redis:6.2", "redis:7", "redis", "valkey/valkey:8.1.3-alpine", "eqalpha/keydb:6.3.4"]) {
      const image = ask(reference);
      const { images } = library.check({
        path: "Dockerfile",
        text: `FROM ${reference}\n`,
        settings: { apps: { mastodon: "4.5.1" }, asOf: AS_OF },
      });
      const { states, engine, releaseLine, reference: name } = must(images[0]);
      assert.ok(image.kind === "cache");
      assert.deepEqual(
        [image.states, image.engine, image.releaseLine, image.reference],
        [states, engine, releaseLine, name],
      );
    }
  });

  it("tells lifecycles by day and notice", () => {
    const lifecycle = (asOf: string, noticeDays = 90) => {
      const image = library.imageStates("redis:8.0", { asOf, noticeDays });
      return image.kind === "cache" ? image.lifecycle : image;
    };
    const endsOn = "2026-12-01";
    assert.deepEqual(lifecycle("2026-06-01"), { state: "maintained", endsOn });
    assert.deepEqual(lifecycle("2026-11-20"), { state: "ends-soon", endsOn });
    assert.deepEqual(lifecycle("2026-11-20", 5), { state: "maintained", endsOn });
    assert.deepEqual(lifecycle("2026-12-02"), { state: "ended", endsOn });
  });

  it("does not take what it does not know for unsupported", () => {
    assert.deepEqual(ask("nginx:1.29"), { kind: "other" });
    assert.deepEqual(ask("oliver006/redis_exporter:v1.70"), { kind: "other" });
    assert.deepEqual(ask("Redis:7"), { kind: "invalid" });
    const memcached = ask("memcached:1.6");
    assert.ok(memcached.kind === "cache");
    assert.deepEqual([memcached.states, memcached.tables], [{}, {}]);
    const floating = ask("redis:latest");
    assert.ok(floating.kind === "cache");
    assert.deepEqual([floating.states, floating.lifecycle], [{ mastodon: "floating" }, null]);
  });
});

describe("library: anywhere", function () {
  this.timeout(60_000);
  const PROGRAM = `
    const settings = { apps: { mastodon: "4.5" }, asOf: "2026-11-20" };
    result = JSON.stringify([
      library.checkFiles(${JSON.stringify(PROJECT)}, settings),
      ${JSON.stringify(CASES.map(({ files }) => files))}.map((files) => library.checkFiles(files, settings)),
      library.check({ path: "Dockerfile", text: ${JSON.stringify("\uFEFF\uFEFF# escape=`\nFROM redis:6.2")}, settings }),
      library.imageStates("redis:7.2@sha256:" + "0".repeat(64), settings),
      library.explain("conf/syntax"),
    ]);`;

  const expected = (): string => {
    const scope = { library, result: "" };
    vm.runInNewContext(PROGRAM, scope);
    return scope.result;
  };

  it("runs where there is only the language", () => {
    const scope = { module: { exports: {} }, result: "" };
    const text = readFileSync(path.join(ROOT, "dist", "library.cjs"), "utf8");
    vm.runInNewContext(`{ ${text}\n const library = module.exports; ${PROGRAM} }`, scope);
    assert.ok(scope.result.length > 10_000);
    assert.equal(scope.result, expected());
  });

  it("is bundled for a browser from where it is installed", async () => {
    const folder = path.join(installedPackage().folder, "browser");
    mkdirSync(folder);
    writeFileSync(
      path.join(folder, "page.js"),
      `import * as library from "cache-compat";\nlet result;\n${PROGRAM}\nexport default result;`,
    );
    const { outputFiles, metafile } = await build({
      entryPoints: [path.join(folder, "page.js")],
      bundle: true,
      platform: "browser",
      format: "iife",
      globalName: "page",
      write: false,
      metafile: true,
      logLevel: "silent",
    });
    assert.deepEqual(
      Object.values(metafile.inputs).flatMap(({ imports }) =>
        imports.filter(({ external, path: from }) => external && from !== "<runtime>"),
      ),
      [],
    );
    const scope: { page?: { default: string } } = {};
    vm.runInNewContext(must(outputFiles[0]).text, scope);
    assert.equal(must(scope.page).default, expected());
  });

  it("leaves the pages out where nobody asks for them", async () => {
    const bundled = async (name: string): Promise<number> => {
      const contents = `import { ${name} } from "./dist/library.mjs"; globalThis.used = ${name};`;
      const stdin = { contents, resolveDir: ROOT };
      const { outputFiles } = await build({ stdin, bundle: true, format: "esm", write: false, minify: true });
      return must(outputFiles[0]).text.length;
    };
    const [without, withPages] = [await bundled("check"), await bundled("explain")];
    assert.ok(without + 100_000 < readFileSync(path.join(ROOT, "dist", "library.mjs")).length, String(without));
    assert.ok(withPages > 100_000);
  });
});
