/** Results for the members of a list: when the list is asked for again, only members that have changed cost something. */
import type { FileSource } from "./files.ts";
import { type Looks, lookingOn, looksSame, NO_LOOKS } from "./looks.ts";

/** How many members two lists share at their beginning and, behind those, at their end. */
function sharedEnds(before: readonly unknown[], after: readonly unknown[]): readonly [number, number] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [head, tail];
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

/** For results that follow from the member and from `inputs` alone. */
export class Mapped<K, V> {
  #keys: readonly K[] = [];
  #values: readonly V[] = [];
  #inputs: readonly unknown[] = [];

  /** The same list as before where nothing has changed. */
  of(keys: readonly K[], inputs: readonly unknown[], findOut: (key: K) => V): readonly V[] {
    const isSame = areSame(inputs, this.#inputs);
    const [head, tail] = isSame ? sharedEnds(this.#keys, keys) : [0, 0];
    if (!isSame || head < keys.length || keys.length !== this.#keys.length) {
      const changed = keys.slice(head, keys.length - tail).map(findOut);
      const before = this.#values;
      this.#values = [...before.slice(0, head), ...changed, ...before.slice(before.length - tail)];
    }
    this.#keys = keys;
    this.#inputs = inputs;
    return this.#values;
  }
}

/** A result, and what was seen of the files for it; most need none. */
interface Found<V> {
  value: V;
  looks: Looks;
}

/** For results that follow from files, too. */
export class MappedFromFiles<K, V> {
  readonly #found = new Mapped<K, Found<V>>();

  of(
    keys: readonly K[],
    inputs: readonly unknown[],
    files: FileSource,
    findOut: (key: K, files: FileSource) => V,
  ): readonly V[] {
    const read = (key: K): Found<V> => lookingOn(files, (recorded) => findOut(key, recorded));
    return this.#found.of(keys, inputs, read).map((found, i) => {
      if (found.looks !== NO_LOOKS && !looksSame(found.looks, files)) Object.assign(found, read(keys[i] as K));
      return found.value;
    });
  }
}
