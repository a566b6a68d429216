import { relative } from "node:path";
import { type Report, toResult } from "../core/index.ts";
import { toDiskPath } from "./diskFiles.ts";

/** Everything that the checks of one run gave. */
export interface RunResult {
  readonly asOf: string;
  readonly reports: readonly Report[];
  readonly checked: number;
  readonly cwd: string;
  /** The text of any file that a finding points into. */
  readonly textOf: (path: string) => string;
}

export function displayPath(path: string, cwd: string): string {
  const shown = relative(cwd, toDiskPath(path)).replaceAll("\\", "/") || ".";
  // Two colons at the start of a line are a command to GitHub's runner.
  return shown.startsWith("::") ? `./${shown}` : shown;
}

/** The output described in the README: lines and columns from 1, ends exclusive. */
export function formatJson({ reports, asOf, cwd, textOf }: RunResult): string {
  const result = toResult(reports, asOf, { nameOf: (path) => displayPath(path, cwd), textOf });
  return `${JSON.stringify(result, null, 2)}\n`;
}
