/**
 * Which values a server has in effect: the last line wins, options of the command line stand behind the file, and what no line says is the
 * default of the version. What nobody can know stays unknown: an `include` may set anything that no later line sets.
 */
import type { Piece } from "../pieces.ts";
import type { Span } from "../text.ts";
import { lowerCase } from "./bytes.ts";
import { argumentAt, readCommandLine } from "./commandLine.ts";
import type { DirectiveTable } from "./directiveTable.ts";
import { type ConfLine, type ConfTexts, parseConf } from "./parser.ts";
import { type Candidate, candidates, type ServerVersion, type Target } from "./target.ts";
import { parseMemory } from "./values/numbers.ts";
import { dialectOf } from "./verdict.ts";
import type { Word } from "./words.ts";

export type SettingPlace =
  | { readonly origin: "file"; readonly start: number; readonly end: number }
  /** Index among the arguments. */
  | { readonly origin: "command"; readonly argument: number };

export interface SettingLine {
  /** The directive's name in the table. */
  readonly name: string;
  readonly args: readonly { readonly value: string; readonly place: SettingPlace }[];
  /** Of the name. */
  readonly place: SettingPlace;
  /** Of the whole line; for the command line the same as `place`. */
  readonly whole: SettingPlace;
}

export interface EffectiveRequest {
  readonly target: Target | null;
  /** Text of the file that is loaded; `null` where none is, `undefined` where it cannot be read. */
  readonly file: string | null | undefined;
  /** Command line behind the program's name. */
  readonly args: readonly string[];
}

/** A line as it was read; most are never asked for. */
interface ReadLine {
  /** The directive's name in the table. */
  readonly name: string;
  readonly line: ConfLine;
}

/** A file that cannot be read stands between the lines as `null`. */
type Entry = ReadLine | null;

/** Lines that stand together. */
class Entries {
  readonly all: readonly Entry[];
  /** Place of the last line of each directive, and of the last file that cannot be read. */
  readonly last = new Map<string | null, number>();

  constructor(all: readonly Entry[]) {
    this.all = all;
    for (const [at, entry] of all.entries()) this.last.set(entry === null ? null : entry.name, at);
  }
}

/** What the pieces of files set, for each version that was asked for. */
export class FileEntries {
  readonly #known = new Map<number, WeakMap<Piece, Entries>>();

  of(piece: Piece, version: ServerVersion, read: () => Entries): Entries {
    const ofVersion = this.#known.get(version.bit) ?? new WeakMap<Piece, Entries>();
    this.#known.set(version.bit, ofVersion);
    const entries = ofVersion.get(piece) ?? read();
    ofVersion.set(piece, entries);
    return entries;
  }
}

/** Lines with the way to where they stand. */
interface PlacedEntries {
  readonly entries: Entries;
  readonly toPlace: (span: Span) => SettingPlace;
  readonly origin: SettingPlace["origin"];
}

/** What a directive has in effect: a line, the default of the version, or nobody knows. */
export type Effective = SettingLine | "default" | "unknown";

export class EffectiveValues {
  readonly #placed: readonly PlacedEntries[];
  readonly #possible: readonly Candidate[];
  readonly #table: DirectiveTable;

  constructor(placed: readonly PlacedEntries[], possible: readonly Candidate[], table: DirectiveTable) {
    this.#placed = placed;
    this.#possible = possible;
    this.#table = table;
  }

  /** False where another file has its say. */
  get isComplete(): boolean {
    return this.#placed.every(({ entries }) => !entries.last.has(null));
  }

  of(name: string): Effective {
    for (let index = this.#placed.length - 1; index >= 0; index--) {
      const { entries, toPlace } = this.#placed[index] as PlacedEntries;
      const at = entries.last.get(name) ?? -1;
      if (at < (entries.last.get(null) ?? -1)) return "unknown";
      const entry = entries.all[at] ?? null;
      if (entry !== null) return settingLine(entry, toPlace);
    }
    return "default";
  }

  /** Lines of the file that an option of the command line replaces, each with that option; the last line of the file first. */
  get overruled(): readonly { readonly lost: SettingLine; readonly won: SettingLine }[] {
    const options = new Map<string, SettingLine>();
    const lost = new Map<string, SettingLine>();
    for (const { entries, toPlace, origin } of this.#placed.toReversed()) {
      if (origin === "file" && options.size === lost.size) break;
      for (const entry of entries.all.toReversed()) {
        if (entry === null || lost.has(entry.name)) continue;
        const isOption = origin === "command";
        if (isOption && !options.has(entry.name)) options.set(entry.name, settingLine(entry, toPlace));
        else if (!isOption && options.has(entry.name)) lost.set(entry.name, settingLine(entry, toPlace));
      }
    }
    return [...lost].map(([name, line]) => ({ lost: line, won: options.get(name) as SettingLine }));
  }

