/** Directives of this version, those not yet present first; then values, statements of Sentinel, and files beside the configuration. */
import type { Checker } from "../../checker.ts";
import { type DirectiveChoice, parseConf } from "../../conf/index.ts";
import type { FileSource } from "../../files.ts";
import type { PiecedText } from "../../pieces.ts";
import type { Report } from "../../report.ts";
import { type Span, spanOf } from "../../text.ts";
import { folderFor, pathsFor } from "./pathCompletion.ts";
import { type Choice, type ValueQuestion, valuesFor } from "./valueCompletion.ts";
import { linesOf } from "./words.ts";

export interface ConfCompletionItem {
  readonly label: string;
  readonly newText: string;
  readonly span: Span;
  readonly detail: string;
  readonly documentation: string;
  readonly isDeprecated: boolean;
  readonly kind: "directive" | "value" | "file";
  readonly sortText: string;
}

export function confCompletion(
  checker: Checker,
  report: Report,
  offset: number,
  files: FileSource,
): ConfCompletionItem[] {
  const { text } = report.source;
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/^[ \t]*#/.test(before)) return [];
  const target = report.conf?.target ?? null;
  // What is replaced stands on one line of the editor, to which a carriage return alone is an end, too.
  const typed = /[^ \t\r]*$/.exec(before)?.[0] ?? "";
  const words = before.split(/[ \t]+/).filter((word) => word !== "");
  const end = offset + ahead(text, offset);
  const span = spanOf(offset - typed.length, end);
  const earlier = typed === "" ? words : words.slice(0, -1);
  const [name, ...args] = earlier;
  if (name === undefined && report.conf?.isAcl === true) {
    const user = { value: "user", detail: "a user and all of its rules", documentation: "" };
    return [item(user, 0, span, "directive")];
  }
  if (name === undefined)
    return directiveItems(
      checker.conf.directives(target),
      presentNames(checker.folderIndex.pieces.of(text, report.source.path), lineStart),
      span,
    );
  const question: ValueQuestion = { name: name.toLowerCase(), args, typed };
  const paths = pathsFor(question, report.source.path, files);
  if (paths !== null) return paths.map((path, index) => item(path, index, span, "file"));
  return valuesFor(question, checker.conf, target, () => linesOf(report.source)).map((choice, index) =>
    item(choice, index, span, "value"),
  );
}

const LONGEST_AHEAD = 200;

/** Length of the rest of a word: of a very long one a part, but never half of a character. */
function ahead(text: string, offset: number): number {
  const end = offset + LONGEST_AHEAD;
  const length = text.slice(offset, end).search(/\s|$/);
  return length === LONGEST_AHEAD && /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(end - 1, end + 1))
    ? length + 1
    : length;
}

/** The folder whose files are offered at a place, so that it can be loaded first. */
export function confCompletionFolder({ source: { text, path } }: Report, offset: number): string | null {
  return folderFor(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset), path);
}

function item(choice: Choice, index: number, span: Span, kind: ConfCompletionItem["kind"]): ConfCompletionItem {
  return {
    label: choice.value,
    newText: choice.value,
    span,
    detail: choice.detail,
    documentation: choice.documentation,
    isDeprecated: false,
    kind,
    sortText: String(index).padStart(4, "0"),
  };
}

/** Names that other lines give already. */
/** Directives of all lines but the one that begins at `lineStart`. */
function presentNames({ placed }: PiecedText, lineStart: number): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { piece, start } of placed) {
    const at = lineStart - start;
    const isHere = at >= 0 && at < piece.text.length;
    for (const [name, places] of piece.fact(namesIn))
      if (!isHere || places.some((place) => place !== at)) names.add(name);
  }
  return names;
}

/** Where the lines begin that have a directive, by its name. */
function namesIn(text: string): ReadonlyMap<string, readonly number[]> {
  const names = new Map<string, number[]>();
  for (const { words, span } of parseConf(text).lines) {
    const name = words[0]?.value.toLowerCase() ?? "";
    const place = text.lastIndexOf("\n", span.start - 1) + 1;
    const places = names.get(name);
    if (places === undefined) names.set(name, [place]);
    else places.push(place);
  }
  return names;
}

function directiveItems(
  choices: readonly DirectiveChoice[],
  present: ReadonlySet<string>,
  span: Span,
): ConfCompletionItem[] {
  return choices.map((choice) => {
    const rank = choice.isDeprecated ? 2 : present.has(choice.name) ? 1 : 0;
    const usual = choice.default === null || choice.default === "" ? "" : ` (default ${choice.default})`;
    return {
      label: choice.name,
      newText: choice.name,
      span,
      detail: `${choice.kind}${usual}${present.has(choice.name) ? ", already in this file" : ""}`,
      documentation: choice.summary,
      isDeprecated: choice.isDeprecated,
      kind: "directive",
      sortText: `${rank}${choice.name}`,
    };
  });
}
