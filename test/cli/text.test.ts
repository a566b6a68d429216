// The output for people: the line, carets under the place, and no secret.
import assert from "node:assert/strict";
import { cli } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";

/** Columns that a terminal gives a text: two for an emoji. */
function width(text: string): number {
  let columns = 0;
  for (const { segment } of new Intl.Segmenter().segment(text))
    columns += /\p{Emoji_Presentation}/u.test(segment) ? 2 : 1;
  return columns;
}

describe("cli: text", function () {
  this.timeout(30_000);
  const folder = folders();

  function check(text: string, ...flags: string[]): string {
    const { path: cwd } = folder({ "compose.yaml": text });
    return cli(["check", "--as-of", "2026-11-20", "--app", "mastodon@4.5", ...flags], { cwd }).stdout;
  }

  /** What stands over the carets of the first finding, by the columns of a terminal. */
  function marked(output: string): string {
    const lines = output.split("\n");
    const row = lines.findIndex((line) => /^ *\|? *\| *\^+$/.test(line));
    const carets = must(lines[row], "a line of carets");
    const source = must(lines[row - 1]);
    let at = 0;
    let over = "";
    for (const { segment } of new Intl.Segmenter().segment(source)) {
      if (at >= carets.indexOf("^") && at <= carets.lastIndexOf("^")) over += segment;
      at += width(segment);
    }
    return over;
  }

  it("has path, place, severity, rule and the line", () => {
    const output = check("services:\n  cache:\n    image: redis:6.2 # old\n");
    assert.match(output, /^compose\.yaml\b/m);
    assert.match(output, /^ *3:18 +error .+ mastodon\/engine-unsupported$/m);
    assert.match(output, /\| +image: redis:6\.2 …$/m);
    assert.match(output, /^1 file checked: 1 error, 0 warnings/m);
    assert.ok(!output.includes("\u001b"), "no colours without a terminal");
  });

  it("puts the carets under the place", () => {
    assert.equal(marked(check("services:\n  cache:\n    image: redis:6.2\n")), "6.2");
    assert.equal(marked(check("services:\n  cache:\n    image: eqalpha/keydb:latest\n")), "eqalpha/keydb:latest");
  });

  it("puts the carets under the place behind tabs", () => {
    assert.equal(marked(check("services:\n  cache:\n    image:\t\t redis:6.2\t# x\n")), "6.2");
  });

  it("puts the carets under the place behind emoji", () => {
    assert.equal(marked(check('services: {a: {labels: ["🦣🦣"], image: redis:6.2}}\n')), "6.2");
  });

  it("puts the carets under the place on Windows lines", () => {
    const output = check("services:\r\n  cache:\r\n    image: redis:6.2\r\n");
    assert.equal(marked(output), "6.2");
    assert.doesNotMatch(output, /\r/);
  });

  it("crops a long line around the place", () => {
    const output = check(
      `services: {a: {labels: {x: "${"y".repeat(5000)}"}, image: redis:6.2, command: "${"z".repeat(5000)}"}}\n`,
    );
    assert.equal(marked(output), "6.2");
    for (const line of output.split("\n").filter((one) => one.includes("yyy") || one.includes("zzz")))
      assert.ok(line.length < 300);
  });

  it("shows no password that stands on the line of a finding", () => {
    const text =
      'services: {a: {environment: {REDIS_PASSWORD: "s3cr3t-one", URL: "redis://user:s3cr3t-two@h:1"}, image: redis:6.2, command: "redis-server --requirepass s3cr3t-three"}}\n';
    const output = check(text);
    assert.equal(marked(output), "6.2");
    assert.doesNotMatch(output, /s3cr3t/);
    assert.doesNotMatch(check(text, "--format", "json"), /s3cr3t/);
  });

  it("shows the name of a variable that nobody reads, and not its value", () => {
    for (const entry of ["REDIS_PASSWORD: s3cr3t", "- REDIS_PASSWORD=s3cr3t"]) {
      const output = check(`services:\n  cache:\n    image: redis:8.2\n    environment:\n      ${entry}\n`);
      assert.equal(marked(output), "REDIS_PASSWORD");
      assert.doesNotMatch(output, /s3cr3t/);
    }
  });

  it("says so when all is well", () => {
    assert.match(check("services:\n  cache:\n    image: redis:8.2\n"), /^1 file checked: 0 errors, 0 warnings/);
  });
});
