/**
 * YAML as a tree of plain nodes with offsets; the only file that knows the `yaml` package. Total: any text gives
 * documents and problems. Scalars stay text (`7.10` is no number here), aliases are never expanded: whoever follows one
 * does it step by step, so a file of nested aliases costs no more than its length.
 */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments, type YAMLError } from "yaml";
import { isHarmless } from "../excerpt.ts";
import { hasGaps, placeInGaps, withoutGaps } from "../gaps.ts";
import { type Span, spanOf } from "../text.ts";
import { OPTIONS, withinLimits } from "./yamlLimits.ts";

interface NodeBase {
  readonly span: Span;
  /** Explicit tag such as `!reset`; `null` when none is written. */
  readonly tag: string | null;
  readonly anchor: string | null;
}

export interface YamlScalar extends NodeBase {
  readonly kind: "scalar";
  readonly value: string;
  readonly style: "plain" | "single" | "double" | "block";
}

export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode | null;
}

export interface YamlMap extends NodeBase {
  readonly kind: "map";
  readonly pairs: readonly YamlPair[];
  /** Every key is a text of its own, none stands twice, and nothing is merged in. Not set: nobody has looked. */
  readonly isPlain?: boolean;
}

export interface YamlSeq extends NodeBase {
  readonly kind: "seq";
  readonly items: readonly YamlNode[];
}

export interface YamlAlias extends NodeBase {
  readonly kind: "alias";
  readonly name: string;
}

export type YamlNode = YamlScalar | YamlMap | YamlSeq | YamlAlias;

export interface YamlProblem {
  readonly kind: "syntax" | "duplicate-key";
  readonly span: Span;
  readonly message: string;
}

export interface YamlDocument {
  readonly root: YamlNode | null;
  /** Anchored nodes in the order of the text. */
  readonly anchors: readonly YamlNode[];
  /** The same object for as long as the anchors and all top-level sections but `services` are (`yamlBlocks.ts`). */
  readonly frame: object;
}

export interface YamlFile {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
}

/** What is met on the way through a document, in the order of the text, as far as it may turn out to be a problem. */
export type YamlMark =
  | { readonly kind: "problem"; readonly problem: YamlProblem }
  | { readonly kind: "anchor"; readonly name: string }
  | { readonly kind: "alias"; readonly name: string; readonly span: Span };

/** Problems beyond this many are not told: the first ones say enough. */
const MAX_PROBLEMS = 20;
/** Deeper nesting than this is cut off; no file that anybody wrote comes near. */
const MAX_DEPTH = 200;

export function parseYaml(text: string): YamlFile {
  if (text.includes("\0")) {
    return { documents: [], problems: [{ kind: "syntax", span: spanOf(0, 0), message: "This is not a text file." }] };
  }
  if (hasGaps(text)) return inGaps(parseYaml(withoutGaps(text)), text);
  let parsed: Document[];
  try {
    parsed = readDocuments(text);
  } catch (error) {
    // It nests too deeply.
    const reason = error instanceof RangeError ? "It is nested too deeply." : "It cannot be read.";
    return {
      documents: [],
      problems: [{ kind: "syntax", span: spanOf(0, 0), message: `This is not valid YAML: ${reason}` }],
    };
  }
  const problems: YamlProblem[] = [];
  const documents = parsed.map((document) => {
    for (const error of document.errors) {
      if (problems.length < MAX_PROBLEMS) {
        problems.push(problemOf(error, text));
      }
    }
    const converter = new Converter(0);
    const root = document.contents === null ? null : converter.convert(document.contents as Node, 0);
    tellMarks(converter.marks, problems, new Set());
    return { root, anchors: converter.anchors, frame: {} };
  });
  return { documents, problems };
}

export function readDocuments(text: string): Document[] {
  return withinLimits(text, () => parseAllDocuments(text, OPTIONS) as Document[]);
}

/** A part of a text. */
export interface ParsedBlock {
  readonly map: YamlMap;
  readonly anchors: readonly YamlNode[];
  readonly marks: readonly YamlMark[];
}

export interface ReadBlock {
  /** As far as it can be read; `null` for anything but one block mapping. */
  readonly block: ParsedBlock | null;
  readonly errors: readonly YamlMark[];
}

