// `--fix` when things go wrong: killed, full disk, no permission, somebody else writes. Never half a file, and never somebody's work lost.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs, { chmodSync, chownSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { FixWriter } from "../../server/src/cli/fixes.ts";
import type { TextEdit } from "../../server/src/core/index.ts";
import { CLI } from "../support/build.ts";
import { cli, type Ran } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { asNobody } from "../support/nobody.ts";

const FIX = ["check", "--as-of", "2026-11-20", "--app", "mastodon@4.5", "--fix"];
const compose = (tag: string, filler = ""): string => `services:\n  a:\n    image: redis:${tag}\n${filler}`;
const OLD = compose("6.2");
const NEW = compose("8.2");

function editsOf(file: string): TextEdit[] {
  const start = OLD.indexOf("6.2");
  return [{ path: file, span: { start, end: start + 3 }, newText: "8.2" }];
}

describe("cli: --fix keeps", function () {
  this.timeout(60_000);
  const folder = folders();

  it("mode and owner", () => {
    const project = folder({ "compose.yaml": OLD });
    const file = project.file("compose.yaml");
    const owner = process.getuid?.() === 0 ? 65534 : statSync(file).uid;
    chownSync(file, owner, statSync(file).gid);
    chmodSync(file, 0o4750);
    assert.equal(cli([...FIX, "."], { cwd: project.path }).status, 0);
    assert.equal(project.read("compose.yaml"), NEW);
    assert.deepEqual([statSync(file).uid, statSync(file).mode & 0o7777], [owner, 0o4750]);
  });

  it("what is read-only, says so, and mends the rest", () => {
    const project = folder({ "file/compose.yaml": OLD, "folder/compose.yaml": OLD, "mine/compose.yaml": OLD });
    asNobody.give(project, "file", "folder", "mine");
    chmodSync(project.file("file/compose.yaml"), 0o444);
    chmodSync(project.file("folder"), 0o555);
    const { status, stderr } = asNobody.cli([...FIX, "."], project.path);
    assert.deepEqual(stderr.split("\n"), [
      "cache-compat: file/compose.yaml: not fixed: permission denied (EACCES).",
      "cache-compat: folder/compose.yaml: not fixed: permission denied (EACCES).",
      "",
    ]);
    assert.equal(status, 1);
    assert.deepEqual(
      ["file", "folder", "mine"].map((name) => project.read(`${name}/compose.yaml`)),
      [OLD, OLD, NEW],
    );
  });

  it("the group where it may, and tells that a file of somebody else is ours now", () => {
    const project = folder({ "compose.yaml": OLD });
    const file = project.file("compose.yaml");
    chmodSync(file, 0o4660);
    const asked: unknown[] = [];
    const real = [fs.fchownSync, fs.fstatSync] as const;
    // A file of ours cannot belong to somebody else without the superuser's help.
    fs.fstatSync = ((one: number) => ({ ...real[1](one), uid: 4711, gid: 4711 })) as typeof fs.fstatSync;
    fs.fchownSync = (_file, uid, gid) => {
      asked.push([uid === 4711, gid === 4711]);
      if (uid !== 4711) throw Object.assign(new Error("not permitted"), { code: "EPERM" });
    };
    syncBuiltinESMExports();
    try {
      const { isWritten, remark } = new FixWriter().write(file, OLD, editsOf(file), project.path);
      assert.deepEqual([isWritten, remark], [true, "it belonged to somebody else and is yours now"]);
    } finally {
      [fs.fchownSync, fs.fstatSync] = real;
      syncBuiltinESMExports();
    }
    assert.deepEqual(
      asked,
      [
        [false, false],
        [true, false],
      ],
      "first both, then the group alone",
    );
    assert.deepEqual([project.read("compose.yaml"), readdirSync(project.path)], [NEW, ["compose.yaml"]]);
    assert.equal(statSync(file).mode & 0o7777, 0o660, "what let it run as its owner is gone");
  });

  it("the whole file when it cannot be written to its end", () => {
    const text = compose("6.2", `# ${"x".repeat(100)}\n`.repeat(100));
    const project = folder({ "a/compose.yaml": text, "b/compose.yaml": OLD });
    // Files of more than one block cannot be written; the signal that goes with it is ignored.
    const script = `ulimit -f 1; trap "" XFSZ; exec "$0" "$@"`;
    const { status, stderr } = spawnSync("bash", ["-c", script, process.execPath, CLI, ...FIX, "."], {
      cwd: project.path,
      encoding: "utf8",
    });
    assert.equal(stderr, "cache-compat: a/compose.yaml: not fixed: it cannot be written (EFBIG).\n");
    assert.deepEqual([status, project.read("a/compose.yaml"), project.read("b/compose.yaml")], [1, text, NEW]);
    assert.deepEqual(readdirSync(project.file("a")), ["compose.yaml"]);
  });

  it("its status apart from the findings: a fix that was not written is trouble", () => {
    const project = folder({ "mine/redis.conf": "slaveof 10.0.0.1 6379\n" });
    asNobody.give(project, "mine");
    chmodSync(project.file("mine/redis.conf"), 0o444);
    const { status, stderr } = asNobody.cli([...FIX, "."], project.path);
    assert.match(stderr, /not fixed/);
    assert.equal(status, 2, "only a hint is left, and still the run did not do what it was told");
  });
});

