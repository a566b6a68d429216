/**
 * What the core may know of other files. Reading is synchronous over what has been loaded: `undefined` means "not loaded
 * yet". The core never waits; it notes what it asked for in vain, and the adapter loads it and asks again.
 */
export interface FileSource {
  /** The text; `null` when there is no such file or it may not be read; `undefined` when nobody looked yet. */
  read(path: string): string | null | undefined;
  /** Names of the files in a folder (no folders); `null` when there is no such folder; `undefined` when nobody looked yet. */
  list(folder: string): readonly string[] | null | undefined;
  /** The workspace folder around a path: nothing above it is looked at. `undefined` for a file that stands alone. */
  root(path: string): string | undefined;
  /** Compose files, outside of the folders above a path, that are known to name it: by `env_file`, or as a configuration. */
  namers?(path: string): readonly string[];
}

/** Nothing beside the checked file. */
export const NO_FILES: FileSource = { read: () => null, list: () => null, root: () => undefined };

/** Notes which files and folders a check depends on, and which of them were not loaded yet. */
export class RecordingFiles implements FileSource {
  readonly #source: FileSource;
  readonly files = new Set<string>();
  readonly folders = new Set<string>();
  readonly missingFiles = new Set<string>();
  readonly missingFolders = new Set<string>();

  constructor(source: FileSource) {
    this.#source = source;
  }

  read(path: string): string | null | undefined {
    this.files.add(path);
    const text = this.#source.read(path);
    if (text === undefined) this.missingFiles.add(path);
    return text;
  }

  list(folder: string): readonly string[] | null | undefined {
    this.folders.add(folder);
    const names = this.#source.list(folder);
    if (names === undefined) this.missingFolders.add(folder);
    return names;
  }

  root(path: string): string | undefined {
    return this.#source.root(path);
  }

  namers(path: string): readonly string[] {
    return this.#source.namers?.(path) ?? [];
  }
}
