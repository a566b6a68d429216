// SECURITY.md promises only what is tested, and names the tests.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../support/build.ts";

const text = readFileSync(path.join(ROOT, "SECURITY.md"), "utf8");
const rows = text.split("\n").filter((line) => /^\| (?!promise|---)/.test(line));

describe("contract: SECURITY.md", () => {
  it("names for each promise tests that exist and test something", () => {
    assert.ok(rows.length >= 10, `${rows.length} promises`);
    for (const row of rows) {
      const [promise = "", tests = ""] = row.slice(2).split(" | ");
      const files = [...tests.matchAll(/\]\((test\/[^)]+\.test\.ts)\)/g)].map((match) => match[1] ?? "");
      assert.ok(promise !== "" && files.length > 0, `no test beside: ${row}`);
      for (const file of files) {
        assert.ok(existsSync(path.join(ROOT, file)), `${file} is not there`);
        assert.match(readFileSync(path.join(ROOT, file), "utf8"), /\bit\(/, file);
      }
    }
  });

  it("promises nothing outside of the table", () => {
    const [, section = ""] = text.split("## What it promises\n");
    const sentences = section.split("\n").filter((line) => line !== "" && !line.startsWith("|"));
    assert.deepEqual(sentences, [
      "Each sentence is held by the tests that stand beside it, in each run.",
      "What it does not promise: it does not find secrets, and it does not judge whether a server is safe.",
    ]);
  });

  it("is linked from the README", () => {
    assert.match(readFileSync(path.join(ROOT, "README.md"), "utf8"), /\]\(SECURITY\.md\)/);
  });
});
