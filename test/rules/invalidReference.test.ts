import assert from "node:assert/strict";
import { findingsOf } from "../conf/project.ts";

function fixesOf(image: string): string[] {
  const texts = { "compose.yaml": `services:\n  cache:\n    image: ${image}\n` };
  return findingsOf(texts, /^image\/invalid-reference$/).flatMap(({ fixes }) => fixes.map(({ title }) => title));
}

describe("image/invalid-reference", () => {
  it("offers lower case only where that is all that is wrong", () => {
    assert.deepEqual(fixesOf("Redis:7.2"), ["Write redis:7.2"]);
    assert.deepEqual(fixesOf("RedisÁ:7.2"), []);
    assert.deepEqual(fixesOf("Redis__-:7.2"), []);
  });
});
