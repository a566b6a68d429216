import { type FileSource, RecordingFiles } from "./files.ts";
import { type Looks, lookingOn, looksSame } from "./looks.ts";

interface Entry<V> {
  readonly value: V;
  /** Stands for who looked last: nothing changes while one of them looks. Not the looker, who has the text of a file in hand. */
  seenBy: object;
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

  /** Drops what was made from the text of a file. */
  forgetMadeOf(path: string): void {
    for (const [key, { looks }] of this.#entries)
      if (looks.reads.some(([read]) => read === path)) this.#entries.delete(key);
  }

  get(key: string, files: FileSource, compute: (files: FileSource) => V): V {
    const known = this.#entries.get(key);
    if (known !== undefined && (known.seenBy === lookerOf(files) || looksSame(known.looks, files))) {
      if (files.isStill === true || files instanceof RecordingFiles) known.seenBy = lookerOf(files);
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
  let seenBy = lookerOf(files);
  const { value, looks } = lookingOn(files, (recording) => {
    seenBy = lookerOf(recording);
    return compute(recording);
  });
  return { value, seenBy, looks };
}

/** The same object for the same looker, which it does not hold. */
function lookerOf(files: FileSource): object {
  return files instanceof RecordingFiles ? files.looker : files;
}
