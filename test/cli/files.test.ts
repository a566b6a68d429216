// Which files a run looks at, and how it lives through odd ones.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { CLI } from "../support/build.ts";
import { checkJson, cli } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import type { JsonRun } from "../support/json.ts";
import { must } from "../support/must.ts";

const OLD = "services:\n  a:\n    image: redis:6.2\n";
const APP = ["--app", "mastodon@4.5"];

function pathsOf(json: JsonRun): string[] {
  return json.files.map((file) => file.path);
}

function placesOf(json: JsonRun): string[] {
  return json.files.flatMap((file) =>
    file.findings.map(({ rule, line, column }) => `${file.path}:${line}:${column} ${rule}`),
  );
}

describe("cli: files", function () {
  this.timeout(30_000);
  const folder = folders();

  it("walks hidden folders, not .git and node_modules", () => {
    const { path: cwd } = folder({
      ".github/workflows/a.yml": "jobs: {a: {container: 'redis:6.2'}}\n",
      ".devcontainer/compose.yaml": OLD,
      ".git/compose.yaml": OLD,
      "node_modules/x/compose.yaml": OLD,
      "a/b/c/d/compose.yaml": OLD,
    });
    assert.deepEqual(pathsOf(checkJson(["."], { cwd }).json), [
      ".devcontainer/compose.yaml",
      ".github/workflows/a.yml",
      "a/b/c/d/compose.yaml",
    ]);
  });

  it("respects .gitignore, nested and negated, also above the folder", () => {
    const project = folder({
      ".gitignore": "/ignored/\n*.override.yml\n!keep.override.yml\n# x\n",
      "ignored/compose.yaml": OLD,
      "compose.yaml": OLD,
      "docker-compose.override.yml": OLD,
      "sub/.gitignore": "compose.yaml\n",
      "sub/compose.yaml": OLD,
      "sub/docker-compose.yml": OLD,
      "sub/deep/compose.yaml": OLD,
    });
    mkdirSync(project.file(".git"));
    assert.deepEqual(pathsOf(checkJson(["."], { cwd: project.path }).json), ["compose.yaml", "sub/docker-compose.yml"]);
    assert.deepEqual(pathsOf(checkJson(["."], { cwd: project.file("sub") }).json), ["docker-compose.yml"]);
  });

  it("checks what a compose file hands to its services, wherever it stands and whatever it is called", () => {
    const project = folder({
      ".gitignore": ".env*\nsettings\n",
      "deploy/compose.yaml": `services:
  redis:
    image: redis:7.4.11
    command: redis-server /etc/redis.conf
    volumes: ["../conf/redis.conf:/etc/redis.conf:ro", "data:/data"]
  web:
    image: ghcr.io/mastodon/mastodon:v4.5.16
    env_file: [../.env.production, ../settings]
`,
      ".env.production": "REDIS_HOST=elsewhere\nREDIS_PORT=6380\n",
      settings: "REDIS_HOST=redis\n",
      "conf/redis.conf": "port 6381\nmaxmemory-policy allkeys-lru\nmaxmemory 1gb\n",
    });
    mkdirSync(project.file(".git"));
    const expected = [".env.production:2:12 connection/port-mismatch", "conf/redis.conf:2:18 mastodon/evicting-policy"];
    const told = placesOf(checkJson(["."], { cwd: project.path }).json);
    assert.deepEqual(
      told.filter((place) => !place.startsWith("deploy/")),
      expected,
    );
    const inside = placesOf(checkJson(["."], { cwd: project.file("deploy") }).json);
    assert.deepEqual(
      inside.filter((place) => place.startsWith("../")),
      expected.map((place) => `../${place}`),
    );
  });

  it("checks a named file even where .gitignore lists it", () => {
    const { path: cwd } = folder({ ".gitignore": "*.yaml\n", "compose.yaml": OLD });
    assert.deepEqual(pathsOf(checkJson(["."], { cwd }).json), []);
    assert.deepEqual(pathsOf(checkJson(["compose.yaml"], { cwd }).json), ["compose.yaml"]);
  });

  it("checks a named file whose name says nothing", () => {
    const { path: cwd } = folder({ "cache.yaml": OLD });
    assert.deepEqual(pathsOf(checkJson(["."], { cwd }).json), []);
    assert.deepEqual(pathsOf(checkJson(["cache.yaml"], { cwd }).json), ["cache.yaml"]);
  });

  it("checks what a checked file includes or extends even where .gitignore lists it", () => {
    const { path: cwd } = folder({
      ".gitignore": "parts/\n.env\n",
      "compose.yaml":
        "include: [parts/one.yml]\nservices:\n  a:\n    extends: {file: parts/two.yml, service: a}\n  b:\n    image: redis:${TAG}\n",
      ".env": "TAG=6.2\n",
      "parts/one.yml": OLD,
      "parts/two.yml": OLD,
      "parts/unrelated/compose.yaml": OLD,
    });
    const { json } = checkJson([...APP, "."], { cwd });
    assert.deepEqual(pathsOf(json), ["compose.yaml", "parts/one.yml", "parts/two.yml"]);
    for (const file of json.files) assert.equal(file.images[0]?.states.mastodon, "unsupported", file.path);
  });

  it("checks each file once", () => {
    const { path: cwd } = folder({ "compose.yaml": OLD, "sub/compose.yaml": OLD });
    const { json } = checkJson([".", "sub", "compose.yaml", "./sub/../compose.yaml"], { cwd });
    assert.deepEqual([pathsOf(json), json.summary.files], [["compose.yaml", "sub/compose.yaml"], 2]);
  });

  it("leaves out what --ignore names: files, folders and patterns", () => {
    const { path: cwd } = folder({
      "compose.yaml": OLD,
      "old/compose.yaml": OLD,
      "a/old/compose.yaml": OLD,
      "b/docker-compose.yml": OLD,
    });
    const left = (...globs: string[]): string[] =>
      pathsOf(checkJson([...globs.flatMap((glob) => ["--ignore", glob]), "."], { cwd }).json);
    assert.deepEqual(left("old"), ["b/docker-compose.yml", "compose.yaml"]);
    assert.deepEqual(left("old/**", "*.yml"), ["compose.yaml"]);
    assert.deepEqual(left("a/**/compose.yaml"), ["b/docker-compose.yml", "compose.yaml", "old/compose.yaml"]);
    assert.deepEqual(left("**"), []);
  });

  it("does not follow links out of the tree, nor in circles", () => {
    const outside = folder({ "compose.yaml": OLD });
    const project = folder({ "a/docker-compose.yml": OLD });
    symlinkSync(outside.path, project.file("out"));
    symlinkSync(outside.file("compose.yaml"), project.file("compose.yaml"));
    symlinkSync("..", project.file("a/loop"));
    symlinkSync("nowhere", project.file("compose.yml"));
    assert.deepEqual(pathsOf(checkJson(["."], { cwd: project.path }).json), ["a/docker-compose.yml"]);
  });

  it("takes the nearest project file, alone, or the one that --config names", () => {
    const { path: cwd } = folder({
      "cache-compat.json": '{ "apps": { "mastodon": "4.5" }, "rules": { "image/floating-tag": "error" } }',
      "compose.yaml": "services: {a: {image: redis:6.2}, b: {image: redis}}\n",
      "sub/cache-compat.json": '{ "apps": { "mastodon": "4.4" } }',
      "sub/compose.yaml": "services: {a: {image: redis:6.2}, b: {image: redis}}\n",
      "other.json": '{ "apps": { "mastodon": "4.3" } }',
    });
    const seen = (...flags: string[]) =>
      checkJson([...flags, "compose.yaml", "sub/compose.yaml"], { cwd }).json.files.map((file) => [
        file.apps.mastodon?.version,
        file.findings.find(({ rule }) => rule === "image/floating-tag")?.severity,
      ]);
    assert.deepEqual(seen(), [
      ["4.5", "error"],
      ["4.4", "warning"],
    ]);
    assert.deepEqual(seen("--config", "other.json"), [
      ["4.3", "warning"],
      ["4.3", "warning"],
    ]);
  });

  it("obeys ignore of the project file named by --config", () => {
    const { path: cwd } = folder({ "compose.yaml": OLD, "old/compose.yaml": OLD, "c.json": '{ "ignore": ["old"] }' });
    assert.deepEqual(pathsOf(checkJson(["--config", "c.json", "."], { cwd }).json), ["compose.yaml"]);
  });

  it("tells what is wrong in a project file at its place", () => {
    const text =
      '{\n  "colour": "red",\n  "apps": { "mastodon": "banana", "friendica": "1.0" },\n  "rules": { "no/rule": "off", "image/floating-tag": "loud" },\n  "noticeDays": "soon",\n  "asOf": "yesterday"\n}\n';
    const { path: cwd } = folder({ "cache-compat.json": text, "compose.yaml": OLD });
    const { json, status, stderr } = checkJson(["."], { cwd });
    assert.equal(stderr, "");
    assert.equal(status, 1);
    const at = (part: string, rule: string): string => {
      const before = text.slice(0, text.indexOf(part)).split("\n");
      return `cache-compat.json:${before.length}:${(before.at(-1) ?? "").length + 1} config/${rule}`;
    };
    assert.deepEqual(
      placesOf(json).filter((place) => place.startsWith("cache-compat.json")),
      [
        at('"colour"', "unknown-key"),
        at('"banana"', "invalid-value"),
        at('"friendica"', "unknown-key"),
        at('"no/rule"', "unknown-key"),
        at('"loud"', "invalid-value"),
        at('"soon"', "invalid-value"),
        at('"yesterday"', "invalid-value"),
      ],
    );
    assert.deepEqual(pathsOf(json), ["cache-compat.json", "compose.yaml"], "the rest is checked all the same");
  });

  it("tells a project file that is no JSON, also when --config names it", () => {
    const { path: cwd } = folder({
      "cache-compat.json": '{ "apps": { }\n',
      "other.json": "nonsense",
      "compose.yaml": OLD,
    });
    const near = checkJson(["."], { cwd });
    assert.equal(near.status, 1);
    assert.deepEqual(placesOf(near.json).filter((place) => place.includes("config/")).length, 1);
    assert.match(must(placesOf(near.json)[0]), /^cache-compat\.json:\d+:\d+ config\/syntax$/);
    const named = checkJson(["--config", "other.json", "."], { cwd });
    assert.equal(named.status, 1);
    assert.ok(placesOf(named.json).includes("other.json:1:1 config/syntax"));
  });

  it("checks a text on standard input as the file it stands for", () => {
    const { path: cwd } = folder({ ".env": "TAG=6.2\n", "compose.yaml": "services: {}\n" });
    const input = "\uFEFFservices:\n  a:\n    image: redis:${TAG}\n";
    const { json, status } = checkJson([...APP, "--stdin-filename", "compose.yaml"], { cwd, input });
    assert.equal(status, 1);
    assert.deepEqual(pathsOf(json), ["compose.yaml"]);
    assert.deepEqual(json.files[0]?.images[0]?.states, { mastodon: "unsupported" });
    const missing = checkJson([...APP, "--stdin-filename", "not/there/Dockerfile"], { cwd, input: "FROM redis:6.2\n" });
    assert.deepEqual(pathsOf(missing.json), ["not/there/Dockerfile"]);
    const other = cli(["check", "--stdin-filename", "compose.yaml", "compose.yaml"], { cwd, input });
    assert.deepEqual([other.status, other.stdout], [2, ""]);
  });
});

