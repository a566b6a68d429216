// Every quick fix over texts that somebody nearly wrote: its finding goes, no error comes, and the text stays in its form.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { Hand, turn } from "../edits/hand.ts";
import { shrunk } from "../fuzz/shrink.ts";
import { must } from "../support/must.ts";
import { Goals } from "./goals.ts";
import { kindOfFile, type Start, starts, type Texts } from "./starts.ts";
import { faultOf, faultOfAll, faultOfSilence, State } from "./trying.ts";

export interface Fault {
  readonly rule: string;
  readonly fix: string;
  readonly fault: string;
  readonly file: string;
  readonly text: string;
}

export interface Tried {
  /** Different mutated texts on which a fix was tried: by rule, by rule and kind of fix, by way to ignore and kind of file. */
  readonly texts: readonly (readonly [string, number])[];
  /** By rule and kind of fix: those that were offered, and those that were not, because they would not have held. */
  readonly offered: ReadonlyMap<string, number>;
  readonly withheld: ReadonlyMap<string, number>;
  readonly faults: readonly Fault[];
}

export interface Amount {
  readonly seed: number;
  /** Different texts for each goal. */
  readonly each: number;
  /** Milliseconds for all of it. */
  readonly timeLimit?: number;
  readonly onFault?: (fault: Fault) => void;
  /** Of a fix that was not offered. */
  readonly onWithheld?: (kind: string, fix: string, state: State) => void;
  /** Now and then. */
  readonly onProgress?: (tried: number, texts: Tried["texts"]) => void;
}

/** Texts in a row that bring a goal no further; it is left alone then, and told. */
const MOST_FRUITLESS = 500;
/** Fixes that are tried for one goal in one text. */
const MOST_OF_A_GOAL = 2;
/** One text in so many has all its safe fixes applied, too. */
const ALL_IN = 10;
const MOST_TURNS = 6;

/** The first two words of a title; what is no plain word belongs to the text, as all does that is to be written. */
function kindOfFix(title: string): string {
  const [first = "", second = ""] = title.split(" ");
  return `${first} ${first !== "Write" && /^[a-z]+$/.test(second) ? second : "…"}`;
}

/** What is tried of a finding, what it counts for, and what is wrong with it. */
interface Trial {
  readonly rule: string;
  readonly title: string;
  readonly goals: readonly string[];
  /** Not offered: there is nothing to try. */
  readonly isOffered: () => boolean;
  readonly fault: () => string | null;
}

function trialsOf(state: State): Trial[] {
  return state.told.flatMap((finding): Trial[] => {
    const { rule } = finding;
    const fixes = finding.fixes.map((fix): Trial => {
      const { title } = fix;
      return {
        rule,
        title,
        goals: [rule, `${rule}: ${kindOfFix(title)}`],
        isOffered: () => state.offers(finding, fix),
        fault: () => faultOf(state, finding, fix),
      };
    });
    const silences = state.silencing(finding).map((silence): Trial => {
      const place = /(?:in|on) this \w+/.exec(silence.title)?.[0] ?? "";
      return {
        rule,
        title: `Ignore ${place}`,
        goals: [`Ignore ${place}: ${kindOfFile(finding.path).name}`],
        isOffered: () => true,
        fault: () => faultOfSilence(state, finding, silence),
      };
    });
    return [...fixes, ...silences];
  });
}

export async function tryFixes(amount: Amount): Promise<Tried> {
  const run = new Run(amount);
  await run.all();
  return run;
}

class Run implements Tried {
  readonly offered = new Map<string, number>();
  readonly withheld = new Map<string, number>();
  readonly faults: Fault[] = [];
  readonly #amount: Amount;
  readonly #goals: Goals;
  readonly #starts: Start[] = [];
  /** How many turns of the hand a start bears before nothing is told of it. */
  readonly #turns: number[] = [];
  readonly #seen = new Set<string>();
  readonly #known = new Set<string>();
  #random: number;
  #tried = 0;

  constructor(amount: Amount) {
    this.#amount = amount;
    this.#goals = new Goals(amount.each, MOST_FRUITLESS);
    this.#random = Math.imul(amount.seed, 0x9e3779b1) | 0;
  }

  get texts(): Tried["texts"] {
    return this.#goals.counts;
  }

