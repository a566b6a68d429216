/**
 * Tables that were downloaded for this editor: one file in the extension's own folder. A new one gets a name of its own and
 * the newest name counts, so that whoever is stopped at any moment leaves the old tables or the new ones.
 */
import { FileType, Uri, workspace } from "vscode";

const NAME = /^tables-\d+\.json$/;

export class StoredTables {
  readonly #folder: Uri;

  /** `folder`: the extension's global storage. */
  constructor(folder: Uri) {
    this.#folder = folder;
  }

  /** `null` where nothing is stored, or nothing that can be read. */
  async read(): Promise<string | null> {
    const [newest] = await this.#names();
    if (newest === undefined) return null;
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(this.#file(newest)));
    } catch {
      return null;
    }
  }

  async write(text: string): Promise<void> {
    await workspace.fs.createDirectory(this.#folder);
    const before = await this.#names();
    const name = `tables-${Date.now()}.json`;
    const next = this.#file(`${name}.new`);
    await workspace.fs.writeFile(next, new TextEncoder().encode(text));
    await workspace.fs.rename(next, this.#file(name));
    for (const old of before) await workspace.fs.delete(this.#file(old));
  }

  async remove(): Promise<void> {
    for (const name of await this.#names()) await workspace.fs.delete(this.#file(name));
  }

  /** Newest first. */
  async #names(): Promise<string[]> {
    try {
      // Asked first: VS Code writes every folder that cannot be listed into its log.
      await workspace.fs.stat(this.#folder);
      const entries = await workspace.fs.readDirectory(this.#folder);
      const names = entries.filter(([name, type]) => type === FileType.File && NAME.test(name)).map(([name]) => name);
      return names.sort((a, b) => Number.parseInt(b.slice(7), 10) - Number.parseInt(a.slice(7), 10));
    } catch {
      return [];
    }
  }

  #file(name: string): Uri {
    return Uri.joinPath(this.#folder, name);
  }
}
