/** Edits that put something new into a compose file: only where its form leaves no doubt about the place. */
import type { ServiceLayer } from "../../documents/composeProject.ts";
import type { Fix, TextEdit } from "../../finding.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import { spanOf } from "../../text.ts";

/** The strongest definition of a service. */
export function topLayer({ service }: Pick<StackServer, "service">): ServiceLayer | null {
  return service.layers.at(-1) ?? null;
}

function indentBefore(text: string, at: number): string | null {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const before = text.slice(start, at);
  return /^ *$/.test(before) ? before : null;
}

/** Lines in front of the first key of a service; `lines` without indentation. */
export function insertKey(layer: ServiceLayer | null, lines: readonly string[]): TextEdit | null {
  const key = layer?.map.pairs[0]?.key;
  if (layer === null || key === undefined || layer.text.includes("\r")) return null;
  const indent = indentBefore(layer.text, key.span.start);
  if (indent === null || indent === "") return null;
  const newText = lines.map((line) => `${line}\n${indent}`).join("");
  return { path: layer.path, span: spanOf(key.span.start, key.span.start), newText };
}

/** A new item in front of the first one of a list with a line for each. */
export function insertItem(layer: ServiceLayer | null, key: string, item: string): TextEdit | null {
  const pair = layer === null ? null : layer.reader.get(layer.map, key);
  const first = layer?.reader.seq(pair?.value)?.items[0];
  if (layer === null || first === undefined || layer.text.includes("\r")) return null;
  const lineStart = layer.text.lastIndexOf("\n", first.span.start - 1) + 1;
  const before = layer.text.slice(lineStart, first.span.start);
  if (!/^ *- +$/.test(before)) return null;
  return { path: layer.path, span: spanOf(lineStart, lineStart), newText: `${before}${item}\n` };
}

/** An entry of a top-level section, which is made where it is missing. */
export function insertTopLevel(layer: ServiceLayer | null, section: string, entry: string): TextEdit | null {
  if (layer === null || layer.text.includes("\r")) return null;
  const { reader, path, text } = layer;
  const pair = reader.get(reader.root, section);
  if (pair === null) {
    const newText = `${text.endsWith("\n") || text === "" ? "" : "\n"}${section}:\n  ${entry}\n`;
    return { path, span: spanOf(text.length, text.length), newText };
  }
  const first = reader.map(pair.value)?.pairs[0]?.key;
  const indent = first === undefined ? null : indentBefore(text, first.span.start);
  if (first === undefined || indent === null || indent === "") return null;
  return { path, span: spanOf(first.span.start, first.span.start), newText: `${entry}\n${indent}` };
}

/** One more word behind a command: in a list on one line, in a list with a line for each, or in a text. */
export function appendWord(server: StackServer, word: string): TextEdit | null {
  const layer = topLayer(server);
  const pair = layer === null ? null : layer.reader.get(layer.map, "command");
  if (layer === null || pair === null || pair.value === null || layer.text.includes("\r")) return null;
  const { path, text } = layer;
  const node = pair.value;
  if (node.kind === "scalar" && node.style === "plain" && !text.slice(node.span.start, node.span.end).includes("\n"))
    return { path, span: spanOf(node.span.end, node.span.end), newText: ` ${word}` };
  const last = node.kind === "seq" ? node.items.at(-1) : undefined;
  if (last === undefined) return null;
  const lineStart = text.lastIndexOf("\n", last.span.start - 1) + 1;
  const before = text.slice(lineStart, last.span.start);
  if (/^ *- +$/.test(before))
    return { path, span: spanOf(last.span.end, last.span.end), newText: `\n${before}${word}` };
  const isFlow = text[node.span.start] === "[";
  return isFlow ? { path, span: spanOf(last.span.end, last.span.end), newText: `, "${word}"` } : null;
}

/** A fix of several edits; none where one of them is not possible. */
export function fixOf(title: string, edits: readonly (TextEdit | null)[], preferred = true): Fix[] {
  const known = edits.filter((edit) => edit !== null);
  return known.length === 0 || known.length < edits.length ? [] : [{ title, safe: false, preferred, edits: known }];
}
