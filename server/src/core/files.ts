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
  /** Nothing of it changes any more: what was made from it counts as long as it lives, and nobody has to note what it looked at. */
  readonly isStill?: boolean;
}

/** Nothing beside the checked file. */
export const NO_FILES: FileSource = { read: () => null, list: () => null, root: () => undefined };

const NOTHING: ReadonlySet<string> = new Set();

/** Files and folders that were looked at, and those of them that were not loaded yet. */
export interface Notes {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  readonly missingFiles: ReadonlySet<string>;
  readonly missingFolders: ReadonlySet<string>;
}

/** What somebody looked at, and what of it was not loaded yet; nothing where nobody has to note it. */
export function lookedAt(files: FileSource): Record<"dependsOn" | "wanted", Pick<Notes, "files" | "folders">> {
  const notes = files instanceof RecordingFiles ? files : NOTHING_NOTED;
  return {
    dependsOn: { files: notes.files, folders: notes.folders },
    wanted: { files: notes.missingFiles, folders: notes.missingFolders },
  };
}

const NOTHING_NOTED: Notes = { files: NOTHING, folders: NOTHING, missingFiles: NOTHING, missingFolders: NOTHING };

/** Notes which files and folders a check depends on, and which of them were not loaded yet. */
export class RecordingFiles implements FileSource, Notes {
  readonly #source: FileSource;
  /** Stands for this look at the files where it is remembered who looked. */
  readonly looker = {};
  // Most of those who look at files look at none: the sets are made for the first one.
  #files: Set<string> | null = null;
  #folders: Set<string> | null = null;
  #missingFiles: Set<string> | null = null;
  #missingFolders: Set<string> | null = null;

  constructor(source: FileSource) {
    this.#source = source;
  }

  get files(): ReadonlySet<string> {
    return this.#files ?? NOTHING;
  }

  get folders(): ReadonlySet<string> {
    return this.#folders ?? NOTHING;
  }

  get missingFiles(): ReadonlySet<string> {
    return this.#missingFiles ?? NOTHING;
  }

  get missingFolders(): ReadonlySet<string> {
    return this.#missingFolders ?? NOTHING;
  }

  read(path: string): string | null | undefined {
    this.#files = (this.#files ?? new Set()).add(path);
    const text = this.#source.read(path);
    if (text === undefined) this.#missingFiles = (this.#missingFiles ?? new Set()).add(path);
    return text;
  }

  list(folder: string): readonly string[] | null | undefined {
    this.#folders = (this.#folders ?? new Set()).add(folder);
    const names = this.#source.list(folder);
    if (names === undefined) this.#missingFolders = (this.#missingFolders ?? new Set()).add(folder);
    return names;
  }

  root(path: string): string | undefined {
    return this.#source.root(path);
  }

  namers(path: string): readonly string[] {
    return this.#source.namers?.(path) ?? [];
  }
}
