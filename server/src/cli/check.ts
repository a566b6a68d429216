/** `cache-compat check`: collects files, asks the core, prints. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import type { Checker, Fixable, Layer, Mended, Report, TextEdit } from "../core/index.ts";
import {
  applyEdits,
  editsOf,
  holdingTogether,
  LineIndex,
  OWN_TABLE,
  readProjectSettings,
  safeFix,
  safeFixesOf,
  Tally,
} from "../core/index.ts";
import { fromByteString } from "./byteEdits.ts";
import { DiskFiles } from "./diskFiles.ts";
import { FixRefused, FixWriter, fixBytes } from "./fixes.ts";
import { type Counts, count, noCounts } from "./formats/format.ts";
import { printerOf } from "./formats/index.ts";
import type { CheckOptions } from "./options.ts";
import { Output } from "./output.ts";
import { assertFlags } from "./ownTables.ts";
import { displayPath, toCorePath, toDiskPath } from "./paths.ts";
import { readBytes, readText } from "./readFile.ts";
import { type CheckedText, CheckSession, type Run } from "./session.ts";
import { today } from "./today.ts";
import { unifiedDiff } from "./unifiedDiff.ts";
import { UsageError } from "./usageError.ts";

export async function runCheck(options: CheckOptions, checker: Checker): Promise<number> {
  const cwd = process.cwd();
  const layers: Layer[] = [{ from: "flag", settings: options.flags, folder: toCorePath(cwd) }];
  const configPath = options.config === null ? null : resolve(cwd, options.config);
  if (configPath !== null) layers.push(readConfig(options.config as string, configPath, checker));
  const run: Run = { options, checker, layers, cwd, today: today(), output: new Output() };
  return new CheckRun(run).run(configPath);
}

function readConfig(written: string, path: string, checker: Checker): Layer {
  const read = readText(path);
  if ("why" in read) throw new UsageError(`--config ${written}: ${read.why}.`);
  return readProjectSettings(toCorePath(path), read.text, checker.openVocabulary);
}

class CheckRun {
  readonly #run: Run;
  readonly #session: CheckSession;
  /** A fix could not be written. */
  #hasRefused = false;

  constructor(run: Run) {
    this.#run = run;
    const { options, cwd } = run;
    const folders = [...options.paths.map((path) => resolve(cwd, path)).filter((path) => isFolder(path)), cwd];
    this.#session = new CheckSession(run, new DiskFiles(folders.map(toCorePath)));
  }

  /** The exit status. */
  async run(configPath: string | null): Promise<number> {
    const { options, output } = this.#run;
    const texts =
      options.stdinFilename === null
        ? this.#session.collectTexts(configPath)
        : [this.#session.stdinText(options.stdinFilename)];
    if (texts !== null) assertFlags(this.#run, this.#session, texts);
    const status = texts === null ? 2 : await this.#checkTexts(texts);
    output.progress.clear();
    await output.flush();
    if (this.#session.unread.length > 0) return 2;
    return status === 0 && this.#hasRefused ? 2 : status;
  }

  async #checkTexts(texts: readonly CheckedText[]): Promise<number> {
    const { fix } = this.#run.options;
    if (fix === "no") return this.#print(texts, this.#session);
    const { edits, counts } = await this.#findFixes(texts);
    if (fix === "dry-run") {
      for (const [path, ofFile] of edits) this.#addPatch(path, ofFile);
      return this.#statusOf(counts);
    }
    // Judged anew, with everything that was written: what is left decides the status.
    const written = this.#write(edits);
    return this.#print(withTexts(texts, written), this.#session.with(written));
  }

  async #print(texts: readonly CheckedText[], session: CheckSession): Promise<number> {
    const { options, cwd, output } = this.#run;
    const printer = printerOf(options.format, {
      cwd,
      hasColours: hasColours(),
      textOf: (path) => session.files.read(path) ?? "",
    });
    const counts = noCounts();
    let files = 0;
    let fixable = 0;
    let hasStarted = false;
    const start = (asOf: string): void => {
      if (!hasStarted) output.add(printer.start(asOf));
      hasStarted = true;
    };
    for await (const report of this.#reports(texts, session)) {
      start(report.asOf);
      if (report.kind === null) continue;
      files++;
      count(counts, report.findings);
      fixable += report.findings.filter(({ fixes }) => safeFix(fixes) !== undefined).length;
      output.add(printer.file(report));
      // Should the reader go away now, this is what is known.
      process.exitCode = this.#statusOf(counts);
    }
    start(options.flags.asOf ?? this.#run.today);
    output.add(printer.end({ files, counts, fixable, unread: session.unread }));
    return this.#statusOf(counts);
  }

  /** Checks one after the other, and lets go of what is printed meanwhile. */
  async *#reports(texts: readonly CheckedText[], session: CheckSession): AsyncGenerator<Report> {
    const { output } = this.#run;
    let checked = 0;
    const told = new Set<string>();
    const queue = [...texts];
    for (let source = queue.shift(); source !== undefined; source = queue.shift()) {
      output.progress.tell(() => `Checking files: ${checked} of ${texts.length}`);
      const report = session.check(source);
      if (report.kind === "own-table") told.add(source.path);
      yield report;
      checked++;
      if (queue.length === 0 && source.languageId !== OWN_TABLE)
        queue.push(...session.tables().filter(({ path }) => !told.has(path)));
      await output.breathe();
    }
  }

  /** The edits that may be made unseen: of those fixes with which, all at once, no error comes. */
  async #findFixes(
    texts: readonly CheckedText[],
  ): Promise<{ edits: ReadonlyMap<string, readonly TextEdit[]>; counts: Counts }> {
    const counts = noCounts();
    const fixable: Fixable[] = [];
    const before = new Map<string, Tally>();
    for await (const { source, findings } of this.#reports(texts, this.#session)) {
      count(counts, findings);
      before.set(source.path, new Tally(source.path, findings));
      const mended = findings.filter(({ fixes }) => safeFix(fixes) !== undefined);
      if (mended.length > 0) fixable.push({ source, findings: mended });
    }
    const mended = safeFixesOf(fixable);
    const holding = holdingTogether(mended, {
      before: (path) => before.get(path) ?? new Tally(path, []),
      after: (edits, only) => this.#talliesWith(edits, only, texts),
    });
    for (const one of mended) if (!holding.includes(one)) this.#tellWithheld(one);
    return { edits: editsOf(holding), counts };
  }

  #talliesWith(
    edits: ReadonlyMap<string, readonly TextEdit[]>,
    only: ReadonlySet<string> | null,
    texts: readonly CheckedText[],
  ): Map<string, Tally> {
    const { files } = this.#session;
    const edited = new Map([...edits].map(([path, ofFile]) => [path, applyEdits(files.read(path) ?? "", ofFile)]));
    const session = this.#session.with(edited);
    const told = new Map<string, Tally>();
    for (const source of withTexts(texts, edited)) {
      if (only !== null && !only.has(source.path)) continue;
      this.#run.output.progress.tell(() => `Trying fixes: ${told.size} of ${only?.size ?? texts.length}`);
      told.set(source.path, new Tally(source.path, session.check(source).findings));
    }
    return told;
  }

  #tellWithheld({ path, finding, fix }: Mended): void {
    const lines = new LineIndex(this.#session.files.read(path) ?? "");
    const line = lines.position(finding.span.start).line + 1;
    const where = `${displayPath(path, this.#run.cwd)}:${line}`;
    this.#run.output.note(`${where}: not fixed: "${fix.title}" brings an error, here or beside it, or mends nothing.`);
  }

  #addPatch(path: string, edits: readonly TextEdit[]): void {
    const { cwd, output, options } = this.#run;
    const text = this.#session.files.read(path) ?? "";
    const isStdin = options.stdinFilename !== null && path === toCorePath(resolve(cwd, options.stdinFilename));
    const bytes = isStdin ? (this.#session.stdin as Buffer) : readBytes(toDiskPath(path));
    try {
      if ("why" in bytes) throw new FixRefused(bytes.why);
      const fixed = fixBytes(bytes, text, edits);
      output.addBytes(fromByteString(unifiedDiff(displayPath(path, cwd), fixed.before, fixed.edits)));
    } catch (error) {
      if (!(error instanceof FixRefused)) throw error;
      this.#refuse(path, error.message);
    }
  }

  /** Writes what may be applied unseen; returns the new texts. */
  #write(edits: ReadonlyMap<string, readonly TextEdit[]>): Map<string, string> {
    const { files } = this.#session;
    const writer = new FixWriter();
    const written = new Map<string, string>();
    for (const [path, ofFile] of edits) {
      this.#run.output.progress.tell(() => `Fixing files: ${written.size} of ${edits.size}`);
      const before = files.read(path) ?? "";
      const { isWritten, remark } = writer.write(path, before, ofFile, toDiskPath(files.root(path)));
      if (isWritten) written.set(path, applyEdits(before, ofFile));
      if (!isWritten) this.#refuse(path, remark ?? "");
      else if (remark !== null) this.#run.output.note(`${displayPath(path, this.#run.cwd)}: fixed: ${remark}.`);
    }
    return written;
  }

  #refuse(path: string, why: string): void {
    this.#hasRefused = true;
    this.#run.output.note(`${displayPath(path, this.#run.cwd)}: not fixed: ${why}.`);
  }

  #statusOf({ error, warning }: Counts): number {
    const { maxWarnings } = this.#run.options;
    return error > 0 || (maxWarnings !== null && warning > maxWarnings) ? 1 : 0;
  }
}

function withTexts(sources: readonly CheckedText[], texts: ReadonlyMap<string, string>): CheckedText[] {
  return sources.map((source) => ({ ...source, text: texts.get(source.path) ?? source.text }));
}

function hasColours(): boolean {
  return process.stdout.isTTY === true && process.env.NO_COLOR === undefined && process.env.TERM !== "dumb";
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
