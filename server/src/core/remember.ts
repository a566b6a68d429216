import { type FileSource, RecordingFiles } from "./files.ts";

interface Entry<V> {
  readonly value: V;
  /** Whoever looked last: nothing changes while one of them looks. */
  seenBy: FileSource;
  /** Made from files that never change, so nobody noted which ones: it counts for them alone. */
  readonly isOfStill: boolean;
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
    if (known !== undefined && (known.seenBy === files || (!known.isOfStill && isCurrent(known, files)))) {
      if (files.isStill === true || files instanceof RecordingFiles) known.seenBy = files;
      return known.value;
    }
    const entry = files.isStill === true ? ofStill(compute(files), files) : recorded(compute, files);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#capacity) this.#entries.delete(this.#entries.keys().next().value as string);
    return entry.value;
  }
}

function ofStill<V>(value: V, files: FileSource): Entry<V> {
  return { value, seenBy: files, isOfStill: true, reads: [], lists: [] };
}

function recorded<V>(compute: (files: FileSource) => V, files: FileSource): Entry<V> {
  const recording = new RecordingFiles(files);
  const value = compute(recording);
  return {
    value,
    seenBy: recording,
    isOfStill: false,
    reads: [...recording.files].map((path) => [path, files.read(path)] as const),
    lists: [...recording.folders].map((folder) => [folder, files.list(folder)] as const),
  };
}

/** Asks again for everything, so that whoever records around us notes it, too. */
function isCurrent<V>(entry: Entry<V>, files: FileSource): boolean {
  let current = true;
  for (const [path, text] of entry.reads) if (files.read(path) !== text) current = false;
  for (const [folder, names] of entry.lists) if (files.list(folder) !== names) current = false;
  return current;
}
