// Files of a project, checked as the command line would: what is told, and the text it is told at.
import assert from "node:assert/strict";
import { builtInCatalog, Checker, type Finding, type Report } from "../../server/src/core/index.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";

const checker = new Checker(builtInCatalog());

export function reportOf(texts: Readonly<Record<string, string>>, name: string): Report {
  const files = new MemoryFiles(new Map(Object.entries(texts).map(([path, text]) => [`/project/${path}`, text])));
  const source = { path: `/project/${name}`, text: texts[name] ?? "", languageId: null };
  const report = checker.check({ source, layers: [], files, today: "2026-11-20", useProjectFile: true });
  assert.deepEqual(report.failed, []);
  return report;
}

export function findingsOf(texts: Readonly<Record<string, string>>, family: RegExp): (Finding & { name: string })[] {
  return Object.keys(texts).flatMap((name) =>
    reportOf(texts, name)
      .findings.filter(({ rule }) => family.test(rule))
      .map((finding) => ({ ...finding, name })),
  );
}

/** `compose.yaml: conf/appendfsync at "no"`. */
export function told(texts: Readonly<Record<string, string>>, family: RegExp): string[] {
  return findingsOf(texts, family).map(
    ({ name, rule, span }) => `${name}: ${rule} at "${(texts[name] ?? "").slice(span.start, span.end)}"`,
  );
}