/** Offsets start at `base`, nesting at `depth`. */
export function parseBlock(text: string, base: number, depth: number): ReadBlock {
  const document = onlyDocument(text);
  if (document === null) return { block: null, errors: [] };
  const errors = document.errors.slice(0, MAX_PROBLEMS).map((error): YamlMark => {
    const { span, ...problem } = problemOf(error, text);
    return { kind: "problem", problem: { ...problem, span: spanOf(base + span.start, base + span.end) } };
  });
  return { block: blockOf(document, base, depth), errors };
}

function onlyDocument(text: string): Document | null {
  try {
    const [document, ...others] = readDocuments(text);
    return others.length > 0 ? null : (document ?? null);
  } catch {
    // It nests too deeply.
    return null;
  }
}

function blockOf(document: Document, base: number, depth: number): ParsedBlock | null {
  const { contents } = document;
  if (!isMap(contents) || contents.flow === true || contents.anchor !== undefined) return null;
  const converter = new Converter(base);
  const map = converter.convert(contents as Node, depth);
  return map?.kind === "map" && map.tag === null ? { map, anchors: converter.anchors, marks: converter.marks } : null;
}

/** Turns marks into problems: an alias needs an anchor above it. `names`: those above, which grow. */
export function tellMarks(marks: readonly YamlMark[], problems: YamlProblem[], names: Set<string>): void {
  for (const mark of marks) {
    if (mark.kind === "anchor") names.add(mark.name);
    else if (problems.length >= MAX_PROBLEMS) continue;
    else if (mark.kind === "problem") problems.push(mark.problem);
    else if (!names.has(mark.name))
      problems.push({
        kind: "syntax",
        span: mark.span,
        message: `${nameOf("No anchor", "No such anchor", mark.name)} stands above this alias.`,
      });
  }
}

/** A key that its map has already. */
export function duplicateKey(key: YamlScalar): YamlProblem {
  return {
    kind: "duplicate-key",
    span: key.span,
    message: `${nameOf("The key", "This key", key.value)} stands here twice.`,
  };
}

function problemOf({ pos, message }: YAMLError, text: string): YamlProblem {
  const start = Math.min(pos[0], text.length);
  const end = Math.min(Math.max(pos[1], start), text.length);
  return { kind: "syntax", span: oneLine(text, start, end), message: ownWords(message) };
}

/** The package's messages repeat what stands in the file: of those that do, the words in front of it. */
function ownWords(message: string): string {
  return message
    .replace(/^The .* tag has no suffix$/s, "A tag has no suffix")
    .replace(/, so .* is invalid\.$/s, "")
    .replace(/^(.*? (?:extra characters|tag|YAML token|in YAML stream)): .*$/s, "$1")
    .replace(/^(Invalid escape sequence|Unsupported YAML version|Unknown directive) .*$/s, "$1");
}

/** A key or an anchor is repeated where it is a plain name: what stands at its place by mistake may be a secret. */
function nameOf(named: string, unnamed: string, name: string): string {
  return isHarmless(name) ? `${named} "${name}"` : unnamed;
}

/** The part of a range on its first line: a problem that spans a hundred lines is still told at one place. */
function oneLine(text: string, start: number, end: number): Span {
  const newline = text.slice(start, end).search(/[\r\n]/);
  const last = newline > 0 ? start + newline : newline === 0 ? start : end;
  // Half of a pair is nothing that an editor can mark.
  return spanOf(isInsidePair(text, start) ? start - 1 : start, isInsidePair(text, last) ? last + 1 : last);
}

