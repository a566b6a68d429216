/** Files around the open documents: open texts first, else what was loaded. Loads only below the workspace folders. */
import { dirname, type FileSource } from "../core/index.ts";
import type { Documents } from "./documents.ts";

/** How an adapter reads; answers `null` for what is not there, no regular file, too large, or leads out of the folder. */
export interface HostIo {
  readFile(path: string, root: string): Promise<string | null>;
  /** Names of the files in a folder. */
  listFolder(path: string, root: string): Promise<readonly string[] | null>;
  /** All files below a workspace folder that may be ours, at most `limit`. */
  findFiles(root: string, limit: number): Promise<readonly string[]>;
}

/** Folders that hold nothing of the user's own. */
export const NEVER_WALKED: ReadonlySet<string> = new Set([".git", "node_modules"]);

/** Texts of closed files that are kept, in UTF-16 units all together; the oldest ones are forgotten and loaded again when needed. */
const MAX_KEPT_LENGTH = 48 * 1024 * 1024;

/** Files whose text, or whose absence, is kept. */
const MAX_KEPT_FILES = 20_000;

export class HostFiles implements FileSource {
  readonly #io: HostIo;
  readonly #documents: Documents;
  readonly #texts = new Map<string, string | null>();
  readonly #folders = new Map<string, readonly string[] | null>();
  /** Compose files by what they hand to their services from outside of their folder. */
  readonly #namers = new Map<string, ReadonlySet<string>>();
  /** Reads under way, folders with a slash at their end: whoever wants the same waits for the same. */
  readonly #reading = new Map<string, Promise<void>>();
  #roots: readonly string[] = [];
  #keptLength = 0;

  constructor(io: HostIo, documents: Documents) {
    this.#io = io;
    this.#documents = documents;
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  setRoots(roots: readonly string[]): void {
    this.#roots = roots.map((root) => (root.length > 1 && root.endsWith("/") ? root.slice(0, -1) : root));
    this.#namers.clear();
    this.clear();
  }

  clear(): void {
    this.#reading.clear();
    this.#texts.clear();
    this.#keptLength = 0;
    this.#folders.clear();
  }

  read(path: string): string | null | undefined {
    return this.#documents.atPath(path)?.text ?? this.#texts.get(path);
  }

  namers(path: string): readonly string[] {
    return [...this.#namers].flatMap(([composePath, named]) => (named.has(path) ? [composePath] : []));
  }

  /** Notes what a compose file hands out; returns the files for which that is news. */
  noteNames(composePath: string, names: readonly string[]): readonly string[] {
    const folder = `${dirname(composePath)}/`;
    const before = this.#namers.get(composePath) ?? new Set();
    const after = new Set(names.filter((path) => !path.startsWith(folder)));
    if (after.size > 0) this.#namers.set(composePath, after);
    else this.#namers.delete(composePath);
    return [...new Set([...before, ...after])].filter((path) => before.has(path) !== after.has(path));
  }

  list(folder: string): readonly string[] | null | undefined {
    return this.#folders.get(folder);
  }

  /** The innermost workspace folder around a path. */
  root(path: string): string | undefined {
    return this.#roots
      .filter((root) => path.startsWith(root === "/" ? "/" : `${root}/`))
      .sort((a, b) => b.length - a.length)[0];
  }

  /** Loads what a check asked for in vain. What lies outside of the workspace does not exist for us. */
  async load(files: Iterable<string>, folders: Iterable<string>): Promise<void> {
    const reads = [...files].map((path) =>
      this.#once(
        path,
        (root) => this.#io.readFile(path, root),
        (text) => this.#keep(path, text),
      ),
    );
    const lists = [...folders].map((folder) =>
      this.#once(
        `${folder}/`,
        (root) => this.#io.listFolder(folder, root),
        (names) => this.#folders.set(folder, names),
      ),
    );
    await Promise.all([...reads, ...lists]);
  }

  /** What was forgotten while it was read is not kept: it is read again. */
  async #once<T>(
    key: string,
    read: (root: string) => Promise<T | null>,
    keep: (answer: T | null) => void,
  ): Promise<void> {
    const underWay = this.#reading.get(key);
    if (underWay !== undefined) return underWay;
    const root = this.root(key);
    if (root === undefined) return keep(null);
    const reading = read(root).then((answer) => {
      if (this.#reading.get(key) === reading) keep(answer);
    });
    this.#reading.set(key, reading);
    try {
      await reading;
    } finally {
      if (this.#reading.get(key) === reading) this.#reading.delete(key);
    }
  }

  /** Forgets one file and the listing of its folder; a folder with everything below it. */
  forget(path: string): void {
    const folder = dirname(path);
    this.#reading.delete(path);
    this.#reading.delete(`${folder}/`);
    this.#drop(path);
    this.#folders.delete(folder);
  }

  /** True for a file that somebody asked for, be it there or not. */
  isKnown(path: string): boolean {
    return this.#texts.has(path) || this.#documents.atPath(path) !== undefined;
  }

  /** True for a folder that was listed, or that holds something that was read. */
  isFolder(path: string): boolean {
    if (this.#folders.has(path)) return true;
    for (const known of this.#texts.keys()) if (known.startsWith(`${path}/`)) return true;
    return false;
  }

  /** Forgets whatever was known below a folder that is gone. */
  forgetBelow(folder: string): void {
    for (const path of [...this.#texts.keys()]) if (path.startsWith(`${folder}/`)) this.forget(path);
    for (const path of [...this.#folders.keys()])
      if (path === folder || path.startsWith(`${folder}/`)) this.#folders.delete(path);
  }

  #keep(path: string, text: string | null): void {
    this.#drop(path);
    this.#texts.set(path, text);
    this.#keptLength += text?.length ?? 0;
    for (const oldest of this.#texts.keys()) {
      if ((this.#keptLength <= MAX_KEPT_LENGTH && this.#texts.size <= MAX_KEPT_FILES) || oldest === path) break;
      this.#drop(oldest);
    }
  }

  #drop(path: string): void {
    this.#keptLength -= this.#texts.get(path)?.length ?? 0;
    this.#texts.delete(path);
  }

  findFiles(root: string, limit: number): Promise<readonly string[]> {
    return this.#io.findFiles(root, limit);
  }
}
