/** What rules said of one image or server, and of many: who had nothing to say is passed over, however many rules ask. */

export class Said<R, D> {
  readonly #asked: R[] = [];
  readonly #spoken: (readonly [R, readonly D[]])[] = [];

  of(rule: R, ask: () => readonly D[]): readonly D[] {
    if (this.#asked.includes(rule)) return this.#spoken.find(([one]) => one === rule)?.[1] ?? [];
    const drafts = ask();
    this.#asked.push(rule);
    if (drafts.length > 0) this.#spoken.push([rule, drafts]);
    return drafts;
  }

  /** So many rules were asked. */
  get asked(): number {
    return this.#asked.length;
  }

  /** Rules that said something. */
  get spoken(): readonly (readonly [R, readonly D[]])[] {
    return this.#spoken;
  }
}

/** A member of the list, and what was said of it. */
type Entry<D> = readonly [index: number, drafts: readonly D[]];

/** Of a list; `null` for a member of which nothing may be remembered. */
export class SaidOfAll<R, D> {
  readonly #entries = new Map<R, Entry<D>[]>();
  /** Members that some rule has not been asked about. */
  readonly #open: number[] = [];

  /** `rules`: how many will ask. */
  constructor(said: readonly (Said<R, D> | null)[], rules: number) {
    for (let i = 0; i < said.length; i++) {
      const one = said[i] ?? null;
      if (one === null || one.asked < rules) this.#open.push(i);
      else for (const [rule, drafts] of one.spoken) this.#add(rule, [i, drafts]);
    }
  }

  /** In the order of the list. `ask`: what the rule says of the member at this place. */
  drafts(rule: R, ask: (index: number) => readonly D[]): readonly D[] {
    const entries = [...(this.#entries.get(rule) ?? [])];
    for (const i of this.#open) {
      const drafts = ask(i);
      if (drafts.length > 0) entries.push([i, drafts]);
    }
    return entries.sort(([a], [b]) => a - b).flatMap(([, drafts]) => drafts);
  }

  #add(rule: R, entry: Entry<D>): void {
    const known = this.#entries.get(rule);
    if (known === undefined) this.#entries.set(rule, [entry]);
    else known.push(entry);
  }
}
