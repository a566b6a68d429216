/** Where a key is being typed nothing is offered, and that is known without reading the file. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { completeAt, isTypedKey, LineIndex, withGaps } from "../../server/src/core/index.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { checker, TODAY } from "../support/inProcess.ts";

const CASES = new URL("../conformance/cases", import.meta.url).pathname;

/** What an editor gets at an offset of a text. */
function offered(name: string, text: string, offset: number): readonly string[] {
  const source = { path: `/project/${name}`, text, languageId: null };
  const files = new MemoryFiles(new Map([[source.path, text]]));
  const request = { source, layers: [], useProjectFile: true, files, today: TODAY };
  const report = checker.check(request);
  return completeAt(checker, request, report, offset).items.map(({ label }) => label);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.ya?ml$/.test(name));
}

describe("a typed key", function () {
  this.timeout(30_000);

  it("gets nothing offered, in any case of the conformance set", () => {
    let keys = 0;
    for (const name of filesBelow(CASES)) {
      const text = readFileSync(path.join(CASES, name), "utf8");
      const lines = new LineIndex(text);
      for (let line = 0; line < lines.lineCount; line += 3) {
        const start = lines.offset({ line, character: 0 });
        for (const column of [0, lines.lineText(line).search(/\S|$/)]) {
          if (!isTypedKey(lines, start + column)) continue;
          keys++;
          assert.deepEqual(offered(path.basename(name), text, start + column), [], `${name}:${line + 1}:${column + 1}`);
        }
      }
    }
    assert.ok(keys > 100, `only ${keys} keys were looked at`);
  });

  const VALUES = [
    "services:\n  cache:\n    image:\n      |\n",
    "services:\n  cache:\n    image: # which?\n      |\n",
    "services:\n  cache:\n    image: >-\n      |\n",
    "services:\n  cache:\n    image: &tag\n      |\n",
    "services:\n  cache:\n    image: redis:|\n",
  ];
  for (const text of VALUES) {
    it(`is no value: ${JSON.stringify(text)}`, () => {
      const offset = text.replace(">-", "> ").indexOf("|");
      const written = text.slice(0, offset) + text.slice(offset + 1);
      assert.equal(isTypedKey(new LineIndex(written), offset), false);
      assert.ok(offered("compose.yaml", written, offset).length > 0);
    });
  }

  it("is found in a text with gaps, too", () => {
    const text = withGaps("services:\n  cache:\n    image: redis:7.2\n    \n  jobs:\n    image:\n      \n");
    const lines = new LineIndex(text);
    assert.equal(isTypedKey(lines, lines.offset({ line: 3, character: 4 })), true);
    assert.equal(isTypedKey(lines, lines.offset({ line: 6, character: 6 })), false);
  });
});
