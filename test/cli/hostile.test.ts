// Server configurations that nobody writes by hand: answered in time, in bounded memory, by the built program.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { CLI } from "../support/build.ts";
import { cli } from "../support/cli.ts";
import { type Files, folders } from "../support/folders.ts";
import type { JsonRun } from "../support/json.ts";

const MEMORY_MB = 768;
const TIME_MS = 120_000;

describe("cli: hostile configurations", function () {
  this.timeout(TIME_MS);
  const folder = folders();

  /** Fails where the program takes too long, or more memory than it may. */
  function check(files: Files): {
    readonly status: number | null;
    readonly stderr: string;
    readonly told: string[];
  } {
    const { path: cwd } = folder(files);
    const { status, stdout, stderr, error } = spawnSync(
      process.execPath,
      [`--max-old-space-size=${MEMORY_MB}`, CLI, "check", "--format", "json", "--as-of", "2026-11-20", "."],
      { cwd, encoding: "utf8", timeout: TIME_MS, maxBuffer: 64 * 1024 * 1024 },
    );
    assert.equal(error, undefined);
    assert.ok(status !== null && stdout !== "", stderr);
    const json = JSON.parse(stdout) as JsonRun;
    return {
      status,
      stderr,
      told: json.files.flatMap(({ path, findings }) => findings.map(({ line, rule }) => `${path}:${line} ${rule}`)),
    };
  }

  it("a line of 50 MB is told and not read", () => {
    const { stderr, told } = check({ "redis.conf": `maxmemory ${"x".repeat(50 * 1024 * 1024)}\n` });
    assert.match(stderr, /left out: redis\.conf: it is larger than 32 MiB/);
    assert.deepEqual(told, []);
  });

  it("a line of 8 MB is told and not checked", () => {
    const { status, told } = check({ "redis.conf": `maxmemory ${"x".repeat(8 * 1024 * 1024)}\n` });
    assert.deepEqual([status, told], [0, ["redis.conf:1 file/too-large"]]);
  });

  it("the last of a million lines is found", () => {
    const { status, told } = check({ "redis.conf": `${"\n".repeat(999_999)}prt 1\n` });
    assert.deepEqual([status, told], [1, ["redis.conf:1000000 conf/unknown-directive"]]);
  });

  it("of 200,000 refused lines the first 1,000 are told", () => {
    const { told } = check({ "redis.conf": "prt 6379\n".repeat(200_000) });
    assert.equal(told.length, 1000);
    assert.equal(told.at(-1), "redis.conf:1000 conf/unknown-directive");
  });

  it("of 200,000 lines without effect the first 1,000 are told", () => {
    const { told } = check({ "redis.conf": "port 6379\n".repeat(200_000) });
    assert.equal(told.length, 1000);
    assert.equal(told.at(-1), "redis.conf:1000 conf/duplicate-directive");
  });

  it("NUL bytes glue lines, as in the server", () => {
    const input = "port 1\0\n".repeat(100_000);
    // On disk such a file is left out as a binary one; what comes on stdin is read as it is.
    assert.deepEqual(check({ "redis.conf": input }).told, []);
    const { stdout } = cli(["check", "--format", "json", "--stdin-filename", "redis.conf"], { input });
    const [file] = (JSON.parse(stdout) as JsonRun).files;
    assert.deepEqual(
      file?.findings.map(({ line, rule }) => `${line} ${rule}`),
      ["1 conf/wrong-number-of-arguments"],
    );
  });

  it("a line of 100,000 words is read", () => {
    const { told } = check({
      "redis.conf": `user a ${"( ".repeat(100_000)}\n`,
      "redis-b.conf": `save ${"1 1 ".repeat(100_000)}1\n`,
    });
    assert.deepEqual(told, ["redis.conf:1 conf/invalid-value"]);
  });

  it("passwords that are given and taken back are no quadratic matter", () => {
    const given = Array.from({ length: 20_000 }, (_, i) => `>p${i}`).join(" ");
    const taken = Array.from({ length: 20_000 }, (_, i) => `!${String(i).padStart(64, "0")}`).join(" ");
    assert.deepEqual(check({ "redis.conf": `user a ${given} ${taken}\n` }).told, []);
  });

  it("quotes, backslashes and braces without end", () => {
    for (const piece of ['"', "'", "\\", '\\"', "{", "[", "*", "#", '"a" ']) {
      const { status } = check({
        "redis.conf": `include ${piece.repeat(200_000)}\nproc-title-template ${piece.repeat(200_000)}\n`,
      });
      assert.ok(status === 0 || status === 1, piece);
    }
  });

  it("files that include each other are read once each", () => {
    const { told } = check({
      "redis.conf": "include redis.conf\ninclude b.conf\n",
      "b.conf": "include c.conf\ninclude redis.conf\nport x\n",
      "c.conf": "include b.conf\ninclude c.conf\nport x\n",
    });
    assert.deepEqual(told, ["b.conf:3 conf/invalid-value", "c.conf:3 conf/invalid-value"]);
  });
});
