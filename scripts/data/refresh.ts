// The refresh of lifecycles.json: ask, read, merge, guard, write. All or nothing: one problem, and nothing is written.
import { renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { download, type Limits, Stop } from "./download.ts";
import { type Answer, readAnswer } from "./endoflife.ts";
import { type DataFolder, readData } from "./files.ts";
import { allProblems, line } from "./guard.ts";
import { merge } from "./merge.ts";
import { typed } from "./schema.ts";
import type { LifecyclesTable, Problem } from "./types.ts";

export interface RefreshOptions extends Limits {
  /** The folder of the tables. */
  readonly folder: string;
  /** The address of the API, with a slash at its end. */
  readonly base: URL;
  readonly accepted: ReadonlySet<string>;
  readonly dryRun: boolean;
}

export interface Outcome {
  readonly changes: readonly string[];
  /** With one of these, nothing was written. */
  readonly problems: readonly string[];
  readonly written: boolean;
}

const FILE = "data/lifecycles.json";

export async function refresh(options: RefreshOptions): Promise<Outcome> {
  const data = readData(options.folder);
  const before = allProblems(data);
  if (before.length > 0) return stopped([], before.map(line));
  const { lifecycles } = typed(data);
  const { answers, problems } = await ask(lifecycles, options);
  if (problems.length > 0) return stopped([], problems);
  const merged = merge(lifecycles, answers, options.accepted);
  const after = guarded(data, merged.table).map(line);
  if (merged.problems.length + after.length > 0) return stopped(merged.changes, [...merged.problems, ...after]);
  const write = merged.changes.length > 0 && !options.dryRun;
  if (write) writeWhole(path.join(options.folder, path.posix.basename(FILE)), format(merged.table));
  return { changes: merged.changes, problems: [], written: write };
}

/** The text of the table: two spaces, every record over several lines, so that a change shows as the lines it touches. */
export function format(table: LifecyclesTable): string {
  return `${JSON.stringify(table, null, 2)}\n`;
}

/** One product after the other: a free service is not asked in parallel. All are asked, so that all problems show. */
async function ask(
  { products }: LifecyclesTable,
  { base, timeoutMs, maxBytes }: RefreshOptions,
): Promise<{ readonly answers: ReadonlyMap<string, Answer>; readonly problems: readonly string[] }> {
  const answers = new Map<string, Answer>();
  const problems: string[] = [];
  for (const { product, endoflifeDate } of products) {
    if (endoflifeDate === undefined) continue;
    try {
      const text = await download(new URL(`products/${endoflifeDate}/`, base), { timeoutMs, maxBytes });
      const answer = readAnswer(text, endoflifeDate, (problem) => problems.push(problem));
      if (answer) answers.set(product, answer);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      problems.push(`${product}: ${error.message}`);
    }
  }
  return { answers, problems };
}

/** What the guard would say of the tables with the new one in place. */
function guarded(data: DataFolder, table: LifecyclesTable): readonly Problem[] {
  const tables = data.tables.map((one) => (one.file === FILE ? { file: FILE, value: table } : one));
  return allProblems({ ...data, tables });
}

/** A reader sees the old text or the new one, never a part; rename is atomic within a folder. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { flag: "wx", flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function stopped(changes: readonly string[], problems: readonly string[]): Outcome {
  return { changes, problems, written: false };
}
