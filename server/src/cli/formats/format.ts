/** What every output format is made of. A format prints file by file, so that a long run needs no more memory than a short one. */
import { type FileResult, type Finding, type Report, type Severity, toFileResults } from "../../core/index.ts";
import { displayPath } from "../paths.ts";

export interface Printing {
  readonly cwd: string;
  readonly hasColours: boolean;
  /** The text of any file that a finding points into. */
  readonly textOf: (path: string) => string;
}

/** Each answers the text that is printed next. */
export interface Printer {
  start(asOf: string): string;
  /** One checked file, in the order of the paths. */
  file(report: Report): string;
  end(totals: Totals): string;
}

export type Counts = Record<Severity, number>;

export interface Totals {
  /** All files that were checked. */
  readonly files: number;
  readonly counts: Readonly<Counts>;
  /** Findings that `--fix` would mend. */
  readonly fixable: number;
  /** Files that should have been readable, each with the reason, in one line. */
  readonly unread: readonly string[];
}

export function noCounts(): Counts {
  return { error: 0, warning: 0, information: 0, hint: 0 };
}

export function count(counts: Counts, findings: readonly Finding[]): void {
  for (const { severity } of findings) counts[severity]++;
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** A report as programs are told it, with paths as seen from a folder. */
export function fileResult(report: Report, folder: string, { textOf }: Printing): FileResult {
  // Nearly every place of a report lies in the same few files.
  const names = new Map<string, string>();
  const nameOf = (path: string): string => {
    let name = names.get(path);
    if (name === undefined) {
      name = displayPath(path, folder);
      names.set(path, name);
    }
    return name;
  };
  const [result] = toFileResults([report], { nameOf, textOf });
  return result as FileResult;
}

/** Where paths start that a service maps to a repository: its root in a GitHub workflow, else the working directory. */
export function repositoryFolder(cwd: string, workspace: string | undefined): string {
  return workspace !== undefined && workspace !== "" && !displayPath(cwd, workspace).startsWith("..") ? workspace : cwd;
}
