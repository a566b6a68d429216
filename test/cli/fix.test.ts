// `--fix` writes what may be written unseen, and not one byte more.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import { checkJson, cli, type Ran } from "../support/cli.ts";
import { type Folder, folders } from "../support/folders.ts";

const FLAGS = ["check", "--as-of", "2026-11-20", "--app", "mastodon@4.5"];

describe("cli: --fix", function () {
  this.timeout(30_000);
  const folder = folders();

  function fix(cwd: string, ...more: string[]): Ran {
    return cli([...FLAGS, "--fix", ...(more.length === 0 ? ["."] : more)], { cwd });
  }

  it("moves lines up, keeps the rest, and judges what is left", () => {
    const project = folder({
      "compose.yaml":
        "services:\n  a:\n    image: redis:6.2-alpine # keep\n  b:\n    image: redis:7.0.15-bookworm\n  c:\n    image: redis:latest\n",
    });
    const { status, stderr } = fix(project.path);
    assert.equal(
      project.read("compose.yaml"),
      "services:\n  a:\n    image: redis:8.2-alpine # keep\n  b:\n    image: redis:7.4.11-bookworm\n  c:\n    image: redis:latest\n",
    );
    // The floating tag stays: a warning, no error.
    assert.deepEqual([status, stderr], [0, ""]);
    assert.deepEqual(readdirSync(project.path), ["compose.yaml"]);
  });

  it("is done after one run", () => {
    const project = folder({
      "compose.yaml": "services:\n  a:\n    image: redis:${TAG}\n  b:\n    image: redis:6.0\n",
      ".env": "TAG=7.0\n",
    });
    fix(project.path);
    const once = [project.read("compose.yaml"), project.read(".env")];
    assert.deepEqual(once, ["services:\n  a:\n    image: redis:${TAG}\n  b:\n    image: redis:8.2\n", "TAG=7.4\n"]);
    const { stdout } = fix(project.path, "--format", "json", ".");
    assert.deepEqual([project.read("compose.yaml"), project.read(".env")], once);
    assert.deepEqual(JSON.parse(stdout).summary.error, 0);
  });

  it("leaves out what brings an error in a file beside it, says so, and does the rest", () => {
    // Redis 7.0 has left this directive behind.
    const texts = {
      "a/compose.yaml":
        "services:\n  x:\n    image: redis:7.0\n  y:\n    image: redis:6.2\n    command: redis-server /etc/redis.conf\n    volumes: ['./redis.conf:/etc/redis.conf']\n",
      "a/redis.conf": "gopher-enabled no\n",
      "b/compose.yaml": "services:\n  z:\n    image: redis:6.2\n",
    };
    const project = folder(texts);
    const dry = cli([...FLAGS, "--fix-dry-run", "."], { cwd: project.path });
    assert.doesNotMatch(dry.stdout, /redis:8\.2\n.*command/s);
    const { status, stderr } = fix(project.path);
    assert.equal(status, 1);
    assert.equal(
      stderr,
      'cache-compat: a/compose.yaml:5: not fixed: "Use redis 8.2 (Mastodon 4.5 supports it; maintained until 2030-09-01)" brings an error, here or beside it, or mends nothing.\n',
    );
    assert.equal(dry.stderr, stderr);
    assert.equal(project.read("a/compose.yaml"), texts["a/compose.yaml"].replace("7.0", "7.4"));
    assert.equal(project.read("a/redis.conf"), texts["a/redis.conf"]);
    assert.equal(project.read("b/compose.yaml"), texts["b/compose.yaml"].replace("6.2", "8.2"));
  });

  it("still fails for what it cannot mend", () => {
    const text = `services:\n  a:\n    image: redis:6.2@sha256:${"0".repeat(64)}\n`;
    const project = folder({ "compose.yaml": text });
    assert.equal(fix(project.path).status, 1);
    assert.equal(project.read("compose.yaml"), text);
  });

  it("never steps back and never changes the engine", () => {
    const text =
      "services:\n  a:\n    image: redis:8.10\n  b:\n    image: eqalpha/keydb:x86_64_v6.3.4\n  c:\n    image: valkey/valkey:9.1\n";
    const project = folder({ "compose.yaml": text });
    fix(project.path);
    assert.equal(project.read("compose.yaml"), text);
  });

  it("keeps byte order mark, Windows lines, a missing last line break and the mode", () => {
    const bytes = (tag: string): Buffer =>
      Buffer.from(`\uFEFFservices:\r\n  "🦣":\r\n    image: redis:${tag}\r\n  b: {image: 'redis:${tag}'}`);
    const project = folder({ "compose.yaml": bytes("6.2") });
    chmodSync(project.file("compose.yaml"), 0o640);
    assert.equal(fix(project.path).status, 0);
    assert.deepEqual(readFileSync(project.file("compose.yaml")), bytes("8.2"));
    assert.equal(statSync(project.file("compose.yaml")).mode & 0o777, 0o640);
  });

  it("edits the variable in .env, in quotes and behind export", () => {
    const project = folder({
      "compose.yaml": "services:\n  a:\n    image: redis:${A}\n  b:\n    image: ${B:-x}\n",
      ".env": "\uFEFF# secrets\r\nPASSWORD=x y#z\r\nexport A='6.2-alpine'  # cache\r\nB=\"redis:7.0\"\r\n",
    });
    assert.equal(fix(project.path, "compose.yaml").status, 0);
    assert.equal(
      project.read(".env"),
      "\uFEFF# secrets\r\nPASSWORD=x y#z\r\nexport A='8.2-alpine'  # cache\r\nB=\"redis:7.4\"\r\n",
    );
    assert.equal(project.read("compose.yaml"), "services:\n  a:\n    image: redis:${A}\n  b:\n    image: ${B:-x}\n");
  });

  it("edits a shared variable once", () => {
    const project = folder({
      "compose.yaml": "services:\n  a: {image: 'redis:${T}'}\n",
      "compose.override.yaml": "services:\n  b: {image: 'redis:${T}'}\n",
      ".env": "T=6.2\n",
    });
    assert.equal(fix(project.path).status, 0);
    assert.equal(project.read(".env"), "T=8.2\n");
  });

  it("keeps bytes that are no UTF-8, before and behind the edit and on its line", () => {
    const odd = Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f, 0xa6]);
    const bytes = (tag: string): Buffer =>
      Buffer.concat([
        Buffer.from("# "),
        odd,
        Buffer.from("\nservices:\n  a: {labels: {x: '"),
        odd,
        Buffer.from(`🦣'}, image: redis:${tag}} # `),
        odd,
        Buffer.from("\n# é "),
        odd,
      ]);
    const project = folder({ "compose.yaml": bytes("6.2") });
    const { status, stderr } = fix(project.path);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.deepEqual(readFileSync(project.file("compose.yaml")), bytes("8.2"));
  });

  it("does not move bytes that are no UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from("maxmemory 1mb # "), Buffer.from([0xe9, 0x0a])]);
    const project = folder({ "redis.conf": bytes });
    const { status, stderr } = fix(project.path);
    assert.deepEqual(readFileSync(project.file("redis.conf")), bytes);
    assert.equal(stderr, "cache-compat: redis.conf: not fixed: the fix would move bytes that are not UTF-8.\n");
    assert.equal(status, 1);
  });

  it("does not write through a link that leads out of the tree", () => {
    const outside = folder({ "real.yaml": "services:\n  a:\n    image: redis:6.2\n" });
    const project = folder({ "README.md": "" });
    symlinkSync(outside.file("real.yaml"), project.file("compose.yaml"));
    const walked = fix(project.path);
    const named = fix(project.path, "compose.yaml");
    assert.equal(outside.read("real.yaml"), "services:\n  a:\n    image: redis:6.2\n");
    assert.equal(walked.status, 0);
    assert.equal(named.status, 1);
    assert.match(named.stderr, /link/);
    assert.ok(lstatSync(project.file("compose.yaml")).isSymbolicLink());
  });

  it("does not write a .env through a link that leads out of the tree", () => {
    const outside = folder({ "real.env": "T=6.2\n" });
    const project = folder({ "compose.yaml": "services:\n  a:\n    image: redis:${T}\n" });
    symlinkSync(outside.file("real.env"), project.file(".env"));
    fix(project.path);
    assert.equal(outside.read("real.env"), "T=6.2\n");
    assert.ok(lstatSync(project.file(".env")).isSymbolicLink());
  });

  it("writes through a link inside the tree and keeps the link", () => {
    const project = folder({ "real/cache.yaml": "services:\n  a:\n    image: redis:6.2\n" });
    symlinkSync("real/cache.yaml", project.file("compose.yaml"));
    assert.equal(fix(project.path, "compose.yaml").status, 0);
    assert.equal(project.read("real/cache.yaml"), "services:\n  a:\n    image: redis:8.2\n");
    assert.ok(lstatSync(project.file("compose.yaml")).isSymbolicLink());
  });
});

