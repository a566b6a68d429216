/** For people: each finding with its line, carets under the place, and what would be done about it. */
import { excerpt, type Finding, type Report, type Severity } from "../../core/index.ts";
import { displayPath } from "../paths.ts";
import { blanked, printable, terminalColumns } from "../printable.ts";
import { type Printer, type Printing, plural, type Totals } from "./format.ts";

const COLOURS: Readonly<Record<Severity | "dim" | "bold", number>> = {
  error: 31,
  warning: 33,
  information: 34,
  hint: 36,
  dim: 2,
  bold: 1,
};

type Paint = (colour: keyof typeof COLOURS, text: string) => string;

export function textPrinter(printing: Printing): Printer {
  const paint: Paint = printing.hasColours
    ? (colour, text) => `\u001b[${COLOURS[colour]}m${text}\u001b[0m`
    : (_colour, text) => text;
  const show = (path: string): string => printable(displayPath(path, printing.cwd));
  return {
    start: () => "",
    file: (report) => {
      if (report.findings.length === 0) return "";
      const lines = [paint("bold", show(report.source.path)) + paint("dim", judgedFor(report)), ""];
      for (const finding of report.findings) lines.push(...findingLines(report, finding, paint, show), "");
      return `${lines.join("\n")}\n`;
    },
    end: summary,
  };
}

function findingLines(report: Report, finding: Finding, paint: Paint, show: (path: string) => string): string[] {
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
  const before = terminalColumns(shown.text.slice(0, shown.span.start));
  const marked = Math.max(1, terminalColumns(shown.text.slice(shown.span.start, shown.span.end)));
  const lines = [
    `  ${line + 1}:${character + 1}  ${paint(finding.severity, finding.severity)}  ${printable(finding.message)}  ${paint("dim", finding.rule)}`,
    paint("dim", `  ${gutter} |`),
    `  ${paint("dim", `${line + 1} |`)} ${shown.text}`,
    `  ${paint("dim", `${gutter} |`)} ${" ".repeat(before)}${paint(finding.severity, "^".repeat(marked))}`,
  ];
  for (const place of finding.related)
    lines.push(paint("dim", `  ${gutter} = ${show(place.path)}: ${printable(place.message)}`));
  const fix = finding.fixes.find(({ preferred }) => preferred) ?? finding.fixes[0];
  if (fix !== undefined) {
    const how = fix.safe && fix.preferred ? ", applied by --fix" : "";
    lines.push(paint("dim", `  ${gutter} = fix: ${printable(fix.title)}${how}`));
  }
  return lines;
}

function summary({ files, counts, fixable }: Totals): string {
  const parts = [
    plural(counts.error, "error"),
    plural(counts.warning, "warning"),
    `${counts.information} to know`,
    plural(counts.hint, "hint"),
  ];
  const mended = fixable === 0 ? "" : ` --fix mends ${fixable} of them.`;
  return `${plural(files, "file")} checked: ${parts.join(", ")}.${mended}\n`;
}

function judgedFor(report: Report): string {
  if (report.apps.length === 0) return "";
  return `  judged for ${report.apps.map(({ app, version, origin }) => `${report.catalog.appName(app)} ${version} (${printable(origin)})`).join(", ")}`;
}
