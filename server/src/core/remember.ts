import { type FileSource, RecordingFiles } from "./files.ts";
import { type Looks, lookingOn, looksSame } from "./looks.ts";

interface Entry<V> {
  readonly value: V;
  /** Whoever looked last: nothing changes while one of them looks. */
  seenBy: FileSource;
  readonly looks: Looks;
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
    if (known !== undefined && (known.seenBy === files || looksSame(known.looks, files))) {
      if (files.isStill === true || files instanceof RecordingFiles) known.seenBy = files;
      return known.value;
    }
    const entry = recorded(compute, files);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > this.#capacity) this.#entries.delete(this.#entries.keys().next().value as string);
    return entry.value;
  }
}

function recorded<V>(compute: (files: FileSource) => V, files: FileSource): Entry<V> {
  let seenBy = files;
  const { value, looks } = lookingOn(files, (recording) => {
    seenBy = recording;
    return compute(recording);
  });
  return { value, seenBy, looks };
}
