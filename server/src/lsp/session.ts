/**
 * What the server knows: open documents, loaded neighbours, settings; and the report of each document, kept as long as
 * nothing it depends on has changed.
 */
import type { Checker, Layer, Report, SettingsLayer } from "../core/index.ts";
import type { Configuration } from "./configuration.ts";
import { Documents, type OpenDocument } from "./documents.ts";
import { HostFiles, type HostIo } from "./hostFiles.ts";

interface KeptReport {
  readonly text: string;
  readonly stamp: number;
  /** The day on which it was made: at midnight every lifecycle is judged anew. */
  readonly day: string;
  readonly report: Report;
}

/** Rounds of "load what is missing, check again": a chain of includes is followed this far. */
const MAX_ROUNDS = 12;

/** Changes of single files that are remembered. */
const MAX_CHANGED = 5000;

export class Session {
  readonly checker: Checker;
  readonly documents = new Documents();
  readonly files: HostFiles;
  readonly configuration: Configuration;
  readonly #today: () => string;
  readonly #log: (message: string) => void;
  readonly #kept = new Map<string, KeptReport>();
  /** When a path last changed; paths that never did are older than every report. */
  readonly #changed = new Map<string, number>();
  #stamp = 0;
  #allChanged = 0;

  constructor(
    checker: Checker,
    io: HostIo,
    configuration: Configuration,
    today: () => string,
    log: (message: string) => void,
  ) {
    this.checker = checker;
    this.files = new HostFiles(io, this.documents);
    this.configuration = configuration;
    this.#today = today;
    this.#log = log;
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
  }

  /** Notes that a file appeared or went away, which changes its folder, too. */
  touchFolder(path: string): void {
    this.touch(path);
    this.#changed.set(folderOf(path), this.#stamp);
  }

  /** Settings or workspace folders changed: nothing that was known counts any more. */
  touchAll(): void {
    this.#allChanged = ++this.#stamp;
    this.#changed.clear();
  }

  /** Drops what is kept of a file that is not open: the next look costs a check, memory stays bounded. */
  forgetReport(path: string): void {
    this.checker.forget(path);
    this.#kept.delete(path);
  }

  /** Open documents, other than the one at `path`, whose last report looked at it. */
  dependents(path: string): OpenDocument[] {
    const folder = folderOf(path);
    return this.documents.all.filter((document) => {
      const report = this.#kept.get(document.path)?.report;
      return (
        document.path !== path &&
        report !== undefined &&
        (report.dependsOn.files.has(path) || report.dependsOn.folders.has(folder))
      );
    });
  }

  reportOf(document: OpenDocument): Promise<Report> {
    return this.check(document.path, document.text, document.languageId, document.uri);
  }

  /** Checks a text with all the neighbours that it needs. */
  async check(path: string, text: string, languageId: string | null, uri: string): Promise<Report> {
    const known = this.#kept.get(path);
    if (known !== undefined && known.text === text && this.#isCurrent(known)) return known.report;
    const stamp = this.#stamp;
    const day = this.#today();
    const settings = await this.configuration.of(uri);
    const layers: Layer[] = [settingLayer(settings.layer, this.files.root(path))];
    const request = { source: { path, text, languageId }, layers, useProjectFile: true, files: this.files, today: day };
    let report = this.checker.check(request);
    for (let round = 0; round < MAX_ROUNDS && report.wanted.files.size + report.wanted.folders.size > 0; round++) {
      await this.files.load(report.wanted.files, report.wanted.folders);
      report = this.checker.check(request);
    }
    for (const { rule, error } of report.failed)
      this.#log(`rule ${rule} failed and was left out: ${error instanceof Error ? error.message : String(error)}`);
    this.#kept.set(path, { text, stamp, day, report });
    return report;
  }

  #isCurrent({ stamp, day, report }: KeptReport): boolean {
    if (this.#allChanged > stamp || day !== this.#today()) return false;
    for (const path of report.dependsOn.files)
      if ((this.#changed.get(path) ?? 0) > stamp && path !== report.source.path) return false;
    for (const folder of report.dependsOn.folders) if ((this.#changed.get(folder) ?? 0) > stamp) return false;
    return true;
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** The editor's settings; globs in them start from the workspace folder. */
export function settingLayer(settings: SettingsLayer, root: string | undefined): Layer {
  return { from: "setting", settings, ...(root === undefined ? {} : { folder: root }) };
}
