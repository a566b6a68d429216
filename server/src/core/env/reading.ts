/**
 * `.env` files in groups of lines that can be read alone. Whoever types changes one group; what was found out about the values of the
 * others is kept with them. Places in a group count from its beginning.
 */
import { readEnvLines } from "../parse/envFile.ts";
import { type Piece, PiecedText, type Pieces } from "../pieces.ts";
import type { Span } from "../text.ts";
import { DIALECTS, type Dialect, type Quote } from "./dialect.ts";
import { EnvValue } from "./entry.ts";

export class EnvGroup {
  readonly text: string;
  readonly values: readonly EnvValue[];
  /** Lines that give no value. */
  readonly unread: readonly Span[];
  readonly #facts = new Map<(group: EnvGroup) => unknown, unknown>();

  constructor(text: string, values: readonly EnvValue[], unread: readonly Span[]) {
    this.text = text;
    this.values = values;
    this.unread = unread;
  }

  /** What a function makes of the group, found out once. The functions stand in modules, so there are few. */
  fact<T>(read: (group: EnvGroup) => T): T {
    if (!this.#facts.has(read)) this.#facts.set(read, read(this));
    return this.#facts.get(read) as T;
  }
}

/** The values of a group that count as far as it goes: the last one of each name. */
export function lastOfEach({ values }: EnvGroup): ReadonlyMap<string, EnvValue> {
  return new Map(values.map((value) => [value.entry.key, value]));
}

/** A group where it stands in a text, for now. */
export interface PlacedGroup {
  readonly group: EnvGroup;
  readonly start: number;
}

interface Known {
  /** What it was read of. */
  readonly pieces: readonly Piece[];
  readonly isFirst: boolean;
  /** Quotes that were opened here and closed nowhere behind. */
  readonly open: readonly Quote[];
  readonly group: EnvGroup;
}

/** The same text read by itself, whatever was read before. */
export function readGroups(text: string, dialect: Dialect): readonly PlacedGroup[] {
  return groupsOf(PiecedText.whole(text), dialect, new WeakMap());
}

/** Keeps what was read of the last texts. */
export class EnvTexts {
  readonly #pieces: Pieces;
  readonly #known = new Map<Dialect, WeakMap<Piece, Known>>();

  constructor(pieces: Pieces) {
    this.#pieces = pieces;
  }

  /** `path`: of which file the text is the next state. */
  of(text: string, dialect: Dialect, path: string): readonly PlacedGroup[] {
    const known = this.#known.get(dialect) ?? new WeakMap<Piece, Known>();
    this.#known.set(dialect, known);
    return groupsOf(this.#pieces.of(text, path), dialect, known);
  }
}

function groupsOf({ text, placed }: PiecedText, dialect: Dialect, known: WeakMap<Piece, Known>): PlacedGroup[] {
  const groups: PlacedGroup[] = [];
  for (let at = 0; at < placed.length; ) {
    const { piece, start } = placed[at] as (typeof placed)[number];
    const before = known.get(piece);
    const holds = (one: Known): boolean =>
      one.isFirst === (at === 0) &&
      one.pieces.every((part, index) => part === placed[at + index]?.piece) &&
      !one.open.some((quote) => text.includes(quote, start + one.group.text.length));
    let found = before !== undefined && holds(before) ? before : null;
    let count = 1;
    while (found === null) {
      const pieces = placed.slice(at, at + count).map((place) => place.piece);
      const one = readGroup(pieces, at === 0, dialect);
      // A value that is closed further down belongs together with what it reaches over.
      if (at + count < placed.length && !holds(one)) count++;
      else found = one;
    }
    known.set(piece, found);
    groups.push({ group: found.group, start });
    at += found.pieces.length;
  }
  return groups;
}

function readGroup(pieces: readonly Piece[], isFirst: boolean, dialect: Dialect): Known {
  const text = pieces.length === 1 ? (pieces[0] as Piece).text : pieces.map((piece) => piece.text).join("");
  const { file, open } = readEnvLines(text, dialect, isFirst);
  const values = file.entries.map((entry) => new EnvValue(entry, text));
  const { multiline } = DIALECTS[dialect];
  return {
    pieces,
    isFirst,
    open: open.filter((quote) => multiline.includes(quote)),
    group: new EnvGroup(text, values, file.unread),
  };
}
