// Tables of an organisation on the command line, and the worked example.
import assert from "node:assert/strict";
import path from "node:path";
import { ROOT } from "../support/build.ts";
import { checkJson, cli } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import type { JsonRun } from "../support/json.ts";
import { ownTable, PROJECT } from "./table.ts";

const COMPOSE = "services:\n  a:\n    image: redis:7.2\n";

function told({ files }: JsonRun): string[] {
  return files.flatMap(({ path: name, findings }) =>
    findings.filter(({ severity }) => severity !== "hint").map(({ rule, line }) => `${name}:${line} ${rule}`),
  );
}

describe("own tables: command line", function () {
  this.timeout(30_000);
  const folder = folders();

  it("judges by the table of a flag, for the app of a flag", () => {
    const { path: cwd } = folder({ "compose.yaml": COMPOSE, "caches.json": ownTable() });
    const ran = checkJson(["--data", "caches.json", "--app", "web-shop@3.2"], { cwd });
    assert.deepEqual([ran.status, ran.stderr, told(ran.json)], [1, "", ["compose.yaml:3 app/engine-unsupported"]]);
    assert.deepEqual(ran.json.files[0]?.apps, { "web-shop": { version: "3.2", from: "flag" } });
    const { stdout } = cli(["check", "--data", "caches.json", "--app", "web-shop@3.2"], { cwd });
    assert.match(stdout, /^compose\.yaml {2}judged for Web Shop 3\.2 \(the flag --app\)\n/);
    assert.match(stdout, /image: redis:7\.2\n {4}\| {18}\^{3}\n/);
    assert.match(stdout, /fix: Use redis 8\.2 \(Web Shop 3\.2 supports it/);
  });

  it("fixes by it", () => {
    const work = folder({ "compose.yaml": COMPOSE, "cache-compat.json": PROJECT, "tables/caches.json": ownTable() });
    assert.equal(cli(["check", "--fix"], { cwd: work.path }).status, 0);
    assert.equal(work.read("compose.yaml"), COMPOSE.replace("7.2", "8.2"));
  });

  it("checks the tables that are named, wherever they stand, and ends with 1 where one is wrong", () => {
    const texts = {
      "app/compose.yaml": COMPOSE,
      "tables/caches.json": ownTable({ engine: "rediss" }),
      ".git/HEAD": "",
    };
    const work = folder({ ...texts, "app/cache-compat.json": PROJECT.replace("tables/", "../tables/") });
    const ran = checkJson(["app"], { cwd: work.path });
    assert.deepEqual([ran.status, ran.stderr, told(ran.json)], [1, "", ["tables/caches.json:57 data/invalid-value"]]);
    assert.equal(ran.json.summary.files, 3);
  });

  it("takes a flag that names no table, or an app that no table brings, as wrong usage", () => {
    const work = folder({ "in/compose.yaml": COMPOSE, "in/caches.json": ownTable(), "caches.json": ownTable() });
    for (const [args, message] of [
      [["--data", "missing.json"], "--data missing.json: there is no such file."],
      [
        ["--data", "../caches.json"],
        "--data ../caches.json: it lies outside of the checked folders, where nothing is read.",
      ],
      [
        ["--data", "caches.json", "--app", "shop@1.0"],
        '--app shop@1.0: There is no app "shop" here. Write mastodon, postiz or web-shop.',
      ],
      [["--app", "web-shop@3.2"], '--app web-shop@3.2: There is no app "web-shop" here. Write mastodon or postiz.'],
    ] as const) {
      const { status, stdout, stderr } = cli(["check", ...args], { cwd: work.file("in") });
      assert.deepEqual([status, stdout, stderr], [2, "", `cache-compat: ${message}\n`]);
    }
  });

  it("follows no link out of the workspace", () => {
    const outside = folder({ "caches.json": ownTable() });
    const work = folder({ "compose.yaml": COMPOSE, "cache-compat.json": PROJECT, ".git/HEAD": "", "tables/a.txt": "" });
    work.link("tables/caches.json", outside.file("caches.json"));
    const ran = checkJson([], { cwd: work.path });
    assert.deepEqual(told(ran.json), ["cache-compat.json:1 config/invalid-value"]);
  });

  it("reads the configuration that a service with a private image mounts", () => {
    const compose = `services:
  a:
    image: registry.example.com/base/cache:7.2.4
    command: redis-server /etc/my.conf
    volumes:
      - ./my.conf:/etc/my.conf
`;
    const texts = { "compose.yaml": compose, "my.conf": "maxmemory 256 mb\n", "tables/caches.json": ownTable() };
    const work = folder({ ...texts, "cache-compat.json": '{ "data": ["tables/caches.json"] }' });
    assert.ok(told(checkJson([], { cwd: work.path }).json).some((one) => one.startsWith("my.conf:1 conf/")));
    work.write({ "cache-compat.json": "{}" });
    assert.deepEqual(told(checkJson([], { cwd: work.path }).json), []);
  });
});

describe("own tables: the worked example", function () {
  this.timeout(30_000);

  it("tells what the page about organisations says", () => {
    const cwd = path.join(ROOT, "examples", "organisation");
    const { status, json, stderr } = checkJson([], { cwd });
    assert.deepEqual([status, stderr], [1, ""]);
    assert.deepEqual(told(json), [
      "compose.yaml:8 app/engine-unsupported",
      "compose.yaml:10 app/engine-end-of-life",
      "compose.yaml:12 app/engine-unlisted",
      "compose.yaml:12 organisation/end-of-life-soon",
    ]);
    assert.deepEqual(json.files[0]?.apps, { "web-shop": { version: "3.2.4", from: "detected" } });
    const messages = json.files[0]?.findings.map(({ message }) => message) ?? [];
    assert.match(
      messages[0] ?? "",
      /^Web Shop 3\.2 does not support Redis 6\.2: the table of Example Corp says so\. Supported: Valkey 8\.1\.$/,
    );
    assert.deepEqual(
      checkJson(["--as-of", "2027-01-01"], { cwd })
        .json.files[0]?.findings.filter(({ rule }) => rule.startsWith("organisation/"))
        .map(({ rule, message }) => `${rule}: ${message}`),
      [
        "organisation/end-of-life: Valkey 8.0 ended on 2026-12-31 (1 day ago) in the calendar of Example Corp. Plan the move to a line that it still runs.",
      ],
    );
  });
});
