// How often each fix was tried, and which one is next.

/** What is counted: the fixes of a rule, one kind of fix of a rule, one way to ignore. */
interface Goal {
  /** Different mutated texts on which it was tried. */
  texts: number;
  /** Texts that were made for it. */
  made: number;
  /** Texts in a row that brought it no further. */
  fruitless: number;
  /** By start: the texts made of it for this goal, and those that showed it. */
  readonly starts: Map<number, { tried: number; shown: number }>;
}

const FEW_STARTS = 6;

export class Goals {
  readonly #each: number;
  readonly #mostFruitless: number;
  readonly #goals = new Map<string, Goal>();

  constructor(each: number, mostFruitless: number) {
    this.#each = each;
    this.#mostFruitless = mostFruitless;
  }

  /** `start` shows what is counted under `goal`. */
  note(goal: string, start: number): void {
    const known = this.#goals.get(goal) ?? { texts: 0, made: 0, fruitless: 0, starts: new Map() };
    this.#goals.set(goal, known);
    if (!known.starts.has(start)) known.starts.set(start, { tried: 0, shown: 0 });
  }

  has(goal: string): boolean {
    return this.#goals.has(goal);
  }

  /** Few starts show it: another one is welcome. */
  isNarrow(goal: string): boolean {
    return (this.#goals.get(goal)?.starts.size ?? 0) < FEW_STARTS;
  }

  isOpen(goal: string): boolean {
    return (this.#goals.get(goal)?.texts ?? 0) < this.#each;
  }

  count(goal: string): void {
    const known = this.#goals.get(goal);
    if (known !== undefined) Object.assign(known, { texts: known.texts + 1, fruitless: 0 });
  }

  /** The goal that less was done for than for any other; `null`: all are reached, as far as they can be. */
  next(): string | null {
    let least: readonly [string, Goal] | null = null;
    for (const entry of this.#goals) {
      const [, { texts, made, fruitless }] = entry;
      if (texts >= this.#each || fruitless >= this.#mostFruitless) continue;
      if (least === null || made < least[1].made) least = entry;
    }
    return least?.[0] ?? null;
  }

  /** A start that shows the goal: the oftener its texts still show it, and the less they cost, the likelier. `dice` is in [0, 1). */
  startFor(goal: string, dice: number, costOf: (start: number) => number): number {
    const weights = [...(this.#goals.get(goal)?.starts ?? [])].map(
      ([start, { tried, shown }]) => [start, (shown + 1) / (tried + 1) / costOf(start)] as const,
    );
    let left = dice * weights.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [start, weight] of weights) {
      left -= weight;
      if (left < 0) return start;
    }
    return weights.at(-1)?.[0] ?? 0;
  }

  /** A text was made of a start for a goal, and was counted for it or not. */
  learn(goal: string, start: number, isShown: boolean): void {
    const known = this.#goals.get(goal);
    if (known === undefined) return;
    known.made++;
    if (!isShown) known.fruitless++;
    const ofStart = known.starts.get(start);
    if (ofStart === undefined) return;
    ofStart.tried++;
    if (isShown) ofStart.shown++;
  }

  /** Texts by goal, the fewest first. */
  get counts(): readonly (readonly [string, number])[] {
    return [...this.#goals].map(([goal, { texts }]) => [goal, texts] as const).sort((a, b) => a[1] - b[1]);
  }
}
