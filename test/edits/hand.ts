// A hand that edits a text as people do, and as nobody would: data first, so that a run can be shrunk and played again.
import fc from "fast-check";
import type { Kind } from "./samples.ts";

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A change as the protocol has it; without a range it is the whole text. */
export interface Change {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** Each act with its weight. */
const ACTS = {
  type: 10,
  "type on": 12,
  "delete back": 5,
  word: 12,
  delete: 10,
  replace: 6,
  "remove lines": 5,
  "double a line": 3,
  "move a line": 4,
  "type a line": 6,
  indent: 5,
  comment: 4,
  "comment behind": 3,
  join: 3,
  break: 5,
  "remove a block": 4,
  "move a block": 6,
  "double a block": 4,
  rename: 5,
  "take the root away": 3,
  marker: 3,
  quote: 3,
  "mark the start": 1,
  "ends of line": 1,
  "paste a sample": 2,
  "replace all": 1,
  undo: 5,
  redo: 3,
} as const;

type Act = keyof typeof ACTS;

/** `at` and `other` are places in a hundred thousandth of the text, so that they mean something in any text. */
export interface Step {
  readonly act: Act;
  readonly at: number;
  readonly other: number;
  readonly size: number;
  readonly pick: number;
}

const WHOLE = 100_000;

export const step: fc.Arbitrary<Step> = fc.record({
  act: fc.oneof(...Object.entries(ACTS).map(([act, weight]) => ({ arbitrary: fc.constant(act as Act), weight }))),
  at: fc.nat({ max: WHOLE }),
  other: fc.nat({ max: WHOLE }),
  size: fc.nat({ max: 12 }),
  pick: fc.nat({ max: 9999 }),
});

/** What one notification carries: one change in most, and for the edited file in most. */
export interface Turn {
  /** 0: the edited file; else one that is open beside it. */
  readonly file: number;
  readonly steps: readonly Step[];
}

export const turn: fc.Arbitrary<Turn> = fc.record({
  file: fc.oneof({ arbitrary: fc.constant(0), weight: 8 }, { arbitrary: fc.constantFrom(1, 2), weight: 1 }),
  steps: fc.oneof(
    { arbitrary: fc.array(step, { minLength: 1, maxLength: 1 }), weight: 4 },
    { arbitrary: fc.array(step, { minLength: 2, maxLength: 4 }), weight: 1 },
  ),
});

const KEYS = [
  "\n",
  " ",
  "  ",
  "a",
  "7",
  ".",
  ":",
  "-",
  "#",
  '"',
  "'",
  "\t",
  "\r",
  "\r\n",
  "*",
  "&",
  "{",
  "}",
  "🦣",
  "é",
  "\uD83E",
];
const NAMES = ["redis", "one", "cache", "image", "x-cache", "<<", "services", '"redis"', "é", "volumes", "a b"];
const MARKERS = ["---\n", "...\n", "--- # x\n", "%YAML 1.2\n---\n", "--- |\n", "# x\n"];
const MAX_TEXT = 12_000;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Line {
  readonly start: number;
  /** Behind its line break. */
  readonly end: number;
  readonly indent: number;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  const pattern = /[^\r\n]*(?:\r\n|\r|\n|$)/g;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [line] = match;
    lines.push({ start: match.index, end: match.index + line.length, indent: /^ */.exec(line)?.[0].length ?? 0 });
    if (match.index + line.length >= text.length) {
      // Behind the last line break stands an empty line.
      if (/[\r\n]$/.test(line)) lines.push({ start: text.length, end: text.length, indent: 0 });
      break;
    }
  }
  return lines;
}