describe("cli: odd files", function () {
  this.timeout(60_000);
  const folder = folders();

  function checkText(text: string | Buffer, name = "compose.yaml") {
    return checkJson([...APP, "."], { cwd: folder({ [name]: text }).path });
  }

  it("stops quietly when the reader goes away", () => {
    const services = Array.from({ length: 800 }, (_, at) => `  s${at}: {image: redis:6.2}\n`).join("");
    const { path: cwd } = folder({ "compose.yaml": `services:\n${services}` });
    for (const format of ["text", "json"]) {
      const { stdout, stderr } = spawnSync(
        "sh",
        ["-c", `"$0" "$1" check --format ${format} --app mastodon@4.5 compose.yaml | head -1`, process.execPath, CLI],
        { cwd, encoding: "utf8" },
      );
      assert.equal(stderr, "");
      assert.equal(stdout.trimEnd().split("\n").length, 1);
    }
  });

  it("prints a long answer to the end through a pipe", () => {
    const services = Array.from({ length: 800 }, (_, at) => `  s${at}: {image: redis:6.2}\n`).join("");
    const { json, status } = checkText(`services:\n${services}`);
    assert.deepEqual([status, json.summary.error, json.files[0]?.images.length], [1, 800, 800]);
  });

  it("reads a file of 5 MB", () => {
    const filler = `    # ${"x".repeat(1000)}\n`.repeat(5000);
    const { json, status } = checkText(`services:\n  a:\n    image: redis:6.2\n${filler}  b:\n    image: redis:7.0\n`);
    assert.equal(status, 1);
    assert.deepEqual(
      json.files[0]?.images.map(({ line, text }) => [line, text]),
      [
        [3, "6.2"],
        [5005, "7.0"],
      ],
    );
  });

  it("tells that a file is too large, and goes on", () => {
    const { path: cwd } = folder({
      "compose.yaml": `${OLD}# ${"x".repeat(9 * 1024 * 1024)}\n`,
      Dockerfile: "FROM redis:6.2\n",
    });
    const { json, status } = checkJson([...APP, "."], { cwd });
    assert.equal(status, 1);
    assert.deepEqual(placesOf(json), [
      "Dockerfile:1:12 mastodon/engine-unsupported",
      "compose.yaml:1:1 file/too-large",
    ]);
  });

  it("tells of each kind from which size on it is not read", () => {
    const { path: cwd } = folder({
      "compose.yaml": `${OLD}${"#\n".repeat(150_000)}`,
      "a/compose.yaml": `${OLD}${"#\n".repeat(140_000)}`,
      Dockerfile: `FROM redis:6.2\n${"#\n".repeat(140_000)}`,
      ".env": `REDIS_URL=redis:\n${"A=b\n".repeat(600_000)}`,
      "a/.env": `REDIS_URL=redis:\n${"A=b\n".repeat(100_000)}`,
      "b/Dockerfile": "FROM redis:6.2\n".repeat(501).replaceAll("\n", `\n# ${"x".repeat(60)}\n`),
      "c/Dockerfile": "FROM redis:6.2\n".repeat(500).replaceAll("\n", `\n# ${"x".repeat(60)}\n`),
      "d/compose.yaml": `${OLD}${Array.from({ length: 5001 }, (_, at) => `x-${at}: &a${at} v\n`).join("")}`,
      "e/compose.yaml": `${OLD}x-text: |\n${"  a&b & c\n".repeat(5000)}`,
      "f/deploy.yaml": `---\napiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: redis:6.2\n${"---\na: b\n".repeat(5001)}`,
    });
    const { json } = checkJson([...APP, "."], { cwd });
    const told = json.files.flatMap(({ path: file, findings }) =>
      findings.flatMap(({ rule, message }) =>
        rule === "file/too-large" ? [`${file} ${/than (.*) and/.exec(message)?.[1]}`] : [],
      ),
    );
    assert.deepEqual(told, [
      ".env 2 million characters",
      "Dockerfile 0.25 million characters",
      "b/Dockerfile 500 build stages",
      "compose.yaml 150,000 lines",
      "d/compose.yaml 5,000 anchors",
      "f/deploy.yaml 5,000 documents",
    ]);
  });

  it("survives a bomb of aliases", () => {
    const levels = Array.from({ length: 40 }, (_, at) => {
      const before = at === 0 ? "lol" : `*a${at - 1}`;
      return `x-${at}: &a${at} [${Array(9).fill(before).join(", ")}]\n`;
    }).join("");
    const merges = Array.from({ length: 40 }, (_, at) => {
      const before =
        at === 0
          ? "{image: redis:6.2}"
          : `{<<: [${Array(9)
              .fill(`*m${at - 1}`)
              .join(", ")}]}`;
      return `y-${at}: &m${at} ${before}\n`;
    }).join("");
    const { json, status } = checkText(`${levels}${merges}services:\n  a:\n    <<: *m39\n    command: *a39\n`);
    assert.equal(status, 1);
    assert.deepEqual(
      json.files[0]?.images.map(({ text }) => text),
      ["6.2"],
    );
  });

  it("survives anchors that contain themselves", () => {
    const { json } = checkText("services: &s\n  a: &a\n    image: redis:6.2\n    <<: *a\n  b:\n    <<: *s\n");
    assert.deepEqual(
      json.files[0]?.images.map(({ text }) => text),
      ["6.2"],
    );
  });

  it("survives deep nesting", () => {
    for (const text of [
      `services:\n  a:\n    image: redis:6.2\n    x: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`,
      `${"{a: ".repeat(5_000)}1${"}".repeat(5_000)}\n`,
      `a:\n${Array.from({ length: 1500 }, (_, at) => `${" ".repeat(at + 1)}a:\n`).join("")}`,
      `services: {a: {image: "redis:${"${A:-".repeat(2000)}7.0${"}".repeat(2000)}"}}\n`,
    ]) {
      const { status, stderr, json } = checkText(text);
      assert.ok(status === 0 || status === 1, `status ${status}`);
      assert.equal(stderr, "");
      assert.equal(json.summary.files, 1);
    }
  });

  it("leaves out binary files and UTF-16 with a line each, and checks the rest", () => {
    const binary = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256));
    for (const name of ["compose.yaml", "Dockerfile", "values.yaml", "cache-compat.json", "app.yaml"]) {
      const { status, stderr, json } = checkJson([...APP, "."], {
        cwd: folder({ [name]: binary, "z/compose.yaml": OLD }).path,
      });
      assert.deepEqual([status, pathsOf(json)], [1, ["z/compose.yaml"]]);
      assert.equal(stderr, `cache-compat: left out: ${name}: it is a binary file.\n`);
    }
    const utf16 = checkText(Buffer.from(`\uFEFF${OLD}`, "utf16le"));
    assert.deepEqual(
      [utf16.status, utf16.stderr],
      [0, "cache-compat: left out: compose.yaml: it is UTF-16, not UTF-8.\n"],
    );
  });

  it("checks a text with bytes that are no UTF-8", () => {
    const { status, stderr } = checkText(Buffer.concat([Buffer.from([0x23, 0xe9, 0xff, 0x0a]), Buffer.from(OLD)]));
    assert.deepEqual([status, stderr], [1, ""]);
  });

  it("tells an image that is no reference", () => {
    const { json, status } = checkText(
      "services:\n  a:\n    image: redis:7.2:x\n  b:\n    image: My App!\n  c:\n    image: redis:8.2\n",
    );
    assert.equal(status, 1);
    assert.deepEqual(placesOf(json), ["compose.yaml:3:12 image/invalid-reference"]);
  });

  it("leaves out what the project file ignores, seen from its folder", () => {
    const { path: cwd } = folder({
      "deploy/cache-compat.json": '{"ignore": ["old", "*.override.yml"]}',
      "deploy/old/compose.yaml": OLD,
      "deploy/compose.yaml": OLD,
      "deploy/docker-compose.override.yml": OLD,
      "old/compose.yaml": OLD,
    });
    const { json } = checkJson(["."], { cwd });
    assert.deepEqual(pathsOf(json), ["deploy/compose.yaml", "old/compose.yaml"]);
  });

  it("follows includes from file to file, whatever they are called", () => {
    const { path: cwd } = folder({
      "compose.yaml": "include: [parts/one.yml]\n",
      ".env": "TAG=7.0\n",
      "parts/one.yml": "include: [three.yml]\n",
      "parts/three.yml": "services:\n  a:\n    image: redis:${TAG:-6.2}\n",
    });
    const { json } = checkJson([".", ...APP], { cwd });
    assert.deepEqual(placesOf(json), ["parts/three.yml:3:18 mastodon/engine-end-of-life"]);
  });
});
