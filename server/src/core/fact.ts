import { type FileSource, RecordingFiles } from "./files.ts";

/** Something that follows from an object which never changes: found out once for each. */
export class Fact<K extends object, V> {
  readonly #known = new WeakMap<K, V>();

  of(about: K, findOut: (about: K) => V): V {
    const known = this.#known.get(about);
    if (known !== undefined || this.#known.has(about)) return known as V;
    const found = findOut(about);
    this.#known.set(about, found);
    return found;
  }
}

interface Found<V> {
  readonly value: V;
  readonly inputs: readonly unknown[];
  /** Found out from files that never change, so nobody noted which ones: it counts for them alone. */
  readonly still: FileSource | null;
  readonly reads: readonly (readonly [string, string | null | undefined])[];
  readonly lists: readonly (readonly [string, readonly string[] | null | undefined])[];
}

/** The same for what follows from other objects and from files, too: found out again when one of those is another one. */
export class FactFromFiles<K extends object, V> {
  readonly #known = new WeakMap<K, Found<V>>();

  of(about: K, inputs: readonly unknown[], files: FileSource, findOut: (files: FileSource) => V): V {
    const known = this.#known.get(about);
    if (known !== undefined && isCurrent(known, inputs, files)) return known.value;
    if (files.isStill === true) {
      const value = findOut(files);
      this.#known.set(about, { value, inputs, still: files, reads: [], lists: [] });
      return value;
    }
    const recording = new RecordingFiles(files);
    const value = findOut(recording);
    this.#known.set(about, {
      value,
      inputs,
      still: null,
      reads: [...recording.files].map((path) => [path, files.read(path)] as const),
      lists: [...recording.folders].map((folder) => [folder, files.list(folder)] as const),
    });
    return value;
  }
}

/** Asks again for every file, so that whoever records around us notes it, too. */
function isCurrent(
  { inputs, still, reads, lists }: Found<unknown>,
  now: readonly unknown[],
  files: FileSource,
): boolean {
  let current = (still === null || still === files) && inputs.every((input, i) => input === now[i]);
  for (const [path, text] of reads) if (files.read(path) !== text) current = false;
  for (const [folder, names] of lists) if (files.list(folder) !== names) current = false;
  return current;
}
