// Exit status, and what goes to which stream.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { RULE_METAS } from "../../server/src/core/index.ts";
import { ROOT } from "../support/build.ts";
import { checkJson, cli, type Ran } from "../support/cli.ts";
import { folders } from "../support/folders.ts";

const UNSUPPORTED = "services:\n  cache:\n    image: redis:6.2\n";
const SUPPORTED = "services:\n  cache:\n    image: redis:8.2\n";
const FLOATING = "services:\n  cache:\n    image: redis:latest\n  other:\n    image: valkey/valkey:latest\n";
const DAY = ["--as-of", "2026-11-20"];

describe("cli: exit status", function () {
  this.timeout(30_000);
  const folder = folders();

  function check(text: string, ...flags: string[]): Ran {
    return cli(["check", ...DAY, ...flags], { cwd: folder({ "compose.yaml": text }).path });
  }

  /** Status 2, nothing on stdout, one line on stderr that begins with the program's name. */
  function assertUsage({ status, stdout, stderr }: Ran, says: RegExp): void {
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^cache-compat: [^\n]+\n$/);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /\bat .+:\d+:\d+|internal error/);
  }

  it("is 0 when nothing stands at error severity", () => {
    for (const [text, flags] of [
      [SUPPORTED, ["--app", "mastodon@4.5"]],
      [FLOATING, ["--app", "mastodon@4.5"]],
      [UNSUPPORTED, []],
      ["", []],
    ] as const) {
      const { status, stderr } = check(text, ...flags);
      assert.deepEqual([status, stderr], [0, ""]);
    }
  });

  it("is 1 with a finding at error severity", () => {
    const { status, stderr, stdout } = check(UNSUPPORTED, "--app", "mastodon@4.5");
    assert.deepEqual([status, stderr], [1, ""]);
    assert.match(stdout, /mastodon\/engine-unsupported/);
  });

  it("follows the severity that was set", () => {
    assert.equal(
      check(UNSUPPORTED, "--app", "mastodon@4.5", "--rule", "mastodon/engine-unsupported=warning").status,
      0,
    );
    assert.equal(check(UNSUPPORTED, "--app", "mastodon@4.5", "--rule", "mastodon/*=off").status, 0);
    assert.equal(check(FLOATING, "--rule", "image/floating-tag=error").status, 1);
    assert.equal(check(FLOATING, "--rule", "image/*=error", "--rule", "image/floating-tag=hint").status, 0);
  });

  it("is 1 with more warnings than allowed", () => {
    assert.equal(checkJson(["."], { cwd: folder({ "compose.yaml": FLOATING }).path }).json.summary.warning, 2);
    assert.equal(check(FLOATING, "--max-warnings", "2").status, 0);
    assert.equal(check(FLOATING, "--max-warnings", "1").status, 1);
    assert.equal(check(FLOATING, "--max-warnings=0").status, 1);
    assert.equal(check(SUPPORTED, "--max-warnings", "0").status, 0);
  });

  it("is 2 with one line for what the command line cannot be", () => {
    assertUsage(check(SUPPORTED, "--app", "mastodon@banana"), /banana/);
    assertUsage(check(SUPPORTED, "--app", "mastodon"), /mastodon/);
    assertUsage(check(SUPPORTED, "--app", "friendica@1.0"), /friendica/);
    assertUsage(check(SUPPORTED, "--platform", "moon"), /moon/);
    assertUsage(check(SUPPORTED, "--engine", "redis"), /--engine/);
    assertUsage(check(SUPPORTED, "--rule", "image/floating-tag=loud"), /loud|floating-tag/);
    assertUsage(check(SUPPORTED, "--rule", "no/such-rule=off"), /no\/such-rule/);
    assertUsage(check(SUPPORTED, "--as-of", "2026-02-30"), /2026-02-30|--as-of/);
    assertUsage(check(SUPPORTED, "--notice-days", "soon"), /--notice-days/);
    assertUsage(check(SUPPORTED, "--format", "xml"), /xml/);
    assertUsage(check(SUPPORTED, "--max-warnings", "few"), /few/);
    assertUsage(check(SUPPORTED, "--max-warnings", "-1"), /max-warnings/);
    assertUsage(check(SUPPORTED, "--no-such-flag"), /no-such-flag/);
    assertUsage(check(SUPPORTED, "--config", "missing.json"), /missing\.json/);
    assertUsage(check(SUPPORTED, "--explain", "no/such-rule"), /no\/such-rule/);
    assertUsage(cli(["chekc", "."]), /chekc/);
  });

  it("is 2 with one line for a path that is not there", () => {
    assertUsage(check(SUPPORTED, "missing.yaml"), /missing\.yaml/);
  });

  it("is 2 when one of several paths cannot be read, and the rest is done", () => {
    const { status, stdout, stderr } = check(UNSUPPORTED, "--app", "mastodon@4.5", "missing", "compose.yaml");
    assert.deepEqual(
      [status, stderr],
      [2, "cache-compat: left out: missing: there is no such file or folder (ENOENT).\n"],
    );
    assert.match(stdout, /mastodon\/engine-unsupported/);
    const fixed = folder({ "compose.yaml": UNSUPPORTED });
    const ran = cli(["check", ...DAY, "--app", "mastodon@4.5", "--fix", "compose.yaml", "missing"], {
      cwd: fixed.path,
    });
    assert.equal(ran.status, 2);
    assert.notEqual(fixed.read("compose.yaml"), UNSUPPORTED);
  });

  it("is 2 with one line for a path that cannot be read", () => {
    const { path: cwd } = folder({ "compose.yaml": SUPPORTED });
    // The superuser may read everything: a path below a file is unreadable for everybody.
    assertUsage(cli(["check", "compose.yaml/below"], { cwd }), /compose\.yaml\/below/);
  });

  it("prints help, version, rules and pages with status 0", () => {
    for (const args of [["--help"], ["-h"], ["check", "--help"], []]) {
      const { status, stdout, stderr } = cli(args);
      assert.deepEqual([status, stderr], [0, ""]);
      assert.match(stdout, /^Usage: cache-compat check/);
    }
    const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };
    for (const args of [["--version"], ["check", "--version"]]) {
      const { status, stdout } = cli(args);
      assert.equal(status, 0);
      assert.ok(stdout.startsWith(`cache-compat ${version}`), stdout);
    }
    const { status, stdout } = cli(["check", "--list-rules"]);
    assert.equal(status, 0);
    assert.deepEqual(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/\s/)[0])
        .toSorted(),
      RULE_METAS.map(({ id }) => id).toSorted(),
    );
  });

  it("explains every rule with its sources", () => {
    const page = cli(["check", "--explain", "image/floating-tag"]);
    assert.deepEqual([page.status, page.stderr], [0, ""]);
    assert.match(page.stdout, /^# image\/floating-tag$/m);
    assert.match(page.stdout, /^## Sources\n+- /m);
    assert.equal(cli(["--explain", "image/floating-tag"]).stdout, page.stdout);
  });
});
