/** Where a comment may stand without becoming part of a value, and without hiding what counts only at the top of a file. */
import { EnvContext } from "../../env/context.ts";
import type { EnvInput } from "../../env/index.ts";
import { isPassedOver } from "../../model/comments.ts";
import { readEnvFile } from "../../parse/envFile.ts";
import type { YamlNode } from "../../parse/yamlTree.ts";
import type { Report } from "../../report.ts";
import { firstLine } from "../../rules/suppressions.ts";
import type { Span } from "../../text.ts";

/** Statements of a `.env` file, by report: editors ask at every move of the cursor. */
const STATEMENTS = new WeakMap<Report, readonly Span[]>();

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
  return isBetweenValues(report, start) ? afterMark(report, start) : null;
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

/** No value goes on over the line break in front of `start`. */
function isBetweenValues(report: Report, start: number): boolean {
  const { env, tree, kind, source } = report;
  // A server reads over line breaks behind a NUL byte.
  if (kind === "server-config" && source.text.slice(0, start).includes("\0")) return false;
  if (env !== null) return !statementsOf(report, env).some((statement) => isInside(start, statement));
  if (tree === null) return true;
  const { documents, problems } = tree();
  if (problems.some(({ kind }) => kind === "syntax")) return false;
  return !documents.some(({ root }) => isInValue(root, start));
}

function statementsOf(report: Report, env: EnvInput): readonly Span[] {
  const known = STATEMENTS.get(report);
  if (known !== undefined) return known;
  const { entries } = readEnvFile(report.source.text, EnvContext.of(env).dialect);
  const statements = entries.map(({ statement }) => statement);
  STATEMENTS.set(report, statements);
  return statements;
}

function isInside(offset: number, span: Span): boolean {
  return span.start < offset && offset < span.end;
}

/** Goes down only where the place is. */
function isInValue(node: YamlNode | null, offset: number): boolean {
  if (node === null || !isInside(offset, node.span)) return false;
  if (node.kind === "map")
    return node.pairs.some(({ key, value }) => isInValue(key, offset) || isInValue(value, offset));
  return node.kind === "seq" ? node.items.some((item) => isInValue(item, offset)) : node.kind === "scalar";
}

/** Behind a byte order mark. A server takes it for the first character of a word: it must stay the first, and no comment can follow it. */
function afterMark({ kind, tree, source: { text } }: Report, offset: number): number | null {
  if (offset > 0 || !text.startsWith("\uFEFF")) return offset;
  // To a reader of YAML, blanks behind the mark become an indentation as soon as they stand on a line below it.
  if (tree !== null && /^\uFEFF[ \t]/.test(text)) return null;
  return kind === "server-config" ? null : 1;
}
