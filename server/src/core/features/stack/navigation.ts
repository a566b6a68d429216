/** Definition, references and links along the edges of the stacks around a document. */
import type { Place } from "../../finding.ts";
import type { Report } from "../../report.ts";
import { type Span, touches } from "../../text.ts";
import { type Edge, edgesOf } from "./edges.ts";

function edgesAround({ stacks }: Report): Edge[] {
  return stacks.flatMap(edgesOf);
}

function length({ start, end }: Span): number {
  return end - start;
}

/** The narrowest edge that begins under the caret. */
function edgeAt(edges: readonly Edge[], path: string, offset: number): Edge | null {
  const touched = edges.filter(({ from }) => from.path === path && touches(from.span, offset));
  return touched.toSorted((a, b) => length(a.from.span) - length(b.from.span))[0] ?? null;
}

export function stackDefinition(
  report: Report,
  offset: number,
): { readonly origin: Span; readonly target: Place } | null {
  const found = edgeAt(edgesAround(report), report.source.path, offset);
  return found === null ? null : { origin: found.from.span, target: found.to };
}

/** All places that lead to what stands under the caret, or to where it leads. */
export function stackReferences(report: Report, offset: number, withDeclaration: boolean): Place[] {
  const edges = edgesAround(report);
  const { path } = report.source;
  const isUnder = (place: Place): boolean =>
    place.path === path && length(place.span) > 0 && touches(place.span, offset);
  const target = edges.find(({ to }) => isUnder(to))?.to ?? edgeAt(edges, path, offset)?.to ?? null;
  if (target === null) return [];
  const isTarget = ({ to }: Edge): boolean => to.path === target.path && to.span.start === target.span.start;
  const places = new Map<string, Place>();
  const add = (place: Place): void => {
    places.set(`${place.path} ${place.span.start}`, place);
  };
  if (withDeclaration) add(target);
  for (const { from } of edges.filter(isTarget)) add(from);
  return [...places.values()];
}

/** Texts of the document that name another file. */
export function stackLinks(report: Report): { readonly span: Span; readonly path: string }[] {
  const links = new Map<number, { span: Span; path: string }>();
  for (const { from, to, isFile } of edgesAround(report)) {
    if (isFile && from.path === report.source.path) links.set(from.span.start, { span: from.span, path: to.path });
  }
  return [...links.values()];
}
