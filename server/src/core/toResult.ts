/** Reports to what programs are told: spans become lines and columns, paths the names that the reader knows. */
import { SEVERITIES } from "./finding.ts";
import { ruleDocs } from "./product.ts";
import type { Report } from "./report.ts";
import type { CheckResult, FileResult, SeverityName, TextRange } from "./result.ts";
import { LineIndex, type Span } from "./text.ts";

/** How a run speaks of its files. */
export interface ResultNames {
  /** The name that a path is told under. */
  readonly nameOf: (path: string) => string;
  /** The text of any file that a finding points into. */
  readonly textOf: (path: string) => string;
}

export function countSeverities(reports: readonly Report[]): Record<SeverityName, number> {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<SeverityName, number>;
  for (const report of reports) for (const finding of report.findings) counts[finding.severity]++;
  return counts;
}

/** `reports`: those of files that we read. */
export function toResult(reports: readonly Report[], asOf: string, names: ResultNames): CheckResult {
  return {
    version: 1,
    asOf,
    files: toFileResults(
      reports.filter((report) => report.images.length > 0 || report.findings.length > 0),
      names,
    ),
    summary: { files: reports.length, ...countSeverities(reports) },
  };
}

export function toFileResults(reports: readonly Report[], { nameOf, textOf }: ResultNames): FileResult[] {
  const indexes = new Map<string, LineIndex>();
  const range = (path: string, span: Span): TextRange => {
    let lines = indexes.get(path);
    if (lines === undefined) {
      lines = new LineIndex(textOf(path));
      indexes.set(path, lines);
    }
    const start = lines.position(span.start);
    const end = lines.position(span.end);
    return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
  };
  return reports.map((report) => {
    const { path, text } = report.source;
    indexes.set(path, report.lines);
    return {
      path: nameOf(path),
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
          return { path: nameOf(place.path), line, column, message: place.message };
        }),
        fixes: finding.fixes.map(({ title, safe, preferred, edits }) => ({
          title,
          safe,
          preferred,
          edits: edits.map((edit) => ({
            path: nameOf(edit.path),
            ...range(edit.path, edit.span),
            newText: edit.newText,
          })),
        })),
      })),
    };
  });
}
