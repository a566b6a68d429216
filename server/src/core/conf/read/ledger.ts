/** What lines leave behind for the lines below them, by name. One that stands on another notes what it asks of that. */
export class Ledger<K, V> {
  readonly #own = new Map<K, V>();
  readonly #below: Ledger<K, V> | null;
  readonly #asked = new Map<K, V | undefined>();
  /** How often something was asked or written. */
  calls = 0;

  constructor(below: Ledger<K, V> | null = null) {
    this.#below = below;
  }

  get(key: K): V | undefined {
    this.calls++;
    if (this.#below === null || this.#own.has(key)) return this.#own.get(key);
    const value = this.#below.get(key);
    this.#asked.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.calls++;
    this.#own.set(key, value);
  }

  entries(): Iterable<readonly [K, V]> {
    return this.#own;
  }

  /** True where another ledger answers all that was asked in the same way. */
  wouldAnswer(below: Ledger<K, V>): boolean {
    for (const [key, value] of this.#asked) if (below.get(key) !== value) return false;
    return true;
  }

  /** Writes its own entries into another. */
  writeTo(below: Ledger<K, V>): void {
    for (const [key, value] of this.#own) below.set(key, value);
  }
}
