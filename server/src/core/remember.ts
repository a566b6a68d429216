import { type FileSource, RecordingFiles } from "./files.ts";

interface Entry<V> {
  readonly value: V;
  /** Whoever looked last: nothing changes while one of them looks. */
  seenBy: FileSource;
  readonly reads: readonly (readonly [string, string | null | undefined])[];
  readonly lists: readonly (readonly [string, readonly string[] | null | undefined])[];
}

/**
 * Remembers results that depend on files, as long as every file it looked at reads the same. Which files those were is
 * noted while computing, so nothing has to be declared. Keeps the newest `capacity` results.
 */
export class Remember<V> {
  readonly #entries = new Map<string, Entry<V>>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  forget(key: string): void {
    this.#entries.delete(key);
  }

  get(key: string, files: FileSource, compute: (files: FileSource) => V): V {
    const known = this.#entries.get(key);
    if (known !== undefined && (known.seenBy === files || isCurrent(known, files))) {
      if (files instanceof RecordingFiles) known.seenBy = files;
      return known.value;
    }
    const recording = new RecordingFiles(files);
    const value = compute(recording);
    this.#entries.delete(key);
    this.#entries.set(key, {
      value,
      seenBy: recording,
      reads: [...recording.files].map((path) => [path, files.read(path)] as const),
      lists: [...recording.folders].map((folder) => [folder, files.list(folder)] as const),
    });
    if (this.#entries.size > this.#capacity) this.#entries.delete(this.#entries.keys().next().value as string);
    return value;
  }
}

/** Asks again for everything, so that whoever records around us notes it, too. */
function isCurrent<V>(entry: Entry<V>, files: FileSource): boolean {
  let current = true;
  for (const [path, text] of entry.reads) if (files.read(path) !== text) current = false;
  for (const [folder, names] of entry.lists) if (files.list(folder) !== names) current = false;
  return current;
}
