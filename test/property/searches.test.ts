/** What is searched again after an edit is found where a whole search finds it. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { changeOf } from "../../server/src/core/change.ts";
import { Searches } from "../../server/src/core/searches.ts";
import { RUNS } from "./texts.ts";

const PATTERNS = [/\benv_file\b/, /cache-compat/, /\.(?:conf|acl)\b|flagfile/, /^a b$/m];
const PARTS = ["\n", "env", "a", "  "];
const BITS = fc.constantFrom(
  "env_file",
  "env",
  "_file",
  "cache-",
  "compat",
  ".conf",
  "fig",
  "\n",
  "\r\n",
  "a b",
  " ",
  "x",
);
const TEXT = fc.array(BITS, { maxLength: 30 }).map((bits) => bits.join(""));
const EDIT = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), text: TEXT });

describe("searches in edited texts", () => {
  it("find what a whole search finds", () => {
    let [found, none] = [0, 0];
    fc.assert(
      fc.property(TEXT, fc.array(EDIT, { maxLength: 10 }), (first, edits) => {
        const searches = new Searches(0);
        let text = first;
        for (const edit of [null, ...edits]) {
          if (edit !== null) {
            const start = edit.at % (text.length + 1);
            text = text.slice(0, start) + edit.text + text.slice(start + edit.length);
          }
          for (const pattern of PATTERNS) {
            const has = pattern.test(text);
            assert.equal(searches.has("/compose.yaml", text, pattern), has);
            if (has) found++;
            else none++;
          }
          for (const part of PARTS)
            assert.equal(searches.count("/compose.yaml", text, part), text.split(part).length - 1);
        }
      }),
      RUNS,
    );
    assert.ok(found > 100 && none > 100);
  });

  it("know where two texts differ", () => {
    fc.assert(
      fc.property(TEXT, TEXT, TEXT, TEXT, (head, before, after, tail) => {
        const [old, now] = [head + before + tail, head + after + tail];
        const { start, oldEnd, newEnd } = changeOf(old, now);
        assert.equal(old.slice(0, start), now.slice(0, start));
        assert.equal(old.slice(oldEnd), now.slice(newEnd));
        assert.ok(start >= head.length);
        if (start < oldEnd && start < newEnd) {
          assert.notEqual(old[start], now[start]);
          assert.notEqual(old[oldEnd - 1], now[newEnd - 1]);
        }
        assert.ok(start <= oldEnd && start <= newEnd);
      }),
      RUNS,
    );
  });
});
