// What `--format json` prints, as a type, and what a reader of it would do with places and edits.
import { must } from "./must.ts";

export interface JsonRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface JsonImage extends JsonRange {
  readonly text: string;
  readonly reference: string;
  readonly engine: string;
  readonly releaseLine: string | null;
  readonly states: Readonly<Record<string, string>>;
}

export interface JsonEdit extends JsonRange {
  readonly path: string;
  readonly newText: string;
}

export interface JsonFix {
  readonly title: string;
  readonly safe: boolean;
  readonly preferred: boolean;
  readonly edits: readonly JsonEdit[];
}

export interface JsonFinding extends JsonRange {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly docs: string;
  readonly related: readonly {
    readonly path: string;
    readonly line: number;
    readonly column: number;
    readonly message: string;
  }[];
  readonly fixes: readonly JsonFix[];
}

export interface JsonFile {
  readonly path: string;
  readonly apps: Readonly<Record<string, { readonly version: string; readonly from: string }>>;
  readonly images: readonly JsonImage[];
  readonly findings: readonly JsonFinding[];
}

export interface JsonRun {
  readonly version: number;
  readonly asOf: string;
  readonly files: readonly JsonFile[];
  readonly summary: Readonly<Record<"files" | "error" | "warning" | "information" | "hint", number>>;
}

/** Offset of a place of the output in a text without byte order mark. Written apart from the product's own index on purpose. */
export function offsetAt(text: string, line: number, column: number): number {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
  return must(starts[line - 1], `line ${line}`) + column - 1;
}

export function textAt(text: string, range: JsonRange): string {
  return text.slice(offsetAt(text, range.line, range.column), offsetAt(text, range.endLine, range.endColumn));
}

/** The texts after the edits of a fix; an edit in a file that is not at hand is a fault of the test or of the fix. */
export function applied(texts: ReadonlyMap<string, string>, edits: readonly JsonEdit[]): Map<string, string> {
  const after = new Map(texts);
  const ordered = edits.toSorted((a, b) => b.line - a.line || b.column - a.column);
  for (const edit of ordered) {
    const text = must(after.get(edit.path), edit.path);
    const start = offsetAt(text, edit.line, edit.column);
    after.set(
      edit.path,
      text.slice(0, start) + edit.newText + text.slice(offsetAt(text, edit.endLine, edit.endColumn)),
    );
  }
  return after;
}
