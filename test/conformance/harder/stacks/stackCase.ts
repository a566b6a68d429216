// Whole stacks drawn into small texts: ⟦…⟧ is the place of a finding, named in the order of the files and of the text.
import assert from "node:assert/strict";
import type { SettingsLayer } from "../../../../server/src/core/index.ts";
import { STACK_METAS } from "../../../../server/src/core/rules/stack/index.ts";
import { checkMemory } from "../../../support/inProcess.ts";
import { type JsonFinding, offsetAt } from "../../../support/json.ts";
import { must } from "../../../support/must.ts";

export interface StackCase {
  readonly id: string;
  readonly why: string;
  /** Texts with marks, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** `connection/port-mismatch error`, one for each mark; two rules at one place are joined by ` + `. None: nothing is told. */
  readonly told?: readonly string[];
  /** Rules whose whole answer is held against the marks; all about stacks but the advice of every day when not given. */
  readonly about?: RegExp;
  readonly settings?: SettingsLayer;
}

/** What nearly every small text would be told; cases about these name them. */
const ADVICE = /^compose\/(?:depends-on-health|healthcheck-missing|no-data-volume)$/;
const STACK_RULES = new Set(STACK_METAS.map(({ id }) => id));

interface Mark {
  readonly start: number;
  readonly end: number;
}

function readMarks(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  const marks: Mark[] = [];
  let text = "";
  let start = -1;
  for (const sign of marked) {
    if (sign === "⟦") start = text.length;
    else if (sign === "⟧") marks.push({ start, end: text.length });
    else text += sign;
  }
  return { text, marks };
}

/** Nothing of severity information or above, by any rule at all. */
export function assertClean({ id, files, settings }: StackCase): void {
  const { json } = checkMemory(files, settings === undefined ? {} : { settings });
  const told = json.files.flatMap(({ path, findings }) =>
    findings.filter(({ severity }) => severity !== "hint").map(({ line, rule }) => `${path}:${line} ${rule}`),
  );
  assert.deepEqual(told, [], id);
}

export function assertStack({ files, told = [], about, settings }: StackCase): void {
  const read = Object.entries(files).map(([path, marked]) => ({ path, ...readMarks(marked) }));
  const { json } = checkMemory(
    Object.fromEntries(read.map(({ path, text }) => [path, text])),
    settings === undefined ? {} : { settings },
  );
  const textOf = new Map(read.map(({ path, text }) => [path, text]));
  const counts = ({ rule, severity }: JsonFinding): boolean =>
    about === undefined
      ? (STACK_RULES.has(rule) && !ADVICE.test(rule)) || severity === "error"
      : about.test(rule) || severity === "error";
  const places = json.files.flatMap(({ path, findings }) =>
    findings.filter(counts).map((finding) => {
      const text = must(textOf.get(path), path);
      const start = offsetAt(text, finding.line, finding.column);
      const end = offsetAt(text, finding.endLine, finding.endColumn);
      return `${path} [${start}, ${end}] "${text.slice(start, end)}" ${finding.rule} ${finding.severity}`;
    }),
  );
  const marks = read.flatMap(({ path, text, marks: own }) => own.map((mark) => ({ path, text, ...mark })));
  assert.equal(marks.length, told.length, "one expectation for each mark");
  const wanted = marks.flatMap(({ path, text, start, end }, at) =>
    must(told[at])
      .split(" + ")
      .map((finding) => `${path} [${start}, ${end}] "${text.slice(start, end)}" ${finding}`),
  );
  assert.deepEqual(places.sort(), wanted.sort());
}

export function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

/** A compose file of these services, with `more` behind them. */
export function compose(services: Readonly<Record<string, readonly string[]>>, ...more: readonly string[]): string {
  const text = Object.entries(services).flatMap(([name, own]) => [`  ${name}:`, ...own.map((line) => `    ${line}`)]);
  return lines("services:", ...text, ...more);
}

export const MASTODON = "image: ghcr.io/mastodon/mastodon:v4.5.16";
export const POSTIZ = "image: ghcr.io/gitroomhq/postiz-app:v2.20.0";
export const REDIS = "image: redis:7.4.11";
export const VALKEY = "image: valkey/valkey:8.1";
export const DRAGONFLY = "image: docker.dragonflydb.io/dragonflydb/dragonfly:v1.40.1";

/** A web process of Mastodon with these lines of `environment`. */
export function mastodon(...environment: readonly string[]): string[] {
  return [MASTODON, "environment:", ...environment.map((line) => `  ${line}`)];
}

export function postiz(...environment: readonly string[]): string[] {
  return [POSTIZ, "environment:", ...environment.map((line) => `  ${line}`)];
}
