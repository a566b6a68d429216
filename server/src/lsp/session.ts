/**
 * What the server knows: open documents, loaded neighbours, settings; and the report of each document, kept as long as
 * nothing it depends on has changed.
 */
import {
  type Checker,
  describeError,
  dirname,
  type Layer,
  OWN_TABLE,
  type Report,
  type SettingsLayer,
  type SourceText,
} from "../core/index.ts";
import type { Configuration } from "./configuration.ts";
import { Documents, type OpenDocument } from "./documents.ts";
import { HostFiles, type HostIo } from "./hostFiles.ts";

/** When something was made. */
export interface Made {
  readonly stamp: number;
  /** At midnight every lifecycle is judged anew. */
  readonly day: string;
}

interface KeptReport extends Made {
  readonly text: string;
  readonly languageId: string | null;
  readonly report: Report;
}

/** Rounds of "load what is missing, check again": a chain of includes is followed this far. */
const MAX_ROUNDS = 12;
/** Files that change all the time are told as they were. */
const MAX_TURNS = 3;

/** Changes of single files that are remembered. */
const MAX_CHANGED = 5000;

export class Session {
  #checker: Checker;
  /** False while the user does not trust the workspace: tables in it have no say. */
  isTrusted = true;
  /** An open document turned out to be a table of the organisation. */
  onTable: (document: OpenDocument) => void = () => {};
  readonly documents = new Documents();
  readonly files: HostFiles;
  readonly configuration: Configuration;
  readonly #today: () => string;
  readonly #log: (message: string) => void;
  readonly #kept = new Map<string, KeptReport>();
  /** Tables of the organisation that some file's settings name. */
  readonly #tables = new Set<string>();
  /** When a path last changed; paths that never did are older than every report. */
  readonly #changed = new Map<string, number>();
  /** Rules that failed on a file, as far as the log has them. */
  readonly #toldFailures = new Set<string>();
  #stamp = 0;
  #treeStamp = 0;
  #allChanged = 0;

  /** Told of every change of a text, a file, a setting or a table. */
  onChange: () => void = () => {};
  /** Told which files got another reader. */
  onNamed: (paths: readonly string[]) => void = () => {};

  constructor(
    checker: Checker,
    io: HostIo,
    configuration: Configuration,
    today: () => string,
    log: (message: string) => void,
  ) {
    this.#checker = checker;
    this.files = new HostFiles(io, this.documents);
    this.configuration = configuration;
    this.#today = today;
    this.#log = log;
  }

  get checker(): Checker {
    return this.#checker;
  }

  /** Judges by other tables from now on. */
  use(checker: Checker): void {
    this.#checker = checker;
    this.touchAll();
  }

  /** Paths of the organisation's own tables, as far as reports named them. */
  get tables(): readonly string[] {
    return [...this.#tables];
  }

  /** When a file last appeared or went away. */
  get treeStamp(): number {
    return this.#treeStamp;
  }

  /** Today, as the adapter sees it. */
  get today(): string {
    return this.#today();
  }

  /** Grows with every change of anything. */
  get stamp(): number {
    return this.#stamp;
  }

  /** Notes that the text of a file changed, in an editor or on disk. */
  touch(path: string): void {
    this.#changed.set(path, ++this.#stamp);
    // Forgetting when single files changed makes every report stale once: cheaper than to remember for ever.
    if (this.#changed.size > MAX_CHANGED) this.touchAll();
    this.onChange();
  }

  /** Notes that a file appeared or went away, which changes its folder, too. */
  touchFolder(path: string): void {
    this.touch(path);
    this.#treeStamp = this.#stamp;
    this.#changed.set(dirname(path), this.#stamp);
  }

  /** Settings or workspace folders changed: nothing that was known counts any more. */
  touchAll(): void {
    this.#allChanged = ++this.#stamp;
    this.#treeStamp = this.#stamp;
    this.#changed.clear();
    this.#tables.clear();
    this.onChange();
  }

  /** Drops what is kept of a file that is not open: the next look costs a check, memory stays bounded. */
  forgetReport(path: string, isClosed = false): void {
    this.checker.forget(path, isClosed);
    this.#kept.delete(path);
  }

  /** Open documents, other than the one at `path`, whose last report looked at it; with `isListed` also at its folder's listing. */
  dependents(path: string, isListed = false): OpenDocument[] {
    const folder = dirname(path);
    return this.documents.all.filter((document) => {
      const report = this.#kept.get(document.path)?.report;
      if (document.path === path || report === undefined) return false;
      return report.dependsOn.files.has(path) || (isListed && report.dependsOn.folders.has(folder));
    });
  }

  async reportOf(document: OpenDocument): Promise<Report> {
    const report = await this.check(document, document.languageId, document.uri);
    this.#forgetClosed(document);
    return report;
  }

  /** What a document holds, for those who do not ask what is wrong with it: at hand behind an edit, before anything is judged. */
  async contentOf(document: OpenDocument): Promise<Report> {
    const { path, text, lines, languageId, uri } = document;
    const known = this.#keptOf(path, text, this.#languageOf(path, languageId));
    if (known !== null) return known;
    const source = { path, text, lines, languageId: this.#languageOf(path, languageId) };
    const report = await this.#checkOnce(source, uri, this.#today(), false);
    this.#forgetClosed(document);
    return report;
  }

  /** Of a document that was closed while it was looked at nobody would drop what is kept. */
  #forgetClosed({ path }: OpenDocument): void {
    if (this.documents.atPath(path) === undefined) this.forgetReport(path, true);
  }

  /** A table may stand anywhere under any name: the settings of other files say that it is one. */
  #languageOf(path: string, language: string | null): string | null {
    return this.#tables.has(path) ? OWN_TABLE : language;
  }

  #keptOf(path: string, text: string, languageId: string | null): Report | null {
    const known = this.#kept.get(path);
    const isSame = known?.text === text && known.languageId === languageId && this.isFresh(known.report, known);
    return isSame ? known.report : null;
  }

