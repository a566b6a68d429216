/** Files of this machine for the core: read once per run, each folder listed once. */
import { type Dirent, existsSync, readdirSync, realpathSync } from "node:fs";
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
  #namers = new Map<string, readonly string[]>();
  #folders = new Map<string, Folder | null>();
  /** What the walk found: most folders of a tree are never asked for. */
  #walked = new Map<string, readonly Dirent[]>();
  #roots = new Map<string, string | null>();
  #realFolders = new Map<string, string | null>();
  readonly #given: readonly string[];

  /** `given`: the folders of this run; a file below one of them may look as far up as the folder, or as its repository. */
  constructor(given: readonly string[]) {
    this.#given = given;
  }

  /** The same files with other texts; where they stand is known already. */
  with(texts: ReadonlyMap<string, string>): DiskFiles {
    const files = new DiskFiles(this.#given);
    for (const [path, text] of this.#texts) files.#texts.set(path, text);
    for (const [path, text] of texts) files.#texts.set(path, text);
    files.#namers = this.#namers;
    files.#folders = this.#folders;
    files.#walked = this.#walked;
    files.#roots = this.#roots;
    files.#realFolders = this.#realFolders;
    files.isStill = this.isStill;
    return files;
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

  /** Everything that is to be checked was remembered and noted: from now on nothing changes. */
  isStill = false;

  /** A checked text is kept, so that neighbours see the same one. */
  remember(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  /** Notes that a compose file hands a file to its services. */
  noteNamer(path: string, composePath: string): void {
    if (isInFolder(parentOf(composePath), path)) return;
    this.#namers.set(path, [...(this.#namers.get(path) ?? []), composePath]);
  }

  /** A folder that was listed already: nobody lists it once more. */
  noteFolder(path: string, entries: readonly Dirent[]): void {
    this.#walked.set(path, entries);
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
      const parent = parentOf(path);
      const name = path.slice(path.lastIndexOf("/") + 1);
      // No link itself: it stands where its parent does.
      const isPlain = parent !== path && this.#folders.get(parent)?.links.has(name) === false;
      const above = isPlain && this.#folders.get(parent)?.folders.has(name) ? this.#realFolder(parent) : null;
      real = above === null ? realPath(path) : above === "/" ? `/${name}` : `${above}/${name}`;
      this.#realFolders.set(path, real);
    }
    return real;
  }

  #folder(path: string): Folder | null {
    let folder = this.#folders.get(path);
    if (folder === undefined) {
      const walked = this.#walked.get(path);
      folder = walked !== undefined ? folderOf(walked) : this.#isMissing(path) ? null : readFolder(path);
      this.#folders.set(path, folder);
      this.#walked.delete(path);
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

  #holdsRepository(folder: string): boolean {
    const walked = this.#walked.get(folder);
    return walked === undefined
      ? existsSync(`${toDiskPath(folder)}/.git`)
      : walked.some(({ name }) => name === ".git") && existsSync(`${toDiskPath(folder)}/.git`);
  }

  /** The nearest folder above that holds `.git`; `null` outside of any repository. */
  #repository(folder: string): string | null {
    const known = this.#roots.get(folder);
    if (known !== undefined) return known;
    const parent = parentOf(folder);
    const root = this.#holdsRepository(folder) ? folder : parent === folder ? null : this.#repository(parent);
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
    return folderOf(readdirSync(toDiskPath(path), { withFileTypes: true }));
  } catch {
    return null;
  }
}

function folderOf(entries: readonly Dirent[]): Folder {
  const names: string[] = [];
  const folders = new Set<string>();
  const links = new Set<string>();
  for (const entry of entries) {
    const { name } = entry;
    const isFolder = entry.isDirectory();
    if (!isFolder) names.push(name);
    if (isFolder || entry.isSymbolicLink()) folders.add(name);
    if (entry.isSymbolicLink()) links.add(name);
  }
  return { names, files: new Set(names), folders, links };
}