function isInsidePair(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** Turns the package's nodes of one document into ours. */
class Converter {
  readonly anchors: YamlNode[] = [];
  readonly marks: YamlMark[] = [];
  readonly #base: number;

  constructor(base: number) {
    this.#base = base;
  }

  convert(node: Node, depth: number): YamlNode | null {
    const range = node.range ?? [0, 0, 0];
    const span = spanOf(this.#base + range[0], this.#base + range[1]);
    if (isAlias(node)) {
      this.marks.push({ kind: "alias", name: node.source, span });
      return { kind: "alias", span, tag: null, anchor: null, name: node.source };
    }
    const tag = node.tag !== undefined && !node.tag.startsWith("tag:yaml.org,2002:") ? node.tag : null;
    const anchor = (node as { anchor?: string }).anchor ?? null;
    // An anchor counts from where it is written, so before those inside the node.
    const slot = this.anchors.length;
    if (anchor !== null) this.marks.push({ kind: "anchor", name: anchor });
    const result = this.#convertContent(node, { span, tag, anchor }, depth);
    if (anchor !== null && result !== null) this.anchors.splice(slot, 0, result);
    return result;
  }

  #convertContent(node: Node, base: NodeBase, depth: number): YamlNode | null {
    if (isScalar(node)) {
      const value = typeof node.value === "string" ? node.value : String(node.value ?? "");
      return { kind: "scalar", ...base, value, style: styleOf(node.type) };
    }
    if (isMap(node)) {
      const pairs: YamlPair[] = [];
      const seen = new Set<string>();
      for (const pair of depth < MAX_DEPTH ? node.items : []) {
        const key = this.convert(pair.key as Node, depth + 1);
        if (key === null) continue;
        if (key.kind === "scalar" && key.value !== "<<") {
          if (seen.has(key.value)) this.marks.push({ kind: "problem", problem: duplicateKey(key) });
          seen.add(key.value);
        }
        pairs.push({ key, value: pair.value === null ? null : this.convert(pair.value as Node, depth + 1) });
      }
      const last = pairs.at(-1);
      const end = last === undefined || node.flow === true ? base.span.end : (last.value ?? last.key).span.end;
      return { kind: "map", ...base, span: spanOf(base.span.start, end), pairs };
    }
    if (isSeq(node)) {
      const read = depth < MAX_DEPTH ? node.items.map((item) => this.convert(item as Node, depth + 1)) : [];
      const items = read.filter((item) => item !== null);
      const end = node.flow === true ? base.span.end : (items.at(-1)?.span.end ?? base.span.end);
      return { kind: "seq", ...base, span: spanOf(base.span.start, end), items };
    }
    return null;
  }
}

/** A tree of the text without gaps, with the offsets of the text with gaps. */
function inGaps(file: YamlFile, text: string): YamlFile {
  const mover = new Mover(placeInGaps(text));
  const documents = file.documents.map(({ root, anchors, frame }) => ({
    root: root && mover.node(root),
    anchors: mover.anchors(anchors),
    frame,
  }));
  return { documents, problems: file.problems.map((problem) => ({ ...problem, span: mover.span(problem.span) })) };
}

/** Moves trees to other offsets. */
export class Mover {
  readonly #place: (offset: number) => number;
  readonly #anchored = new Map<YamlNode, YamlNode>();

  constructor(place: (offset: number) => number) {
    this.#place = place;
  }

  span({ start, end }: Span): Span {
    const from = this.#place(start);
    return spanOf(from, end > start ? this.#place(end - 1) + 1 : from);
  }

  node<N extends YamlNode>(node: N): N {
    const span = this.span(node.span);
    const moved: YamlNode =
      node.kind === "map"
        ? { ...node, span, pairs: node.pairs.map((pair) => this.pair(pair)) }
        : node.kind === "seq"
          ? { ...node, span, items: node.items.map((item) => this.node(item)) }
          : { ...node, span };
    if (node.anchor !== null) this.#anchored.set(node, moved);
    return moved as N;
  }

  pair({ key, value }: YamlPair): YamlPair {
    return { key: this.node(key), value: value && this.node(value) };
  }

  mark(mark: YamlMark): YamlMark {
    if (mark.kind === "alias") return { ...mark, span: this.span(mark.span) };
    if (mark.kind === "anchor") return mark;
    return { ...mark, problem: { ...mark.problem, span: this.span(mark.problem.span) } };
  }

  /** Of trees that were moved before. */
  anchors(nodes: readonly YamlNode[]): YamlNode[] {
    return nodes.map((node) => this.#anchored.get(node) ?? node);
  }
}

function styleOf(type: string | undefined): YamlScalar["style"] {
  if (type === "QUOTE_SINGLE") return "single";
  if (type === "QUOTE_DOUBLE") return "double";
  return type === "PLAIN" || type === undefined ? "plain" : "block";
}

/** Where the text of a scalar stands, without quotes; `null` when it is not written as it reads (escapes, folded lines). */
export function writtenSpan(scalar: YamlScalar, text: string): Span | null {
  const { start, end } = scalar.span;
  if (scalar.style === "plain") return text.slice(start, end) === scalar.value ? scalar.span : null;
  if (scalar.style === "single" || scalar.style === "double") {
    return text.slice(start + 1, end - 1) === scalar.value ? spanOf(start + 1, end - 1) : null;
  }
  const value = scalar.value.trimEnd();
  const at = text.indexOf(value, start);
  return value !== "" && at >= 0 && at + value.length <= end ? spanOf(at, at + value.length) : null;
}
