/** Edits of `.env` lines. Titles and messages never quote a value: it may be a secret. */
import type { Fix, TextEdit } from "../finding.ts";
import { type Span, spanOf } from "../text.ts";
import type { EnvContext } from "./context.ts";
import type { EnvLine } from "./entry.ts";

/** What a fix is, beside its title and edits. `safe` only where the edit provably changes nothing, or repairs what nobody can read. */
export interface FixKind {
  readonly safe?: boolean;
  readonly preferred?: boolean;
}

function fix(title: string, edits: readonly TextEdit[], { safe = false, preferred = false }: FixKind): Fix {
  return { title, safe, preferred, edits };
}

export function replace(context: EnvContext, title: string, span: Span, newText: string, kind: FixKind = {}): Fix {
  return fix(title, [{ path: context.path, span, newText }], kind);
}

export function insert(
  context: EnvContext,
  title: string,
  places: readonly (readonly [number, string])[],
  kind: FixKind = {},
): Fix {
  const edits = places.map(([at, newText]) => ({ path: context.path, span: spanOf(at, at), newText }));
  return fix(title, edits, kind);
}

/** Only this line: another one that sets the same counts then. */
export function deleteLine(context: EnvContext, title: string, line: EnvLine, kind: FixKind = {}): Fix {
  return fix(title, [{ path: context.path, span: line.entry.statement, newText: "" }], kind);
}

/** With all lines that set the same: what is left would come into effect. */
export function deleteLines(context: EnvContext, title: string, lines: readonly EnvLine[], kind: FixKind = {}): Fix {
  const keys = new Set(lines.map(({ key }) => key));
  const edits = context.lines
    .filter(({ key }) => keys.has(key))
    .map((line) => ({ path: context.path, span: line.entry.statement, newText: "" }));
  return fix(title, edits, kind);
}

/** A new line behind an old one, with the line break of the file. */
export function addAfter(
  context: EnvContext,
  line: EnvLine,
  text: string,
  kind: FixKind = {},
  title = `Add ${text}`,
): Fix {
  const { end } = line.entry.statement;
  const eol = context.text.includes("\r\n") ? "\r\n" : "\n";
  const endsLine = /[\r\n]/.test(context.text[end - 1] ?? "");
  return insert(context, title, [[end, endsLine ? text + eol : eol + text]], kind);
}

/** With all lines that set the same. Offered for values on one line only: a comment sign reaches no further. */
export function commentOut(context: EnvContext, line: EnvLine, title: string, kind: FixKind = {}): Fix[] {
  const statements = context.lines.filter(({ key }) => key === line.key).map(({ entry }) => entry);
  const isLong = ({ statement: { start, end } }: EnvLine["entry"]): boolean =>
    /[\r\n]/.test(context.text.slice(start, end).trimEnd());
  if (statements.some(isLong)) return [];
  const places = statements.map(({ statement, keySpan }): readonly [number, string] => {
    const indent = /^\uFEFF?[ \t\v\f]*/.exec(context.text.slice(statement.start, keySpan.start))?.[0].length ?? 0;
    return [statement.start + indent, "# "];
  });
  return [insert(context, title, places, kind)];
}
