/** A text of the project with the way back to where it is written: in the file itself, in a default, or where a variable is defined. */
import type { Place, TextEdit } from "../finding.ts";
import { expandTemplate, type Lookup, plainValue, type Resolved } from "../parse/interpolation.ts";
import { writtenSpan, type YamlScalar } from "../parse/yamlTree.ts";
import { type Span, spanOf } from "../text.ts";
import type { TextSource } from "./folderIndex.ts";
import { definitionOf, type ImageUse, locate, planEdit, resolveScalar } from "./imageUse.ts";

/** Stands in `resolved` for what nobody knows, so that the parts around it can still be read. */
export const UNKNOWN_PART = "\ufffc";

export interface Written {
  /** `null`: nobody knows it, because a variable has no value here. */
  readonly value: string | null;
  readonly path: string;
  /** With the text of the whole file. */
  readonly source: TextSource;
  readonly resolved: Resolved;
  /** The whole value as written. */
  readonly span: Span;
}

/** A scalar of a compose file; `from`: the part of it that is the value, for `NAME=value`. */
export function writtenScalar(scalar: YamlScalar, source: TextSource, lookup: Lookup, from = 0): Written {
  const { path, text } = source;
  if (from === 0) {
    const { resolved, span } = resolveScalar(scalar, text, { style: "compose", lookup });
    return { ...withUnknown(resolved), path, source, span };
  }
  const whole = writtenSpan(scalar, text);
  const span = whole === null ? scalar.span : spanOf(whole.start + from, whole.end);
  const read = expandTemplate(scalar.value.slice(from), lookup, whole === null ? 0 : span.start);
  const resolved = whole === null ? { ...read, pieces: read.pieces.map((piece) => ({ ...piece, span })) } : read;
  return { ...withUnknown(resolved), path, source, span };
}

function withUnknown(resolved: Resolved): Pick<Written, "value" | "resolved"> {
  if (resolved.unresolved.length === 0) return { value: resolved.value, resolved };
  const pieces = resolved.pieces.map((piece) => (piece.kind === "unknown" ? { ...piece, text: UNKNOWN_PART } : piece));
  return { value: null, resolved: { ...resolved, pieces, value: pieces.map(({ text }) => text).join("") } };
}

/** A value of a `.env` file; `isVerbatim`: it stands there as it reads. */
export function writtenLine(value: string, source: TextSource, span: Span, isVerbatim: boolean): Written {
  const plain = plainValue(value, span.start);
  // What is not written as it reads has one place, and no edit.
  const pieces = isVerbatim
    ? plain.pieces
    : plain.pieces.map((piece) => ({ ...piece, kind: "variable" as const, span }));
  return { value, path: source.path, source, resolved: { ...plain, pieces }, span };
}

function asUse({ resolved, span }: Written): ImageUse {
  return { resolved, span, owner: "", split: false, conditional: false, services: [] };
}

/** Where a range of the value is written; all of it without a range. A variable leads to its definition. */
export function placeOf(written: Written, range: Span = spanOf(0, written.resolved.value.length)): Place {
  const use = asUse(written);
  const defined = definitionOf(use, range)?.definition;
  const edit = defined === undefined ? null : planEdit(use, written.path, written.source.text, range, "");
  if (defined?.span != null && edit?.path === defined.path) return { path: edit.path, span: edit.span };
  return { path: written.path, span: locate(use, range) };
}

/** The one edit that makes a range of the value read `newText`; `null` where no single honest edit does it. */
export function editOf(written: Written, range: Span, newText: string): TextEdit | null {
  return planEdit(asUse(written), written.path, written.source.text, range, newText);
}
