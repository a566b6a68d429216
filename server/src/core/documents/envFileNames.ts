/** Which files the compose files of a folder name by `env_file`. Read once per folder, not once per file. */
import type { FileSource } from "../files.ts";
import { isInside, resolvePath } from "../paths.ts";
import { Remember } from "../remember.ts";
import { composeLookup } from "./composeEnvironment.ts";
import { composeServices } from "./composeFile.ts";
import { type FolderIndex, namingFolders } from "./folderIndex.ts";
import { kindOfName } from "./kind.ts";
import { envFilesOf } from "./serviceEnvironment.ts";

const MAX_FOLDERS = 500;

/** The cheap test of a compose file that may hand files to its services. */
export const NAMES_ENV_FILE = /\benv_file\b/;

export class EnvFileNames {
  readonly #index: FolderIndex;
  /** Path of a compose file to what it names. */
  readonly #folders = new Remember<ReadonlyMap<string, readonly string[]>>(MAX_FOLDERS);

  constructor(index: FolderIndex) {
    this.#index = index;
  }

  /** What the compose files of a folder name, by their path; only files of the workspace. */
  namedFrom(folder: string, files: FileSource): ReadonlyMap<string, readonly string[]> {
    return this.#folders.get(folder, files, (recorded) => this.#read(folder, recorded));
  }

  /** True for a file that a compose file names, whatever it is called. */
  isNamed(path: string, files: FileSource): boolean {
    return namingFolders(path, files).some((folder) =>
      [...this.namedFrom(folder, files).values()].some((named) => named.includes(path)),
    );
  }

  /** Paths with variables, anchors and the like. */
  #parsed(path: string, text: string, files: FileSource): string[] {
    const lookup = composeLookup(path, files, this.#index);
    return composeServices(this.#index.yaml(path, text)).flatMap((service) =>
      envFilesOf(service, path, lookup).flatMap((file) => file.path ?? []),
    );
  }

  #read(folder: string, files: FileSource): ReadonlyMap<string, readonly string[]> {
    const named = new Map<string, readonly string[]>();
    for (const name of files.list(folder) ?? []) {
      const path = resolvePath(folder, name);
      const text = kindOfName(path) === "compose" ? files.read(path) : null;
      if (typeof text !== "string" || !this.#index.searches.has(path, text, NAMES_ENV_FILE)) continue;
      const found = plainEnvFiles(text)?.map((file) => resolvePath(folder, file)) ?? this.#parsed(path, text, files);
      const root = files.root(path) ?? folder;
      const own = [...new Set(found)].filter((file) => isInside(root, file));
      if (own.length > 0) named.set(path, own);
    }
    return named;
  }
}

/** The name of a file that hangs on a variable may be any. */
const INTERPOLATED_PATH = /^[ \t-]*(?:env_file:|path:|file:|-)[ \t[]*["']?[^\s:]*\$[^:]*$/m;

/** The cheap test before anything is parsed: the text has the file's name in it, or a path that hangs on a variable. */
export function mayNameFile(text: string, name: string): boolean {
  return text.includes(name) || (text.includes("$") && INTERPOLATED_PATH.test(text));
}

const KEY = /^([ \t]*)["']?env_file["']?[ \t]*:[ \t]*(.*)$/;
/** A path that is all that its line says: no variable, no anchor, nothing that YAML would read in another way. */
const PLAIN = /^(?:"([\w./@-]+)"|'([\w./@-]+)'|([\w./@-]+))[ \t]*(?:#.*)?$/;

/**
 * What stands behind `env_file` in a text, read without parsing it: walking thousands of files must not parse each of them once more.
 * `null` where a line says more than a path.
 */
export function plainEnvFiles(text: string): string[] | null {
  const lines = text.split(/\r?\n/);
  const found: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (!line.includes("env_file") || /^[ \t]*#/.test(line)) continue;
    const [, indent = "", inline = ""] = KEY.exec(line) ?? [];
    if (!KEY.test(line)) return null;
    const items = inline === "" || inline.startsWith("#") ? [] : [inline];
    if (items.length === 0) {
      for (; ; at++) {
        const [, space = "", item] = /^([ \t]*)-[ \t]+(.*)$/.exec(lines[at + 1] ?? "") ?? [];
        if (item === undefined || space.length < indent.length) break;
        items.push(item);
      }
      if (items.length === 0) return null;
    }
    for (const item of items) {
      const [, double, single, bare] = PLAIN.exec(item) ?? [];
      const path = double ?? single ?? bare;
      if (path === undefined) return null;
      found.push(path);
    }
  }
  return found;
}
