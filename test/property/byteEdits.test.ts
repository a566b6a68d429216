// Edits of a text, made in its bytes: where they are UTF-8 the result is the same; where not, every other byte stays.
import assert from "node:assert/strict";
import fc from "fast-check";
import { fromByteString, toByteEdits, toByteString } from "../../server/src/cli/byteEdits.ts";
import { applyEdits, type TextEdit } from "../../server/src/core/index.ts";

/** Bytes with all that can go wrong in UTF-8: cut off, too long, surrogates, beyond the last character. */
const PIECES = [
  [0x61],
  [0x0a],
  [0x0d, 0x0a],
  [0xc3, 0xa9],
  [0xe2, 0x82, 0xac],
  [0xf0, 0x9f, 0xa6, 0xa3],
  [0xef, 0xbb, 0xbf],
  [0xef, 0xbf, 0xbd],
  [0x80],
  [0xbf],
  [0xc0, 0xaf],
  [0xc3],
  [0xe0],
  [0xe0, 0x9f],
  [0xe0, 0xa0],
  [0xe2, 0x82],
  [0xed, 0xa0, 0x80],
  [0xed, 0x9f],
  [0xf0, 0x8f],
  [0xf0, 0x9f],
  [0xf0, 0x9f, 0xa6],
  [0xf1, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf4, 0x8f, 0xbf],
  [0xf5],
  [0xff],
] as const;

const bytesOf = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.uint8Array({ minLength: 1, maxLength: 3 })), { maxLength: 30 })
  .map((pieces) => Buffer.from(pieces.flatMap((piece) => [...piece])));

describe("property: edits of bytes", function () {
  this.timeout(60_000);

  it("find the byte of every character as the reader of the text does", () => {
    fc.assert(
      fc.property(bytesOf, (bytes) => {
        const raw = bytes.toString("utf8");
        const text = raw.replace(/^\uFEFF/, "");
        const byteString = toByteString(bytes);
        for (let at = 0; at <= text.length; at++) {
          if (/[\udc00-\udfff]/.test(text[at] ?? "")) continue;
          const edit: TextEdit = { path: "", span: { start: at, end: at }, newText: "" };
          const byte = toByteEdits(byteString, [edit]).edits[0]?.span.start ?? -1;
          const [before, behind] = [bytes.subarray(0, byte), bytes.subarray(byte)].map((part) => part.toString("utf8"));
          assert.equal(`${before}${behind}`, raw, "no character is cut");
          assert.equal(before?.replace(/^\uFEFF/, "").length, at);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("give what the edits of the text give, and keep every byte outside", () => {
    fc.assert(
      fc.property(
        bytesOf,
        bytesOf,
        bytesOf,
        fc.string({ unit: "grapheme", maxLength: 5 }),
        (head, middle, tail, newText) => {
          // Parts that end with ASCII read the same alone as together.
          const parts = [head, middle, tail].map((part) => Buffer.concat([part, Buffer.from("|")]));
          const [a, b, c] = parts as [Buffer, Buffer, Buffer];
          const text = Buffer.concat(parts)
            .toString("utf8")
            .replace(/^\uFEFF/, "");
          const start = a.toString("utf8").replace(/^\uFEFF/, "").length;
          const edit: TextEdit = { path: "", span: { start, end: start + b.toString("utf8").length }, newText };
          const { edits } = toByteEdits(toByteString(Buffer.concat(parts)), [edit]);
          const after = fromByteString(applyEdits(toByteString(Buffer.concat(parts)), edits));
          assert.deepEqual(after, Buffer.concat([a, Buffer.from(newText), c]));
          assert.equal(after.toString("utf8").replace(/^\uFEFF/, ""), applyEdits(text, [edit]));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
