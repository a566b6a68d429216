/** `cache-compat check` over a big tree, against a script that only reads, and one that reads and parses. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "./processes.mjs";
import { compare } from "./statistics.mjs";
import { writeTree } from "./tree.mjs";

const FLOOR = join(import.meta.dirname, "floor-tree.mjs");

export async function check({ dist, folder, rounds, files }) {
  const tree = join(folder, "tree");
  mkdirSync(tree);
  const { counts } = writeTree(tree, files);
  const tasks = {
    ours: [join(dist, "cli.js"), "check", tree, "--format", "json"],
    read: [FLOOR, "read", tree],
    parse: [FLOOR, "parse", tree],
  };
  const runs = { ours: [], read: [], parse: [] };
  // The first round only warms the page cache.
  for (let round = -1; round < rounds; round++) {
    for (const [name, args] of Object.entries(tasks)) {
      const run = await runNode(args, { cwd: tree });
      if (round < 0) verify(name, run, counts);
      else runs[name].push(run);
    }
  }
  return ["read", "parse"].flatMap((floor) =>
    ["cpu", "wall"].map((figure) =>
      compare(
        `check-${files}-${floor}-${figure}`,
        `check, ${files} files, to ${floor === "read" ? "reading" : "reading and parsing"}, ${figure === "cpu" ? "CPU" : "wall"}`,
        runs.ours.map((run) => run[figure]),
        runs[floor].map((run) => run[figure]),
      ),
    ),
  );
}

/** Ours and the floor must have read exactly what there is to read; ours counts what turned out to be of its kinds. */
function verify(name, { output, status }, { nginx, yaml, ...ours }) {
  const checked = Object.values(ours).reduce((a, b) => a + b, 0);
  if (name !== "ours") {
    if (Number(output) !== checked + yaml)
      throw new Error(`the floor read ${output.trim()} files, not ${checked + yaml}`);
    return;
  }
  if (status !== 0 && status !== 1) throw new Error(`check ended with ${status}`);
  const { summary } = JSON.parse(output);
  if (summary.files !== checked) throw new Error(`check saw ${summary.files} files, not ${checked}`);
}
