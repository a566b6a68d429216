/** Every quick fix on many texts that somebody nearly wrote: `npm run fixes -- --each 1000 --seed 1`. */
import { parseArgs } from "node:util";
import { tryFixes } from "../test/fixes/mutations.ts";

const { values } = parseArgs({
  options: {
    each: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string" },
  },
});

async function main(): Promise<void> {
  const { applied, failed, faults } = await tryFixes({
    seed: Number(values.seed),
    each: Number(values.each),
    ...(values.minutes === undefined ? {} : { timeLimit: Number(values.minutes) * 60_000 }),
    onFault: ({ rule, fix, fault, file, text }) =>
      console.log(`${rule}, "${fix}": ${fault}\n${file} ${JSON.stringify(text)}\n`),
  });
  const counts = [...applied].sort((a, b) => a[1] - b[1]);
  const sum = counts.reduce((before, [, count]) => before + count, 0);
  console.log(
    `${sum} fixes of ${counts.length} rules applied, ${faults.length} kinds of fault; least often: ${counts
      .slice(0, 5)
      .map(([rule, count]) => `${rule} ${count}`)
      .join(", ")}`,
  );
  const held = [...failed].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  console.log(
    `not offered, as they would not have held: ${held.map(([rule, count]) => `${rule} ${count}`).join(", ")}`,
  );
  if (faults.length > 0) process.exitCode = 1;
}

void main();
