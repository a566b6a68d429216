// Random texts for a bounded time; `npm run fuzz` does the same for long. A break is told with its seed and the smallest text.
import assert from "node:assert/strict";
import process from "node:process";
import { fuzz } from "./fuzzer.ts";

const SECONDS = Number(process.env.FUZZ_SECONDS ?? "15");
const SEED = Number(process.env.FUZZ_SEED ?? "20261120");

describe("fuzz", function () {
  // What breaks is shrunk when the time is up already.
  this.timeout((SECONDS + 300) * 1000);

  it("no text brings a parser, a rule, an answer or an output down, or a secret out", async () => {
    const { inputs, breaks } = await fuzz({ seed: SEED, seconds: SECONDS });
    assert.deepEqual(breaks, []);
    assert.ok(inputs > 20, `only ${inputs} texts in ${SECONDS} s`);
  });
});