describe("cli: --fix and others that write", function () {
  this.timeout(60_000);
  const folder = folders();
  /** Somebody saves the file just before ours takes its place. */
  function whileWriting(save: () => void, run: () => void): void {
    const real = fs.fsyncSync;
    fs.fsyncSync = (file) => {
      real(file);
      save();
    };
    syncBuiltinESMExports();
    try {
      run();
    } finally {
      fs.fsyncSync = real;
      syncBuiltinESMExports();
    }
  }

  it("does not overwrite what was saved after it was checked", () => {
    const project = folder({ "compose.yaml": compose("7.0") });
    const file = project.file("compose.yaml");
    assert.deepEqual(new FixWriter().write(file, OLD, editsOf(file), project.path), {
      isWritten: false,
      remark: "it has changed meanwhile",
    });
    assert.equal(project.read("compose.yaml"), compose("7.0"));
  });

  it("does not overwrite what is saved while it writes, in place, as a new file or not at all", () => {
    for (const [save, left] of [
      // As long as the old text, and at once: neither size nor time need tell.
      [(file: string) => writeFileSync(file, compose("6.0")), compose("6.0")],
      [
        (file: string) => {
          writeFileSync(`${file}.new`, compose("6.0"));
          fs.renameSync(`${file}.new`, file);
        },
        compose("6.0"),
      ],
      [(file: string) => fs.rmSync(file), null],
    ] as const) {
      const project = folder({ "compose.yaml": OLD });
      const file = project.file("compose.yaml");
      let refused: string | null = null;
      whileWriting(
        () => save(file),
        () => {
          refused = new FixWriter().write(file, OLD, editsOf(file), project.path).remark;
        },
      );
      assert.match(String(refused), left === null ? /not there any more/ : /has changed meanwhile/);
      assert.deepEqual(readdirSync(project.path), left === null ? [] : ["compose.yaml"]);
      if (left !== null) assert.equal(project.read("compose.yaml"), left);
    }
  });

  it("does the work once when two run at once", async () => {
    const names = Array.from({ length: 60 }, (_, at) => `${at}/compose.yaml`);
    const project = folder(Object.fromEntries(names.map((name) => [name, OLD])));
    const runs = [0, 1, 2].map(() =>
      spawn(process.execPath, [CLI, ...FIX, "."], { cwd: project.path, stdio: "ignore" }),
    );
    await Promise.all(runs.map((run) => once(run, "close")));
    for (const name of names) {
      assert.equal(project.read(name), NEW);
      assert.deepEqual(readdirSync(path.dirname(project.file(name))), ["compose.yaml"]);
    }
  });
});

