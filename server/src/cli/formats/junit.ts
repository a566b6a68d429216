/**
 * JUnit XML as Jenkins and GitLab read it: a suite for each checked file, a test case for each finding. What makes the run fail
 * is a failure; the rest is text of a case that passes.
 */
import { type FileResult, type FindingResult, PRODUCT } from "../../core/index.ts";
import { printable } from "../printable.ts";
import { fileResult, type Printer, type Printing } from "./format.ts";

export function junitPrinter(printing: Printing): Printer {
  return {
    start: () => `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${PRODUCT}">\n`,
    file: (report) => suiteOf(fileResult(report, printing.cwd, printing)),
    end: ({ unread }) => `${unread.length === 0 ? "" : unreadSuite(unread)}</testsuites>\n`,
  };
}

function suiteOf({ path, findings }: FileResult): string {
  const cases = findings.map((finding) => caseOf(finding, path));
  const failures = findings.filter(({ severity }) => severity === "error").length;
  // A file that is fine is a test that passes.
  if (cases.length === 0) cases.push(`    <testcase${attributes({ name: PRODUCT, classname: path })}/>\n`);
  return suite(path, cases, { failures, errors: 0 });
}

function suite(name: string, cases: readonly string[], counts: { failures: number; errors: number }): string {
  const head = attributes({ name, tests: cases.length, ...counts });
  return `  <testsuite${head}>\n${cases.join("")}  </testsuite>\n`;
}

function caseOf(finding: FindingResult, path: string): string {
  const { rule, severity, message, line, column, docs } = finding;
  const place = `${path}:${line}:${column}`;
  const text = [`${place}: ${severity}: ${message}`, ...fixLine(finding), docs].map(escapeXml).join("\n");
  const body =
    severity === "error"
      ? `<failure${attributes({ type: rule, message })}>${text}</failure>`
      : `<system-out>${text}</system-out>`;
  return `    <testcase${attributes({ name: `${rule} ${line}:${column}`, classname: path })}>\n      ${body}\n    </testcase>\n`;
}

function fixLine({ fixes }: FindingResult): string[] {
  const fix = fixes.find(({ preferred }) => preferred) ?? fixes[0];
  return fix === undefined ? [] : [`fix: ${fix.title}`];
}

/** What could not be read was not tested: an error of the run. */
function unreadSuite(unread: readonly string[]): string {
  const cases = unread.map((message) => {
    const name = attributes({ name: message, classname: PRODUCT });
    return `    <testcase${name}>\n      <error${attributes({ type: "unreadable", message })}/>\n    </testcase>\n`;
  });
  return suite(PRODUCT, cases, { failures: 0, errors: cases.length });
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");
}

/** Control characters cannot stand in XML 1.0, however written; nor can halves of pairs and two characters that are none. */
function escapeXml(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, "\uFFFD");
}
