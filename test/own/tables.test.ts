// Tables of an organisation in the checker: what they bring, and that a wrong one brings nothing.
import assert from "node:assert/strict";
import type { Report } from "../../server/src/core/index.ts";
import { checkMemory } from "../support/inProcess.ts";
import { must } from "../support/must.ts";
import { ownTable, PROJECT } from "./table.ts";

const IMAGES = `services:
  shop:
    image: registry.example.com/team/front:v3.2.1
  own:
    image: registry.example.com/base/cache:v7.2.4-build.3
  plain:
    image: redis:7.2
  pages:
    image: valkey/valkey:8.1
`;

function files(table: string, project = PROJECT): Record<string, string> {
  return { "compose.yaml": IMAGES, "cache-compat.json": project, "tables/caches.json": table };
}

/** `compose.yaml:5 app/engine-unsupported`. */
function told(texts: Readonly<Record<string, string>>, options: Parameters<typeof checkMemory>[1] = {}): string[] {
  return checkMemory(texts, options).json.files.flatMap(({ path, findings }) =>
    findings.map(({ rule, line }) => `${path}:${line} ${rule}`),
  );
}

function reportOf(texts: Readonly<Record<string, string>>, name: string): Report {
  return must(checkMemory(texts).reports.find(({ source }) => source.path.endsWith(`/${name}`)));
}

describe("own tables: what they bring", () => {
  it("an app with its matrix, images with the version from the tag, end dates", () => {
    const run = checkMemory(files(ownTable()));
    const [file] = run.json.files.filter(({ path }) => path === "compose.yaml");
    assert.deepEqual(file?.apps, { "web-shop": { version: "3.2", from: "config" } });
    assert.deepEqual(
      file?.images.map(({ reference, engine, releaseLine, states }) => [reference, engine, releaseLine, states]),
      [
        ["registry.example.com/base/cache:v7.2.4-build.3", "redis", "7.2", { "web-shop": "unsupported" }],
        ["docker.io/library/redis:7.2", "redis", "7.2", { "web-shop": "unsupported" }],
        ["docker.io/valkey/valkey:8.1", "valkey", "8.1", { "web-shop": "unlisted" }],
      ],
    );
    assert.deepEqual(
      file?.findings.filter(({ severity }) => severity !== "hint").map(({ rule, line }) => `${line} ${rule}`),
      ["5 app/engine-unsupported", "7 app/engine-unsupported", "9 app/engine-unlisted", "9 organisation/end-of-life"],
    );
    assert.deepEqual(
      run.json.files.map(({ path }) => path),
      ["compose.yaml"],
    );
  });

  it("offers tags that exist, and never a line that the organisation has left", () => {
    const fixesOf = (table: string): string[] =>
      checkMemory(files(table))
        .json.files.flatMap(({ findings }) => findings)
        .filter(({ rule, line }) => rule === "app/engine-unsupported" && line === 7)
        .flatMap(({ fixes }) => fixes.filter(({ preferred }) => preferred).map(({ edits }) => edits[0]?.newText ?? ""));
    assert.deepEqual(fixesOf(ownTable()), ["8.2"]);
    const left = JSON.parse(ownTable());
    left.products[0] = { ...left.products[0], product: "redis" };
    left.products[0].releases[0].cycle = "8.2";
    left.apps[0].matrix.rows.unshift({ ...left.apps[0].matrix.rows[0], label: "8.0", range: ">=8.0.0 <8.1.0" });
    assert.deepEqual(fixesOf(JSON.stringify(left)), ["8.0"]);
  });

  it("finds the version of the app by its image, whatever the image is called", () => {
    const texts = files(ownTable(), '{ "data": ["tables/caches.json"] }');
    assert.deepEqual(
      reportOf(texts, "compose.yaml").apps.map(({ app, version, from }) => [app, version, from]),
      [["web-shop", "3.2.1", "detected"]],
    );
    const kubernetes = (image: string): string =>
      `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: ${image}\n`;
    const manifests = {
      ...texts,
      "front.yaml": kubernetes("registry.example.com/team/front:3.2.0"),
      "cache.yaml": kubernetes("redis:7.2"),
      "compose.yaml": "",
    };
    assert.deepEqual(told(manifests), ["cache.yaml:6 app/engine-unsupported"]);
  });

  it("takes versions from a comment and a flag, and tells of apps that no table brings", () => {
    const texts = files(ownTable(), '{ "data": ["tables/caches.json"] }');
    const commented = {
      ...texts,
      "compose.yaml": `# cache-compat: web-shop=3.2\n${IMAGES.replace("team/front", "team/other")}`,
    };
    assert.ok(told(commented).includes("compose.yaml:8 app/engine-unsupported"), told(commented).join("\n"));
    const misspelled = {
      ...texts,
      "cache-compat.json": '{ "apps": { "shop": "1.0" }, "data": ["tables/caches.json"] }',
    };
    assert.ok(told(misspelled).includes("cache-compat.json:1 config/unknown-key"));
  });

  it("leaves the built-in tables as they are", () => {
    const mastodon = IMAGES.replace("registry.example.com/team/front:v3.2.1", "ghcr.io/mastodon/mastodon:v4.5.1");
    const without = told({ "compose.yaml": mastodon });
    const withOwn = told({ ...files(ownTable(), '{ "data": ["tables/caches.json"] }'), "compose.yaml": mastodon });
    assert.deepEqual(
      withOwn.filter((one) => !one.includes("organisation/") && !one.includes(":5 ")),
      without,
    );
  });

  it("counts the nearest project file, the stronger layer, and each table once", () => {
    const other = ownTable({ cell: "end-of-life" }).replaceAll("web-shop", "other-shop");
    const texts = {
      ...files(ownTable()),
      "tables/other.json": other,
      "inner/cache-compat.json":
        '{ "apps": { "other-shop": "3.2" }, "data": ["../tables/other.json", "../tables/other.json"] }',
      "inner/compose.yaml": "services:\n  a:\n    image: redis:7.2\n",
    };
    assert.ok(told(texts).includes("inner/compose.yaml:3 app/engine-end-of-life"));
    const settings = { data: ["tables/caches.json"] };
    assert.deepEqual(
      reportOf(texts, "inner/compose.yaml").ownTables.map(({ path, state }) => [path, state]),
      [["/project/tables/other.json", "used"]],
    );
    const [report] = checkMemory(texts, { settings, only: ["inner/compose.yaml"] }).reports;
    assert.deepEqual(
      report?.ownTables.map(({ path, state }) => [path, state]),
      [["/project/tables/caches.json", "used"]],
    );
  });
});

