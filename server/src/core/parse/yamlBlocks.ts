/**
 * YAML texts with gaps, parsed block by block: an edit costs the blocks that it touches, all others keep their nodes. A block is a
 * top-level key with what stands below it, or, where that is a mapping, one key of it. Only where every block is a mapping of one
 * key without an error do the blocks together read as the whole does; any other text is parsed as a whole.
 */
import { endOfHeader, gapEnd, isGapAt, placeInGaps, withoutGaps } from "../gaps.ts";
import { spanOf } from "../text.ts";
import { type PlainBlock, parsePlainBlock } from "./yamlPlain.ts";
import {
  duplicateKey,
  Mover,
  parseBlock,
  tellMarks,
  type YamlFile,
  type YamlMap,
  type YamlMark,
  type YamlNode,
  type YamlPair,
  type YamlProblem,
} from "./yamlTree.ts";

interface Block {
  readonly start: number;
  /** Behind its gap. */
  readonly end: number;
  readonly pair: YamlPair;
  readonly map: YamlMap;
  readonly anchors: readonly YamlNode[];
  readonly marks: readonly YamlMark[];
}

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

const MARKER = /---(?:[ \t]+#[^\r\n]*)?[ \t]*\r?\n/y;

/** `before`: blocks of an earlier text of the same file. `null` where the text must be parsed as a whole. */
export function parseBlocks(text: string, before: YamlBlocks | null): YamlBlocks | null {
  if (text.includes("\0") || text.charCodeAt(0) === 0xfeff) return null;
  const change = before === null ? null : changeOf(before.text, text);
  const sections = (before && change && inOneSection(text, before, change)) ?? readSections(text, before, change);
  return sections === null ? null : assemble(text, sections, before);
}

/** Where two texts differ: from `start` to `oldEnd` and to `newEnd`. */
interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

function changeOf(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const start = longest(shorter, (length) => before.slice(0, length) === after.slice(0, length));
  const same = longest(
    shorter - start,
    (length) => before.slice(before.length - length) === after.slice(after.length - length),
  );
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

/** The largest number up to `most` for which `isSame` holds, which holds for all smaller ones. */
function longest(most: number, isSame: (length: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSame(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
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
  const read = starts === null || starts[0] !== from ? null : readBlocks(text, starts, (blocks[last] as Block).end);
  if (read === null) return null;
  const replaced = blocks.slice(first, last + 1);
  const all = [...blocks.slice(0, first), ...read, ...blocks.slice(last + 1)];
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
  return sections;
}

function readSection(text: string, start: number, end: number, kept: ReadonlyMap<number, Block>): Section | null {
  const below = endOfHeader(text, start);
  const indent = below === null ? 0 : indentBelow(text, below, end);
  const starts = below === null || indent === 0 ? null : startsOfBlocks(text, below, end, indent);
  const [first] = starts ?? [];
  if (starts !== null && first !== undefined) {
    const head = readBlock(text, start, first, 0, kept);
    const blocks = readBlocks(text, starts, end, kept);
    return head === null || blocks === null ? null : { head, blocks, isPlain: arePlain(blocks), indent };
  }
  const head = readBlock(text, start, end, 0, kept);
  return head === null ? null : { head, blocks: null, isPlain: false, indent: 0 };
}

function keyOf({ pair: { key } }: Block): string | null {
  return key.kind === "scalar" ? key.value : null;
}

function arePlain(blocks: readonly Block[]): boolean {
  const keys = new Set(blocks.map(keyOf));
  return keys.size === blocks.length && !keys.has(null) && !keys.has("<<");
}

function readBlocks(
  text: string,
  starts: readonly number[],
  end: number,
  kept: ReadonlyMap<number, Block> = new Map(),
): Block[] | null {
  const blocks: Block[] = [];
  for (const [i, start] of starts.entries()) {
    const block = readBlock(text, start, starts[i + 1] ?? end, 1, kept);
    if (block === null) return null;
    blocks.push(block);
  }
  return blocks;
}

function readBlock(
  text: string,
  start: number,
  end: number,
  depth: number,
  kept: ReadonlyMap<number, Block>,
): Block | null {
  const known = kept.get(start);
  if (known !== undefined && known.end === end) return known;
  // A text of its own: values cut from it must not keep the whole file in memory.
  const written = ` ${text.slice(start, end)}`.slice(1);
  const bare = withoutGaps(written);
  const isWhole = written.startsWith(bare);
  const base = isWhole ? start : 0;
  const parsed = parsePlainBlock(bare, base) ?? parseBlock(bare, base, depth);
  if (parsed === null || parsed.map.pairs.length > 1) return null;
  const { map, anchors, marks } = isWhole ? parsed : moved(parsed, written, start);
  const [pair] = map.pairs;
  return pair === undefined ? null : { start, end, pair, map, anchors, marks };
}

/** A block with a gap inside: its offsets do not follow each other. */
function moved({ map, anchors, marks }: PlainBlock, written: string, start: number): PlainBlock {
  const place = placeInGaps(written);
  const mover = new Mover((offset) => start + place(offset));
  return { map: mover.node(map), anchors: mover.anchors(anchors), marks: marks.map((mark) => mover.mark(mark)) };
}

/** Column of the first content of each line that is neither blank nor a comment; stops where `visit` says `false`. */
function eachLine(text: string, from: number, end: number, visit: (start: number, indent: number) => boolean): boolean {
  for (let at = from; at < end; ) {
    if (isGapAt(text, at)) {
      at = gapEnd(text, at);
      continue;
    }
    let column = at;
    while (text.charCodeAt(column) === 32) column++;
    const code = text.charCodeAt(column);
    const isBlank = code === 10 || code === 13 || column >= text.length;
    if (!isBlank && code !== 35 && !visit(at, column - at)) return false;
    const newline = text.indexOf("\n", column);
    at = newline < 0 ? text.length : newline + 1;
  }
  return true;
}

function indentBelow(text: string, from: number, end: number): number {
  let indent = 0;
  eachLine(text, from, end, (_, found) => {
    indent = found;
    return false;
  });
  return indent;
}

/** Lines with a key of the section itself; `null` where one stands further left, or where it is no plain mapping. */
function startsOfBlocks(text: string, from: number, end: number, indent: number): number[] | null {
  const starts: number[] = [];
  const isSplit = eachLine(text, from, end, (start, found) => {
    if (found < indent || (starts.length === 0 && found > indent)) return false;
    if (found > indent) return true;
    starts.push(start);
    return isKeyStart(text.charCodeAt(start + indent));
  });
  return isSplit ? starts : null;
}

/** `null` where the text is no single mapping. */
function startsOfSections(text: string): number[] | null {
  const starts: number[] = [];
  let isMarked = false;
  const isMapping = eachLine(text, 0, text.length, (start, indent) => {
    if (indent > 0) return starts.length > 0;
    if (text.startsWith("---", start)) {
      MARKER.lastIndex = start;
      if (isMarked || starts.length > 0 || !MARKER.test(text)) return false;
      isMarked = true;
      return true;
    }
    starts.push(start);
    return isKeyStart(text.charCodeAt(start)) && !text.startsWith("...", start);
  });
  return isMapping && starts.length > 0 ? starts : null;
}

/** A letter, a digit, an underscore, a dot or a quote: what else may begin a key may begin other things, too. */
function isKeyStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 46 ||
    code === 34 ||
    code === 39
  );
}

function assemble(text: string, sections: readonly Section[], before: YamlBlocks | null): YamlBlocks {
  const problems: YamlProblem[] = [];
  const names = new Set<string>();
  const anchors: YamlNode[] = [];
  const note = (block: Block, seen: Set<string>): YamlPair => {
    const { key } = block.pair;
    if (key.kind === "scalar" && key.value !== "<<") {
      if (seen.has(key.value)) tellMarks([{ kind: "problem", problem: duplicateKey(key) }], problems, names);
      seen.add(key.value);
    }
    noteMarks(block);
    return block.pair;
  };
  const noteMarks = (block: Block): void => {
    if (block.marks.length > 0) tellMarks(block.marks, problems, names);
    if (block.anchors.length > 0) anchors.push(...block.anchors);
  };
  const seen = new Set<string>();
  const pairs = sections.map(({ head, blocks, isPlain }): YamlPair => {
    const { key, value } = note(head, seen);
    if (blocks === null) return head.pair;
    const own = new Set<string>();
    const [first, last] = [blocks[0] as Block, blocks.at(-1) as Block];
    const span = spanOf(first.map.span.start, last.map.span.end);
    if (isPlain) for (const block of blocks) noteMarks(block);
    const below = blocks.map((block) => (isPlain ? block.pair : note(block, own)));
    return value === null || value.kind === "scalar"
      ? { key, value: { kind: "map", tag: null, anchor: null, span, pairs: below, isPlain } }
      : head.pair;
  });
  const [first, last] = [sections[0] as Section, pairs.at(-1) as YamlPair];
  const span = spanOf(first.head.map.span.start, (last.value ?? last.key).span.end);
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
  const { key } = before.head.pair;
  if (key.kind === "scalar" && key.value === "services") return true;
  const { blocks } = after;
  return before.blocks.length === blocks.length && before.blocks.every((block, i) => block === blocks[i]);
}
