/** Random edits for long: `npm run edits -- --edits 10000 --every 4 --seed 1 --kinds compose,conf`, against the sources and against the built server. */
import { parseArgs } from "node:util";
import { runInProcess, runOverStdio } from "../test/edits/runs.ts";
import { KINDS } from "../test/edits/samples.ts";

const { values } = parseArgs({
  options: {
    edits: { type: "string", default: "10000" },
    every: { type: "string", default: "4" },
    seed: { type: "string", default: "1" },
    kinds: { type: "string", default: KINDS.map(({ name }) => name).join(",") },
  },
});
const names = values.kinds.split(",");
const unknown = names.filter((name) => !KINDS.some((kind) => kind.name === name));
if (unknown.length > 0) throw new Error(`no such kind: ${unknown.join(", ")}`);

const amount = { seed: Number(values.seed), edits: Number(values.edits), every: Number(values.every) };

async function main(): Promise<void> {
  for (const kind of KINDS.filter(({ name }) => names.includes(name))) {
    for (const [where, run, every] of [
      ["in one process", runInProcess, amount.every],
      ["over stdio", runOverStdio, Math.max(amount.every, Math.ceil(amount.edits / 25))],
    ] as const) {
      try {
        const { edits, comparisons } = await run(kind, { ...amount, every });
        console.log(`${kind.name} ${where}: ${edits} edits, ${comparisons} comparisons with a fresh server, all equal`);
      } catch (error) {
        console.log(
          `${kind.name} ${where}, seed ${amount.seed}: ${error instanceof Error ? error.message : String(error)}`,
        );
        if (error instanceof Error && error.cause instanceof Error) console.log(error.cause.message);
        process.exitCode = 1;
      }
    }
  }
}

void main();
