// Whole folders with what a run in them has to tell, may tell and must not tell; each run is one process.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { checkJson } from "../support/cli.ts";
import { applied, type JsonFinding, textAt } from "../support/json.ts";
import { must } from "../support/must.ts";

interface PlaceWanted {
  readonly file: string;
  readonly line: number;
  readonly character: number;
  readonly text: string;
}

interface FindingWanted extends PlaceWanted {
  readonly rule: string;
  /** Other right rules for the same cause. */
  readonly rules?: readonly string[];
  readonly severity: string;
  readonly optional?: boolean;
  /** Any place is right. */
  readonly anywhere?: boolean;
  /** Other right places. */
  readonly or?: readonly PlaceWanted[];
}

export interface Run {
  readonly name?: string;
  readonly asOf: string;
  readonly flags: readonly string[];
  /** Nothing of severity information or above may be told. */
  readonly clean?: boolean;
  readonly findings?: readonly FindingWanted[];
  readonly forbidden?: readonly {
    readonly rule?: string;
    readonly file?: string;
    readonly line?: number;
    readonly severityAtLeast?: string;
    readonly why?: string;
  }[];
  readonly fixes?: readonly {
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    /** `null`: the line goes away. */
    readonly becomes?: string | null;
    readonly contains?: { readonly file?: string; readonly text: string };
  }[];
  /** Never shown anywhere. */
  readonly secrets?: readonly string[];
}

const SEVERITIES = ["hint", "information", "warning", "error"];

type Told = JsonFinding & { readonly file: string; readonly text: string };

function matches(pattern: string, rule: string): boolean {
  return pattern.endsWith("*") ? rule.startsWith(pattern.slice(0, -1)) : rule === pattern;
}

function isAt({ file, line, character, text }: PlaceWanted, one: Told): boolean {
  return one.file === file && one.line === line && one.column === character + 1 && one.text === text;
}

function fits(wanted: FindingWanted, one: Told): boolean {
  if (one.rule !== wanted.rule && wanted.rules?.includes(one.rule) !== true) return false;
  if (wanted.severity !== "any" && one.severity !== wanted.severity) return false;
  return wanted.anywhere === true || [wanted, ...(wanted.or ?? [])].some((place) => isAt(place, one));
}

function where(one: Told): string {
  return `${one.file}:${one.line}:${one.column} ${one.severity} ${one.rule} "${one.text}"`;
}

export function assertRun(folder: string, run: Run): void {
  const { json, stdout } = checkJson([".", "--as-of", run.asOf, ...run.flags], { cwd: folder });
  assert.equal(json.asOf, run.asOf);
  const textOf = (file: string): string => readFileSync(path.join(folder, file), "utf8");
  const told: Told[] = json.files.flatMap(({ path: file, findings }) =>
    findings.map((finding) => ({ ...finding, file, text: textAt(textOf(file), finding) })),
  );
  const expected = new Set<Told>();
  for (const wanted of run.findings ?? []) {
    const found = told.find((one) => fits(wanted, one));
    assert.ok(
      found !== undefined || wanted.optional === true,
      `${wanted.rule} is missing at ${wanted.file}:${wanted.line}; told: ${told.map(where).join("; ")}`,
    );
    if (found !== undefined) expected.add(found);
  }
  const isTold = (severity: string, least: string): boolean =>
    SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
  if (run.clean === true) assert.deepEqual(told.filter((one) => isTold(one.severity, "information")).map(where), []);
  for (const { rule = "*", file, line, severityAtLeast = "hint", why } of run.forbidden ?? []) {
    const wrong = told.filter(
      (one) =>
        !expected.has(one) &&
        matches(rule, one.rule) &&
        (file === undefined || one.file === file) &&
        (line === undefined || one.line === line) &&
        isTold(one.severity, severityAtLeast),
    );
    assert.deepEqual(wrong.map(where), [], why);
  }
  for (const fix of run.fixes ?? []) assertFix(fix, told, textOf);
  for (const secret of run.secrets ?? []) assert.ok(!stdout.includes(secret), "a secret is shown");
}

function assertFix(
  fix: NonNullable<Run["fixes"]>[number],
  told: readonly Told[],
  textOf: (file: string) => string,
): void {
  const finding = must(
    told.find((one) => one.rule === fix.rule && one.file === fix.file && (one.line === fix.line || fix.contains)),
    fix.rule,
  );
  const preferred = must(
    finding.fixes.find((one) => one.preferred),
    `a fix of ${fix.rule}`,
  );
  const files = new Set([fix.file, ...preferred.edits.map((edit) => edit.path)]);
  const after = applied(new Map([...files].map((file) => [file, textOf(file)])), preferred.edits);
  if (fix.contains !== undefined) {
    const text = must(after.get(fix.contains.file ?? fix.file));
    assert.ok(text.split(/\r?\n/).includes(fix.contains.text), `${fix.contains.text} is no line`);
    return;
  }
  const before = textOf(fix.file).split("\n");
  const lines = must(after.get(fix.file)).split("\n");
  if (fix.becomes === null)
    assert.deepEqual(
      lines,
      before.filter((_, at) => at !== fix.line - 1),
    );
  else assert.equal(lines[fix.line - 1], fix.becomes);
}

/** One test for each run of a case. */
export function itPasses(folder: string): void {
  const { runs } = JSON.parse(readFileSync(path.join(folder, "expected.json"), "utf8")) as { runs: readonly Run[] };
  for (const run of runs)
    it(`on ${run.asOf}${run.name === undefined ? "" : ` (${run.name})`}`, () => assertRun(folder, run));
}
