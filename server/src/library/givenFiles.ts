import { dirname, type FileSource, resolvePath } from "../core/index.ts";

const ROOT = "/";

/** The texts that a caller gave: the whole world of one check. Told under the names that the caller uses. */
export class GivenFiles implements FileSource {
  readonly #texts = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #listings = new Map<string, string[]>();
  readonly isStill = true;

  /** Of two names for one path the later one counts. */
  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) {
      const path = this.pathOf(name);
      if (!this.#names.has(path)) this.#enlist(path);
      this.#texts.set(path, text.replace(/^\uFEFF/, ""));
      this.#names.set(path, name);
    }
  }

  #enlist(path: string): void {
    const folder = dirname(path);
    if (!this.#listings.has(folder)) this.#listings.set(folder, []);
    this.#listings.get(folder)?.push(path.slice(path.lastIndexOf("/") + 1));
    // Folders above hold no file by that alone, but they are there.
    for (let above = folder; above !== ROOT; ) {
      above = dirname(above);
      if (!this.#listings.has(above)) this.#listings.set(above, []);
    }
  }

  /** In the order of their paths. */
  get names(): string[] {
    return [...this.#names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
  }

  pathOf(name: string): string {
    return resolvePath(ROOT, name);
  }

  /** A path that nobody gave is told as it is seen from the root. */
  readonly nameOf = (path: string): string => this.#names.get(path) ?? path.slice(ROOT.length);

  readonly textOf = (path: string): string => this.#texts.get(path) ?? "";

  read(path: string): string | null {
    return this.#texts.get(path) ?? null;
  }

  list(folder: string): readonly string[] | null {
    return this.#listings.get(folder) ?? null;
  }

  root(): string {
    return ROOT;
  }
}
