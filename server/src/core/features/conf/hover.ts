/** What a directive is: one sentence, kind, range, default in this version, since when, changeable at run time. */
import type { Checker } from "../../checker.ts";
import { type DirectiveDescription, engineName, type SentinelStatement } from "../../conf/index.ts";
import type { Report } from "../../report.ts";
import type { Span } from "../../text.ts";
import { code, link, type RichText, richText, words } from "../markdown.ts";
import { wordAt } from "./words.ts";

export function confHover(
  checker: Checker,
  report: Report,
  offset: number,
): (RichText & { readonly span: Span }) | null {
  const found = wordAt(report.source, offset);
  const name = found?.line.words[0];
  if (found == null || name === undefined || found.word === null) return null;
  const statement = found.index > 0 && name.value.toLowerCase() === "sentinel" ? found.line.words[1] : undefined;
  if (statement !== undefined) {
    const known = checker.conf.sentinelStatement(statement.value);
    return known === null ? null : { span: statement, ...statementText(known, checker.conf.sentinelDocs) };
  }
  const description = checker.conf.describe(name.value, report.conf?.target ?? null);
  return description === null ? null : { span: name, ...directiveText(description, report) };
}

const KINDS: Readonly<Record<string, string>> = {
  boolean: "yes or no",
  enum: "one word of",
  "enum-set": "words of",
  integer: "a number",
  memory: "memory, such as 256mb",
  "signed-memory": "memory, or a plain negative number",
  "memory-or-percent": "memory or a percentage",
  octal: "an octal mode",
  string: "text",
  ignored: "read, and without effect",
};

export function directiveText(directive: DirectiveDescription, report: Report): RichText {
  const { version } = directive;
  const versionName = `${engineName(version.engine)} ${version.line}`;
  const aliases = directive.aliases.length === 0 ? "" : ` (also ${directive.aliases.map(code).join(", ")})`;
  const target = report.conf?.target;
  const judged =
    target == null
      ? `Described for ${words(versionName)}: no server is declared or found for this file.`
      : `Described for ${words(versionName)}, from ${words(target.origin)}.`;
  const missing = directive.isKnown ? "" : ` ${words("The server that is meant does not know it.")}`;
  return richText([
    `**${words(directive.name)}**${aliases}`,
    words(directive.summary),
    facts(directive)
      .map((fact) => `- ${fact}`)
      .join("\n"),
    directive.note === null ? "" : words(directive.note),
    `${judged}${missing}`,
    `${link("Documentation", directive.docs)} · Source: ${link(shortSource(directive.source), directive.source)} (${directive.asOf})`,
  ]);
}

function statementText(statement: SentinelStatement, docs: string): RichText {
  const { name, summary, syntax } = statement;
  const range =
    statement.in === "all" ? "Every version" : statement.in.replace(/redis/g, "Redis").replace(/valkey/g, "Valkey");
  const versions = range.replace(/(\d)-(?=,|$)/g, "$1 and newer");
  const wanted = statement.values === "yes or no" ? "- Value: yes or no\n" : "";
  return richText([
    `**sentinel ${words(name)}**`,
    words(summary),
    `- Form: ${code(syntax)}\n${wanted}- Known by: ${words(versions)}`,
    link("Documentation", docs),
  ]);
}

function facts(directive: DirectiveDescription): string[] {
  const list: string[] = [];
  const kind = KINDS[directive.kind] ?? "";
  const values = directive.values.map(code).join(", ");
  if (kind !== "") list.push(`Value: ${kind}${values === "" ? "" : ` ${values}`}`);
  if (directive.min !== null || directive.max !== null)
    list.push(`Range: ${directive.min ?? "…"} to ${directive.max ?? "…"}`);
  const isSecret = directive.isSensitive;
  if (directive.default !== null && !isSecret) {
    const others =
      directive.defaults.length < 2
        ? ""
        : `; by version: ${directive.defaults.map(({ in: where, value }) => `${words(where)}: ${code(value === "" ? '""' : value)}`).join("; ")}`;
    list.push(`Default: ${code(directive.default === "" ? '""' : directive.default)}${others}`);
  }
  list.push(directive.isMutable ? "Can be changed at run time (CONFIG SET)" : "Needs a restart to change");
  if (directive.isRepeatable) list.push("May be given more than once");
  for (const { engine, first, last } of directive.history) {
    const name = engineName(engine);
    if (first !== null) list.push(`Since ${name} ${first}`);
    if (last !== null) list.push(`Gone after ${name} ${last}`);
  }
  return list;
}

function shortSource(source: string): string {
  return source.startsWith("https://") ? (source.split("/")[2] ?? source) : source;
}
