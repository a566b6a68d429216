/** Files of this machine for the core: read once per run, each folder listed once. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { FileSource } from "../core/index.ts";

/** Larger files are never read; the core would only say that they are too large. Bytes. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** A path as the core writes it: `/` between the parts, also on Windows. */
export function toCorePath(path: string): string {
  const forward = path.replaceAll("\\", "/");
  return forward.startsWith("/") ? forward : `/${forward}`;
}

/** The way back from `toCorePath`. */
export function toDiskPath(path: string): string {
  return process.platform === "win32" ? path.slice(1) : path;
}

export interface ReadText {
  readonly text: string;
  /** The text began with a byte order mark, which is not part of it. */
  readonly hasBom: boolean;
}

/** `null` for what is no regular file, too large or unreadable. */
export function readText(path: string): ReadText | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile() || stats.size > MAX_FILE_BYTES) return null;
    const raw = readFileSync(path, "utf8");
    const hasBom = raw.startsWith("\uFEFF");
    return { text: hasBom ? raw.slice(1) : raw, hasBom };
  } catch {
    return null;
  }
}

/** What a folder holds; a link counts as both, for it may lead to either. */
interface Folder {
  readonly names: readonly string[];
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

export class DiskFiles implements FileSource {
  readonly #texts = new Map<string, string | null>();
  readonly #folders = new Map<string, Folder | null>();
  readonly #roots = new Map<string, string | null>();
  readonly #given: readonly string[];

  /** `given`: the folders of this run; a file below one of them may look as far up as the folder, or as its repository. */
  constructor(given: readonly string[]) {
    this.#given = given;
  }

  /** Neighbours are mostly asked for in vain: the listing of a folder answers for all of them. */
  read(path: string): string | null {
    let text = this.#texts.get(path);
    if (text === undefined) {
      const isThere = this.#folder(parentOf(path))?.files.has(path.slice(path.lastIndexOf("/") + 1)) === true;
      text = isThere ? (readText(toDiskPath(path))?.text ?? null) : null;
      this.#texts.set(path, text);
    }
    return text;
  }

  /** A checked text is kept, so that neighbours see the same one. */
  remember(path: string, text: string): void {
    this.#texts.set(path, text);
  }

  list(folder: string): readonly string[] | null {
    return this.#folder(folder)?.names ?? null;
  }

  root(path: string): string {
    const folder = parentOf(path);
    return this.#repository(folder) ?? this.#given.find((given) => isBelow(given, folder)) ?? folder;
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

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? folder : `${folder}/`);
}

function readFolder(path: string): Folder | null {
  try {
    const entries = readdirSync(toDiskPath(path), { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
    return { names, files: new Set(names), folders: new Set(folders) };
  } catch {
    return null;
  }
}
