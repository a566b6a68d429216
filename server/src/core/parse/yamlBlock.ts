/** One block of a YAML text: a key with what stands below it, read alone. */
import { placeInGaps, withoutGaps } from "../gaps.ts";
import { once } from "../once.ts";
import { type Span, spanOf } from "../text.ts";
import { eachLine, isBare, isPlainKey, isStray } from "./yamlLines.ts";
import { parsePlainBlock } from "./yamlPlain.ts";
import { Mover, parseBlock, type ReadBlock, type YamlMark, type YamlNode, type YamlPair } from "./yamlTree.ts";

export interface Block {
  readonly start: number;
  /** Behind its gap. */
  readonly end: number;
  /** Of its key. */
  readonly indent: number;
  /** Nothing could be read: `null`. */
  readonly pair: YamlPair | null;
  readonly span: Span;
  readonly anchors: readonly YamlNode[];
  readonly marks: readonly YamlMark[];
  readonly isSound: boolean;
}

export function keyOf({ pair }: Block): string | null {
  return pair?.key.kind === "scalar" ? pair.key.value : null;
}

/**
 * Something that is no mapping may hide behind blocks with an error, a text of several lines for instance. What comes first tells,
 * bare words aside: no mapping begins with these, and none can follow them without an error.
 */
export function isMapping(text: string, blocks: readonly Block[]): boolean {
  if (blocks.every(({ isSound }) => isSound)) return true;
  const first = blocks.find(({ start, indent }) => !isBare(text, start + indent));
  return first !== undefined && (first.isSound || isPlainKey(text, first.start + first.indent));
}

/** `null` where it may mean something else beside its neighbours. `kept`: blocks of an earlier text, by their start. */
export function readBlock(
  text: string,
  start: number,
  end: number,
  indent: number,
  depth: number,
  kept: ReadonlyMap<number, Block>,
): Block | null {
  const known = kept.get(start);
  if (known !== undefined && known.end === end && known.indent === indent) return known;
  // A text of its own: values cut from it must not keep the whole file in memory.
  const written = ` ${text.slice(start, end)}`.slice(1);
  const bare = withoutGaps(written);
  const isWhole = written.startsWith(bare);
  const parsed = parse(bare, indent, depth, isWhole ? start : 0);
  if (parsed === null) return null;
  return { start, end, indent, ...(isWhole ? parsed : moved(parsed, written, start)) };
}

type Parsed = Pick<Block, "pair" | "span" | "anchors" | "marks" | "isSound">;

function parse(text: string, indent: number, depth: number, base: number): Parsed | null {
  // By the package, and only where it must be asked.
  const read = once(() => parseBlock(text, base, depth));
  const sound = parseSound(text, indent, base, read);
  if (sound !== null) return sound;
  if (LATE_COLON.test(text)) return null;
  const strays: Span[] = [];
  eachLine(text, 0, text.length, (start, found) => {
    const at = start + found;
    if (start > 0 && isStray(text, start, found, indent)) strays.push(spanOf(at, endOfWords(text, at)));
    return true;
  });
  if (strays.length === 0) return parseRest(text, indent, base, read);
  // As if the words stood in a comment: everything else stays where it is.
  let rest = text;
  for (const { start } of strays) rest = `${rest.slice(0, start)}#${rest.slice(start + 1)}`;
  const readRest = once(() => parseBlock(rest, base, depth));
  const parsed = parseSound(rest, indent, base, readRest) ?? parseRest(rest, indent, base, readRest);
  if (parsed === null) return null;
  const told = strays.map(({ start, end }) => problemAt(NO_COLON, spanOf(base + start, base + end)));
  return { ...parsed, marks: [...told, ...parsed.marks], isSound: false };
}

/** The package takes what stands on the line above for its key. */
const LATE_COLON = /^[ \t]*:/m;
const NO_COLON = "No colon follows this key.";
const OTHER_COLUMN = "All keys of a mapping must start at the same column.";

function problemAt(message: string, span: Span): YamlMark {
  return { kind: "problem", problem: { kind: "syntax", span, message } };
}

function endOfWords(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return at + text.slice(at, newline < 0 ? text.length : newline).trimEnd().length;
}

/** `null` unless the text is a mapping of one key that stands where it must. */
function parseSound(text: string, indent: number, base: number, read: () => ReadBlock): Parsed | null {
  if (columnOf(text) !== indent) return null;
  const block = parsePlainBlock(text, base) ?? (read().errors.length === 0 ? read().block : null);
  const [pair] = block?.map.pairs ?? [];
  if (block === null || pair === undefined || block.map.pairs.length > 1) return null;
  return { pair, span: block.map.span, anchors: block.anchors, marks: block.marks, isSound: true };
}

/** What can be read of a text with an error; `null` where there may be none. */
function parseRest(text: string, indent: number, base: number, read: () => ReadBlock): Parsed | null {
  const column = columnOf(text);
  const words = spanOf(base + column, base + endOfWords(text, column));
  const nothing = { pair: null, span: words, anchors: [], isSound: false };
  if (column !== indent) return { ...nothing, marks: [problemAt(OTHER_COLUMN, words)] };
  const { block, errors } = read();
  const [pair] = block?.map.pairs ?? [];
  // The package lets some mistakes pass: what it makes of these hangs on what stands around.
  if (errors.length === 0 && pair !== undefined) return null;
  const told = errors.length > 0 ? errors : [problemAt(NO_COLON, words)];
  if (block === null || pair === undefined) return { ...nothing, marks: told };
  const span = spanOf(pair.key.span.start, (pair.value ?? pair.key).span.end);
  // Of what was read behind the pair nothing is kept.
  const anchors = block.anchors.filter((node) => node.span.end <= span.end);
  return { pair, span, anchors, marks: [...told, ...block.marks], isSound: false };
}

/** Of the first character that is no blank. */
function columnOf(text: string): number {
  return text.search(/[^ ]/);
}

/** A block with a gap inside: its offsets do not follow each other. */
function moved(parsed: Parsed, written: string, start: number): Parsed {
  const place = placeInGaps(written);
  const mover = new Mover((offset) => start + place(offset));
  const pair = parsed.pair && mover.pair(parsed.pair);
  const marks = parsed.marks.map((mark) => mover.mark(mark));
  return { ...parsed, pair, span: mover.span(parsed.span), anchors: mover.anchors(parsed.anchors), marks };
}
