/**
 * YAML texts with gaps, parsed block by block: an edit costs the blocks that it touches, all others keep their nodes. A block is a
 * top-level key with what stands below it, or, where that is a mapping, one key of it. Where every block is a mapping of one key
 * without an error, the blocks together read as the whole does. A block with an error is told and read alone, as far as it goes, so that
 * what is being typed hides nothing else; but only where the whole has an error then, too. Any other text is parsed as a whole.
 */
import { type Change, changeOf } from "../change.ts";
import { endOfHeader } from "../gaps.ts";
import { spanOf } from "../text.ts";
import { type Block, isMapping, keyOf, readBlock } from "./yamlBlock.ts";
import { indentBelow, startsOfBlocks, startsOfSections } from "./yamlLines.ts";
import {
  duplicateKey,
  tellMarks,
  type YamlFile,
  type YamlMap,
  type YamlNode,
  type YamlPair,
  type YamlProblem,
} from "./yamlTree.ts";

/** A top-level key. */
interface Section {
  /** The key alone where the section is split, else all of it. */
  readonly head: Block;
  /** Blocks of a split section. */
  readonly blocks: readonly Block[] | null;
  /** The keys of its blocks are texts, none stands twice, and nothing is merged in. */
  readonly isPlain: boolean;
  /** Of its blocks. */
  readonly indent: number;
}

export interface YamlBlocks {
  readonly text: string;
  readonly file: YamlFile;
  readonly sections: readonly Section[];
  /** What `frame` of the document hangs on. */
  readonly anchors: readonly YamlNode[];
}

/** `before`: blocks of an earlier text of the same file, `compare` tells where the two differ. `null` where the text must be parsed as a whole. */
export function parseBlocks(
  text: string,
  before: YamlBlocks | null,
  compare: (before: string, after: string) => Change = changeOf,
): YamlBlocks | null {
  if (text.includes("\0") || text.charCodeAt(0) === 0xfeff) return null;
  const change = before === null ? null : compare(before.text, text);
  const sections = (before && change && inOneSection(text, before, change)) ?? readSections(text, before, change);
  return sections === null ? null : assemble(text, sections, before);
}

/** The sections where only blocks of one split section changed; `null` where more did. */
function inOneSection(text: string, before: YamlBlocks, { start, oldEnd, newEnd }: Change): readonly Section[] | null {
  if (oldEnd !== newEnd) return null;
  const at = before.sections.findLastIndex(({ head }) => head.start <= start);
  const section = before.sections[at];
  if (section === undefined || section.blocks === null) return null;
  const { blocks, indent } = section;
  // What a block begins with decides whether it is one: the block above it is read again, too.
  const first = blocks.findLastIndex((block) => block.start < start);
  // A line break that went away joined its block with the next one.
  const last = blocks.findIndex((block) => block.end > oldEnd);
  if (first < 0 || last < first) return null;
  const from = (blocks[first] as Block).start;
  const starts = startsOfBlocks(text, from, (blocks[last] as Block).end, indent);
  if (starts === null || starts[0] !== from) return null;
  const read = readBlocks(text, starts, (blocks[last] as Block).end, indent);
  if (read === null) return null;
  const replaced = blocks.slice(first, last + 1);
  const all = [...blocks.slice(0, first), ...read, ...blocks.slice(last + 1)];
  if (!isMapping(text, all)) return null;
  const hasSameKeys =
    read.length === replaced.length && read.every((block, i) => keyOf(block) === keyOf(replaced[i] as Block));
  const isPlain = hasSameKeys ? section.isPlain : arePlain(all);
  return before.sections.with(at, { ...section, blocks: all, isPlain });
}

function readSections(text: string, before: YamlBlocks | null, change: Change | null): readonly Section[] | null {
  const starts = startsOfSections(text);
  if (starts === null) return null;
  const kept = new Map<number, Block>();
  for (const { head, blocks } of change === null ? [] : (before as YamlBlocks).sections) {
    for (const block of [head, ...(blocks ?? [])]) {
      const isBefore = block.end <= (change as Change).start;
      if (isBefore || (block.start >= (change as Change).oldEnd && change?.oldEnd === change?.newEnd))
        kept.set(block.start, block);
    }
  }
  const sections: Section[] = [];
  for (const [i, start] of starts.entries()) {
    const section = readSection(text, start, starts[i + 1] ?? text.length, kept);
    if (section === null) return null;
    sections.push(section);
  }
  const heads = sections.map(({ head }) => head);
  return isMapping(text, heads) ? sections : null;
}