  /** All lines of a directive that adds up. */
  linesOf(name: string): readonly SettingLine[] {
    return this.#placed.flatMap(({ entries, toPlace }) =>
      entries.last.has(name)
        ? entries.all.flatMap((entry) => (entry?.name === name ? settingLine(entry, toPlace) : []))
        : [],
    );
  }

  /** Single value in lower case, the default included; `null` = unknown. */
  value(name: string): string | null {
    const found = this.of(name);
    if (found === "unknown") return null;
    return found === "default" ? this.#defaultOf(name) : lowerCase(found.args[0]?.value ?? "");
  }

  /** An amount of memory; `null` = unknown, or no amount. */
  bytes(name: string): bigint | null {
    const value = this.value(name);
    return value === null ? null : this.amount(value);
  }

  /** What a text is worth where an amount of memory is wanted; `null` = it is none. */
  amount(text: string): bigint | null {
    const version = this.#possible[0]?.version;
    return version === undefined ? null : parseMemory(text, version);
  }

  /** True with save points, false without any; `null` = unknown. The first line replaces those of the default, `save ""` those before it. */
  get takesSnapshots(): boolean | null {
    for (const { entries } of this.#placed.toReversed()) {
      if (!entries.last.has("save") && !entries.last.has(null)) continue;
      for (const entry of entries.all.toReversed()) {
        if (entry === null) return null;
        const words = entry.name === "save" ? entry.line.words.slice(1) : [];
        if (words.length > 0) return words.some(({ value }) => value !== "");
      }
    }
    const usual = this.#defaultOf("save");
    return usual === null ? null : usual !== "";
  }

  /** `false`: certainly no password and no users; `null` = unknown. */
  get hasPassword(): boolean | null {
    if (this.value("requirepass") !== "" && this.of("requirepass") !== "unknown") return true;
    if (this.linesOf("user").length > 0) return true;
    const acl = this.of("aclfile");
    if (acl !== "default" && acl !== "unknown" && acl.args[0]?.value !== "") return true;
    return this.isComplete ? false : null;
  }

  /** The same in every version that may be meant and knows the directive, else `null`. */
  #defaultOf(name: string): string | null {
    const defaults = new Set(
      this.#possible.flatMap(({ version }) => this.#table.find(name, version)?.variant.default ?? []),
    );
    const [only] = defaults;
    return defaults.size === 1 && only !== undefined ? lowerCase(only) : null;
  }
}

/** `null` for an engine that reads no such file. */
export function effectiveValues(
  request: EffectiveRequest,
  table: DirectiveTable,
  texts: ConfTexts,
  known: FileEntries,
): EffectiveValues | null {
  const possible = candidates(request.target);
  const newest = possible[0];
  if (newest === undefined) return null;
  const { version } = newest;
  const dialect = dialectOf(newest);
  const read = (lines: readonly ConfLine[]): Entries =>
    new Entries(lines.map((line) => entryOf(line, version, table)).filter((entry) => entry !== undefined));
  const unread = { entries: new Entries([null]), toPlace: () => NOWHERE, origin: "file" } as const;
  const placed: PlacedEntries[] = request.file === undefined ? [unread] : [];
  for (const { piece, start } of texts.of(request.file ?? "").placed) {
    const entries = known.of(piece, version, () => read(texts.file(piece, dialect).lines));
    if (entries.all.length === 0) continue;
    const toPlace = (span: Span): SettingPlace => ({
      origin: "file",
      start: start + span.start,
      end: start + span.end,
    });
    placed.push({ entries, toPlace, origin: "file" });
  }
  const { options, readsStandardInput } = readCommandLine(request.args, version);
  if (readsStandardInput || options === null) placed.push(unread);
  if (options !== null) {
    const toPlace = ({ start }: Span): SettingPlace => ({
      origin: "command",
      argument: argumentAt(options, start) ?? 0,
    });
    placed.push({ entries: read(parseConf(options.text, dialect).lines), toPlace, origin: "command" });
  }
  return new EffectiveValues(placed, possible, table);
}

const NOWHERE: SettingPlace = { origin: "file", start: 0, end: 0 };

/** `undefined`: a line that sets nothing. */
function entryOf(line: ConfLine, version: ServerVersion, table: DirectiveTable): Entry | undefined {
  const name = line.words[0];
  if (name === undefined || line.broken !== null) return undefined;
  const written = lowerCase(name.value);
  const directive = (table.find(written, version) ?? table.findAnywhere(written))?.directive;
  if (directive === undefined) return undefined;
  return directive.name === "include" ? null : { name: directive.name, line };
}

function settingLine({ name, line }: ReadLine, toPlace: (span: Span) => SettingPlace): SettingLine {
  const [word, ...args] = line.words as readonly [Word, ...Word[]];
  return {
    name,
    args: args.map((arg) => ({ value: arg.value, place: toPlace(arg) })),
    place: toPlace(word),
    whole: toPlace(line.span),
  };
}
