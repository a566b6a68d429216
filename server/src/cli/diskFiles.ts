/** Files of this machine for the core: read once per run, each folder listed once. */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import type { FileSource } from "../core/index.ts";
import { isBelow, toCorePath, toDiskPath } from "./paths.ts";
import { readText } from "./readFile.ts";

/** What a folder holds; a link counts as file and as folder, for it may lead to either. */
interface Folder {
  readonly names: readonly string[];
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
}

export class DiskFiles implements FileSource {
  readonly #texts = new Map<string, string | null>();
  readonly #namers = new Map<string, readonly string[]>();
  readonly #folders = new Map<string, Folder | null>();
  readonly #roots = new Map<string, string | null>();
  readonly #realFolders = new Map<string, string | null>();
  readonly #given: readonly string[];

  /** `given`: the folders of this run; a file below one of them may look as far up as the folder, or as its repository. */
  constructor(given: readonly string[]) {
    this.#given = given;
  }

  /** Neighbours are mostly asked for in vain: the listing of a folder answers for all of them. */
  read(path: string): string | null {
    let text = this.#texts.get(path);
    if (text === undefined) {
      text = this.#mayRead(path) ? textAt(toDiskPath(path)) : null;
      this.#texts.set(path, text);
    }
    return text;
  }

  /** A checked text is kept, so that neighbours see the same one. */
  remember(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  /** Notes that a compose file hands a file to its services. */
  noteNamer(path: string, composePath: string): void {
    if (isInFolder(parentOf(composePath), path)) return;
    this.#namers.set(path, [...(this.#namers.get(path) ?? []), composePath]);
  }

  namers(path: string): readonly string[] {
    return this.#namers.get(path) ?? [];
  }

  list(folder: string): readonly string[] | null {
    return this.#folder(folder)?.names ?? null;
  }

  root(path: string): string {
    const folder = parentOf(path);
    return this.#repository(folder) ?? this.#given.find((given) => isInFolder(given, folder)) ?? folder;
  }

  /** Links are followed only inside the tree. */
  #mayRead(path: string): boolean {
    const parent = parentOf(path);
    const folder = this.#folder(parent);
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (folder?.files.has(name) !== true) return false;
    if (!folder.links.has(name) && this.#realFolder(parent) === parent) return true;
    return this.#leadsInside(path);
  }

  /** Whether a file stands, behind all links, below its root. */
  #leadsInside(path: string): boolean {
    const real = realPath(path);
    const root = realPath(this.root(path));
    return real !== null && root !== null && isBelow(toDiskPath(root), toDiskPath(real));
  }

  #realFolder(path: string): string | null {
    let real = this.#realFolders.get(path);
    if (real === undefined) {
      real = realPath(path);
      this.#realFolders.set(path, real);
    }
    return real;
  }

  #folder(path: string): Folder | null {
    let folder = this.#folders.get(path);
    if (folder === undefined) {
      folder = this.#isMissing(path) ? null : readFolder(path);
      this.#folders.set(path, folder);
    }
    return folder;
  }

  /** A folder that its parent, where that was listed, does not hold. */
  #isMissing(path: string): boolean {
    const parent = this.#folders.get(parentOf(path));
    return (
      parent === null ||
      (parent !== undefined && path !== "/" && !parent.folders.has(path.slice(path.lastIndexOf("/") + 1)))
    );
  }

  /** The nearest folder above that holds `.git`; `null` outside of any repository. */
  #repository(folder: string): string | null {
    const known = this.#roots.get(folder);
    if (known !== undefined) return known;
    const parent = parentOf(folder);
    const root = existsSync(`${toDiskPath(folder)}/.git`)
      ? folder
      : parent === folder
        ? null
        : this.#repository(parent);
    this.#roots.set(folder, root);
    return root;
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

function isInFolder(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? folder : `${folder}/`);
}

function textAt(path: string): string | null {
  const read = readText(path);
  return "why" in read ? null : read.text;
}

function realPath(path: string): string | null {
  try {
    return toCorePath(realpathSync(toDiskPath(path)));
  } catch {
    return null;
  }
}

function readFolder(path: string): Folder | null {
  try {
    const entries = readdirSync(toDiskPath(path), { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
    const links = entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name);
    return { names, files: new Set(names), folders: new Set(folders), links: new Set(links) };
  } catch {
    return null;
  }
}
