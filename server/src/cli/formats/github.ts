/**
 * Annotations of a GitHub workflow: commands to the runner (actions/runner, `ActionCommand.cs`). Their log shows no
 * properties, so the message begins with the place.
 */
import type { FindingResult, Severity } from "../../core/index.ts";
import { printable } from "../printable.ts";
import { fileResult, type Printer, type Printing, repositoryFolder } from "./format.ts";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

export function githubPrinter(printing: Printing, workspace: string | undefined): Printer {
  const folder = repositoryFolder(printing.cwd, workspace);
  return {
    start: () => "",
    file: (report) => {
      const { path, findings } = fileResult(report, folder, printing);
      return findings.map((finding) => annotation(finding, path)).join("");
    },
    end: () => "",
  };
}

function annotation(finding: FindingResult, path: string): string {
  const properties: Record<string, string | number> = {
    file: path,
    line: finding.line,
    endLine: finding.endLine,
    // The runner takes columns only within one line.
    ...(finding.line === finding.endLine ? { col: finding.column, endColumn: finding.endColumn } : {}),
    title: finding.rule,
  };
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const message = `${path}:${finding.line}:${finding.column}: ${finding.message}`;
  return `::${COMMANDS[finding.severity]} ${written.join(",")}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return printable(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
