/** `cache-compat check`: collects files, asks the core, prints. */
import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import process from "node:process";
import type { Checker, Layer, Report, TextEdit } from "../core/index.ts";
import { applyEdits, countSeverities, PRODUCT, readProjectSettings, safeEditsOf } from "../core/index.ts";
import { collect, ignoreMatcher } from "./collect.ts";
import { DiskFiles, MAX_FILE_BYTES, readText, toCorePath, toDiskPath } from "./diskFiles.ts";
import { writeFixed } from "./fixes.ts";
import { displayPath, formatJson, type RunResult } from "./formatJson.ts";
import { formatText } from "./formatText.ts";
import type { CheckOptions } from "./options.ts";
import { printable } from "./printable.ts";
import { today } from "./today.ts";
import { unifiedDiff } from "./unifiedDiff.ts";
import { UsageError } from "./usageError.ts";

/** Files that may name others, by their name and their text. */
const NAMING: readonly (readonly [name: RegExp, text: RegExp])[] = [
  [/\.ya?ml$/i, /\b(?:include|extends)\b|\.(?:conf|acl)\b/],
  [/\.conf$/i, /\b(?:include|aclfile)\b/i],
];

function note(message: string): void {
  process.stderr.write(`${PRODUCT}: ${printable(message)}\n`);
}

export async function runCheck(options: CheckOptions, checker: Checker): Promise<number> {
  const cwd = process.cwd();
  const layers: Layer[] = [{ from: "flag", settings: options.flags, folder: toCorePath(cwd) }];
  const configPath = options.config === null ? null : resolve(cwd, options.config);
  if (configPath !== null) layers.push(readConfig(options.config as string, configPath, checker));
  const session = new CheckSession(options, checker, layers, cwd);
  const texts =
    options.stdinFilename === null
      ? session.collectTexts(configPath)
      : [session.stdinText(options.stdinFilename, readStdin())];
  let reports = session.checkAll(texts);
  if (options.fix !== "no") {
    const changed = session.fix(reports);
    if (options.fix === "dry-run") {
      process.stdout.write(
        changed
          .map(({ path, before, edits, mark }) => unifiedDiff(displayPath(path, cwd), before, edits, mark))
          .join(""),
      );
      return session.hasLeftOut ? 2 : statusOf(reports, options.maxWarnings);
    }
    // Judged anew, with everything that was written: what is left decides the status.
    reports = new CheckSession(options, checker, layers, cwd).checkAll(
      texts.map(({ path, text, languageId }) => ({
        path,
        languageId,
        text: changed.find((file) => file.path === path)?.after ?? text,
      })),
    );
  }
  const result: RunResult = {
    asOf: reports[0]?.asOf ?? options.flags.asOf ?? today(),
    reports: reports.filter(({ kind }) => kind !== null),
    checked: reports.filter(({ kind }) => kind !== null).length,
    cwd,
    textOf: (path) => session.files.read(path) ?? "",
  };
  process.stdout.write(
    options.format === "json"
      ? formatJson(result)
      : formatText(result, hasColours(), (app) => checker.catalog.appName(app)),
  );
  if (session.hasLeftOut) return 2;
  return statusOf(result.reports, options.maxWarnings) || (session.hasRefused ? 2 : 0);
}

function hasColours(): boolean {
  return process.stdout.isTTY === true && process.env.NO_COLOR === undefined && process.env.TERM !== "dumb";
}

function statusOf(reports: readonly Report[], maxWarnings: number | null): number {
  const { error, warning } = countSeverities(reports);
  return error > 0 || (maxWarnings !== null && warning > maxWarnings) ? 1 : 0;
}

function readStdin(): string {
  return readFileSync(0, "utf8").replace(/^\uFEFF/, "");
}

function readConfig(written: string, path: string, checker: Checker): Layer {
  const read = readText(path);
  if (read === null) throw new UsageError(`--config ${written}: there is no such file, or it cannot be read.`);
  return readProjectSettings(toCorePath(path), read.text, checker.vocabulary);
}

interface ChangedText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly TextEdit[];
  /** The byte order mark, where the file has one. */
  readonly mark: string;
}

interface CheckedText {
  readonly path: string;
  readonly text: string;
  readonly languageId: string | null;
}

class CheckSession {
  readonly files: DiskFiles;
  /** Something could not be read: the rest was checked, and the status says so. */
  hasLeftOut = false;
  /** A fix could not be written. */
  hasRefused = false;
  readonly #options: CheckOptions;
  readonly #checker: Checker;
  readonly #layers: readonly Layer[];
  readonly #cwd: string;

