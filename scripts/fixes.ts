/** Every quick fix on many texts that somebody nearly wrote: `npm run fixes -- --each 1000 --seed 1`. */
import { parseArgs } from "node:util";
import { tryFixes } from "../test/fixes/mutations.ts";

const { values } = parseArgs({
  options: {
    each: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string" },
    /** The beginning of `rule: kind of fix`: the first texts with such a fix that was not offered are printed. */
    withheld: { type: "string" },
  },
});

const EXAMPLES = 20;

async function main(): Promise<void> {
  const each = Number(values.each);
  /** Of one core, whatever else the machine does. */
  const minutes = (): string => (process.cpuUsage().user / 60e6).toFixed(1);
  let examples = 0;
  const { texts, offered, withheld, faults } = await tryFixes({
    seed: Number(values.seed),
    each,
    ...(values.minutes === undefined ? {} : { timeLimit: Number(values.minutes) * 60_000 }),
    onFault: ({ rule, fix, fault, file, text }) =>
      console.log(`${rule}, "${fix}": ${fault}\n${file} ${JSON.stringify(text)}\n`),
    onWithheld: (kind, fix, { start: { file }, texts: all }) => {
      if (values.withheld !== undefined && kind.startsWith(values.withheld) && ++examples <= EXAMPLES)
        console.log(`"${fix}" in ${file}`, Object.fromEntries(all));
    },
    onProgress: (tried, counts) => {
      const reached = counts.filter(([, count]) => count >= each).length;
      const least = counts.find(([, count]) => count < each);
      console.error(
        `${minutes()} min, ${tried} texts: ${reached} of ${counts.length} done, furthest behind ${least?.join(" ")}`,
      );
    },
  });
  const rules = texts.filter(([goal]) => !goal.includes(": "));
  const kinds = texts.filter(([goal]) => goal.includes(": ") && !goal.startsWith("Ignore "));
  const ways = texts.filter(([goal]) => goal.startsWith("Ignore "));
  for (const [name, counts] of [
    ["rules", rules],
    ["kinds of fix", kinds],
    ["ways to ignore, by kind of file", ways],
  ] as const) {
    const least = counts.slice(0, 10).map(([goal, count]) => `${goal} ${count}`);
    console.log(`${counts.length} ${name}, ${sum(counts)} mutated texts; the fewest: ${least.join(", ")}`);
  }
  const shares = [...withheld]
    .map(([kind, count]) => ({ kind, count, share: count / (count + (offered.get(kind) ?? 0)) }))
    .sort((a, b) => b.share - a.share);
  console.log(
    `${sum([...offered])} fixes offered; not offered, as they would not have held: ${shares
      .map(({ kind, count, share }) => `${kind} ${count} (${(100 * share).toFixed(1)} %)`)
      .join(", ")}`,
  );
  console.log(`${faults.length} kinds of fault, ${minutes()} minutes of one core`);
  if (faults.length > 0) process.exitCode = 1;
}

function sum(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((before, [, count]) => before + count, 0);
}

void main();
