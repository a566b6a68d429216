// What a walk meets in a tree, and what it says about it: a line, and the rest is done.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { collect } from "../../server/src/cli/collect.ts";
import { CLI } from "../support/build.ts";
import { checkJson, cli } from "../support/cli.ts";
import { type Folder, folders } from "../support/folders.ts";
import { asNobody } from "../support/nobody.ts";

const OLD = "services:\n  a:\n    image: redis:6.2\n";
const ESCAPE = "\u001b";
const APP = ["--as-of", "2026-11-20", "--app", "mastodon@4.5"];

function leftOut(...lines: string[]): string {
  return lines.map((line) => `cache-compat: left out: ${line}.\n`).join("");
}

describe("cli: walking", function () {
  this.timeout(60_000);
  const folder = folders();

  function pipe(project: Folder, name: string): void {
    mkdirSync(path.dirname(project.file(name)), { recursive: true });
    execFileSync("mkfifo", [project.file(name)]);
  }

  /** The rest of the tree: it is checked whatever else is there. */
  function check(project: Folder, ...args: string[]) {
    project.write({ "zz/compose.yaml": OLD });
    const { status, stderr, json } = checkJson([...APP, ...args, "."], { cwd: project.path });
    assert.ok(
      json.files.some((file) => file.path === "zz/compose.yaml"),
      "the rest is done",
    );
    return { status, stderr, paths: json.files.map((file) => file.path) };
  }

  it("waits for no pipe and opens no device", () => {
    const project = folder();
    for (const name of ["redis.conf", ".env", ".gitignore", "cache-compat.json", "sub/compose.yaml"])
      pipe(project, name);
    mkdirSync(project.file("dev"));
    symlinkSync("/dev/zero", project.file("dev/compose.yaml"));
    mkdirSync(project.file("folder/compose.yaml"), { recursive: true });
    const { status, stderr } = check(project);
    assert.equal(status, 1);
    assert.equal(
      stderr,
      leftOut(
        ".env: it is a named pipe, not a file",
        "cache-compat.json: it is a named pipe, not a file",
        "dev/compose.yaml: it is a link out of the tree",
        "redis.conf: it is a named pipe, not a file",
        "sub/compose.yaml: it is a named pipe, not a file",
      ),
    );
  });

  it("is trouble when a pipe or a device is named, and the rest is done", () => {
    const project = folder({ "compose.yaml": OLD });
    pipe(project, "redis.conf");
    const { status, stderr, stdout } = cli(["check", ...APP, "redis.conf", "/dev/null", "compose.yaml"], {
      cwd: project.path,
    });
    assert.equal(status, 2);
    assert.match(stderr, /left out: redis\.conf: it is a named pipe, neither a file nor a folder\./);
    assert.match(stderr, /dev\/null: it is a device, neither a file nor a folder\.\n$/);
    assert.match(stdout, /engine-unsupported/);
  });

  it("tells links that lead nowhere, in a circle or out of the tree, where their name is one of ours", () => {
    const outside = folder({ "compose.yaml": OLD });
    const project = folder({ "a/x.txt": "" });
    for (const [name, target] of [
      ["a/compose.yaml", "nowhere"],
      ["a/circle.env", "circle.env"],
      ["a/redis.conf", outside.file("compose.yaml")],
      ["a/up", ".."],
      ["a/out", outside.path],
      ["a/README.md", "nowhere"],
    ] as const)
      symlinkSync(target, project.file(name));
    const { status, stderr, paths } = check(project);
    assert.deepEqual([status, paths], [1, ["zz/compose.yaml"]]);
    assert.equal(
      stderr,
      leftOut(
        "a/circle.env: it is a link that leads in a circle",
        "a/compose.yaml: it is a link that leads nowhere",
        "a/redis.conf: it is a link out of the tree",
      ),
    );
  });

  it("reads no neighbour through a link out of the tree, be it file or folder", () => {
    const outside = folder({ ".env": "TAG=6.2\n", "deep/part.yaml": OLD });
    const project = folder({
      "compose.yaml": "include: [out/part.yaml]\nservices:\n  a:\n    image: redis:${TAG}\n",
      "in/.env": "TAG=6.2\n",
      "b/compose.yaml": "services:\n  a:\n    image: redis:${TAG}\n",
    });
    symlinkSync(outside.file(".env"), project.file(".env"));
    symlinkSync(outside.file("deep"), project.file("out"));
    symlinkSync("../in/.env", project.file("b/.env"));
    const { json } = checkJson([...APP, "."], { cwd: project.path });
    assert.deepEqual(
      json.files.flatMap((file) => file.images.map(({ releaseLine }) => [file.path, releaseLine])),
      [
        ["b/compose.yaml", "6.2"],
        ["compose.yaml", null],
      ],
    );
  });

  it("follows a tree that is itself reached by a link", () => {
    const project = folder({
      "real/compose.yaml": "services:\n  a:\n    image: redis:${TAG}\n",
      "real/.env": "TAG=6.2\n",
    });
    symlinkSync("real", project.file("link"));
    const { json } = checkJson([...APP, "link"], { cwd: project.path });
    assert.deepEqual(
      json.files.map((file) => [file.path, file.images[0]?.releaseLine]),
      [["link/compose.yaml", "6.2"]],
    );
  });

  it("tells names that are no UTF-8 where they could be ours, and reads every other name", () => {
    const project = folder({ "replaced\uFFFD/compose.yaml": OLD, "back\\slash/compose.yaml": OLD });
    const bytes = (name: string): Buffer =>
      Buffer.concat([Buffer.from(`${project.path}/`), Buffer.from(name, "latin1")]);
    mkdirSync(bytes("fo\xff\xfe"));
    writeFileSync(Buffer.concat([bytes("fo\xff\xfe"), Buffer.from("/compose.yaml")]), OLD);
    writeFileSync(bytes("\xe9.env"), "A=1\n");
    writeFileSync(bytes("caf\xe9.txt"), "");
    const { status, stderr, paths } = check(project);
    assert.deepEqual(
      [status, paths],
      [1, ["back\\slash/compose.yaml", "replaced\uFFFD/compose.yaml", "zz/compose.yaml"]],
    );
    assert.deepEqual(
      stderr.split("\n").toSorted(),
      leftOut("\uFFFD.env: its name is not UTF-8", "fo\uFFFD\uFFFD: its name is not UTF-8").split("\n").toSorted(),
    );
  });

  it("tells files and folders that may not be read, does the rest, and ends with 2", () => {
    const project = folder({ "file/compose.yaml": OLD, "folder/compose.yaml": OLD, "zz/compose.yaml": OLD });
    asNobody.give(project, "file", "folder", "zz");
    chmodSync(project.file("file/compose.yaml"), 0);
    chmodSync(project.file("folder"), 0);
    const { status, stderr, stdout } = asNobody.cli(["check", ...APP, "."], project.path);
    chmodSync(project.file("folder"), 0o755);
    assert.equal(status, 2);
    assert.deepEqual(
      stderr.split("\n").toSorted(),
      leftOut(
        "file/compose.yaml: it cannot be read, permission denied (EACCES)",
        "folder: it cannot be read, permission denied (EACCES)",
      )
        .split("\n")
        .toSorted(),
    );
    assert.match(stdout, /^zz\/compose\.yaml/m);
  });

  it("leaves out a file larger than 32 MiB with a line", () => {
    const project = folder({ "huge/compose.yaml": "" });
    const file = openSync(project.file("huge/compose.yaml"), "w");
    writeFileSync(file, Buffer.alloc(33 * 1024 * 1024, "#"));
    closeSync(file);
    const { status, stderr } = check(project);
    assert.deepEqual([status, stderr], [1, leftOut("huge/compose.yaml: it is larger than 32 MiB")]);
  });

  it("checks a named folder even where .gitignore lists it", () => {
    const project = folder({ ".gitignore": "/build/\n*.override.yml\n", "build/compose.yaml": OLD });
    mkdirSync(project.file(".git"));
    assert.deepEqual(checkJson([...APP, "."], { cwd: project.path }).json.files, []);
    for (const [cwd, name] of [
      [project.path, "build"],
      [project.file("build"), "."],
    ] as const)
      assert.equal(checkJson([...APP, name], { cwd }).json.files.length, 1);
  });

  it("ignores what git ignores", () => {
    const parts = ["a", "b", "sub", "*", "**", "a*", "?", "[ab]", "sub/a", "*.env", "A"];
    const pattern = fc
      .record({
        lead: fc.constantFrom("", "", "/", "!", "!/", "**/"),
        body: fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 2 }).map((chosen) => chosen.join("/")),
        end: fc.constantFrom("", "", "/", "/**", " ", "/*"),
      })
      .map(({ lead, body, end }) => lead + body + end);
    const ignoreFile = fc.array(pattern, { maxLength: 5 }).map((lines) => `# some\n${lines.join("\n")}\n`);
    const names = ["a", "b", "sub", "sub/a", "sub/b", "a/sub", "a/b/sub", "A"];
    const files = names.flatMap((name) => [`${name}/a.env`, `${name}/x.env`]);
    fc.assert(
      fc.property(ignoreFile, ignoreFile, ignoreFile, (top, sub, deep) => {
        const project = folder({
          ...Object.fromEntries(files.map((name) => [name, "A=1\n"])),
          ".gitignore": top,
          "sub/.gitignore": sub,
          "a/b/.gitignore": deep,
        });
        const git = (...args: string[]): string =>
          execFileSync("git", ["-c", "core.excludesFile=", ...args], { cwd: project.path, encoding: "utf8" });
        git("init", "--quiet", "--template=");
        const seen = git("ls-files", "--others", "--exclude-standard", "-z")
          .split("\0")
          .filter((name) => name.endsWith(".env"));
        const { files: found } = collect(["."], {
          cwd: project.path,
          isIgnored: () => false,
          leaveOut: (name) => assert.fail(name),
          listed: () => {},
          found: () => {},
        });
        assert.deepEqual(found.map((name) => path.relative(project.path, name)).toSorted(), seen.toSorted());
        project.remove();
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it("goes through a thousand folders inside each other", () => {
    const deep = `${"d/".repeat(1000)}compose.yaml`;
    const { paths } = check(folder({ [deep]: OLD }));
    assert.deepEqual(paths, [deep, "zz/compose.yaml"]);
  });
});

describe("cli: streams", function () {
  this.timeout(120_000);
  const folder = folders();
  const many = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}/compose.yaml`, OLD]));

  it("says in a line that the output cannot be written, and ends with 2", () => {
    const { path: cwd } = folder(many(3));
    const full = openSync("/dev/full", "w");
    for (const format of ["text", "json", "sarif", "github", "junit"]) {
      const { status, stderr } = spawnSync(process.execPath, [CLI, "check", ...APP, "--format", format, "."], {
        cwd,
        stdio: ["ignore", full, "pipe"],
        encoding: "utf8",
      });
      assert.deepEqual([status, stderr], [2, "cache-compat: the output cannot be written (ENOSPC).\n"], format);
    }
    closeSync(full);
  });

  it("stops quietly when the reader goes away, in every format", () => {
    const { path: cwd } = folder(many(400));
    for (const format of ["text", "json", "sarif", "github", "junit"]) {
      const { stdout, stderr } = spawnSync(
        "sh",
        ["-c", `"$0" "$1" check --format ${format} --app mastodon@4.5 . | head -1`, process.execPath, CLI],
        { cwd, encoding: "utf8" },
      );
      assert.deepEqual([stderr, stdout.trimEnd().split("\n").length], ["", 1], format);
    }
  });

  it("needs no more memory for a long answer than for a short one", () => {
    const lines = Array.from({ length: 60 }, (_, at) => `timeout no-number-${at}\n`).join("");
    const { path: cwd } = folder(
      Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${at}/redis.conf`, lines])),
    );
    for (const format of ["json", "sarif"]) {
      const { status, stdout } = spawnSync(
        process.execPath,
        ["--max-old-space-size=40", CLI, "check", "--format", format, "."],
        { cwd, maxBuffer: 256 * 1024 * 1024, encoding: "utf8" },
      );
      assert.equal(status, 1, format);
      assert.ok(stdout.length > 5_000_000, format);
    }
  });

  it("tells its progress on a terminal and leaves nothing of it there", () => {
    const { path: cwd } = folder(many(1500));
    const command = `'${process.execPath}' '${CLI}' check --app mastodon@4.5 .`;
    const onTerminal = (more: string): string =>
      spawnSync("script", ["--quiet", "--command", `${command}${more}`, "/dev/null"], {
        cwd,
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, TERM: "xterm", NO_COLOR: "1" },
      }).stdout;
    const shown = onTerminal("");
    assert.match(shown.replaceAll(ESCAPE, "ESC"), /\rESC\[K(?:Reading|Checking) files: \d+ of 1500/);
    // What is seen in the end: each clearing takes away what stands in its line.
    const left = shown.replaceAll("\r\n", "\n").replace(new RegExp(`[^\\n]*\\r${ESCAPE}\\[K`, "g"), "");
    assert.doesNotMatch(left, /files: \d/);
    assert.match(left, /\n1500 files checked: 1500 errors/);
    assert.doesNotMatch(onTerminal(" 2>/dev/null | cat"), /files: \d/);
    assert.doesNotMatch(cli(["check", "--app", "mastodon@4.5", "."], { cwd }).stderr, /./);
    assert.equal(readdirSync(cwd).length, 1500);
  });
});
