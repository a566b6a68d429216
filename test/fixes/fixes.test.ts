// Every rule's quick fixes on texts that somebody nearly wrote; `npm run fixes` does the same a thousand times each.
import assert from "node:assert/strict";
import { tryFixes } from "./mutations.ts";

describe("fixes of nearly right texts", function () {
  this.timeout(240_000);

  it("take their finding away and bring no error", async () => {
    const { texts, offered, withheld, faults } = await tryFixes({ seed: 20_261_120, each: 3, timeLimit: 60_000 });
    assert.deepEqual(faults, []);
    for (const [goal, count] of texts) assert.ok(count >= 3, `${goal}: only ${count} texts`);
    // A fix that seldom holds is none.
    for (const [kind, count] of withheld)
      assert.ok(count <= Math.max(10, offered.get(kind) ?? 0), `${kind}: ${count} fixes did not stand the trial`);
  });
});
