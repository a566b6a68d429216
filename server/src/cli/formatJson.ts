import { relative } from "node:path";
import { LineIndex, type Report, ruleDocs, type Severity, type Span } from "../core/index.ts";
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

export function countSeverities(reports: readonly Report[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const report of reports) for (const finding of report.findings) counts[finding.severity]++;
  return counts;
}

/** The output described in the README: lines and columns from 1, ends exclusive. */
export function formatJson(run: RunResult): string {
  const indexes = new Map<string, LineIndex>();
  const lines = (path: string): LineIndex => {
    let index = indexes.get(path);
    if (index === undefined) {
      index = new LineIndex(run.textOf(path));
      indexes.set(path, index);
    }
    return index;
  };
  const range = (path: string, span: Span) => {
    const start = lines(path).position(span.start);
    const end = lines(path).position(span.end);
    return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
  };
  const files = run.reports
    .filter((report) => report.images.length > 0 || report.findings.length > 0)
    .map((report) => {
      const { path, text } = report.source;
      return {
        path: displayPath(path, run.cwd),
        apps: Object.fromEntries(report.apps.map(({ app, version, from }) => [app, { version, from }])),
        images: report.images.map(({ image, verdicts }) => ({
          ...range(path, image.span),
          text: text.slice(image.span.start, image.span.end),
          reference: image.name,
          engine: image.engine,
          releaseLine: image.line,
          states: Object.fromEntries(verdicts.map(({ app, state }) => [app.app, state])),
        })),
        findings: report.findings.map((finding) => ({
          rule: finding.rule,
          severity: finding.severity,
          ...range(path, finding.span),
          message: finding.message,
          docs: ruleDocs(finding.rule),
          related: finding.related.map((place) => {
            const { line, column } = range(place.path, place.span);
            return { path: displayPath(place.path, run.cwd), line, column, message: place.message };
          }),
          fixes: finding.fixes.map(({ title, safe, preferred, edits }) => ({
            title,
            safe,
            preferred,
            edits: edits.map((edit) => ({
              path: displayPath(edit.path, run.cwd),
              ...range(edit.path, edit.span),
              newText: edit.newText,
            })),
          })),
        })),
      };
    });
  const summary = { files: run.checked, ...countSeverities(run.reports) };
  return `${JSON.stringify({ version: 1, asOf: run.asOf, files, summary }, null, 2)}\n`;
}
