// Random texts until the time is up; what breaks is shrunk and told with its seed.
import path from "node:path";
import { Worker } from "node:worker_threads";
import { type Input, inputOf } from "./inputs.ts";
import type { Verdict } from "./judge.ts";
import { shrunk } from "./shrink.ts";

export interface Break {
  /** `fuzz --seed S --from N --count 1` makes it again. */
  readonly seed: number;
  readonly index: number;
  readonly kind: string;
  readonly fault: string;
  readonly text: string;
}

export interface Fuzzed {
  readonly inputs: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly breaks: readonly Break[];
}

export interface FuzzOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly from?: number;
  /** At most so many texts. */
  readonly count?: number;
  /** Processor time that one text may cost. */
  readonly cpuLimitMs?: number;
  readonly onBreak?: (found: Break) => void;
}

/** Time of the clock, for texts that never end: far above what a busy machine makes of the limit above. */
const HANG_MS = 30_000;
/** So many different ones are shrunk. */
const MOST_BREAKS = 20;

/** Node 20 runs no TypeScript as the file of a thread: the loader comes first. */
const LOADING = [require.resolve("tsx/cjs"), path.join(__dirname, "worker.ts")]
  .map((file) => `require(${JSON.stringify(file)});`)
  .join("");

class Bench {
  #worker: Worker | null = null;
  #answer: (verdict: Verdict) => void = () => {};

  #start(): Worker {
    const worker = new Worker(LOADING, { eval: true });
    worker.on("message", (verdict: Verdict) => this.#answer(verdict));
    worker.on("error", (error) => {
      this.#worker = null;
      this.#answer({ cpuMs: 0, faults: [`crash of everything: ${error.stack ?? error.message}`] });
    });
    return worker;
  }

  /** `null`: no answer in time. */
  async judge(input: Input): Promise<Verdict | null> {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#worker = null;
        void worker.terminate().then(() => resolve(null));
      }, HANG_MS);
      this.#answer = (verdict) => {
        clearTimeout(timer);
        resolve(verdict);
      };
      worker.postMessage(input);
    });
  }

  /** The same text a few times: what else runs on the machine costs some of them more. */
  async leastCpu(input: Input, limit: number): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (let time = 0; time < 3 && least > limit; time++)
      least = Math.min(least, (await this.judge(input))?.cpuMs ?? least);
    return least;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = null;
  }
}

/** What a fault is about, so that one that is known is not told again. */
function nameOf(fault: string): string {
  return fault.split("\n")[0]?.replace(/[^:]*$/, "") ?? "";
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export async function fuzz(options: FuzzOptions): Promise<Fuzzed> {
  const { seed, seconds, from = 0, count = Number.POSITIVE_INFINITY, cpuLimitMs = 1000, onBreak } = options;
  const bench = new Bench();
  const end = Date.now() + seconds * 1000;
  const costs: number[] = [];
  const breaks: Break[] = [];
  const known = new Set<string>();

  const faultsOf = async (input: Input): Promise<readonly string[]> => {
    const verdict = await bench.judge(input);
    if (verdict === null) return [`hang: no answer in ${HANG_MS / 1000} s`];
    const slow = verdict.cpuMs > cpuLimitMs ? await bench.leastCpu(input, cpuLimitMs) : 0;
    costs.push(verdict.cpuMs);
    return [...verdict.faults, ...(slow > cpuLimitMs ? [`slow: ${Math.round(slow)} ms of processor time`] : [])];
  };

  for (let index = from; index < from + count && Date.now() < end; index++) {
    const input = inputOf(seed, index);
    for (const fault of await faultsOf(input)) {
      const name = `${input.kind} ${nameOf(fault)}`;
      if (known.has(name) || breaks.length >= MOST_BREAKS) continue;
      known.add(name);
      const isSame = async (text: string): Promise<boolean> => {
        const verdict = await bench.judge({ ...input, text });
        if (verdict === null) return fault.startsWith("hang:");
        if (fault.startsWith("slow:")) return verdict.cpuMs > cpuLimitMs;
        return verdict.faults.some((other) => nameOf(other) === nameOf(fault));
      };
      const text = await shrunk(input.text, isSame, fault.startsWith("hang:") ? 12 : 400);
      const found = { seed, index, kind: input.kind, fault, text };
      breaks.push(found);
      onBreak?.(found);
    }
  }
  await bench.close();
  costs.sort((a, b) => a - b);
  return {
    inputs: costs.length,
    p50: percentile(costs, 0.5),
    p99: percentile(costs, 0.99),
    worst: costs.at(-1) ?? 0,
    breaks,
  };
}
