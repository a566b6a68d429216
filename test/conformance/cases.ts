// The cases under `cases/`: what each expects, and how an answer is held against it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { applied, type JsonFile, type JsonFinding, type JsonRange, textAt } from "../support/json.ts";
import { must } from "../support/must.ts";

export const CASES = path.join(__dirname, "cases");
export const COLUMNS = ["4.6", "4.5", "4.4", "4.3", "4.2"] as const;
export type Column = (typeof COLUMNS)[number];

interface ExpectedPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 0, in UTF-16 units. */
  readonly character: number;
  readonly text: string;
}

export interface ExpectedImage extends ExpectedPlace {
  readonly engine: string;
  readonly states: Readonly<Record<Column, string>>;
  readonly replacement: Readonly<Record<Column, string | null>>;
  readonly acceptLines: Readonly<Record<Column, readonly string[]>>;
  readonly fixIn?: { readonly file: string; readonly line: number; readonly text: string };
  readonly optional?: boolean;
}

export interface Case {
  readonly id: string;
  readonly title: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly findings: readonly ExpectedImage[];
  readonly problems: readonly (ExpectedPlace & { readonly kind: string })[];
  readonly silent: readonly { readonly file: string; readonly line: number; readonly why: string }[];
}

export function readCases(group: string): Case[] {
  return readdirSync(path.join(CASES, group))
    .sort()
    .map((id) => {
      const folder = path.join(CASES, group, id);
      return { ...JSON.parse(readFileSync(path.join(folder, "expected.json"), "utf8")), folder } as Case;
    });
}

/** Which rules may tell a state. An unknown or supported image is told by none of them. */
const RULES_OF_STATE: Readonly<Record<string, readonly string[]>> = {
  "end-of-life": ["mastodon/engine-end-of-life"],
  unsupported: ["mastodon/engine-unsupported"],
  unlisted: ["mastodon/engine-unlisted", "keydb/not-in-matrix"],
  floating: ["image/floating-tag"],
};
const COMPATIBILITY = [...Object.values(RULES_OF_STATE).flat(), "mastodon/sidekiq-minimum-redis"];
const RULES_OF_PROBLEM: Readonly<Record<string, string>> = {
  "yaml-syntax": "yaml/syntax",
  "duplicate-key": "yaml/duplicate-key",
  "invalid-reference": "image/invalid-reference",
  "number-tag": "helm/number-tag",
};

function isAt(range: JsonRange, text: string, place: ExpectedPlace): boolean {
  return range.line === place.line && range.column === place.character + 1 && textAt(text, range) === place.text;
}

function describeFinding(file: string, { rule, line, column }: JsonFinding): string {
  return `${file}:${line}:${column} ${rule}`;
}

/** The line of a tag: `7.4-alpine` -> `7.4`, `v1.40.1` -> `1.40`. */
function lineOf(tag: string): string {
  return must(/(?:^|[^\d.])v?(\d+\.\d+)/.exec(tag)?.[1], `a line in ${tag}`);
}

/** Holds the whole answer for one case and one version of Mastodon against what is expected. */
export function assertCase(
  wanted: Case,
  column: Column,
  files: readonly JsonFile[],
  texts: ReadonlyMap<string, string>,
): void {
  assertImages(wanted, column, files);
  for (const image of wanted.findings) {
    const text = must(texts.get(image.file), image.file);
    const there =
      files.find(({ path: file }) => file === image.file)?.findings.filter((one) => isAt(one, text, image)) ?? [];
    assertState(image, column, there);
    assertReplacement(image, column, there, texts);
  }
  assertNothingElse(wanted, files, texts);
}

function assertImages(wanted: Case, column: Column, files: readonly JsonFile[]): void {
  const show = (image: ExpectedImage): string =>
    `${image.file}:${image.line}:${image.character + 1} ${image.text} ${image.engine} ${image.states[column]}`;
  const optional = new Set(wanted.findings.filter((image) => image.optional === true).map(show));
  const told = files.flatMap(({ path: file, images }) =>
    images.map(
      ({ line, column: at, text, engine, states }) => `${file}:${line}:${at} ${text} ${engine} ${states.mastodon}`,
    ),
  );
  assert.deepEqual(
    told.filter((line) => !optional.has(line)).sort(),
    wanted.findings
      .filter((image) => image.optional !== true)
      .map(show)
      .sort(),
  );
}

