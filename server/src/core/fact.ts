import type { FileSource } from "./files.ts";
import { type Looks, lookingOn, looksSame } from "./looks.ts";

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
  readonly looks: Looks;
}

/** The same for what follows from other objects and from files, too: found out again when one of those is another one. */
export class FactFromFiles<K extends object, V> {
  readonly #known = new WeakMap<K, Found<V>>();

  of(about: K, inputs: readonly unknown[], files: FileSource, findOut: (files: FileSource) => V): V {
    const known = this.#known.get(about);
    if (known?.inputs.every((input, i) => input === inputs[i]) && looksSame(known.looks, files)) return known.value;
    const found = lookingOn(files, findOut);
    this.#known.set(about, { ...found, inputs });
    return found.value;
  }
}
