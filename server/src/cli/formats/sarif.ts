/**
 * SARIF 2.1.0. Findings come first and the rules that they name behind them, so that nothing has to be kept; the order of
 * properties means nothing in JSON. No line of a checked file is repeated: there are no snippets.
 */
import { createHash } from "node:crypto";
import { isAbsolute, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { version } from "../../../../package.json";
import {
  excerpt,
  type Finding,
  type FixResult,
  isShareable,
  PRODUCT,
  REPOSITORY,
  type Report,
  RULE_METAS,
  type RuleMeta,
  ruleDocs,
  type Severity,
  type TextRange,
} from "../../core/index.ts";
import { readPage, sectionOf } from "../pages.ts";
import { fileResult, type Printer, type Printing, repositoryFolder, type Totals } from "./format.ts";
import { toJson } from "./toJson.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const BASE = "%SRCROOT%";
const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

export function sarifPrinter(printing: Printing, workspace: string | undefined): Printer {
  const folder = repositoryFolder(printing.cwd, workspace);
  const rules = new Map<string, number>();
  let asOf = "";
  let hasResults = false;
  return {
    start: (day) => {
      asOf = day;
      return `{\n"$schema": ${toJson(SCHEMA)},\n"version": "2.1.0",\n"runs": [{\n"results": [`;
    },
    file: (report) =>
      resultsOf(report, printing, folder, rules)
        .map((result) => {
          const lead = hasResults ? ",\n" : "\n";
          hasResults = true;
          return lead + toJson(result);
        })
        .join(""),
    end: (totals) => {
      const rest = toJson(runOf([...rules.keys()], asOf, totals), 1);
      return `\n],${rest.slice(1, -1).trimEnd()}\n}]\n}\n`;
    },
  };
}

function resultsOf(report: Report, printing: Printing, folder: string, rules: Map<string, number>): object[] {
  const { path, findings } = fileResult(report, folder, printing);
  const fingerprints = new Map<string, number>();
  return findings.map((finding, at) => {
    if (!rules.has(finding.rule)) rules.set(finding.rule, rules.size);
    const fixes = finding.fixes.filter(({ edits }) => edits.every(({ newText }) => isShareable(newText, finding.rule)));
    const related = finding.related.map(({ path: where, line, column, message }, id) => ({
      id: id + 1,
      physicalLocation: {
        artifactLocation: artifactLocation(where, folder),
        region: { startLine: line, startColumn: column },
      },
      message: { text: message },
    }));
    const fingerprint = fingerprintOf(path, report, report.findings[at] as Finding, fingerprints);
    return {
      ruleId: finding.rule,
      ruleIndex: rules.get(finding.rule),
      level: LEVELS[finding.severity],
      message: { text: finding.message },
      locations: [
        { physicalLocation: { artifactLocation: artifactLocation(path, folder), region: regionOf(finding) } },
      ],
      ...list("relatedLocations", related),
      partialFingerprints: { "cacheCompat/v1": fingerprint },
      ...list(
        "fixes",
        fixes.map((fix) => fixOf(fix, folder)),
      ),
    };
  });
}

/** A property that is left out where there is nothing to list. */
function list(name: string, values: readonly object[]): object {
  return values.length === 0 ? {} : { [name]: values };
}

function fixOf({ title, edits }: FixResult, folder: string): object {
  const files = new Map<string, object[]>();
  for (const edit of edits) {
    const replacements = files.get(edit.path) ?? [];
    const inserted = edit.newText === "" ? {} : { insertedContent: { text: edit.newText } };
    replacements.push({ deletedRegion: regionOf(edit), ...inserted });
    files.set(edit.path, replacements);
  }
  const artifactChanges = [...files].map(([path, replacements]) => ({
    artifactLocation: artifactLocation(path, folder),
    replacements,
  }));
  return { description: { text: title }, artifactChanges };
}

function regionOf({ line, column, endLine, endColumn }: TextRange): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Relative to the folder that a service maps to the repository; a file outside of it has no other name than its whole path. */
function artifactLocation(path: string, folder: string): object {
  if (path.startsWith("../") || isAbsolute(path)) return { uri: pathToFileURL(resolve(folder, path)).href };
  return { uri: path.replace(/^\.\//, "").split("/").map(encodeURIComponent).join("/"), uriBaseId: BASE };
}

/**
 * The same for the same problem when lines are inserted above it: made of the rule, the file and what of its line may be
 * shown, so that nobody can guess a password by it; and of a number where these are equal.
 */
function fingerprintOf(path: string, { lines }: Report, { rule, span }: Finding, seen: Map<string, number>): string {
  const { line, character } = lines.position(span.start);
  const shown = excerpt(lines.lineText(line), { start: character, end: character + (span.end - span.start) }, rule);
  const key = JSON.stringify([rule, path, shown.text.trim()]);
  const number = (seen.get(key) ?? 0) + 1;
  seen.set(key, number);
  return createHash("sha256").update(`${key}${number}`).digest("hex").slice(0, 32);
}

function runOf(rules: readonly string[], asOf: string, totals: Totals): object {
  return {
    tool: {
      driver: {
        name: PRODUCT,
        fullName: `${PRODUCT} ${version}`,
        version,
        semanticVersion: version,
        informationUri: REPOSITORY,
        rules: rules.map((id) => ruleOf(RULE_METAS.find((meta) => meta.id === id) as RuleMeta)),
      },
    },
    invocations: [
      {
        executionSuccessful: totals.unread.length === 0,
        ...list(
          "toolExecutionNotifications",
          totals.unread.map((text) => ({ level: "error", message: { text: `${text}.` } })),
        ),
      },
    ],
    originalUriBaseIds: {
      [BASE]: { description: { text: "The root of the repository, or the folder in which the program was started." } },
    },
    columnKind: "utf16CodeUnits",
    newlineSequences: ["\r\n", "\n", "\r"],
    properties: { asOf },
  };
}

function ruleOf({ id, title, severity }: RuleMeta): object {
  const page = readPage(id) ?? "";
  const finds = plain(sectionOf(page, "What it finds")) || `${title}.`;
  const parts = [finds, plain(sectionOf(page, "Why it matters")), plain(sectionOf(page, "What to do"))];
  return {
    id,
    name: id.replace(/(?:^|[/-])([a-z])/g, (_match, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: finds.split("\n\n")[0] },
    help: {
      text: parts.filter((part) => part !== "").join("\n\n"),
      markdown: page.replace(/^# .+\n+/, "") || `${title}.`,
    },
    helpUri: ruleDocs(id),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: [id.slice(0, id.indexOf("/"))],
      precision: "high",
      "problem.severity": PROBLEM_SEVERITIES[severity],
    },
  };
}

/** As GitHub's code scanning names them. */
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "recommendation",
  hint: "recommendation",
};

/** Markdown of a page as plain text. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll("`", "")
    .replaceAll("**", "");
}
