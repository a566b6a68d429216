/** What is read of YAML without the package reads with it the same: any text, and every YAML file among the cases. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePlainBlock } from "../../server/src/core/parse/yamlPlain.ts";
import { parseBlock } from "../../server/src/core/parse/yamlTree.ts";
import { STACK_GROUPS } from "../conformance/harder/stacks/groups.ts";
import { must } from "../support/must.ts";
import { RUNS } from "./texts.ts";

const FRAGMENTS = [
  "a",
  "b:",
  "key:",
  " ",
  " ",
  "  ",
  "\n",
  "\n",
  "\n  ",
  "\n    ",
  "- ",
  "-",
  "x: y",
  ": ",
  "#c",
  " # c",
  '"q"',
  "'s'",
  "[a, b]",
  "[",
  "]",
  ", ",
  "$X",
  "${X:-1}",
  "a:b",
  "redis:7.2",
  "--save",
  "...",
  "---",
  "\n- ",
  "\n  - ",
  "\n\n",
  "é",
  "!t",
  "&a",
  "*a",
  "|",
  ">",
  "~",
  "null",
  "1.5",
  "//",
  "?",
  "\\",
  "{",
  "}",
  "%",
  "@",
  "`",
  ",",
  "<<: *a",
  "\t",
  "\r\n",
];
const PARTS = [
  "k:",
  "m:",
  "k: v",
  "m: w # c",
  "- x",
  "- k: v",
  "- m:",
  "-",
  "n: [a, 'b', \"c\"]",
  "# c",
  "",
  "v",
  'q: "a b"',
  "q: 'a' # x",
  "z: a b c",
  "u: http://x:1/2",
  "w: -x",
  "w: --y z",
  "e: ''",
  "f: []",
  "o: {}",
  "p: { a: b }",
  "r: { a: [b, c], d: { e: redis:7.2 } }",
  "s: {a: b, a: c}",
  "t: [[a], {b: c}]",
  "v: { a: b,c: d }",
  "g: [ a ,b]",
  'h: "a\\n"',
  "i: 'it''s'",
  "j: >-",
];
const soup = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 14 }).map((parts) => parts.join(""));
const lines = fc
  .array(fc.tuple(fc.constantFrom("", " ", "  ", "    ", "      "), fc.constantFrom(...PARTS)), { maxLength: 9 })
  .map((list) => list.map((parts) => parts.join("")).join("\n"));

/** True for a text that is read without the package. */
function isPlain(text: string): boolean {
  const plain = parsePlainBlock(text, 7);
  if (plain === null) return false;
  const { block, errors } = parseBlock(text, 7, 0);
  assert.deepEqual(errors, [], JSON.stringify(text));
  const { map, marks, anchors } = must(block, `a reading of ${JSON.stringify(text)}`);
  assert.deepEqual({ map: plain.map, marks: plain.marks, anchors: plain.anchors }, { map, marks, anchors });
  return true;
}

describe("plain YAML", function () {
  this.timeout(60_000);

  for (const [name, texts] of Object.entries({ "any signs": soup, "any lines": lines })) {
    it(`is what the package makes of it: ${name}`, () => {
      let plain = 0;
      fc.assert(
        fc.property(texts, (text) => {
          if (isPlain(text)) plain++;
        }),
        { ...RUNS, numRuns: 40_000 },
      );
      assert.ok(plain > 400, `only ${plain} texts were plain`);
    });
  }

  it("is what the package makes of it: blocks of stacks", () => {
    const files = Object.values(STACK_GROUPS).flatMap((cases) => cases.flatMap((one) => Object.values(one.files)));
    const blocks = files.flatMap((text) => text.replace(/[⟦⟧]/g, "").split(/\n(?=\S)|\n(?= {2}\S)/));
    const plain = blocks.filter((block) => isPlain(`${block}\n`));
    assert.ok(plain.length > blocks.length / 4, `only ${plain.length} of ${blocks.length} were plain`);
  });
});
