/**
 * Rules that throw on a file. They are left out there and the others go on; one that threw again and again rests until the file is
 * closed, so that an editor does not wait for it at each key.
 */

interface Failures {
  times: number;
  error: unknown;
}

/** Throws in a row after which a rule rests. */
const PATIENCE = 3;
const MAX_FILES = 1000;

export class RestingRules {
  readonly #byPath = new Map<string, Map<string, Failures>>();

  /** What a rule threw that rests on this file. */
  errorOf(path: string, rule: string): unknown {
    const failures = this.#byPath.get(path)?.get(rule);
    return failures !== undefined && failures.times >= PATIENCE ? failures.error : undefined;
  }

  threw(path: string, rule: string, error: unknown): void {
    const rules = this.#byPath.get(path) ?? new Map<string, Failures>();
    rules.set(rule, { times: (rules.get(rule)?.times ?? 0) + 1, error });
    this.#byPath.set(path, rules);
    if (this.#byPath.size > MAX_FILES) this.#byPath.delete(this.#byPath.keys().next().value as string);
  }

  returned(path: string, rule: string): void {
    this.#byPath.get(path)?.delete(rule);
  }

  forget(path: string): void {
    this.#byPath.delete(path);
  }
}