/** Not between `\r` and `\n`: the protocol has no such place. Halves of a pair are two characters to UTF-16. */
function placeable(text: string, offset: number): number {
  const at = Math.max(0, Math.min(offset, text.length));
  return text.slice(at - 1, at + 1) === "\r\n" ? at - 1 : at;
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The smallest edit from one text to another. */
function difference(from: string, to: string): Edit {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  start = Math.min(placeable(from, start), placeable(to, start));
  let same = 0;
  while (same < Math.min(from.length, to.length) - start && from[from.length - 1 - same] === to[to.length - 1 - same])
    same++;
  while (
    placeable(from, from.length - same) !== from.length - same ||
    placeable(to, to.length - same) !== to.length - same
  )
    same--;
  return { start, end: from.length - same, text: to.slice(start, to.length - same) };
}

export class Hand {
  readonly #kind: Kind;
  readonly #undo: string[] = [];
  readonly #redo: string[] = [];
  /** A root key that was taken away. */
  #held: string | null = null;
  #text: string;
  /** Where the last change ended. */
  place = 0;

  constructor(kind: Kind, text: string) {
    this.#kind = kind;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** The changes of one notification, already made in the own text. */
  play(steps: readonly Step[]): Change[] {
    const before = this.#text;
    const isHistory = steps.every(({ act }) => act === "undo" || act === "redo");
    const changes = steps.flatMap((one) => this.#changes(one));
    if (!isHistory && before !== this.#text) {
      this.#undo.push(before);
      this.#redo.length = 0;
    }
    return changes;
  }

  #changes(one: Step): Change[] {
    const whole = this.#whole(one);
    if (whole !== null) {
      this.#text = whole;
      return [{ text: whole }];
    }
    return this.#edits(one).map(({ start, end, text }) => {
      const from = placeable(this.#text, start);
      const to = Math.max(from, placeable(this.#text, end));
      const range = { start: positionOf(this.#text, from), end: positionOf(this.#text, to) };
      this.#text = this.#text.slice(0, from) + text + this.#text.slice(to);
      this.place = from + text.length;
      return { range, text };
    });
  }

  #sample({ pick }: Step): string {
    return this.#kind.samples[pick % this.#kind.samples.length] ?? "";
  }

  #whole(one: Step): string | null {
    if (this.#text.length > MAX_TEXT || one.act === "replace all") return this.#sample(one);
    if (one.act !== "ends of line") return null;
    return this.#text.replaceAll(/\r\n|\r|\n/g, ["\n", "\r\n", "\r"][one.pick % 3] ?? "\n");
  }

  /** One after the other: places of the second count in the text behind the first. */
  #edits(one: Step): Edit[] {
    const text = this.#text;
    const { act, size, pick } = one;
    const at = Math.floor((one.at / WHOLE) * text.length);
    const insert = (start: number, put: string): Edit[] => [{ start, end: start, text: put }];
    const word = this.#kind.words[pick % this.#kind.words.length] ?? "";
    switch (act) {
      case "type":
        return insert(at, KEYS[pick % KEYS.length] ?? "");
      case "type on":
        return insert(this.place, size % 4 === 0 ? word : (KEYS[pick % KEYS.length] ?? ""));
      case "delete back":
        return [{ start: Math.max(0, this.place - 1), end: this.place, text: "" }];
      case "word":
        return insert(at, word);
      case "delete":
        return [{ start: at, end: at + size + 1, text: "" }];
      case "replace":
        return [{ start: at, end: at + size, text: word }];
      case "mark the start":
        return text.startsWith("\uFEFF") ? [{ start: 0, end: 1, text: "" }] : insert(0, "\uFEFF");
      case "undo":
      case "redo":
        return this.#history(act === "undo" ? this.#undo : this.#redo, act === "undo" ? this.#redo : this.#undo);
      default:
        return this.#lineEdits(one, linesOf(text), word);
    }
  }

  #history(from: string[], to: string[]): Edit[] {
    const text = from.pop();
    if (text === undefined) return [];
    to.push(this.#text);
    return [difference(this.#text, text)];
  }

  #lineEdits(one: Step, lines: readonly Line[], word: string): Edit[] {
    const { act, size, pick } = one;
    const text = this.#text;
    const at = Math.floor((one.at / WHOLE) * (lines.length - 1));
    const line = lines[at] ?? { start: 0, end: 0, indent: 0 };
    const target = lines[Math.floor((one.other / WHOLE) * (lines.length - 1))] ?? line;
    const insert = (start: number, put: string): Edit[] => [{ start, end: start, text: put }];
    const written = (part: { start: number; end: number }): string => text.slice(part.start, part.end);
    const moved = (part: { start: number; end: number }): Edit[] => {
      const length = part.end - part.start;
      const isBehind = target.start >= part.end;
      const start = isBehind ? target.start - length : Math.min(target.start, part.start);
      return [{ ...part, text: "" }, ...insert(start, written(part))];
    };
    const withoutBreak = written(line).replace(/[\r\n]+$/, "").length + line.start;
    switch (act) {
      case "remove lines":
        return [
          { start: line.start, end: lines[Math.min(at + (size % 3), lines.length - 1)]?.end ?? line.end, text: "" },
        ];
      case "double a line":
        return insert(line.start, written(line));
      case "move a line":
        return moved(line);
      case "type a line":
        return insert(line.start, `${" ".repeat(Math.max(0, line.indent + ((size % 3) - 1) * 2))}${word.trimEnd()}\n`);
      case "indent":
        return size % 3 === 0
          ? [{ start: line.start, end: line.start + Math.min(line.indent, 1 + (size % 4)), text: "" }]
          : insert(line.start, size % 7 === 0 ? "\t" : " ".repeat(1 + (size % 4)));
      case "comment":
        return /^\s*# /.test(written(line))
          ? [{ start: line.start, end: line.start + written(line).indexOf("#") + 2, text: "" }]
          : insert(line.start + Math.min(size, withoutBreak - line.start), "# ");
      case "comment behind":
        return insert(withoutBreak, [" # x", "# x", "\t#", " #"][pick % 4] ?? "");
      case "join":
        return [{ start: withoutBreak, end: line.end, text: size % 2 === 0 ? "" : " " }];
      case "break":
        return insert(
          line.start + ((size * 3) % Math.max(1, withoutBreak - line.start + 1)),
          `\n${" ".repeat(line.indent)}`,
        );
      case "remove a block":
        return [{ ...blockAt(text, lines, at), text: "" }];
      case "move a block":
        return moved(blockAt(text, lines, at));
      case "double a block":
        return insert(line.start, written(blockAt(text, lines, at)));
      case "rename": {
        const key = /^([ \t-]*)("[^"\n]*"|'[^'\n]*'|[^\s:#=]+)/.exec(written(line));
        if (key === null) return [];
        const start = line.start + (key[1] ?? "").length;
        return [{ start, end: start + (key[2] ?? "").length, text: NAMES[pick % NAMES.length] ?? "" }];
      }
      case "take the root away":
        return this.#root(lines);
      case "marker":
        return insert(line.start, MARKERS[pick % MARKERS.length] ?? "");
      case "quote": {
        const [sign = ""] = [['"', "'", "`"][pick % 3]];
        return [
          ...insert(withoutBreak, size % 3 === 0 ? "" : sign),
          ...insert(line.start + Math.min(line.indent + size, withoutBreak - line.start), sign),
        ];
      }
      default:
        return insert(line.start, `${this.#sample(one)}${size % 2 === 0 ? "\n" : ""}`);
    }
  }

  /** `services:` away, or back where nothing is written before it. */
  #root(lines: readonly Line[]): Edit[] {
    if (this.#held !== null) {
      const put = this.#held;
      this.#held = null;
      return [{ start: 0, end: 0, text: put }];
    }
    const root = lines.find(({ start, end }) => /^\S[^\r\n]*:\s*$/.test(this.#text.slice(start, end)));
    if (root === undefined) return [];
    this.#held = this.#text.slice(root.start, root.end);
    return [{ start: root.start, end: root.end, text: "" }];
  }
}

/** A line and what stands deeper below it. */
function blockAt(text: string, lines: readonly Line[], at: number): { start: number; end: number } {
  const first = lines[at] ?? { start: 0, end: 0, indent: 0 };
  let last = at;
  for (let i = at + 1; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined) break;
    const isBlank = text.slice(line.start, line.end).trim() === "";
    if (!isBlank && line.indent <= first.indent) break;
    last = i;
  }
  return { start: first.start, end: lines[last]?.end ?? first.end };
}
