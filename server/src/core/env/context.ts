/** All that the rules, the hover and the completion may know of one `.env` file. Built once per check, never changed. */

import { basename } from "../paths.ts";
import { type Connection, connectionOfValue } from "../platform/connection.ts";
import type { Span } from "../text.ts";
import { DIALECTS, type Dialect } from "./dialect.ts";
import { EnvLine, type EnvValue, moved } from "./entry.ts";
import { type EnvGroup, type EnvTexts, lastOfEach, type PlacedGroup, readGroups } from "./reading.ts";
import type { EnvApp, EnvSurroundings, OutsideValue } from "./surroundings.ts";
import { ENV_VARIABLES, type EnvVariable, type EnvVariables } from "./variables.ts";

export interface EnvInput {
  readonly path: string;
  readonly text: string;
  /** Who reads the file. Empty: nobody is known. */
  readonly apps: readonly EnvApp[];
  readonly around?: EnvSurroundings;
  readonly variables?: EnvVariables;
}

/** Names of files that are copied and filled in, never read. */
const SAMPLE = /\.(?:example|sample|template|dist|tpl|tmpl|j2|erb)$|(?:^|[.-])(?:example|sample|template)(?:[.-]|$)/i;
const TEST_FOLDER = /\/(?:tests?|spec|fixtures|\.github|\.devcontainer)\//i;
/** A file without any of these words has nothing about caches. */
const MAY_CONCERN = /REDIS|CACHE|VALKEY|DFLY_|CELERY_BROKER|MAIN_URL|FRONTEND_URL|BACKEND_URL|BACKEND_INTERNAL_URL/;

/** Names that say by themselves that they are about a cache. */
const CACHE_WORD = /REDIS|CACHE|VALKEY|^DFLY_|CELERY_BROKER/;

/** The cheap test before everything else. */
export function mayConcernCaches(text: string): boolean {
  return MAY_CONCERN.test(text);
}

/** A file that is copied and filled in: nothing in it is in use. */
export function isSampleFile(path: string): boolean {
  return SAMPLE.test(basename(path));
}

const CONTEXTS = new WeakMap<EnvInput, EnvContext>();

export class EnvContext {
  readonly path: string;
  readonly text: string;
  readonly apps: readonly EnvApp[];
  readonly around: EnvSurroundings;
  readonly variables: EnvVariables;
  readonly dialect: Dialect;
  readonly isSample: boolean;
  readonly isTestFile: boolean;
  readonly #groups: readonly PlacedGroup[];
  readonly #hasOwnVariables: boolean;
  readonly #lines = new Map<EnvValue, EnvLine>();
  readonly #effective = new Map<string, EnvLine | null>();
  #all: readonly EnvLine[] | null = null;
  #named: readonly EnvLine[] | null = null;

  /** Shared by the check, hover, completion, definition and rewrites of the same text. `texts`: what is kept of earlier texts. */
  static of(input: EnvInput, texts?: EnvTexts): EnvContext {
    const known = CONTEXTS.get(input) ?? new EnvContext(input, texts);
    CONTEXTS.set(input, known);
    return known;
  }

  constructor(input: EnvInput, texts?: EnvTexts) {
    const { path, text, apps, around = {}, variables = ENV_VARIABLES } = input;
    this.path = path;
    this.text = text;
    this.apps = apps;
    this.around = around;
    this.variables = variables;
    this.dialect = dialectOf(apps, around);
    this.#groups = texts?.of(text, this.dialect, path) ?? readGroups(text, this.dialect);
    this.#hasOwnVariables = variables !== ENV_VARIABLES;
    this.isSample = isSampleFile(path);
    this.isTestFile = TEST_FOLDER.test(path);
  }

  /** All lines with a value, in the order of the file. */
  get lines(): readonly EnvLine[] {
    this.#all ??= this.#groups.flatMap((placed) => this.#linesOf(placed));
    return this.#all;
  }

