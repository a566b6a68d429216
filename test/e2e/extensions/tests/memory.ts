// A file system that lives in a map, as those of remote repositories do: no disk, no search, everything asynchronous.
import * as vscode from "vscode";

interface Entry {
  /** `null`: a folder. */
  bytes: Uint8Array | null;
  mtime: number;
  isLink: boolean;
}

export class MemoryFileSystem implements vscode.FileSystemProvider {
  readonly #entries = new Map<string, Entry>([["/", { bytes: null, mtime: 1, isLink: false }]]);
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #clock = 1;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { bytes, mtime, isLink } = this.#at(uri);
    const type = bytes === null ? vscode.FileType.Directory : vscode.FileType.File;
    return { type: isLink ? type | vscode.FileType.SymbolicLink : type, ctime: 0, mtime, size: bytes?.length ?? 0 };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    this.#at(uri);
    const inside = uri.path.endsWith("/") ? uri.path : `${uri.path}/`;
    const names = [...this.#entries.keys()].filter(
      (path) => path !== "/" && path.startsWith(inside) && !path.slice(inside.length).includes("/"),
    );
    return Promise.all(
      names.map(async (path): Promise<[string, vscode.FileType]> => {
        const { type } = await this.stat(uri.with({ path }));
        return [path.slice(inside.length), type];
      }),
    );
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { bytes } = this.#at(uri);
    if (bytes === null) throw vscode.FileSystemError.FileIsADirectory(uri);
    return bytes;
  }

  async createDirectory(uri: vscode.Uri): Promise<void> {
    this.#put(uri, null);
  }

  async writeFile(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
    this.#put(uri, bytes);
  }

  async delete(uri: vscode.Uri): Promise<void> {
    for (const path of [...this.#entries.keys()])
      if (path === uri.path || path.startsWith(`${uri.path}/`)) this.#entries.delete(path);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  async rename(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    for (const [path, entry] of [...this.#entries]) {
      if (path !== from.path && !path.startsWith(`${from.path}/`)) continue;
      this.#entries.delete(path);
      this.#entries.set(to.path + path.slice(from.path.length), entry);
    }
    this.#changed.fire([
      { type: vscode.FileChangeType.Deleted, uri: from },
      { type: vscode.FileChangeType.Created, uri: to },
    ]);
  }

  /** Makes what is there look like a symbolic link. */
  markAsLink(uri: vscode.Uri): void {
    this.#at(uri).isLink = true;
  }

  #at(uri: vscode.Uri): Entry {
    const entry = this.#entries.get(uri.path);
    if (entry === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return entry;
  }

  #put(uri: vscode.Uri, bytes: Uint8Array | null): void {
    const folders = uri.path.split("/").slice(1, -1);
    for (let depth = 1; depth <= folders.length; depth++) {
      const folder = `/${folders.slice(0, depth).join("/")}`;
      if (!this.#entries.has(folder)) this.#entries.set(folder, { bytes: null, mtime: this.#clock, isLink: false });
    }
    const type = this.#entries.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.#entries.set(uri.path, { bytes, mtime: ++this.#clock, isLink: false });
    this.#changed.fire([{ type, uri }]);
  }
}
