/** An image as a document uses it: the resolved text, and how each character of it leads back to what somebody wrote. */
import type { TextEdit } from "../finding.ts";
import {
  type Definition,
  expandTemplate,
  type Lookup,
  type Piece,
  plainValue,
  type Resolved,
} from "../parse/interpolation.ts";
import { writtenSpan, type YamlScalar } from "../parse/yamlTree.ts";
import { type Span, spanOf } from "../text.ts";

export interface ImageUse {
  readonly resolved: Resolved;
  /** The whole reference as written, without quotes. For split fields the repository. */
  readonly span: Span;
  /** What runs it, for messages and symbols: `service redis`, `stage cache`. */
  readonly owner: string;
  /** The tag is a field of its own, and its absence means "what the chart says", not `latest`. */
  readonly split: boolean;
  /** Runs only when asked for: a compose service behind a profile. */
  readonly conditional: boolean;
  /** Compose services that run it, by name. */
  readonly services: readonly string[];
}

/** How a document writes values that are filled in later. */
export type Interpolation = { readonly style: "compose"; readonly lookup: Lookup } | { readonly style: "template" };

/** `${{ … }}` of workflows, `{{ … }}` of Helm and Ansible, `${…}` of envsubst, `<% %>`: never known here. */
const TEMPLATE = /\$?\{\{.*?\}\}|\$\{[^}]*\}|<%.*?%>/g;
/** No image reference is longer; a longer text is not searched for templates. */
const MAX_TEMPLATE_LENGTH = 4096;

function templatePieces(text: string, base: number): Resolved {
  if (text.length > MAX_TEMPLATE_LENGTH) return plainValue(text, base);
  const pieces: Piece[] = [];
  const unresolved: string[] = [];
  let last = 0;
  const literal = (end: number): void => {
    if (end > last) {
      pieces.push({
        text: text.slice(last, end),
        kind: "literal",
        span: spanOf(base + last, base + end),
        expression: null,
        definition: null,
        name: null,
      });
    }
  };
  for (const match of text.matchAll(TEMPLATE)) {
    literal(match.index);
    last = match.index + match[0].length;
    const span = spanOf(base + match.index, base + last);
    unresolved.push(match[0]);
    pieces.push({ text: "", kind: "unknown", span, expression: span, definition: null, name: null });
  }
  literal(text.length);
  return { value: pieces.map((piece) => piece.text).join(""), pieces, unresolved };
}

/** Resolves a scalar of a document; spans are offsets of the document. */
export function resolveScalar(
  scalar: YamlScalar,
  text: string,
  interpolation: Interpolation,
): { resolved: Resolved; span: Span } {
  const written = writtenSpan(scalar, text);
  const value = written === null ? scalar.value : text.slice(written.start, written.end);
  const base = written?.start ?? 0;
  const resolved =
    interpolation.style === "compose" ? expandTemplate(value, interpolation.lookup, base) : templatePieces(value, base);
  if (written !== null) return { resolved, span: written };
  // Escapes or folded lines: the characters cannot be found one by one, so every piece stands for the whole node.
  const pieces = resolved.pieces.map((piece) => ({
    ...piece,
    span: scalar.span,
    expression: piece.expression === null ? null : scalar.span,
  }));
  return { resolved: { ...resolved, pieces }, span: scalar.span };
}

export function literalUse(text: string, start: number, owner: string): ImageUse {
  return {
    resolved: plainValue(text, start),
    span: spanOf(start, start + text.length),
    owner,
    split: false,
    conditional: false,
    services: [],
  };
}

interface Part {
  readonly piece: Piece;
  /** The part of the piece that lies in the asked range, as offsets in its text. */
  readonly from: number;
  readonly to: number;
}

/** The pieces below a range of the resolved text. */
function partsOf(pieces: readonly Piece[], range: Span): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const piece of pieces) {
    const from = Math.max(range.start - at, 0);
    const to = Math.min(range.end - at, piece.text.length);
    if (from < to) parts.push({ piece, from, to });
    at += piece.text.length;
  }
  return parts;
}

function isExact(piece: Piece): boolean {
  return (
    (piece.kind === "literal" || piece.kind === "default") && piece.span.end - piece.span.start === piece.text.length
  );
}

/** Where a part stands in the document: its characters, else the expression that yields them. */
function partSpan({ piece, from, to }: Part): Span {
  if (isExact(piece)) return spanOf(piece.span.start + from, piece.span.start + to);
  return piece.expression ?? piece.span;
}

/** The range of the document to underline for a range of the resolved text. */
export function locate(use: ImageUse, range: Span): Span {
  const parts = partsOf(use.resolved.pieces, range);
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return use.span;
  if (parts.length === 1) return partSpan(first);
  // Assembled from parts: the whole text, expressions included.
  const start = first.piece.expression?.start ?? partSpan(first).start;
  const end = last.piece.expression?.end ?? partSpan(last).end;
  return start < end ? spanOf(start, end) : use.span;
}

/** The unknown piece of a value, to point at. */
export function unknownSpan(use: ImageUse): Span | null {
  const piece = use.resolved.pieces.find((candidate) => candidate.kind === "unknown");
  return piece === undefined ? null : (piece.expression ?? piece.span);
}

/** The variable that gives (part of) a range its text, and where that is written. */
export function definitionOf(
  use: ImageUse,
  range: Span,
): { readonly name: string; readonly definition: Definition } | null {
  for (const { piece } of partsOf(use.resolved.pieces, range)) {
    if (piece.definition !== null && piece.name !== null) return { name: piece.name, definition: piece.definition };
  }
  return null;
}

/**
 * The edit that makes a range of the resolved text read `newText`, in the document at `path` or in the file that defines
 * it. `null` where no single honest edit does it (escapes, a value assembled so that two parts would change).
 */
export function planEdit(
  use: ImageUse,
  path: string,
  documentText: string,
  range: Span,
  newText: string,
): TextEdit | null {
  const parts = partsOf(use.resolved.pieces, range);
  if (parts.length === 0) return null;
  const texts = parts.map(({ piece, from, to }) => piece.text.slice(from, to));
  let head = 0;
  let front = 0;
  while (head < parts.length - 1 && newText.startsWith(texts[head] as string, front))
    front += (texts[head++] as string).length;
  let tail = parts.length - 1;
  let back = newText.length;
  while (tail > head && newText.slice(front, back).endsWith(texts[tail] as string))
    back -= (texts[tail--] as string).length;
  if (head !== tail) return null;
  const changed = parts[head] as Part;
  const replacement = newText.slice(front, back);
  const { piece } = changed;
  if (piece.kind === "variable") {
    const definition = piece.definition;
    if (definition?.span == null) return null;
    const start = definition.span.start + changed.from;
    return { path: definition.path, span: spanOf(start, definition.span.start + changed.to), newText: replacement };
  }
  if (!isExact(piece)) return null;
  const target = spanOf(piece.span.start + changed.from, piece.span.start + changed.to);
  const whole = parts.length === 1 ? target : locate(use, range);
  const written =
    documentText.slice(whole.start, target.start) + replacement + documentText.slice(target.end, whole.end);
  return { path, span: whole, newText: written };
}