describe("cli: --fix-dry-run", function () {
  this.timeout(30_000);
  const folder = folders();

  function git(project: Folder, ...args: string[]): void {
    execFileSync("git", ["-c", "core.autocrlf=false", ...args], { cwd: project.path, stdio: "pipe" });
  }

  /** The patch applies, and gives what --fix gives. */
  function assertApplies(files: Readonly<Record<string, string>>, args: readonly string[] = ["."]): void {
    const project = folder(files);
    const twin = folder(files);
    git(project, "init", "--quiet");
    const { stdout } = cli([...FLAGS, "--fix-dry-run", ...args], { cwd: project.path });
    for (const name of Object.keys(files)) assert.equal(project.read(name), files[name], "nothing is written");
    assert.notEqual(stdout, "");
    project.write({ "a.patch": stdout });
    git(project, "apply", "--check", "a.patch");
    git(project, "apply", "a.patch");
    cli([...FLAGS, "--fix", ...args], { cwd: twin.path });
    for (const name of Object.keys(files)) {
      assert.equal(project.read(name), twin.read(name));
    }
    assert.notDeepEqual(
      Object.keys(files).map((name) => twin.read(name)),
      Object.values(files),
    );
  }

  const SERVICES = (count: number, between: string): string =>
    `services:\n${Array.from({ length: count }, (_, at) => `  s${at}:\n    image: redis:6.2\n${between}`).join("")}`;

  it("prints a patch for one file", () => assertApplies({ "compose.yaml": SERVICES(1, "") }));
  it("prints a patch for several folders and a .env", () =>
    assertApplies({
      "a/compose.yaml": "services:\n  a:\n    image: redis:${T}\n",
      "a/.env": "X=1\nT=6.2\n",
      "b/Dockerfile": "FROM redis:6.2\n",
      "compose.yaml": SERVICES(2, ""),
    }));
  it("joins changes that stand near each other and parts the others", () => {
    const distances = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 20];
    assertApplies(
      Object.fromEntries(distances.map((lines) => [`${lines}/compose.yaml`, SERVICES(3, "    # x\n".repeat(lines))])),
    );
  });
  it("keeps Windows lines", () => assertApplies({ "compose.yaml": SERVICES(2, "").replaceAll("\n", "\r\n") }));
  it("knows a missing last line break", () => assertApplies({ "compose.yaml": SERVICES(2, "").trimEnd() }));
  it("knows a missing last line break far from the change", () =>
    assertApplies({ "compose.yaml": `${SERVICES(1, "")}${"  # x\n".repeat(12)}# end` }));
  it("reads a name with a blank", () => assertApplies({ "my stack/compose.yaml": SERVICES(1, "") }));

  it("says nothing where nothing is to be done, and keeps the status of the findings", () => {
    const project = folder({ "compose.yaml": "services:\n  a:\n    image: redis:8.2\n" });
    const fine = cli([...FLAGS, "--fix-dry-run", "."], { cwd: project.path });
    assert.deepEqual([fine.status, fine.stdout], [0, ""]);
  });

  it("takes its text from standard input", () => {
    const project = folder();
    const input = "services:\n  a:\n    image: redis:6.2\n";
    const { stdout } = cli([...FLAGS, "--fix-dry-run", "--stdin-filename", "compose.yaml"], {
      cwd: project.path,
      input,
    });
    project.write({ "compose.yaml": input, "a.patch": stdout });
    git(project, "init", "--quiet");
    git(project, "apply", "a.patch");
    assert.equal(project.read("compose.yaml"), "services:\n  a:\n    image: redis:8.2\n");
  });
});

