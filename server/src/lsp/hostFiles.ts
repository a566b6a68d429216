/** Files around the open documents: open texts first, else what was loaded. Loads only below the workspace folders. */
import type { FileSource } from "../core/index.ts";
import type { Documents } from "./documents.ts";

/** How an adapter reads; answers `null` for what is not there, no regular file, too large, or leads out of the folder. */
export interface HostIo {
  readFile(path: string, root: string): Promise<string | null>;
  /** Names of the files in a folder. */
  listFolder(path: string, root: string): Promise<readonly string[] | null>;
  /** All files below a workspace folder that may be ours, at most `limit`. */
  findFiles(root: string, limit: number): Promise<readonly string[]>;
}

/** Texts of closed files that are kept, in UTF-16 units all together; the oldest ones are forgotten and loaded again when needed. */
const MAX_KEPT_LENGTH = 48 * 1024 * 1024;

/** Files whose text, or whose absence, is kept. */
const MAX_KEPT_FILES = 20_000;

export class HostFiles implements FileSource {
  readonly #io: HostIo;
  readonly #documents: Documents;
  readonly #texts = new Map<string, string | null>();
  readonly #folders = new Map<string, readonly string[] | null>();
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
    this.clear();
  }

  clear(): void {
    this.#texts.clear();
    this.#keptLength = 0;
    this.#folders.clear();
  }

  read(path: string): string | null | undefined {
    return this.#documents.atPath(path)?.text ?? this.#texts.get(path);
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
    const reads = [...files].map(async (path) => {
      const root = this.root(path);
      this.#keep(path, root === undefined ? null : await this.#io.readFile(path, root));
    });
    const lists = [...folders].map(async (folder) => {
      const root = this.root(`${folder}/`);
      this.#folders.set(folder, root === undefined ? null : await this.#io.listFolder(folder, root));
    });
    await Promise.all([...reads, ...lists]);
  }

  /** Forgets one file and the listing of its folder. */
  forget(path: string): void {
    this.#drop(path);
    this.#folders.delete(path.slice(0, path.lastIndexOf("/")) || "/");
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
