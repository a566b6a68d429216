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

/** More arguments than this are not handed over at once. */
const MAX_ARGUMENTS = 1000;

/** The list with what stands between its first and its last members replaced. */
function replaced<V>(list: readonly V[], head: number, tail: number, members: readonly V[]): readonly V[] {
  if (members.length <= MAX_ARGUMENTS) return list.toSpliced(head, list.length - head - tail, ...members);
  return list.slice(0, head).concat(members, list.slice(list.length - tail));
}

/** For results that follow from the member and from `inputs` alone. */
export class Mapped<K, V> {
  #keys: readonly K[] = [];
  #values: readonly V[] = [];
  #inputs: readonly unknown[] = [];

  /** The same list as before where nothing has changed. `drop` hears of members that are gone. */
  of(keys: readonly K[], inputs: readonly unknown[], findOut: (key: K) => V, drop?: (key: K) => void): readonly V[] {
    const isSame = areSame(inputs, this.#inputs);
    const [head, tail] = isSame ? sharedEnds(this.#keys, keys) : [0, 0];
    if (!isSame || head < keys.length || keys.length !== this.#keys.length) {
      const [known, before] = [this.#keys, this.#values];
      if (drop !== undefined) known.slice(head, known.length - tail).forEach(drop);
      // What throws leaves nothing behind that is half known.
      this.#keys = [];
      this.#values = [];
      const changed = keys.slice(head, keys.length - tail).map(findOut);
      const areEqual =
        isSame && keys.length === known.length && changed.every((value, i) => value === before[head + i]);
      this.#values = areEqual ? before : replaced(before, head, tail, changed);
    }
    this.#keys = keys;
    this.#inputs = inputs;
    return this.#values;
  }

  /** Finds the result for one member out anew. */
  renew(key: K, findOut: (key: K) => V): readonly V[] {
    const at = this.#keys.indexOf(key);
    if (at >= 0) this.#values = this.#values.with(at, findOut(key));
    return this.#values;
  }
}

/** For a few members of a list that matter: `null` passes a member over, and costs nothing from then on. */
export class Picked<K, V extends object> {
  readonly #all = new Mapped<K, V | null>();
  #from: readonly (V | null)[] = [];
  #picked: readonly V[] = [];

  /** The same list as before where nothing has changed. */
  of(keys: readonly K[], inputs: readonly unknown[], pick: (key: K) => V | null): readonly V[] {
    const all = this.#all.of(keys, inputs, pick);
    if (all !== this.#from) {
      this.#from = all;
      const picked = all.filter((one) => one !== null);
      if (!areSame(picked, this.#picked)) this.#picked = picked;
    }
    return this.#picked;
  }
}

/** For results that follow from files, too; most need none. A member stands once in the list. */
export class MappedFromFiles<K, V> {
  readonly #found = new Mapped<K, V>();
  /** What was seen of the files, for members that needed some. */
  readonly #looks = new Map<K, Looks>();

  of(
    keys: readonly K[],
    inputs: readonly unknown[],
    files: FileSource,
    findOut: (key: K, files: FileSource) => V,
  ): readonly V[] {
    const drop = (key: K): void => {
      this.#looks.delete(key);
    };
    const read = (key: K): V => {
      const { value, looks } = lookingOn(files, (recorded) => findOut(key, recorded));
      if (looks === NO_LOOKS) drop(key);
      else this.#looks.set(key, looks);
      return value;
    };
    let values = this.#found.of(keys, inputs, read, drop);
    for (const [key, looks] of [...this.#looks]) if (!looksSame(looks, files)) values = this.#found.renew(key, read);
    return values;
  }
}
