// The checker without a process around it, over a map or a disk; answers as `--format json` does.
import path from "node:path";
import { DiskFiles } from "../../server/src/cli/diskFiles.ts";
import { count, noCounts } from "../../server/src/cli/formats/format.ts";
import { jsonPrinter } from "../../server/src/cli/formats/json.ts";
import { readText } from "../../server/src/cli/readFile.ts";
import {
  builtInCatalog,
  Checker,
  type FileSource,
  type Layer,
  type Report,
  type SettingsLayer,
} from "../../server/src/core/index.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import type { JsonRun } from "./json.ts";
import { must } from "./must.ts";

export const TODAY = "2026-11-20";
export const MEMORY_ROOT = "/project";

/** One for all tests: it keeps nothing that a call could not rebuild, which is itself worth testing. */
export const checker = new Checker(builtInCatalog());

export interface CheckOptions {
  readonly settings?: SettingsLayer;
  readonly languageId?: string;
  readonly today?: string;
  /** Which files to check; all when not given. */
  readonly only?: readonly string[];
  readonly checker?: Checker;
}

export interface InProcess {
  readonly json: JsonRun;
  readonly reports: readonly Report[];
  /** By the path in `json`, without byte order mark. */
  readonly texts: ReadonlyMap<string, string>;
}

function run(
  files: FileSource,
  texts: ReadonlyMap<string, string>,
  root: string,
  { settings = {}, languageId, today = TODAY, only, checker: used = checker }: CheckOptions,
): InProcess {
  const layers: Layer[] = [{ from: "flag", settings }];
  const reports = [...texts]
    .filter(([name]) => only === undefined || only.includes(name))
    .map(([name, text]) =>
      used.check({
        source: { path: `${root}/${name}`, text, languageId: languageId ?? null },
        layers,
        useProjectFile: true,
        files,
        today,
      }),
    );
  for (const { failed, source } of reports)
    for (const { rule, error } of failed) throw new Error(`${source.path}: ${rule} threw: ${String(error)}`);
  const printer = jsonPrinter({
    cwd: root,
    hasColours: false,
    textOf: (file) => must(files.read(file), file),
  });
  const ours = reports.filter(({ kind }) => kind !== null);
  const counts = noCounts();
  for (const { findings } of ours) count(counts, findings);
  const output = [
    printer.start(settings.asOf ?? today),
    ...ours.map((report) => printer.file(report)),
    printer.end({ files: ours.length, counts, fixable: 0, unread: [] }),
  ].join("");
  return { json: JSON.parse(output) as JsonRun, reports, texts };
}

/** Checks files that live in a map. */
export function checkMemory(files: Readonly<Record<string, string>>, options: CheckOptions = {}): InProcess {
  const texts = new Map(Object.entries(files));
  const byPath = new Map([...texts].map(([name, text]) => [`${MEMORY_ROOT}/${name}`, text]));
  return run(new MemoryFiles(byPath, MEMORY_ROOT), texts, MEMORY_ROOT, options);
}

function textOf(file: string): string {
  const read = readText(file);
  if ("why" in read) throw new Error(`${file}: ${read.why}`);
  return read.text;
}

/** Checks files of a folder on disk. */
export function checkDisk(folder: string, names: readonly string[], options: CheckOptions = {}): InProcess {
  const texts = new Map(names.map((name) => [name, textOf(path.join(folder, name))]));
  return run(new DiskFiles([folder]), texts, folder, options);
}