  constructor(options: CheckOptions, checker: Checker, layers: readonly Layer[], cwd: string) {
    this.#options = options;
    this.#checker = checker;
    this.#layers = layers;
    this.#cwd = cwd;
    const folders = [...options.paths.map((path) => resolve(cwd, path)).filter((path) => isFolder(path)), cwd];
    this.files = new DiskFiles(folders.map(toCorePath));
  }

  /** The texts of all files to check: those that were walked or named, and those that their compose files name. */
  collectTexts(configPath: string | null): CheckedText[] {
    const globs = this.#layers.flatMap(({ settings }) => settings.ignore ?? []);
    const isIgnored = ignoreMatcher(globs, this.#cwd);
    const { files, named, unreadable, unnamable } = collect(this.#options.paths, this.#cwd, isIgnored);
    for (const message of unreadable) this.#leaveOut(message);
    for (const path of unnamable) note(`left out: ${displayPath(toCorePath(path), this.#cwd)}: its name is not UTF-8.`);
    const texts = new Map<string, CheckedText>();
    const queue = files.map((file) => ({ file, isNamed: named.has(file) }));
    if (configPath !== null) queue.push({ file: configPath, isNamed: true });
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const path = toCorePath(next.file);
      if (texts.has(path)) continue;
      const read = this.#read(next.file, next.isNamed);
      if (read === null) continue;
      this.files.remember(path, read);
      const languageId =
        next.file === configPath
          ? "cache-compat"
          : next.isNamed && looksLikeCompose(path, read)
            ? "dockercompose"
            : null;
      texts.set(path, { path, text: read, languageId });
      // Named by `include`, `extends` or `aclfile`: checked even where .gitignore lists it.
      if (NAMING.some(([name, text]) => name.test(path) && text.test(read))) {
        for (const reference of this.#checker.namedByCompose(toCorePath(dirname(next.file)), this.files)) {
          if (!texts.has(reference) && this.files.read(reference) !== null)
            queue.push({ file: toDiskPath(reference), isNamed: false });
        }
      }
    }
    return [...texts.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  stdinText(name: string, text: string): CheckedText {
    const path = toCorePath(resolve(this.#cwd, name));
    this.files.remember(path, text);
    return { path, text, languageId: null };
  }

  checkAll(texts: readonly CheckedText[]): Report[] {
    for (const { path, text } of texts) this.files.remember(path, text);
    const reports: Report[] = [];
    for (const source of texts) {
      const report = this.#checker.check({
        source,
        layers: this.#layers,
        useProjectFile: this.#options.config === null,
        files: this.files,
        today: today(),
      });
      for (const { rule, error } of report.failed)
        note(
          `${displayPath(source.path, this.#cwd)}: rule ${rule} failed and was left out (${error instanceof Error ? error.message : String(error)}).`,
        );
      reports.push(report);
    }
    return reports;
  }

  /** Writes what may be applied unseen (nothing in a dry run); returns the changed texts. */
  fix(reports: readonly Report[]): ChangedText[] {
    const changed: ChangedText[] = [];
    for (const [path, edits] of safeEditsOf(reports)) {
      const before = this.files.read(path);
      if (before === null) continue;
      const after = applyEdits(before, edits);
      if (this.#options.fix === "write") {
        const refused = writeFixed(path, before, edits, toDiskPath(this.files.root(path)));
        if (refused !== null) {
          this.hasRefused = true;
          note(`${displayPath(path, this.#cwd)}: not fixed: ${refused}.`);
          continue;
        }
      }
      this.files.remember(path, after);
      // A patch speaks of the bytes of the file, the mark at its beginning included.
      const mark = readText(toDiskPath(path))?.hasBom === true ? "\uFEFF" : "";
      changed.push({ path, before, after, edits, mark });
    }
    return changed;
  }

  #leaveOut(message: string): void {
    this.hasLeftOut = true;
    note(`left out: ${message}.`);
  }

  #read(file: string, isNamed: boolean): string | null {
    const read = readText(file);
    if (read !== null) return read.text;
    const isTooLarge = sizeOf(file) > MAX_FILE_BYTES;
    const why = isTooLarge ? `it is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB` : "it cannot be read";
    if (isNamed && !isTooLarge) throw new UsageError(`${displayPath(toCorePath(file), this.#cwd)}: ${why}.`);
    if (isTooLarge) note(`${displayPath(toCorePath(file), this.#cwd)}: left out: ${why}.`);
    else this.#leaveOut(`${displayPath(toCorePath(file), this.#cwd)}: ${why}`);
    return null;
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** A YAML file named one by one on the command line that has services: the name need not follow the conventions. */
function looksLikeCompose(path: string, text: string): boolean {
  return (
    /\.ya?ml$/i.test(path) &&
    !/\/\.github\/workflows\//.test(path) &&
    /^["']?services["']?[ \t]*:/m.test(text) &&
    !/^apiVersion[ \t]*:/m.test(text)
  );
}
