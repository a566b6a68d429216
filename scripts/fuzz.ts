/** Random texts for long: `npm run fuzz -- --minutes 10 --seed 1`; `--from N --count 1` makes one of them again. */
import { parseArgs } from "node:util";
import { fuzz } from "../test/fuzz/fuzzer.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    count: { type: "string" },
  },
});

async function main(): Promise<void> {
  const { inputs, p50, p99, worst, breaks } = await fuzz({
    seed: Number(values.seed),
    seconds: Number(values.minutes) * 60,
    from: Number(values.from),
    ...(values.count === undefined ? {} : { count: Number(values.count) }),
    onBreak: ({ seed, index, kind, fault, text }) =>
      console.log(`${kind}, --seed ${seed} --from ${index}: ${fault}\n${JSON.stringify(text)}\n`),
  });
  const cpu = [p50, p99, worst].map((ms) => `${ms.toFixed(1)} ms`);
  console.log(
    `${inputs} texts, ${breaks.length} ways to break; processor time of a text: p50 ${cpu[0]}, p99 ${cpu[1]}, worst ${cpu[2]}`,
  );
  if (breaks.length > 0) process.exitCode = 1;
}

void main();
