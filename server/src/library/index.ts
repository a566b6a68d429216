/**
 * The library: what the command line and the language server tell, as functions over texts. Reads no files, keeps nothing
 * between two calls, needs nothing but the language itself, so it runs in a browser, too.
 */

import pages from "rule-pages";
import {
  applyEdits as applySpans,
  builtInCatalog,
  Checker,
  DEFAULT_SETTINGS,
  editsOf,
  holdingTogether,
  type Layer,
  LineIndex,
  type Report,
  RULE_METAS,
  readSettings,
  ruleDocs,
  type SettingsLayer,
  safeFixesOf,
  imageStates as statesOf,
  Tally,
  type TextEdit,
  toFileResults,
  toResult,
} from "../core/index.ts";
import type { CheckResult, EditResult, FileResult, ImageAnswer, RuleResult, SeverityName } from "../core/result.ts";
import { GivenFiles } from "./givenFiles.ts";

export type * from "../core/result.ts";

/** The keys of `cache-compat.json`. They count like flags of the command line: before what the files say. */
export interface Settings {
  /** App to version. `null` detects it in the files, `"off"` does not judge for it. */
  readonly apps?: Readonly<Record<string, string | null>>;
  readonly platform?: "self-hosted" | "aptible" | "elasticache" | null;
  /** Server that configuration files run on where no compose file tells: `redis@7.2`. */
  readonly engine?: string | null;
  /** Rule id or `family/*` to its severity. */
  readonly rules?: Readonly<Record<string, SeverityName | "off">>;
  /** Day to judge on, such as `2026-11-20`; today (UTC) where it is not given. */
  readonly asOf?: string;
  /** How many days before an end the notice starts; 90. */
  readonly noticeDays?: number;
  /** Globs of files that are not checked. */
  readonly ignore?: readonly string[];
}

/** Texts by their paths from the root of the project, with `/`. */
export type Files = Readonly<Record<string, string>>;

export interface CheckText {
  /** From the root of the project, with `/`. The name says what the file is: `compose.yaml`, `redis.conf`, `.env`. */
  readonly path: string;
  readonly text: string;
  /** What the file is, where its name does not say it: `dockercompose`, `dockerfile`, `redis-conf`, `dotenv`. */
  readonly languageId?: string;
  /** Other files of the project, as far as they are known: what the text refers to is read there. */
  readonly files?: Files;
  readonly settings?: Settings;
}

/** A page of the documentation. */
export interface RulePage extends RuleResult {
  /** Markdown. */
  readonly page: string;
}

/** Checks one text. Throws a `TypeError` for settings that are none. */
export function check({ path, text, languageId, files = {}, settings = {} }: CheckText): FileResult {
  const project = new Project({ ...files, [path]: text }, settings);
  const [result] = toFileResults([project.report(path, languageId ?? null)], project.files);
  return result as FileResult;
}

/** Checks all files of a project: what `cache-compat check --format json` prints for them. */
export function checkFiles(files: Files, settings: Settings = {}): CheckResult {
  const project = new Project(files, settings);
  const reports = project.reports();
  return toResult(reports, reports[0]?.asOf ?? project.asOf, project.files);
}

/** The files that `cache-compat check --fix` would change, with their new texts. */
export function fixFiles(files: Files, settings: Settings = {}): Record<string, string> {
  const project = new Project(files, settings);
  const reports = project.reports();
  const before = talliesOf(reports);
  const holding = holdingTogether(safeFixesOf(reports), {
    before: (path) => before.get(path) ?? new Tally(path, []),
    after: (edits) => talliesOf(new Project({ ...files, ...project.with(edits) }, settings).reports()),
  });
  return project.with(editsOf(holding));
}

function talliesOf(reports: readonly Report[]): Map<string, Tally> {
  return new Map(reports.map(({ source: { path }, findings }) => [path, new Tally(path, findings)]));
}

