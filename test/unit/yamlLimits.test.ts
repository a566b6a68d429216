// What is kept from the YAML package, because it would end the process or take seconds.
import assert from "node:assert/strict";
import { isNestedTooDeeply } from "../../server/src/core/parse/yamlLimits.ts";
import { parseYaml, readDocuments } from "../../server/src/core/parse/yamlTree.ts";

const DEEP: Readonly<Record<string, (levels: number) => string>> = {
  "maps in one line": (levels) => `a: ${"{a: ".repeat(levels)}1${"}".repeat(levels)}\n`,
  "lists in one line": (levels) => `a: ${"[".repeat(levels)}${"]".repeat(levels)}\n`,
  "lists of lists": (levels) => `a:\n  ${"- ".repeat(levels)}1\n`,
  "keys of keys": (levels) => `${"? ".repeat(levels)}a\n`,
  blocks: (levels) => Array.from({ length: levels }, (_, at) => `${" ".repeat(at)}a:\n`).join(""),
};

describe("core: YAML that nests deeply", () => {
  for (const [name, text] of Object.entries(DEEP)) {
    it(`${name}: is read, or said to be too deep before it is read`, () => {
      assert.equal(isNestedTooDeeply(text(200)), false);
      assert.equal(parseYaml(text(200)).problems.length, 0);
      // Brackets that are never closed are as deep as others.
      for (const deep of [text(600), text(2000).slice(0, -900)]) {
        assert.equal(isNestedTooDeeply(deep), true);
        assert.deepEqual(
          parseYaml(deep).problems.map(({ message }) => message),
          ["This is not valid YAML: It is nested too deeply."],
        );
      }
    });
  }

  it("many brackets side by side, blank lines and comments are not deep", () => {
    const flat = `a: [${"[1], {b: 2}, ".repeat(2000)}]\n`;
    for (const text of [flat, `a: 1\n${" ".repeat(3000)}\nb: 2\n`, `a: 1 #${"-".repeat(3000)}\n`]) {
      assert.equal(isNestedTooDeeply(text), false);
      assert.deepEqual(parseYaml(text).problems, []);
    }
  });

  it("the errors of a broken text note no stacks, and others do", () => {
    const { stackTraceLimit } = Error;
    const errors = readDocuments('a: """"""""').flatMap((document) => document.errors);
    assert.ok(errors.length > 0);
    for (const { stack } of errors) assert.doesNotMatch(stack ?? "", /\n +at /);
    assert.equal(Error.stackTraceLimit, stackTraceLimit);
  });
});
