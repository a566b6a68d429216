import { countSeverities, excerpt, type Report, type Severity } from "../core/index.ts";
import { displayPath, type RunResult } from "./formatJson.ts";
import { blanked, printable, terminalColumns } from "./printable.ts";

type Paint = (text: string) => string;

const COLOURS: Readonly<Record<Severity | "dim" | "bold", number>> = {
  error: 31,
  warning: 33,
  information: 34,
  hint: 36,
  dim: 2,
  bold: 1,
};

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** For people: each finding with its line, carets under the place, and what would be done about it. */
export function formatText(run: RunResult, hasColours: boolean, productName: (app: string) => string): string {
  const paint = (name: keyof typeof COLOURS): Paint =>
    hasColours ? (text) => `\u001b[${COLOURS[name]}m${text}\u001b[0m` : (text) => text;
  const out: string[] = [];
  for (const report of run.reports.filter(({ findings }) => findings.length > 0)) {
    out.push(
      paint("bold")(printable(displayPath(report.source.path, run.cwd))) + paint("dim")(judgedFor(report, productName)),
      "",
    );
    for (const finding of report.findings) {
      const { line, character } = report.lines.position(finding.span.start);
      const end = report.lines.position(finding.span.end);
      // One character each, so that the carets stay below their place.
      const lineText = blanked(report.lines.lineText(line));
      const shown = excerpt(
        lineText,
        { start: character, end: end.line === line ? end.character : lineText.length },
        finding.rule,
      );
      const gutter = " ".repeat(String(line + 1).length);
      out.push(
        `  ${line + 1}:${character + 1}  ${paint(finding.severity)(finding.severity)}  ${printable(finding.message)}  ${paint("dim")(finding.rule)}`,
      );
      out.push(paint("dim")(`  ${gutter} |`));
      out.push(`  ${paint("dim")(`${line + 1} |`)} ${shown.text}`);
      out.push(
        `  ${paint("dim")(`${gutter} |`)} ${" ".repeat(terminalColumns(shown.text.slice(0, shown.span.start)))}${paint(finding.severity)("^".repeat(Math.max(1, terminalColumns(shown.text.slice(shown.span.start, shown.span.end)))))}`,
      );
      for (const place of finding.related) {
        out.push(paint("dim")(`  ${gutter} = ${printable(displayPath(place.path, run.cwd))}: ${place.message}`));
      }
      const fix = finding.fixes.find(({ preferred }) => preferred) ?? finding.fixes[0];
      if (fix !== undefined)
        out.push(
          paint("dim")(
            `  ${gutter} = fix: ${printable(fix.title)}${fix.safe && fix.preferred ? ", applied by --fix" : ""}`,
          ),
        );
      out.push("");
    }
  }
  const counts = countSeverities(run.reports);
  const parts = [
    plural(counts.error, "error"),
    plural(counts.warning, "warning"),
    `${counts.information} to know`,
    plural(counts.hint, "hint"),
  ];
  out.push(`${plural(run.checked, "file")} checked: ${parts.join(", ")}.`);
  return `${out.join("\n")}\n`;
}

function judgedFor(report: Report, productName: (app: string) => string): string {
  if (report.apps.length === 0) return "";
  return `  judged for ${report.apps.map(({ app, version, origin }) => `${productName(app)} ${version} (${origin})`).join(", ")}`;
}
