/** One object for all that read the same, so that what is remembered by it lasts from one check to the next. */
import { Memo } from "./memo.ts";
import type { LayeredSettings } from "./model/layers.ts";
import { offIn, RULE_IDS } from "./rules/index.ts";

/** Different settings, and lists of apps. */
const CAPACITY = 500;

export class Interned {
  readonly #lists = new Memo<readonly unknown[]>(CAPACITY);
  readonly #tolds = new Memo<(rule: string) => boolean>(CAPACITY);

  readonly #seen = new WeakMap<readonly unknown[], readonly unknown[]>();

  /** Plain data only, which nobody changes any more. */
  same<T extends readonly unknown[]>(list: T): T {
    const seen = this.#seen.get(list) ?? this.#lists.get(JSON.stringify(list), () => list);
    this.#seen.set(list, seen);
    return seen as T;
  }

  /** True for a rule that exists and is not switched off. */
  isToldIn(settings: LayeredSettings): (rule: string) => boolean {
    const off = offIn(settings);
    return this.#tolds.get(off.join(), () => {
      const told = new Set(RULE_IDS.filter((rule) => !off.includes(rule)));
      return (rule) => told.has(rule);
    });
  }
}