function assertState(image: ExpectedImage, column: Column, there: readonly JsonFinding[]): void {
  const state = image.states[column];
  const told = there.map(({ rule }) => rule).filter((rule) => COMPATIBILITY.includes(rule));
  const rules = RULES_OF_STATE[state];
  if (rules === undefined) {
    assert.deepEqual(told, [], `${image.text} is ${state}`);
    if (state === "unknown") assert.deepEqual(there, [], `${image.text} is unknown, so nothing is told`);
  } else if (image.optional !== true) {
    const fitting = there.filter(({ rule }) => rules.includes(rule));
    assert.equal(fitting.length, 1, `${image.text} is ${state}: told by ${told.join(", ") || "no rule"}`);
    assert.notEqual(fitting[0]?.severity, "hint");
  }
}

function assertReplacement(
  image: ExpectedImage,
  column: Column,
  there: readonly JsonFinding[],
  texts: ReadonlyMap<string, string>,
): void {
  if (image.optional === true) return;
  const fixes = there.flatMap((finding) => finding.fixes);
  const wanted = image.replacement[column];
  const results = fixes
    .filter(({ preferred }) => preferred)
    .map(({ edits }) => Object.fromEntries(applied(texts, edits)));
  if (wanted === null) {
    assert.deepEqual(results, [], `no replacement of ${image.text} is right`);
  } else {
    assert.notDeepEqual(results, [], `${image.text} should become ${wanted}`);
    const where = image.fixIn ?? image;
    const text = must(texts.get(where.file), where.file);
    const lines = text.split(/(?<=\n)/);
    const line = must(lines[where.line - 1], `line ${where.line}`);
    const from = "character" in where ? (where as ExpectedImage).character : line.indexOf(where.text);
    lines[where.line - 1] = line.slice(0, from) + wanted + line.slice(from + where.text.length);
    const expected = Object.fromEntries(new Map(texts).set(where.file, lines.join("")));
    for (const result of results) assert.deepEqual(result, expected);
  }
  const accepted = image.acceptLines[column];
  for (const { edits, title } of fixes) {
    for (const { newText } of edits) {
      const isRight = accepted.includes(lineOf(newText)) || accepted.some((line) => line.startsWith(">="));
      assert.ok(accepted.length === 0 || isRight, `${title}: ${newText} is none of ${accepted.join(", ")}`);
    }
  }
}

/** The cases are about images; what is told about the services that run them has tests of its own. */
export function isAboutImages({ rule }: JsonFinding): boolean {
  return !/^(?:bitnami|compose|connection|dragonfly|migrate)\//.test(rule);
}

/** Every finding stands at an expected image or problem, every problem is told, and silent lines stay silent. */
function assertNothingElse(wanted: Case, files: readonly JsonFile[], texts: ReadonlyMap<string, string>): void {
  const problems = wanted.problems.map((problem) => ({ problem, rule: RULES_OF_PROBLEM[problem.kind] }));
  const missing = new Set(problems);
  for (const { path: file, findings, images } of files) {
    const text = must(texts.get(file), file);
    const silent = wanted.silent.filter((place) => place.file === file).map(({ line }) => line);
    for (const { line } of images) assert.ok(!silent.includes(line), `an image on the silent line ${line}`);
    for (const finding of findings.filter(isAboutImages)) {
      assert.ok(!silent.includes(finding.line), `${describeFinding(file, finding)} on a silent line`);
      const told = problems.find(
        ({ problem, rule }) => rule === finding.rule && problem.file === file && isAt(finding, text, problem),
      );
      if (told !== undefined) missing.delete(told);
      const isImage = wanted.findings.some((image) => image.file === file && isAt(finding, text, image));
      assert.ok(told !== undefined || isImage, `${describeFinding(file, finding)} is expected nowhere`);
    }
  }
  assert.deepEqual([...missing], []);
}