describe("cli: --fix that is killed", function () {
  this.timeout(300_000);
  const folder = folders();
  const TEMPORARY = /^\.cache-compat-\d+-\d+\.tmp$/;

  it("leaves every one of a thousand files whole, and the next run does the rest", async () => {
    const filler = `# ${"x".repeat(98)}\n`.repeat(200);
    const [before, after] = [compose("6.2", filler), compose("8.2", filler)];
    const names = Array.from({ length: 1000 }, (_, at) => `${String(at).padStart(4, "0")}/compose.yaml`);
    const project = folder(Object.fromEntries(names.map((name) => [name, before])));
    const fixed = (name: string): boolean => {
      const text = project.read(name);
      assert.ok(text === before || text === after, `${name} is half written`);
      return text === after;
    };
    // Killed as soon as something happens beside one of the files that are left: it is written at this moment, or was just now.
    const moments = Array.from({ length: 5 }, () => 0.01 + Math.random() * 0.3);
    let done = 0;
    for (const moment of moments) {
      const left = names.filter((name) => !fixed(name));
      const watcher = fs.watch(path.dirname(project.file(must(left[Math.floor(moment * left.length)]))));
      const run = spawn(process.execPath, [CLI, ...FIX, "."], { cwd: project.path, stdio: "ignore" });
      const ended = once(run, "close");
      await once(watcher, "change");
      run.kill("SIGKILL");
      assert.deepEqual(await ended, [null, "SIGKILL"]);
      watcher.close();
      const count = names.filter(fixed).length;
      assert.ok(count >= done && count < names.length, `${count} after ${done}`);
      done = count;
      for (const name of names)
        for (const other of readdirSync(path.dirname(project.file(name))))
          assert.ok(other === "compose.yaml" || TEMPORARY.test(other), other);
    }
    assert.ok(done > 0);
    assert.equal(cli([...FIX, "."], { cwd: project.path }).status, 0);
    for (const name of names) {
      assert.ok(fixed(name));
      assert.deepEqual(readdirSync(path.dirname(project.file(name))), ["compose.yaml"]);
    }
  });

  it("cleans up after a run that is dead, not after one that is alive, and never reads what it left", () => {
    const dead = must(spawnSync(process.execPath, ["--version"]).pid);
    const [ofDead, ofAlive] = [`.cache-compat-${dead}-7.tmp`, `.cache-compat-${process.pid}-7.tmp`];
    const project = folder({ "compose.yaml": OLD, [ofDead]: OLD.slice(0, 20), [ofAlive]: OLD.slice(0, 20) });
    const seen = cli(["check", "."], { cwd: project.path });
    assert.match(seen.stdout, /^1 file checked/m);
    const { status, stderr }: Ran = cli([...FIX, "."], { cwd: project.path });
    assert.deepEqual([status, stderr], [0, ""]);
    assert.deepEqual(readdirSync(project.path), [ofAlive, "compose.yaml"]);
  });
});

describe("cli: --fix-dry-run makes a patch", function () {
  this.timeout(60_000);
  const folder = folders();

  /** `git apply` makes of the patch what `--fix` makes of the files, byte by byte. */
  function assertApplies(files: Readonly<Record<string, string | Buffer>>): string {
    const project = folder(files);
    const twin = folder(files);
    const run = (cwd: string, how: string) =>
      spawnSync(process.execPath, [CLI, ...FIX.slice(0, -1), how, "."], { cwd });
    const { stdout, stderr } = run(project.path, "--fix-dry-run");
    assert.equal(stderr.toString(), "");
    const applied = spawnSync("git", ["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"], {
      cwd: project.path,
      input: stdout,
      encoding: "utf8",
    });
    assert.deepEqual([applied.status, applied.stderr], [0, ""]);
    run(twin.path, "--fix");
    for (const [name, content] of Object.entries(files)) {
      assert.deepEqual(readFileSync(project.file(name)), readFileSync(twin.file(name)), name);
      assert.notDeepEqual(readFileSync(twin.file(name)), Buffer.from(content), name);
    }
    return stdout.toString("latin1");
  }

  it("for Windows lines, a byte order mark, no line break at the end, and all of them", () => {
    assertApplies({
      "crlf/compose.yaml": OLD.replaceAll("\n", "\r\n"),
      "mark/compose.yaml": `\uFEFF${OLD}`,
      "end/compose.yaml": OLD.trimEnd(),
      "all/compose.yaml": `\uFEFF${OLD.trimEnd().replaceAll("\n", "\r\n")}`,
      "first/Dockerfile": "\uFEFFFROM redis:6.2",
    });
  });

  it("for bytes that are no UTF-8, in the changed line and around it", () => {
    const odd = Buffer.from([0xe9, 0xff, 0xc3, 0x28]);
    assertApplies({
      "compose.yaml": Buffer.concat([
        Buffer.from("# "),
        odd,
        Buffer.from(`\n${OLD.trimEnd()} # é `),
        odd,
        Buffer.from("\n# "),
        odd,
      ]),
    });
  });

  it("for names with blanks, quotes, backslashes, tabs, line breaks and letters of any script", () => {
    const names = [
      "my stack",
      " lead",
      "it's",
      'quo"te',
      "back\\slash",
      "tab\there",
      "new\nline",
      "é🦣",
      "\u001b[31m",
      "-x",
      "b/b",
    ];
    const patch = assertApplies(Object.fromEntries(names.map((name) => [`${name}/compose.yaml`, OLD])));
    assert.ok(!patch.includes("\u001b"));
  });

  it("whole for a text on standard input that begins with a mark", () => {
    const project = folder({ "compose.yaml": `\uFEFF${OLD}` });
    const { stdout } = cli([...FIX.slice(0, -1), "--fix-dry-run", "--stdin-filename", "compose.yaml"], {
      cwd: project.path,
      input: `\uFEFF${OLD}`,
    });
    const { status } = spawnSync("git", ["apply", "-"], { cwd: project.path, input: stdout });
    assert.deepEqual([status, project.read("compose.yaml")], [0, `\uFEFF${NEW}`]);
  });
});