function readSection(text: string, start: number, end: number, kept: ReadonlyMap<number, Block>): Section | null {
  const below = endOfHeader(text, start);
  const indent = below === null ? 0 : indentBelow(text, below, end);
  const starts = below === null || indent === 0 ? null : startsOfBlocks(text, below, end, indent);
  const [first] = starts ?? [];
  if (starts !== null && first !== undefined) {
    const blocks = readBlocks(text, starts, end, indent, kept);
    if (blocks === null) return null;
    if (isMapping(text, blocks)) {
      const head = readBlock(text, start, first, 0, 0, kept);
      return head && { head, blocks, isPlain: arePlain(blocks), indent };
    }
  }
  const head = readBlock(text, start, end, 0, 0, kept);
  return head && { head, blocks: null, isPlain: false, indent: 0 };
}

function arePlain(blocks: readonly Block[]): boolean {
  const read = blocks.filter(({ pair }) => pair !== null);
  const keys = new Set(read.map(keyOf));
  return keys.size === read.length && !keys.has(null) && !keys.has("<<");
}

function readBlocks(
  text: string,
  starts: readonly number[],
  end: number,
  indent: number,
  kept: ReadonlyMap<number, Block> = new Map(),
): Block[] | null {
  const blocks: Block[] = [];
  for (const [i, start] of starts.entries()) {
    const block = readBlock(text, start, starts[i + 1] ?? end, indent, 1, kept);
    if (block === null) return null;
    blocks.push(block);
  }
  return blocks;
}

function assemble(text: string, sections: readonly Section[], before: YamlBlocks | null): YamlBlocks {
  const problems: YamlProblem[] = [];
  const names = new Set<string>();
  const anchors: YamlNode[] = [];
  const note = (block: Block, seen: Set<string>): void => {
    const key = block.pair?.key;
    if (key?.kind === "scalar" && key.value !== "<<") {
      if (seen.has(key.value)) tellMarks([{ kind: "problem", problem: duplicateKey(key) }], problems, names);
      seen.add(key.value);
    }
    noteMarks(block);
  };
  const noteMarks = (block: Block): void => {
    if (block.marks.length > 0) tellMarks(block.marks, problems, names);
    if (block.anchors.length > 0) anchors.push(...block.anchors);
  };
  const seen = new Set<string>();
  const pairs = sections.flatMap(({ head, blocks, isPlain }): YamlPair[] => {
    const own = new Set<string>();
    note(head, seen);
    if (head.pair === null) return [];
    if (blocks === null) return [head.pair];
    const below: YamlPair[] = [];
    for (const block of blocks) {
      if (isPlain) noteMarks(block);
      else note(block, own);
      if (block.pair !== null) below.push(block.pair);
    }
    const span = spanOf((blocks[0] as Block).span.start, (blocks.at(-1) as Block).span.end);
    const value: YamlMap = { kind: "map", tag: null, anchor: null, span, pairs: below, isPlain };
    return [{ key: head.pair.key, value }];
  });
  const [first, last] = [sections[0] as Section, pairs.at(-1)];
  const end = last === undefined ? first.head.span.end : (last.value ?? last.key).span.end;
  const span = spanOf(first.head.span.start, end);
  const root: YamlMap = { kind: "map", tag: null, anchor: null, span, pairs };
  const frame = before !== null && isSameFrame(before, sections, anchors) ? frameOf(before) : {};
  return { text, sections, anchors, file: { documents: [{ root, anchors, frame }], problems } };
}

function frameOf({ file }: YamlBlocks): object {
  return file.documents[0]?.frame ?? {};
}

/** The same anchors, and the same sections beside the services: those are asked for anew each time. */
function isSameFrame(before: YamlBlocks, sections: readonly Section[], anchors: readonly YamlNode[]): boolean {
  return (
    before.anchors.length === anchors.length &&
    before.anchors.every((anchor, i) => anchor === anchors[i]) &&
    before.sections.length === sections.length &&
    before.sections.every((section, i) => isSameSection(section, sections[i] as Section))
  );
}

function isSameSection(before: Section, after: Section): boolean {
  if (before === after) return true;
  if (before.head !== after.head || before.blocks === null || after.blocks === null)
    return before.head === after.head && before.blocks === after.blocks;
  if (keyOf(before.head) === "services") return true;
  const { blocks } = after;
  return before.blocks.length === blocks.length && before.blocks.every((block, i) => block === blocks[i]);
}
