/** The files of one run: found, read once, and checked as often as they are asked for. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Checker, describeError, type Layer, OWN_TABLE, type Report } from "../core/index.ts";
import { collect, ignoreMatcher } from "./collect.ts";
import type { DiskFiles } from "./diskFiles.ts";
import type { CheckOptions } from "./options.ts";
import type { Output } from "./output.ts";
import { displayPath, toCorePath, toDiskPath } from "./paths.ts";
import { readText, textOf, type Unread } from "./readFile.ts";

/** Files that may name others, by their name and their text. */
const NAMING: readonly (readonly [name: RegExp, text: RegExp])[] = [
  [/\.ya?ml$/i, /\b(?:include|extends|env_file)\b|\.(?:conf|acl)\b/],
  [/\.conf$/i, /\b(?:include|aclfile)\b/i],
];

export interface CheckedText {
  readonly path: string;
  readonly text: string;
  readonly languageId: string | null;
}

export interface Run {
  readonly options: CheckOptions;
  readonly checker: Checker;
  readonly layers: readonly Layer[];
  readonly cwd: string;
  /** The same day for the whole run. */
  readonly today: string;
  readonly output: Output;
}

export class CheckSession {
  readonly files: DiskFiles;
  /** Files that should have been readable, each with the reason: the rest was checked, and the status says so. */
  readonly unread: string[] = [];
  /** The text of standard input, as it came. */
  stdin: Buffer | null = null;
  /** The organisation's own tables that reports named. */
  readonly #tables = new Set<string>();
  readonly #run: Run;

  constructor(run: Run, files: DiskFiles) {
    this.#run = run;
    this.files = files;
  }

  /** The same run with other texts. */
  with(texts: ReadonlyMap<string, string>): CheckSession {
    const session = new CheckSession(this.#run, this.files.with(texts));
    session.unread.push(...this.unread);
    return session;
  }

  /** All files to check: those that were walked or named, and those that they name. `null` when nothing that was named is there. */
  collectTexts(configPath: string | null): CheckedText[] | null {
    const { options, layers, cwd, output } = this.#run;
    const globs = layers.flatMap(({ settings }) => settings.ignore ?? []);
    const { files, named, isAnyThere } = collect(options.paths, {
      cwd,
      isIgnored: ignoreMatcher(globs, cwd),
      leaveOut: (path, unread) => this.#leaveOut(path, unread),
      listed: (folder, entries) => this.files.noteFolder(toCorePath(folder), entries),
      found: (count) => output.progress.tell(() => `Looking for files: ${count} found`),
    });
    if (!isAnyThere) return null;
    const texts = new Map<string, CheckedText>();
    const seen = new Set<string>();
    const queue = files.map((file) => ({ file, isNamed: named.has(file) }));
    if (configPath !== null) queue.push({ file: configPath, isNamed: true });
    // Grows while it is walked: by files that are named in files.
    for (const { file, isNamed } of queue) {
      const path = toCorePath(file);
      if (seen.has(path)) continue;
      seen.add(path);
      output.progress.tell(() => `Reading files: ${texts.size} of ${queue.length}`);
      const read = readText(file);
      if ("why" in read) {
        this.#leaveOut(file, read);
        continue;
      }
      const { text } = read;
      this.files.remember(path, text);
      const languageId =
        file === configPath ? "cache-compat" : isNamed && looksLikeCompose(path, text) ? "dockercompose" : null;
      texts.set(path, { path, text, languageId });
      // Named by `include`, `extends`, `env_file` or `aclfile`: checked even where .gitignore lists it.
      if (NAMING.some(([name, pattern]) => name.test(path) && pattern.test(text))) {
        const checker = this.#checkerOf(path);
        for (const handed of checker.handedOutBy(path, this.files)) this.files.noteNamer(handed, path);
        for (const reference of checker.namedByCompose(toCorePath(dirname(file)), this.files))
          if (!seen.has(reference) && this.files.read(reference) !== null)
            queue.push({ file: toDiskPath(reference), isNamed: false });
      }
    }
    this.files.isStill = true;
    return [...texts.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  stdinText(name: string): CheckedText {
    this.stdin = readFileSync(0);
    const path = toCorePath(resolve(this.#run.cwd, name));
    const { text } = textOf(this.stdin);
    this.files.remember(path, text);
    return { path, text, languageId: null };
  }

  check(source: CheckedText): Report {
    const { checker, today, output } = this.#run;
    const report = checker.check({ ...this.#judging, source, files: this.files, today });
    for (const { path, reading } of report.ownTables) if (reading !== null) this.#tables.add(path);
    for (const { rule, error } of report.failed) {
      output.note(`${this.#show(source.path)}: rule ${rule} failed and was left out (${describeError(error)}).`);
    }
    return report;
  }

  /** The organisation's own tables that count for a file. */
  tablesOf(path: string) {
    return this.#run.checker.ownTablesOf({ ...this.#judging, path }, this.files);
  }

  /** Tables that reports named: told as what they are, wherever they stand. */
  tables(): CheckedText[] {
    const paths = this.#run.options.stdinFilename === null ? [...this.#tables].sort() : [];
    return paths.map((path) => ({ path, text: this.files.read(path) ?? "", languageId: OWN_TABLE }));
  }

  #checkerOf(path: string): Checker {
    return this.tablesOf(path).made ?? this.#run.checker;
  }

  get #judging() {
    return { layers: this.#run.layers, useProjectFile: this.#run.options.config === null };
  }

  #leaveOut(file: string, { why, isTrouble }: Unread): void {
    const message = `${this.#show(toCorePath(file))}: ${why}`;
    if (isTrouble) this.unread.push(message);
    this.#run.output.note(`left out: ${message}.`);
  }

  #show(path: string): string {
    return displayPath(path, this.#run.cwd);
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
