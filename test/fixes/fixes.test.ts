// Every rule's quick fixes on texts that somebody nearly wrote; `npm run fixes` does the same a thousand times each.
import assert from "node:assert/strict";
import { tryFixes } from "./mutations.ts";

describe("fixes of nearly right texts", function () {
  this.timeout(240_000);

  it("take their finding away and bring no error", async () => {
    const { applied, failed, faults } = await tryFixes({ seed: 20_261_120, each: 3, timeLimit: 60_000 });
    assert.deepEqual(faults, []);
    assert.ok(applied.size > 60, `only ${applied.size} rules have had a fix applied`);
    // A fix that seldom holds is none.
    for (const [rule, count] of failed)
      assert.ok(count <= Math.max(3, (applied.get(rule) ?? 0) / 2), `${rule}: ${count} fixes did not stand the trial`);
  });
});