/** A text after edits of one fix; those of other files are left to you. Throws a `RangeError` where edits overlap. */
export function applyEdits(text: string, edits: readonly EditResult[]): string {
  const mark = markOf(text);
  const bare = text.slice(mark.length);
  const lines = new LineIndex(bare);
  const spans = edits
    .map(({ path, line, column, endLine, endColumn, newText }) => ({
      path,
      newText,
      span: {
        start: lines.offset({ line: line - 1, character: column - 1 }),
        end: lines.offset({ line: endLine - 1, character: endColumn - 1 }),
      },
    }))
    .sort((a, b) => a.span.start - b.span.start);
  for (const [at, { span }] of spans.entries()) {
    if (span.start < (spans[at - 1]?.span.end ?? 0)) throw new RangeError("Edits overlap.");
  }
  return mark + applySpans(bare, spans);
}

/** What is known about an image such as `redis:7.2-alpine`: what it is, its states, and until when it is maintained. */
export function imageStates(
  reference: string,
  settings: Pick<Settings, "apps" | "asOf" | "noticeDays"> = {},
): ImageAnswer {
  const checker = new Checker(builtInCatalog());
  const { apps = {}, asOf, noticeDays = DEFAULT_SETTINGS.noticeDays } = read(settings, checker);
  return statesOf(reference, { apps, asOf: asOf ?? today(), noticeDays }, checker.catalog);
}

/** Every rule, sorted by id. */
export function rules(): RuleResult[] {
  return RULE_METAS.map(({ id, title, severity, offByDefault, sources }) => ({
    id,
    title,
    severity,
    isOffByDefault: offByDefault === true,
    docs: ruleDocs(id),
    sources: sources.map(({ source, asOf }) => ({ source, asOf })),
  }));
}

/** A rule with its page; `undefined` where there is no such rule. */
export function explain(rule: string): RulePage | undefined {
  const found = rules().find(({ id }) => id === rule);
  return found === undefined ? undefined : { ...found, page: pages[rule] ?? "" };
}

/** The texts of one call with the settings they are judged by. */
class Project {
  readonly files: GivenFiles;
  readonly asOf: string;
  readonly #checker = new Checker(builtInCatalog());
  readonly #layers: readonly Layer[];
  readonly #given: Files;

  constructor(files: Files, settings: Settings) {
    this.#given = files;
    this.files = new GivenFiles(files);
    const layer = read(settings, this.#checker);
    this.#layers = [{ from: "flag", settings: layer, folder: this.files.root() }];
    this.asOf = layer.asOf ?? today();
  }

  /** The files that edits change, with their new texts. */
  with(edits: ReadonlyMap<string, readonly TextEdit[]>): Record<string, string> {
    const fixed: Record<string, string> = {};
    for (const [path, ofFile] of edits) {
      const text = this.#given[this.files.nameOf(path)];
      if (text !== undefined)
        fixed[this.files.nameOf(path)] = markOf(text) + applySpans(this.files.textOf(path), ofFile);
    }
    return fixed;
  }

  report(name: string, languageId: string | null): Report {
    const path = this.files.pathOf(name);
    const report = this.#checker.check({
      source: { path, text: this.files.textOf(path), languageId },
      layers: this.#layers,
      useProjectFile: true,
      files: this.files,
      today: this.asOf,
    });
    for (const { rule, error } of report.failed) throw new Error(`${name}: rule ${rule} failed`, { cause: error });
    return report;
  }

  /** Reports of the files that are ours. */
  reports(): Report[] {
    return this.files.names.map((name) => this.report(name, null)).filter(({ kind }) => kind !== null);
  }
}

function read(settings: Settings, checker: Checker): SettingsLayer {
  const { layer, problems } = readSettings(settings, checker.vocabulary);
  const problem = problems[0];
  if (problem !== undefined) throw new TypeError(`settings.${problem.path.join(".")}: ${problem.message}`);
  return layer;
}

/** UTC. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A byte order mark is no part of the text. */
function markOf(text: string): string {
  return text.startsWith("\uFEFF") ? "\uFEFF" : "";
}
