// After any edits the server answers as one that has just been started with the same texts. `npm run edits` does the same for long.
import assert from "node:assert/strict";
import { runInProcess, runOverStdio } from "./runs.ts";
import { KINDS } from "./samples.ts";

const SEED = 20_261_120;

describe("edits", function () {
  this.timeout(120_000);

  for (const kind of KINDS) {
    it(`${kind.name}: answers like a fresh server, in one process`, async () => {
      assert.ok(kind.samples.length > 1, "there is something to begin with");
      const amount = kind.name === "compose" ? { edits: 160, every: 2 } : { edits: 60, every: 4 };
      const { edits, comparisons } = await runInProcess(kind, { seed: SEED, ...amount, timeLimit: 90_000 });
      assert.ok(edits >= amount.edits && comparisons >= 10, `${edits} edits, ${comparisons} comparisons`);
    });
  }
});

describe("edits of the built server", function () {
  this.timeout(120_000);

  for (const kind of KINDS.filter(({ name }) => ["compose", "conf", "env"].includes(name))) {
    it(`${kind.name}: answers like a fresh server, over stdio`, async () => {
      const { edits, comparisons } = await runOverStdio(kind, { seed: SEED, edits: 400, every: 150 });
      assert.ok(edits >= 400 && comparisons >= 2, `${edits} edits, ${comparisons} comparisons`);
    });
  }
});
