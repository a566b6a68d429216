/** What the files of a folder say to their neighbours: which of them include which. Read once per folder, not once per file. */

import { EnvTexts } from "../env/reading.ts";
import type { FileSource } from "../files.ts";
import { expandTemplate, type Lookup } from "../parse/interpolation.ts";
import { parseBlocks, type YamlBlocks } from "../parse/yamlBlocks.ts";
import { parseYaml, type YamlFile } from "../parse/yamlTree.ts";
import { dirname, isInside, resolvePath } from "../paths.ts";
import { Pieces } from "../pieces.ts";
import { Remember } from "../remember.ts";
import { Searches } from "../searches.ts";
import { composeReferences } from "./composeFile.ts";
import { kindOfName } from "./kind.ts";
import { ownLookup } from "./projectEnvironment.ts";

/** How a file is included: by whom, and what the `include` entry says about its environment. */
export interface Includer {
  readonly path: string;
  readonly envFiles: readonly string[];
  readonly projectDirectory: string;
}

interface FolderReferences {
  readonly includes: ReadonlyMap<string, Includer>;
  /** What `extends` and `include` of each compose file of the folder name. */
  readonly named: ReadonlyMap<string, readonly string[]>;
}

/** Folders beyond this many are read again when they are needed. */
const MAX_FOLDERS = 500;

/** Files that the compose files of one folder lead to; more are followed no further. */
const MAX_REFERENCED = 1000;

/** Nothing else names another compose file. */
const NAMES_COMPOSE_FILES = /\b(?:include|extends)\b/;

interface Tree {
  readonly text: string;
  readonly file: YamlFile;
  /** The newest text that could be read block by block: what is typed later is compared with it. */
  readonly blocks: YamlBlocks | null;
}

/** Trees kept for files that are read again and again: the open ones and their neighbours. */
const MAX_TREES = 200;

/** A file and its text as it is now. */
export interface TextSource {
  readonly path: string;
  readonly text: string;
}

export class FolderIndex {
  readonly #references = new Remember<FolderReferences>(MAX_FOLDERS);
  readonly #trees = new Map<string, readonly Tree[]>();
  readonly #sources = new Map<string, { readonly path: string; text: string }>();
  readonly #lookups = new Map<string, { readonly parts: readonly unknown[]; readonly lookup: Lookup }>();
  /** Long files of lines, by path. */
  readonly pieces = new Pieces();
  readonly env = new EnvTexts(this.pieces);
  readonly searches = new Searches();