describe("cli: --fix and the folders of a run", function () {
  this.timeout(30_000);
  const folder = folders();

  it("leaves files that are ignored alone", () => {
    const text = "services:\n  a:\n    image: redis:6.2\n";
    const project = folder({ "compose.yaml": text, "old/compose.yaml": text });
    mkdirSync(path.join(project.path, ".git"));
    cli([...FLAGS, "--fix", "--ignore", "old", "."], { cwd: project.path });
    assert.equal(project.read("old/compose.yaml"), text);
    assert.notEqual(project.read("compose.yaml"), text);
    const { json } = checkJson(["--app", "mastodon@4.5", "."], { cwd: project.path });
    assert.deepEqual(
      json.files.map((file) => [file.path, file.images[0]?.text]),
      [
        ["compose.yaml", "8.2"],
        ["old/compose.yaml", "6.2"],
      ],
    );
  });

  it("makes a patch that fits a file with a byte order mark", () => {
    const project = folder({ "compose.yaml": "\uFEFFservices: {a: {image: redis:6.2}}\n" });
    const { stdout } = cli([...FLAGS, "--fix-dry-run", "."], { cwd: project.path });
    execFileSync("git", ["apply", "--check", "-"], { cwd: project.path, input: stdout });
  });

  it("makes a patch of lines that move, come and go", () => {
    const text = "# head\nslaveof 10.0.0.5 6379\nport 6379 # usual\n\ntimeout 0\nbind 127.0.0.1\nmaxmemory 1mb # small";
    const project = folder({ "redis.conf": text });
    const { stdout } = cli([...FLAGS, "--fix-dry-run", "."], { cwd: project.path });
    execFileSync("git", ["apply", "-"], { cwd: project.path, input: stdout });
    assert.equal(
      project.read("redis.conf"),
      "# head\nreplicaof 10.0.0.5 6379\n# usual\nport 6379\n\ntimeout 0\nbind 127.0.0.1\n# small\nmaxmemory 1mb",
    );
  });
});
