// Whole folders without any flag: the version comes from the files, the day from the run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { checkJson } from "../support/cli.ts";
import { applied, type JsonFinding, type JsonRun, textAt } from "../support/json.ts";
import { must } from "../support/must.ts";
import { CASES } from "./cases.ts";

interface Run {
  readonly name?: string;
  readonly asOf: string;
  readonly flags: readonly string[];
  readonly findings: readonly {
    readonly file: string;
    readonly line: number;
    readonly character: number;
    readonly text: string;
    readonly rule: string;
    readonly severity: string;
    readonly optional: boolean;
  }[];
  readonly forbidden: readonly {
    readonly rule?: string;
    readonly file?: string;
    readonly severityAtLeast?: string;
    readonly why: string;
  }[];
  readonly fixes?: readonly {
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    readonly becomes: string;
  }[];
}

const SEVERITIES = ["hint", "information", "warning", "error"];

function matches(pattern: string, rule: string): boolean {
  return pattern.endsWith("*") ? rule.startsWith(pattern.slice(0, -1)) : rule === pattern;
}

function placesOf(json: JsonRun, textOf: (file: string) => string): (JsonFinding & { file: string; text: string })[] {
  return json.files.flatMap(({ path: file, findings }) =>
    findings.map((finding) => ({ ...finding, file, text: textAt(textOf(file), finding) })),
  );
}

function assertRun(folder: string, run: Run): void {
  const { json } = checkJson([".", "--as-of", run.asOf, ...run.flags], { cwd: folder });
  assert.equal(json.asOf, run.asOf);
  const textOf = (file: string): string => readFileSync(path.join(folder, file), "utf8");
  const told = placesOf(json, textOf);
  const expected = new Set<JsonFinding>();
  for (const { file, line, character, text, rule, severity, optional } of run.findings) {
    const found = told.find(
      (one) =>
        one.file === file &&
        one.line === line &&
        one.column === character + 1 &&
        one.text === text &&
        one.rule === rule &&
        one.severity === severity,
    );
    assert.ok(found !== undefined || optional, `${rule} is missing at ${file}:${line}`);
    if (found !== undefined) expected.add(found);
  }
  for (const { rule = "*", file, severityAtLeast = "hint", why } of run.forbidden) {
    const wrong = told.filter(
      (one) =>
        matches(rule, one.rule) &&
        (file === undefined || one.file === file) &&
        SEVERITIES.indexOf(one.severity) >= SEVERITIES.indexOf(severityAtLeast),
    );
    assert.deepEqual(
      wrong.map((one) => `${one.file}:${one.line} ${one.rule}`),
      [],
      why,
    );
  }
  for (const fix of run.fixes ?? []) {
    const finding = must(told.find((one) => one.rule === fix.rule && one.file === fix.file && one.line === fix.line));
    const preferred = must(finding.fixes.find((one) => one.preferred));
    const after = must(applied(new Map([[fix.file, textOf(fix.file)]]), preferred.edits).get(fix.file));
    assert.equal(after.split("\n")[fix.line - 1], fix.becomes);
  }
}

for (const id of ["workspace/s01-mastodon-fine", "workspace/s02-redis-too-old"]) {
  describe(`conformance: ${id}`, () => {
    const folder = path.join(CASES, id);
    const { runs } = JSON.parse(readFileSync(path.join(folder, "expected.json"), "utf8")) as {
      readonly runs: readonly Run[];
    };
    for (const run of runs)
      it(`on ${run.asOf}${run.name === undefined ? "" : ` (${run.name})`}`, () => assertRun(folder, run));
  });
}