  /**
   * The tree of a text; parsed once as long as the text of the path stays the same. Two texts of a path are kept: while
   * somebody types, completion reads one that differs by a character.
   */
  yaml(path: string, text: string): YamlFile {
    const trees = this.#trees.get(path) ?? [];
    const known = trees.find((tree) => tree.text === text);
    if (known !== undefined) {
      // What is typed next differs least from the text that was read last.
      if (known !== trees[0]) this.#trees.set(path, [known, ...trees.filter((tree) => tree !== known)]);
      return known.file;
    }
    const before = trees[0]?.blocks ?? null;
    const read = parseBlocks(text, before, (old, now) => this.searches.change(path, old, now));
    const file = read?.file ?? parseYaml(text);
    this.#trees.delete(path);
    this.#trees.set(path, [{ text, file, blocks: read ?? before }, ...trees.slice(0, 1)]);
    if (this.#trees.size > MAX_TREES) this.#trees.delete(this.#trees.keys().next().value as string);
    return file;
  }

  /**
   * The text of a file for whatever is remembered of it: the same object for a path, with the text that was read last. What was found
   * out about one block of it earlier holds, because what stands there is the same and stands where it stood.
   */
  source(path: string, text: string): TextSource {
    const known = this.#sources.get(path);
    if (known !== undefined) {
      known.text = text;
      return known;
    }
    const source = { path, text };
    this.#sources.set(path, source);
    if (this.#sources.size > MAX_TREES) this.#sources.delete(this.#sources.keys().next().value as string);
    return source;
  }

  /** The lookup that a file's expressions have: the same one for as long as it is made of the same. */
  lookup(path: string, parts: readonly unknown[], make: () => Lookup): Lookup {
    const known = this.#lookups.get(path);
    if (known?.parts.length === parts.length && known.parts.every((part, i) => part === parts[i])) return known.lookup;
    const lookup = make();
    this.#lookups.set(path, { parts, lookup });
    if (this.#lookups.size > MAX_TREES) this.#lookups.delete(this.#lookups.keys().next().value as string);
    return lookup;
  }

  /** Drops what is kept of a file that nobody has open any more. */
  forget(path: string): void {
    this.#trees.delete(path);
    this.#sources.delete(path);
    this.#lookups.delete(path);
    this.pieces.forget(path);
    this.searches.forget(path);
  }

  /** The compose file of this folder or one above it, inside the workspace, that includes the file. */
  includer(path: string, files: FileSource): Includer | null {
    for (const folder of ancestors(path, files)) {
      const includer = this.#read(folder, files).includes.get(path);
      if (includer !== undefined && includer.path !== path) return includer;
    }
    return null;
  }

  /** True when a compose file of this folder or one above it names the file by `extends` or `include`. */
  isNamedByCompose(path: string, files: FileSource): boolean {
    return ancestors(path, files).some((folder) => this.named(folder, files).has(path));
  }

  /** What the compose files of one folder name. */
  named(folder: string, files: FileSource): ReadonlySet<string> {
    return new Set([...this.#read(folder, files).named.values()].flat());
  }

  /** What one compose file names. */
  namedBy(path: string, files: FileSource): readonly string[] {
    for (const folder of ancestors(path, files)) {
      const named = this.#read(folder, files).named.get(path);
      if (named !== undefined) return named;
    }
    return [];
  }

  #read(folder: string, files: FileSource): FolderReferences {
    return this.#references.get(folder, files, (recorded) => this.#readReferences(folder, recorded));
  }

  #readReferences(folder: string, files: FileSource): FolderReferences {
    const includes = new Map<string, Includer>();
    const named = new Map<string, string[]>();
    // Files that are included name further files, wherever they stand and whatever they are called.
    const queue = (files.list(folder) ?? [])
      .map((name) => resolvePath(folder, name))
      .filter((path) => kindOfName(path) === "compose");
    const seen = new Set(queue);
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      const text = files.read(path);
      if (typeof text !== "string" || !this.searches.has(path, text, NAMES_COMPOSE_FILES)) continue;
      const here = dirname(path);
      const lookup = ownLookup(here, files, () => null);
      const expand = (written: string): string => expandTemplate(written, lookup).value;
      for (const reference of composeReferences(this.yaml(path, text))) {
        const target = resolvePath(here, expand(reference.file));
        named.set(path, [...(named.get(path) ?? []), target]);
        if (!seen.has(target) && seen.size < MAX_REFERENCED) {
          seen.add(target);
          queue.push(target);
        }
        if (reference.kind === "extends" || includes.has(target)) continue;
        includes.set(target, {
          path,
          envFiles: reference.envFiles.map((file) => resolvePath(here, expand(file))),
          projectDirectory:
            reference.projectDirectory === null
              ? dirname(target)
              : resolvePath(here, expand(reference.projectDirectory)),
        });
      }
    }
    return { includes, named };
  }
}

/** The folder of a file and those above it, up to the workspace folder; none for a file that stands alone. */
export function ancestors(path: string, files: FileSource): string[] {
  const root = files.root(path);
  const folders: string[] = [];
  if (root === undefined) return folders;
  for (let folder = dirname(path); isInside(root, folder); folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) break;
  }
  return folders;
}

/** Folders whose compose files may name a file: its own and those above it, and those of compose files that are known to do so. */
export function namingFolders(path: string, files: FileSource): string[] {
  return [...new Set([...ancestors(path, files), ...(files.namers?.(path) ?? []).map(dirname)])];
}
