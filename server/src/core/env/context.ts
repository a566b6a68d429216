/** All that the rules, the hover and the completion may know of one `.env` file. Built once per check, never changed. */

import { readEnvFile } from "../parse/envFile.ts";
import { basename } from "../paths.ts";
import type { Span } from "../text.ts";
import { DIALECTS, type Dialect } from "./dialect.ts";
import { EnvLine } from "./entry.ts";
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
  /** All lines with a value, in the order of the file. */
  readonly lines: readonly EnvLine[];
  readonly unread: readonly Span[];
  readonly isSample: boolean;
  readonly isTestFile: boolean;
  readonly #effective = new Map<string, EnvLine>();
  readonly #first = new Map<string, EnvLine>();
  #used: ReadonlySet<string> | null = null;

  /**
   * Shared by hover, completion, definition and rewrites of the same text. The check, which runs for each character, builds
   * its own: what is kept weakly costs the garbage collector more than it saves there.
   */
  static of(input: EnvInput): EnvContext {
    const known = CONTEXTS.get(input) ?? new EnvContext(input);
    CONTEXTS.set(input, known);
    return known;
  }

  constructor({ path, text, apps, around = {}, variables = ENV_VARIABLES }: EnvInput) {
    this.path = path;
    this.text = text;
    this.apps = apps;
    this.around = around;
    this.variables = variables;
    this.dialect = dialectOf(apps, around);
    const file = readEnvFile(text, this.dialect);
    this.lines = file.entries.map((entry) => new EnvLine(entry, text));
    this.unread = file.unread;
    this.isSample = isSampleFile(path);
    this.isTestFile = TEST_FOLDER.test(path);
    for (const line of this.lines) {
      if (!this.#first.has(line.key)) this.#first.set(line.key, line);
      this.#effective.set(line.key, line);
    }
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
    return this.#effective.get(name);
  }

  /** Readers replace variables while they read: what stands below does not count yet. */
  isSetAbove(name: string, line: EnvLine): boolean {
    const first = this.#first.get(name);
    return first !== undefined && first.keySpan.start < line.keySpan.start;
  }

  isEffective(line: EnvLine): boolean {
    return this.#effective.get(line.key) === line;
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
    this.#used ??= new Set(this.lines.flatMap((line) => line.expressions.map((expression) => expression.name)));
    return this.#used.has(name);
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