describe("own tables: wrong ones", () => {
  const wrong: readonly (readonly [
    what: string,
    change: (table: Record<string, never>) => unknown,
    at: string,
    message: RegExp,
  ])[] = [
    [
      "no organisation",
      (table) => delete (table as { organisation?: unknown }).organisation,
      "{",
      /The key "organisation" is missing/,
    ],
    [
      "an unknown key",
      (table) => Object.assign(table, { app: [] }),
      '"app"',
      /There is no key "app" here\. Write organisation, apps, products or repositories\./,
    ],
    [
      "an unknown engine",
      (table) => Object.assign(first(table, "repositories"), { engine: "rediss" }),
      '"rediss"',
      /There is no engine "rediss"\. Write one of redis, valkey/,
    ],
    [
      "no source",
      (table) => delete (first(table, "repositories") as { source?: unknown }).source,
      "{",
      /The key "source" is missing/,
    ],
    [
      "a wrong state",
      (table) => Object.assign(rows(table)[0]?.cells as object, { "3.2": "fine" }),
      '"fine"',
      /Write "supported", "end-of-life", "unsupported" or "unlisted"/,
    ],
    [
      "a cell without column",
      (table) => Object.assign(rows(table)[0]?.cells as object, { "3.1": "supported" }),
      '"3.1"',
      /3\.1 is not among the columns/,
    ],
    [
      "a range that is none",
      (table) => Object.assign(rows(table)[0] ?? {}, { range: "7.2 or so" }),
      '"7.2 or so"',
      /This is no range of versions/,
    ],
    [
      "a day that does not exist",
      (table) => Object.assign(rows(table)[0] ?? {}, { asOf: "2026-02-30" }),
      '"2026-02-30"',
      /2026-02-30 is not in the calendar/,
    ],
    [
      "an expression that does not compile",
      (table) => Object.assign(first(table, "apps").detection as object, { image: "(" }),
      '"("',
      /no regular expression/,
    ],
    [
      "a built-in app",
      (table) => Object.assign(first(table, "apps"), { app: "mastodon" }),
      '"mastodon"',
      /The name mastodon is taken by the app Mastodon/,
    ],
    [
      "the name of a setting",
      (table) => Object.assign(first(table, "apps"), { app: "engine" }),
      '"engine"',
      /The name engine is taken by a setting/,
    ],
    [
      "a built-in image",
      (table) => Object.assign(first(table, "repositories"), { repository: "docker.io/library/redis" }),
      '"docker.io/library/redis"',
      /is taken by an image that is known already/,
    ],
    [
      "a name that is not whole",
      (table) => Object.assign(first(table, "repositories"), { repository: "team/redis" }),
      '"team/redis"',
      /Write the normalised name: docker\.io\/team\/redis/,
    ],
    [
      "a name with a tag",
      (table) => Object.assign(first(table, "repositories"), { repository: "registry.example.com/redis:7" }),
      '"registry.example.com/redis:7"',
      /This is no name of an image without a tag/,
    ],
    ["a list in place of a text", (table) => Object.assign(table, { organisation: [] }), "[]", /Write a text\./],
  ];
  for (const [what, change, at, message] of wrong) {
    it(`with ${what}: told where it stands, and nothing of the table counts`, () => {
      const table = JSON.parse(ownTable()) as Record<string, never>;
      change(table);
      const text = JSON.stringify(table, null, 2);
      const run = checkMemory(files(text));
      const findings = run.json.files.find(({ path }) => path === "tables/caches.json")?.findings ?? [];
      const finding = must(findings[0], what);
      assert.deepEqual([finding.rule, finding.severity], ["data/invalid-value", "error"]);
      assert.match(finding.message, message);
      const lines = text.split("\n");
      assert.equal(lines[finding.line - 1]?.slice(finding.column - 1, finding.endColumn - 1), at);
      const compose = must(run.reports.find(({ source }) => source.path.endsWith("compose.yaml")));
      assert.deepEqual(
        [compose.apps, compose.images.map(({ image }) => image.repository.repository), compose.catalog.calendars],
        [[], ["docker.io/library/redis", "docker.io/valkey/valkey"], []],
      );
      // One cause, one finding: the app of the table is not told as unknown.
      assert.deepEqual(
        run.json.files.filter(({ path }) => path === "cache-compat.json"),
        [],
      );
    });
  }

  it("that is no JSON is told as that", () => {
    assert.deepEqual(told(files('{ "organisation": "Example Corp" "apps": [] }')), [
      "tables/caches.json:1 data/syntax",
    ]);
  });

  it("with half a character in a key is told as any other", () => {
    for (const half of ["\uD83E", "\\uD83E"]) {
      const wrong = ownTable().replace('"cells": {', `"cells": { "${half}": 7,`);
      assert.ok(
        told(files(wrong)).some((one) => one.endsWith("data/invalid-value")),
        JSON.stringify(half),
      );
    }
  });

  it("that is not there or lies outside is told where it is named, and never read", () => {
    const project = '{\n  "data": ["missing.json", "../outside.json", "/etc/passwd"]\n}';
    const run = checkMemory({ ...files(ownTable(), project) });
    const findings = run.json.files.find(({ path }) => path === "cache-compat.json")?.findings ?? [];
    assert.deepEqual(
      findings.map(({ rule, line, column, endColumn, message }) => [
        rule,
        line,
        column,
        endColumn,
        message.split(",")[0],
      ]),
      [
        ["config/invalid-value", 2, 12, 26, "There is no such file beside this one"],
        [
          "config/invalid-value",
          2,
          28,
          45,
          "This lies outside of the workspace and is never read. Copy the table into the workspace.",
        ],
        [
          "config/invalid-value",
          2,
          47,
          60,
          "This lies outside of the workspace and is never read. Copy the table into the workspace.",
        ],
      ],
    );
    for (const { dependsOn } of run.reports)
      assert.deepEqual(
        [...dependsOn.files].filter((path) => !path.startsWith("/project/")),
        [],
      );
  });

  it("says nothing of a text that is named by mistake but where it stops to fit", () => {
    const secret = "AKIAIOSFODNN7EXAMPLEsecret";
    const text = JSON.stringify({ [secret]: secret, organisation: 5 }, null, 2);
    const messages = checkMemory(files(text)).json.files.flatMap(({ findings }) =>
      findings.map(({ message }) => message),
    );
    assert.ok(messages.length >= 2 && !messages.join().includes(secret), messages.join("\n"));
  });

  it("takes the second of two tables that say who they are twice as the wrong one", () => {
    const texts = {
      ...files(ownTable(), '{ "apps": { "web-shop": "3.2" }, "data": ["tables/caches.json", "tables/more.json"] }'),
      "tables/more.json": ownTable(),
    };
    const all = told(texts);
    assert.ok(all.includes("compose.yaml:7 app/engine-unsupported"));
    assert.deepEqual(
      all.filter((one) => one.includes("data/")).map((one) => one.replace(/:\d+/, "")),
      ["tables/more.json data/invalid-value", "tables/more.json data/invalid-value"],
    );
  });
});

type Row = Record<string, unknown>;

function first(table: Record<string, unknown>, key: string): Row {
  return must((table[key] as Row[] | undefined)?.[0]);
}

function rows(table: Record<string, unknown>): Row[] {
  return (first(table, "apps").matrix as { rows: Row[] }).rows;
}
