/** Where a comment may stand without becoming part of a value, and without hiding what counts only at the top of a file. */
import { EnvContext } from "../../env/context.ts";
import { isPassedOver } from "../../model/comments.ts";
import { readEnvFile } from "../../parse/envFile.ts";
import { parseYaml, type YamlNode } from "../../parse/yamlTree.ts";
import type { Report } from "../../report.ts";
import { firstLine } from "../../rules/suppressions.ts";
import type { Span } from "../../text.ts";

const YAML_KINDS: readonly unknown[] = ["compose", "workflow", "kubernetes", "helm-values"];

/** Values that reach over a line break, by report: editors ask at every move of the cursor. */
const VALUES = new WeakMap<Report, readonly Span[] | null>();

/** True when the format has comments at all, as lines that begin with `#`. */
export function hasComments({ kind, conf }: Report): boolean {
  // A server that meets a comment in a file of users does not start.
  return kind !== null && kind !== "project-file" && kind !== "own-table" && conf?.isAcl !== true;
}

/** Where a comment line above `line` begins; `null` where it would become part of a value. */
export function placeAbove(report: Report, line: number): number | null {
  const { text } = report.source;
  const start = report.lines.offset({ line, character: 0 });
  // A lone carriage return ends a line for editors, not for every reader.
  if (start > 0 && text[start - 1] !== "\n") return null;
  if (!hasComments(report) || isPassedOver(report.lines.lineText(line))) return null;
  const values = valuesOverLines(report);
  if (values === null || values.some((value) => value.start < start && start < value.end)) return null;
  return afterMark(report, start);
}

/** The line that a comment has to stand above: in a script the one that begins the command. */
export function commentedLine({ kind, lines }: Report, line: number): number {
  return kind === "shell-script" ? firstLine(line, lines) : line;
}

/** Where a comment that speaks of the whole file begins: at the top, but below what is read only there; `null` where none can. */
export function placeAtTop(report: Report): number | null {
  if (report.kind === "shell-script") return /^#![^\n]*\n/.exec(report.source.text)?.[0].length ?? 0;
  if (report.kind !== "dockerfile") return afterMark(report, 0);
  const directives = /^\uFEFF?(?:[ \t]*#[ \t]*[A-Za-z]\w*[ \t]*=[^\n]*\n)*/.exec(report.source.text);
  return afterMark(report, directives?.[0].length ?? 0);
}

/** `null`: nobody can say. */
function valuesOverLines(report: Report): readonly Span[] | null {
  let values = VALUES.get(report);
  if (values === undefined) {
    values = readValues(report);
    VALUES.set(report, values);
  }
  return values;
}

function readValues({ kind, env, source: { text } }: Report): readonly Span[] | null {
  if (env !== null) return readEnvFile(text, EnvContext.of(env).dialect).entries.map(({ statement }) => statement);
  if (!YAML_KINDS.includes(kind)) return [];
  const { documents, problems } = parseYaml(text);
  if (problems.some((problem) => problem.kind === "syntax")) return null;
  const spans: Span[] = [];
  const visit = (node: YamlNode | null): void => {
    if (node?.kind === "scalar" && text.slice(node.span.start, node.span.end).includes("\n")) spans.push(node.span);
    if (node?.kind === "seq") node.items.forEach(visit);
    if (node?.kind === "map")
      for (const { key, value } of node.pairs) {
        visit(key);
        visit(value);
      }
  };
  for (const { root } of documents) visit(root);
  return spans;
}

/** Behind a byte order mark. A server takes it for the first character of a word: it must stay the first, and no comment can follow it. */
function afterMark({ kind, source: { text } }: Report, offset: number): number | null {
  if (offset > 0 || !text.startsWith("\uFEFF")) return offset;
  return kind === "server-config" ? null : 1;
}
