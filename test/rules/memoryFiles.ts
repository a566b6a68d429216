// A workspace that lives in a map: what tests hand to the checker instead of a disk.
import type { FileSource } from "../../server/src/core/files.ts";
import { basename, dirname, isInside } from "../../server/src/core/paths.ts";

/** Files by absolute path under one root. Folder listings keep their identity until a file comes or goes, as adapters promise. */
export class MemoryFiles implements FileSource {
  readonly #root: string;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #listings = new Map<string, string[]>();

  constructor(texts: ReadonlyMap<string, string>, root = "/project") {
    this.#root = root;
    this.#texts = texts;
    for (const path of texts.keys()) {
      const folder = dirname(path);
      const names = this.#listings.get(folder);
      if (names === undefined) this.#listings.set(folder, [basename(path)]);
      else names.push(basename(path));
    }
  }

  get paths(): readonly string[] {
    return [...this.#texts.keys()];
  }

  read(path: string): string | null {
    return this.#texts.get(path) ?? null;
  }

  list(folder: string): readonly string[] | null {
    return this.#listings.get(folder) ?? null;
  }

  root(path: string): string | undefined {
    return isInside(this.#root, path) ? this.#root : undefined;
  }
}
