/** Remembers answers to the same question; the oldest ones go first. For pure functions of tables and texts only. */
export class Memo<V> {
  readonly #answers = new Map<string, V>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string, compute: () => V): V {
    const known = this.#answers.get(key);
    if (known !== undefined || this.#answers.has(key)) return known as V;
    const answer = compute();
    if (this.#answers.size >= this.#capacity) this.#answers.delete(this.#answers.keys().next().value as string);
    this.#answers.set(key, answer);
    return answer;
  }
}