  /** Checks a text with all the neighbours that it needs; once more where one of them changed meanwhile. */
  async check(
    { path, text, lines }: Pick<SourceText, "path" | "text" | "lines">,
    language: string | null,
    uri: string,
  ): Promise<Report> {
    const languageId = this.#languageOf(path, language);
    const known = this.#keptOf(path, text, languageId);
    if (known !== null) return known;
    for (let turn = 1; ; turn++) {
      const made = { stamp: this.#stamp, day: this.#today() };
      const report = await this.#checkOnce({ path, text, languageId, ...(lines && { lines }) }, uri, made.day);
      if (turn < MAX_TURNS && !this.isFresh(report, made)) continue;
      for (const { rule, error } of report.failed) {
        // Once for a file, not at each key.
        const key = `${rule} ${path}`;
        if (this.#toldFailures.has(key)) continue;
        if (this.#toldFailures.size >= MAX_CHANGED) this.#toldFailures.clear();
        this.#toldFailures.add(key);
        this.#log(`rule ${rule} failed and was left out: ${describeError(error)}`);
      }
      this.#kept.set(path, { text, languageId, ...made, report });
      // Files for which it is news who reads them are told anew.
      const renamed = this.files.noteNames(path, report.names);
      for (const named of renamed) this.touch(named);
      if (renamed.length > 0) this.onNamed(renamed);
      this.#noteTables(report);
      return report;
    }
  }

  #noteTables({ ownTables, source }: Report): void {
    for (const { path, reading } of ownTables) {
      if (reading === null || this.#tables.has(path)) continue;
      this.#tables.add(path);
      const open = path === source.path ? undefined : this.documents.atPath(path);
      if (open !== undefined) this.onTable(open);
    }
  }

  /** What a file is judged by, beside its text and the day. */
  async judging(path: string, uri: string) {
    const root = this.files.root(path);
    const settings = await this.configuration.of(uri, root);
    const layers: Layer[] = [settingLayer(settings.layer, root)];
    return { layers, useProjectFile: true, isTrusted: this.isTrusted, files: this.files };
  }

  async #checkOnce(source: SourceText, uri: string, day: string, withFindings = true): Promise<Report> {
    const request = { ...(await this.judging(source.path, uri)), source, today: day, withFindings };
    let report = this.checker.check(request);
    for (let round = 0; round < MAX_ROUNDS && report.wanted.files.size + report.wanted.folders.size > 0; round++) {
      await this.files.load(report.wanted.files, report.wanted.folders);
      report = this.checker.check(request);
    }
    return report;
  }

  /** True when the file itself has changed since. */
  hasChanged(path: string, { stamp }: Made): boolean {
    return (this.#changed.get(path) ?? 0) > stamp;
  }

  /** True as long as nothing that a report depends on, its own file left out, has changed since it was made. */
  isFresh({ dependsOn, source }: Pick<Report, "dependsOn" | "source">, { stamp, day }: Made): boolean {
    if (this.#allChanged > stamp || day !== this.#today()) return false;
    for (const path of dependsOn.files) {
      if ((this.#changed.get(path) ?? 0) > stamp && path !== source.path) return false;
    }
    for (const folder of dependsOn.folders) if ((this.#changed.get(folder) ?? 0) > stamp) return false;
    return true;
  }
}

/** The editor's settings; globs in them start from the workspace folder. */
export function settingLayer(settings: SettingsLayer, root: string | undefined): Layer {
  return { from: "setting", settings, ...(root === undefined ? {} : { folder: root }) };
}
