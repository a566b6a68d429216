import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { ConfChecker, type ConfProblem } from "../../server/src/core/conf/index.ts";
import { LineIndex } from "../../server/src/core/text.ts";

const CASES = new URL("../conformance/conf/cases/", import.meta.url);

interface ExpectedFinding {
  readonly line: number;
  readonly character: number;
  readonly text: string;
  readonly code: string;
  readonly fix: string | null | { readonly deleteLine: true };
}

interface Case {
  readonly id: string;
  readonly title: string;
  readonly server: string;
  readonly findings: readonly ExpectedFinding[];
}

const RULES: Readonly<Record<string, string>> = {
  "trailing-comment": "conf/inline-comment",
  "duplicate-directive": "conf/duplicate-directive",
};

/** Text behind the fix that is offered. */
function fixed(text: string, problem: ConfProblem): string | null {
  const [fix] = problem.fixes;
  if (fix === undefined) return null;
  return fix.edits.reduceRight((now, edit) => now.slice(0, edit.start) + edit.newText + now.slice(edit.end), text);
}

describe("conf: cases with exact places", () => {
  const checker = new ConfChecker();
  for (const name of readdirSync(CASES).filter((file) => file.endsWith(".json"))) {
    const expected = JSON.parse(readFileSync(new URL(name, CASES), "utf8")) as Case;
    const text = readFileSync(new URL(name.replace(/\.json$/, ".conf"), CASES), "utf8");
    it(`${expected.id}: ${expected.title}`, () => {
      const [engine = "", line = ""] = expected.server.split(" ");
      const problems = checker.check(text, { target: { engine, line } }).filter(({ severity }) => severity !== "hint");
      const lines = new LineIndex(text);
      const places = problems.map(({ span }) => {
        const { line, character } = lines.position(span.start);
        return [line + 1, character, text.slice(span.start, span.end)];
      });
      const wanted = expected.findings.map((finding) => [finding.line, finding.character, finding.text]);
      assert.deepEqual(places.toSorted(), wanted.toSorted());
      for (const finding of expected.findings) {
        const start = lines.offset({ line: finding.line - 1, character: finding.character });
        const problem = problems.find(({ span }) => span.start === start) as ConfProblem;
        const rule = RULES[finding.code];
        if (rule !== undefined) assert.equal(problem.rule, rule);
        assert.equal(problem.severity, finding.code === "duplicate-directive" ? "warning" : "error");
        // A comment is moved up, not thrown away, so its text is compared in the test of the fixes.
        if (finding.code === "trailing-comment") continue;
        const { fix } = finding;
        const after = fixed(text, problem);
        if (fix === null) assert.equal(after, null);
        else if (typeof fix === "string")
          assert.equal(after, text.slice(0, start) + fix + text.slice(problem.span.end));
        else
          assert.equal(
            after,
            text
              .split("\n")
              .toSpliced(finding.line - 1, 1)
              .join("\n"),
          );
      }
    });
  }
});
