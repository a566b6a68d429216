/** An edit that moved down makes the same text, and what differs lies inside of it. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { settled } from "../../server/src/core/index.ts";
import { RUNS } from "./texts.ts";

const TEXT = fc
  .array(fc.constantFrom("a", "b", "\n", "\r\n", "port 1\n", "  ", "😀"), { maxLength: 12 })
  .map((bits) => bits.join(""));

function applied(text: string, { span, newText }: ReturnType<typeof settled>): string {
  return text.slice(0, span.start) + newText + text.slice(span.end);
}

describe("edits that only remove or only add", () => {
  it("make the same text wherever they stand, and stand as far down as they can", () => {
    fc.assert(
      fc.property(TEXT, TEXT, TEXT, TEXT, fc.boolean(), (head, changed, repeated, tail, isRemoval) => {
        const text = head + (isRemoval ? changed : "") + repeated + tail;
        const span = { start: head.length, end: head.length + (isRemoval ? changed.length : 0) };
        const edit = { span, newText: isRemoval ? "" : changed };
        const moved = settled(text, edit);
        const after = applied(text, edit);
        assert.equal(applied(text, moved), after);
        if (changed === "") return;
        // What two texts have in common at their beginning, then at their end.
        let start = 0;
        while (start < text.length && start < after.length && text[start] === after[start]) start++;
        let end = 0;
        const shorter = Math.min(text.length, after.length) - start;
        while (end < shorter && text.at(-1 - end) === after.at(-1 - end)) end++;
        // One character of tolerance: a pair, or a line break of two, is never divided.
        assert.ok(text.length - end <= moved.span.end + 1, JSON.stringify({ text, edit, moved }));
      }),
      { ...RUNS, numRuns: 3000 },
    );
  });

  it("stay where they are when they replace something", () => {
    const edit = { span: { start: 0, end: 1 }, newText: "b" };
    assert.equal(settled("aaa", edit), edit);
  });
});
