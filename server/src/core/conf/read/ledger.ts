/** What lines leave behind for the lines below them, by name. One that stands on another notes what it asks of that. */
export class Ledger<K, V> {
  /** Most lines leave nothing and ask nothing: no map before the first entry. */
  #own: Map<K, V> | null = null;
  #asked: Map<K, V | undefined> | null = null;
  readonly #below: Ledger<K, V> | null;
  /** How often something was asked or written. */
  calls = 0;

  constructor(below: Ledger<K, V> | null = null) {
    this.#below = below;
  }

  get(key: K): V | undefined {
    this.calls++;
    if (this.#below === null || this.#own?.has(key) === true) return this.#own?.get(key);
    const value = this.#below.get(key);
    this.#asked ??= new Map();
    this.#asked.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.calls++;
    this.#own ??= new Map();
    this.#own.set(key, value);
  }

  entries(): Iterable<readonly [K, V]> {
    return this.#own ?? [];
  }

  /** True where another ledger answers all that was asked in the same way. */
  wouldAnswer(below: Ledger<K, V>): boolean {
    if (this.#asked === null) return true;
    for (const [key, value] of this.#asked) if (below.get(key) !== value) return false;
    return true;
  }

  /** Writes its own entries into another. */
  writeTo(below: Ledger<K, V>): void {
    if (this.#own === null) return;
    for (const [key, value] of this.#own) below.set(key, value);
  }
}