  async all(): Promise<void> {
    const end = Date.now() + (this.#amount.timeLimit ?? Number.POSITIVE_INFINITY);
    for (const start of starts()) {
      this.#isNew(start.texts, start);
      const state = new State(start, start.texts);
      this.#begin(
        start,
        trialsOf(state).flatMap(({ goals }) => goals),
      );
    }
    for (let goal = this.#goals.next(); goal !== null; goal = this.#goals.next()) {
      if (Date.now() > end) break;
      const at = this.#goals.startFor(goal, this.#roll(1000) / 1000, (start) => costOf(must(this.#starts[start])));
      const isReached = (await this.#tryOne(at)).has(goal);
      this.#goals.learn(goal, at, isReached);
      const most = must(this.#turns[at]);
      this.#turns[at] = isReached ? Math.min(MOST_TURNS, most + 0.25) : Math.max(1, most - 0.5);
    }
  }

  /** Makes a text of a start and tries its fixes. Returns the goals that it was counted for. */
  async #tryOne(at: number): Promise<ReadonlySet<string>> {
    const start = must(this.#starts[at]);
    const hand = new Hand(kindOfFile(start.file), must(start.texts.get(start.file)));
    const amount = 1 + this.#roll(Math.floor(must(this.#turns[at])));
    for (const { steps } of must(fc.sample(must(TURNS[amount]), { seed: this.#roll(2 ** 31), numRuns: 1 })[0]))
      hand.play(steps);
    const texts = new Map([...start.texts, [start.file, hand.text]]);
    if (!this.#isNew(texts, start)) {
      // All that is near has been seen: further away.
      this.#turns[at] = Math.min(MOST_TURNS, must(this.#turns[at]) + 1);
      return new Set();
    }
    const state = stateOf(start, texts);
    this.#tried++;
    if (this.#tried % 1000 === 0) this.#amount.onProgress?.(this.#tried, this.#goals.counts);
    if (this.#tried % ALL_IN === 0) await this.#tryAll(state);
    return this.#tryEach(state);
  }

  async #tryEach(state: State): Promise<ReadonlySet<string>> {
    const trials = trialsOf(state);
    const counted = new Map<string, number>();
    const fresh = new Set(trials.flatMap(({ goals }) => goals).filter((goal) => !this.#goals.has(goal)));
    // A text that shows what no other has shown is one to go on from.
    if (fresh.size > 0) this.#begin({ ...state.start, texts: state.texts }, fresh);
    const first = this.#roll(trials.length || 1);
    for (const trial of [...trials.slice(first), ...trials.slice(0, first)]) {
      const { rule, title, goals, isOffered, fault } = trial;
      if (!goals.some((goal) => this.#goals.isOpen(goal) && (counted.get(goal) ?? 0) < MOST_OF_A_GOAL)) continue;
      const kind = must(goals.at(-1));
      if (!isOffered()) {
        this.withheld.set(kind, (this.withheld.get(kind) ?? 0) + 1);
        this.#amount.onWithheld?.(kind, title, state);
        continue;
      }
      this.offered.set(kind, (this.offered.get(kind) ?? 0) + 1);
      for (const goal of goals) {
        if (!counted.has(goal)) this.#goals.count(goal);
        counted.set(goal, (counted.get(goal) ?? 0) + 1);
      }
      const found = fault();
      if (found === null) continue;
      await this.#report(state, { rule, fix: title, fault: found }, (fewer) =>
        trialsOf(fewer).some(
          (other) => other.rule === rule && other.title === title && other.isOffered() && other.fault() === found,
        ),
      );
    }
    // So is one with a fix that holds, where few starts show it.
    const narrow = [...counted.keys()].filter((goal) => this.#goals.isNarrow(goal));
    if (fresh.size === 0 && narrow.length > 0) this.#begin({ ...state.start, texts: state.texts }, narrow);
    return new Set(counted.keys());
  }

  async #tryAll(state: State): Promise<void> {
    const fault = faultOfAll(state);
    if (fault === null) return;
    await this.#report(state, { rule: "all", fix: "all that is safe", fault }, (fewer) => faultOfAll(fewer) === fault);
  }

  async #report(
    state: State,
    what: Pick<Fault, "rule" | "fix" | "fault">,
    isIn: (fewer: State) => boolean,
  ): Promise<void> {
    const key = `${what.rule} ${what.fix.replace(/[\d.]+/g, "0")} ${what.fault}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    const { file } = state.start;
    const text = await shrunk(must(state.texts.get(file)), async (fewer) => isIn(state.with(fewer)), 300);
    const fault = { ...what, file, text };
    this.faults.push(fault);
    this.#amount.onFault?.(fault);
  }

  #begin(start: Start, goals: Iterable<string>): void {
    const at = this.#starts.push(start) - 1;
    this.#turns.push(MOST_TURNS / 2);
    for (const goal of goals) this.#goals.note(goal, at);
  }

  #isNew(texts: Texts, { flags }: Start): boolean {
    const key = createHash("sha1")
      .update(JSON.stringify([...texts, flags]))
      .digest("base64");
    const isNew = !this.#seen.has(key);
    this.#seen.add(key);
    return isNew;
  }

  /** At random, the same for the same seed: a number below `sides`. */
  #roll(sides: number): number {
    this.#random = (this.#random + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#random ^ (this.#random >>> 15), 1 | this.#random);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  }
}

const TURNS = Array.from({ length: MOST_TURNS + 1 }, (_, length) =>
  fc.array(turn, { minLength: length, maxLength: length, size: "max" }),
);

/** A text that nobody can judge is the worst of faults: it ends the run. */
function stateOf(start: Start, texts: Texts): State {
  try {
    return new State(start, texts);
  } catch (error) {
    throw new Error(`cannot be checked: ${JSON.stringify([...texts])}`, { cause: error });
  }
}

/** What it costs to look at a text of it, as far as files and their lengths tell. */
function costOf({ texts }: Start): number {
  return texts.size + [...texts.values()].reduce((sum, text) => sum + text.length, 0) / 1500;
}
