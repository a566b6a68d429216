/**
 * Which values a server has in effect: the last line wins, options of the command line stand behind the file, and what no line says is the
 * default of the version. What nobody can know stays unknown: an `include` may set anything that no later line sets.
 */
import type { Span } from "../text.ts";
import { lowerCase } from "./bytes.ts";
import { argumentAt, readCommandLine } from "./commandLine.ts";
import type { DirectiveTable } from "./directiveTable.ts";
import { type ConfLine, type LastReading, parseConf } from "./parser.ts";
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
  readonly toPlace: (span: Span) => SettingPlace;
}

/** A file that cannot be read stands between the lines as `null`. */
type Entry = ReadLine | null;

/** What a directive has in effect: a line, the default of the version, or nobody knows. */
export type Effective = SettingLine | "default" | "unknown";

export class EffectiveValues {
  readonly #entries: readonly Entry[];
  /** Place of the last line of each directive among the entries, and of the last file that cannot be read. */
  readonly #last = new Map<string | null, number>();
  readonly #possible: readonly Candidate[];
  readonly #table: DirectiveTable;

  constructor(entries: readonly Entry[], possible: readonly Candidate[], table: DirectiveTable) {
    this.#entries = entries;
    for (const [at, entry] of entries.entries()) this.#last.set(entry === null ? null : entry.name, at);
    this.#possible = possible;
    this.#table = table;
  }

  /** False where another file has its say. */
  get isComplete(): boolean {
    return !this.#last.has(null);
  }

  of(name: string): Effective {
    const at = this.#last.get(name) ?? -1;
    if (at < (this.#last.get(null) ?? -1)) return "unknown";
    const entry = this.#entries[at] ?? null;
    return entry === null ? "default" : settingLine(entry);
  }

  /** Lines of the file that an option of the command line replaces, each with that option. */
  get overruled(): readonly { readonly lost: SettingLine; readonly won: SettingLine }[] {
    const options = new Map<string, SettingLine>();
    const lost = new Map<string, SettingLine>();
    // Options stand behind the file: from the end, the first line of a name that comes from the file is the one that loses.
    for (const entry of this.#entries.toReversed()) {
      if (entry === null || lost.has(entry.name)) continue;
      const isOption = entry.toPlace(entry.line.span).origin === "command";
      if (isOption && !options.has(entry.name)) options.set(entry.name, settingLine(entry));
      else if (!isOption && options.has(entry.name)) lost.set(entry.name, settingLine(entry));
    }
    return [...lost].map(([name, line]) => ({ lost: line, won: options.get(name) as SettingLine }));
  }

  /** All lines of a directive that adds up. */
  linesOf(name: string): readonly SettingLine[] {
    if (!this.#last.has(name)) return [];
    return this.#entries.flatMap((entry) => (entry?.name === name ? settingLine(entry) : []));
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
    const usual = this.#defaultOf("save");
    let takes: boolean | null = usual === null ? null : usual !== "";
    for (const entry of this.#entries) {
      if (entry === null) takes = null;
      else if (entry.name === "save" && entry.line.words.length > 1)
        takes = entry.line.words.slice(1).some(({ value }) => value !== "");
    }
    return takes;
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
  reading: LastReading,
): EffectiveValues | null {
  const possible = candidates(request.target);
  const newest = possible[0];
  if (newest === undefined) return null;
  const { version } = newest;
  const entries: Entry[] = [];
  if (request.file === undefined) entries.push(null);
  const fileLines = reading.of(request.file ?? "", dialectOf(newest)).lines;
  const inFile = ({ start, end }: Span): SettingPlace => ({ origin: "file", start, end });
  for (const line of fileLines) addEntry(entries, line, version, table, inFile);
  const { options, readsStandardInput } = readCommandLine(request.args, version);
  if (readsStandardInput || options === null) entries.push(null);
  if (options !== null) {
    const toPlace = ({ start }: Span): SettingPlace => ({
      origin: "command",
      argument: argumentAt(options, start) ?? 0,
    });
    for (const line of parseConf(options.text, dialectOf(newest)).lines)
      addEntry(entries, line, version, table, toPlace);
  }
  return new EffectiveValues(entries, possible, table);
}

function addEntry(
  entries: Entry[],
  line: ConfLine,
  version: ServerVersion,
  table: DirectiveTable,
  toPlace: (span: Span) => SettingPlace,
): void {
  const name = line.words[0];
  if (name === undefined || line.broken !== null) return;
  const written = lowerCase(name.value);
  const directive = (table.find(written, version) ?? table.findAnywhere(written))?.directive;
  if (directive === undefined) return;
  if (directive.name === "include") {
    entries.push(null);
    return;
  }
  entries.push({ name: directive.name, line, toPlace });
}

function settingLine({ name, line, toPlace }: ReadLine): SettingLine {
  const [word, ...args] = line.words as readonly [Word, ...Word[]];
  return {
    name,
    args: args.map((arg) => ({ value: arg.value, place: toPlace(arg) })),
    place: toPlace(word),
    whole: toPlace(line.span),
  };
}