  /** Those whose names mean something to an app: most of a long file do not. */
  get cacheLines(): readonly EnvLine[] {
    if (this.#hasOwnVariables) return this.lines;
    this.#named ??= this.#groups.flatMap(({ group, start }) =>
      group.fact(namedIn).map((value) => this.#lineOf(value, start)),
    );
    return this.#named;
  }

  /** Lines with the address of a cache of which `isWanted` holds. */
  addressLines(isWanted: (connection: Connection) => boolean): readonly EnvLine[] {
    return this.#groups.flatMap(({ group, start }) =>
      group
        .fact(addressesIn)
        .filter((value) => isWanted(connectionOfValue(value) as Connection))
        .map((value) => this.#lineOf(value, start)),
    );
  }

  get firstLine(): EnvLine | undefined {
    for (const { group, start } of this.#groups) {
      const [value] = group.values;
      if (value !== undefined) return this.#lineOf(value, start);
    }
    return undefined;
  }

  /** Lines of which one may touch an offset. */
  linesNear(offset: number): readonly EnvLine[] {
    return this.#groups
      .filter(({ group, start }) => start <= offset && offset <= start + group.text.length)
      .flatMap((placed) => this.#linesOf(placed));
  }

  /** Lines that give no value, without surrounding blanks. */
  get unread(): readonly Span[] {
    return this.#groups.flatMap(({ group, start }) => group.unread.map((span) => moved(span, start)));
  }

  #linesOf({ group, start }: PlacedGroup): readonly EnvLine[] {
    return group.values.map((value) => this.#lineOf(value, start));
  }

  #lineOf(value: EnvValue, start: number): EnvLine {
    let line = this.#lines.get(value);
    if (line === undefined) {
      line = new EnvLine(value, start);
      this.#lines.set(value, line);
    }
    return line;
  }

  /** Who reads the file, as a person says it. */
  get reader(): string {
    return DIALECTS[this.dialect].name;
  }

  app(name: string): EnvApp | undefined {
    return this.apps.find(({ app }) => app === name);
  }

  /** The line that counts: the last one with the name, for every reader. */
  line(name: string): EnvLine | undefined {
    let line = this.#effective.get(name);
    if (line === undefined) {
      line = this.#findLast(name);
      this.#effective.set(name, line);
    }
    return line ?? undefined;
  }

  #findLast(name: string): EnvLine | null {
    for (let at = this.#groups.length - 1; at >= 0; at--) {
      const { group, start } = this.#groups[at] as PlacedGroup;
      const value = group.fact(lastOfEach).get(name);
      if (value !== undefined) return this.#lineOf(value, start);
    }
    return null;
  }

  /** Readers replace variables while they read: what stands below does not count yet. */
  isSetAbove(name: string, line: EnvLine): boolean {
    for (const { group, start } of this.#groups) {
      const first = group.fact(firstOfEach).get(name);
      if (first !== undefined) return first.entry.keySpan.start + start < line.keySpan.start;
    }
    return false;
  }

  isEffective(line: EnvLine): boolean {
    return this.line(line.key) === line;
  }

  outside(name: string): OutsideValue | undefined {
    return this.around.outside?.get(name);
  }

  /** Non-blank here or elsewhere; an unreadable value counts as set. */
  isSet(name: string): boolean {
    const outside = this.outside(name);
    if (outside !== undefined && (outside.value === null || outside.value.trim() !== "")) return true;
    const line = this.line(name);
    return line !== undefined && !line.isBlank;
  }

  /** The value that counts, when it is certain. `undefined`: absent or not certain. */
  value(name: string): string | undefined {
    const outside = this.outside(name);
    if (outside !== undefined) return outside.value ?? undefined;
    const line = this.line(name);
    return line?.isLiteral === true ? line.meant : undefined;
  }

  /** Another line of this file, or a compose file that it feeds, refers to the name. */
  isUsedElsewhere(name: string): boolean {
    if (this.around.interpolated?.has(name) === true || this.around.readByOthers?.has(name) === true) return true;
    return this.#groups.some(({ group }) => group.fact(usedIn).has(name));
  }

  /** What a name means for those who read the file; look-alikes left out. */
  meanings(name: string): readonly { readonly app: EnvApp; readonly variable: EnvVariable }[] {
    return this.apps.flatMap((app) => {
      const variable = this.variables.of(app.app, name);
      return variable === undefined || variable.status === "look-alike" ? [] : [{ app, variable }];
    });
  }

  /** The meaning that counts for checks: of a reader that truly reads it. */
  meaning(name: string): { readonly app: EnvApp; readonly variable: EnvVariable } | undefined {
    return this.meanings(name).find(({ variable }) => variable.status !== "not-read");
  }

  /** The name means something about caches to one of the readers; with no known reader to anybody. */
  concernsCaches(name: string): boolean {
    if (this.apps.length > 0 && this.meanings(name).length > 0) return true;
    if (this.apps.length > 0 || !CACHE_WORD.test(name)) return false;
    return this.variables.named(name).some(({ status }) => status !== "look-alike");
  }
}

/** Compose where it certainly reads the file, else the library of the app; without either Compose, the strictest. */
function dialectOf(apps: readonly EnvApp[], around: EnvSurroundings): Dialect {
  if (around.dialect !== undefined) return around.dialect;
  if (around.composeReads === true) return "compose";
  if ((around.laravel ?? null) !== null || apps.some(({ app }) => app === "laravel")) return "laravel";
  if (apps.some(({ app }) => app === "mastodon")) return "ruby";
  return apps.some(({ app }) => app === "bullmq") ? "node" : "compose";
}

function firstOfEach({ values }: EnvGroup): ReadonlyMap<string, EnvValue> {
  return new Map(values.toReversed().map((value) => [value.entry.key, value]));
}

/** Names that values refer to. */
function usedIn({ values }: EnvGroup): ReadonlySet<string> {
  return new Set(values.flatMap(({ expressions }) => expressions.map(({ name }) => name)));
}

/** The table says something of their names. */
function namedIn({ values }: EnvGroup): readonly EnvValue[] {
  return values.filter(({ entry }) => ENV_VARIABLES.named(entry.key).length > 0);
}

function addressesIn({ values }: EnvGroup): readonly EnvValue[] {
  return values.filter((value) => connectionOfValue(value) !== null);
}
