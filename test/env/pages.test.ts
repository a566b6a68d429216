// Every rule about `.env` files has a page, and the examples of a page do what the page says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { checkEnv, ENV_RULES } from "../../server/src/core/env/index.ts";
import type { Fix, Severity } from "../../server/src/core/finding.ts";
import type { Draft } from "../../server/src/core/rules/rule.ts";
import { LineIndex } from "../../server/src/core/text.ts";
import { type Example, type ExampleFile, HEADINGS, type Page, readPage } from "../rules/pageExamples.ts";
import { appsOfExample, aroundExample } from "./support/example.ts";

const FOLDER = path.join(__dirname, "..", "..", "data", "rules");

interface Told extends Draft {
  readonly rule: string;
  readonly level: Severity;
}

function envFiles(example: Example): ExampleFile[] {
  return example.files.filter(({ name }) => name.startsWith(".env"));
}

function check(example: Example, { name }: ExampleFile, text: string): Told[] {
  const apps = appsOfExample(example);
  const { told, failed } = checkEnv({ path: `/project/${name}`, text, apps, around: aroundExample(example) });
  assert.deepEqual(failed, []);
  return told.flatMap(({ meta, drafts }) =>
    drafts.map((draft) => ({ ...draft, rule: meta.id, level: draft.severity ?? meta.severity })),
  );
}

function places(told: readonly Told[], text: string): string[] {
  const lines = new LineIndex(text);
  return told
    .map(({ span, level }) => {
      const { line, character } = lines.position(span.start);
      return `${line + 1}:${character}-${character + span.end - span.start} ${level}`;
    })
    .sort();
}

function apply(text: string, { edits }: Fix): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}

function applyPreferred(text: string, told: readonly Told[]): string {
  return told
    .toSorted((a, b) => b.span.start - a.span.start)
    .flatMap(({ fixes = [] }) => fixes.filter(({ preferred }) => preferred))
    .reduce(apply, text);
}

function errors(told: readonly Told[]): Set<string> {
  return new Set(told.filter(({ level }) => level === "error").map(({ rule }) => rule));
}

for (const meta of ENV_RULES) {
  describe(`env page of ${meta.id}`, () => {
    let page: Page;
    let markdown: string;
    before(() => {
      markdown = readFileSync(path.join(FOLDER, `${meta.id}.md`), "utf8");
      page = readPage(markdown);
    });
    const of = (told: readonly Told[]): Told[] => told.filter(({ rule }) => rule === meta.id);

    it("has the form that --explain prints", () => {
      assert.equal(page.id, meta.id);
      assert.equal(page.title, meta.title);
      assert.equal(page.facts.get("Severity"), meta.severity);
      assert.equal(page.facts.get("Since"), "0.1.0");
      assert.deepEqual([...page.sections.keys()], HEADINGS);
      assert.match(markdown, /^[\x20-\x7e\n]*\n$/, "plain characters, a line break at the end");
      for (const { source, asOf } of meta.sources)
        assert.ok(page.sections.get("Sources")?.includes(`${source} (${asOf})`), source);
      assert.ok(page.sections.get("How to silence it")?.includes(`ignore-next-line ${meta.id} --`));
    });

    it("marks every place that the wrong examples are told for", () => {
      assert.ok(page.wrong.length > 0);
      for (const example of page.wrong) {
        for (const file of envFiles(example)) {
          for (const { text, carets } of [file, file.printed ?? file]) {
            const drawn = carets.map(({ line, start, end, severity }) => `${line + 1}:${start}-${end} ${severity}`);
            assert.notDeepEqual(drawn, []);
            assert.deepEqual(places(of(check(example, file, text)), text), drawn.sort());
          }
        }
      }
    });

    it("tells nothing about the right examples", () => {
      assert.ok(page.right.length > 0);
      for (const example of page.right) {
        for (const file of envFiles(example)) {
          const told = check(example, file, file.text);
          assert.deepEqual(of(told), []);
          assert.deepEqual([...errors(told)], []);
        }
      }
    });

    it("says what kind of fix there is, and every fix holds", () => {
      const kinds = new Set<boolean>();
      for (const example of page.wrong) {
        for (const file of envFiles(example)) {
          const told = check(example, file, file.text);
          for (const finding of of(told)) {
            for (const fix of finding.fixes ?? []) {
              kinds.add(fix.safe);
              const text = apply(file.text, fix);
              const after = check(example, file, text);
              assert.ok(of(after).length < of(told).length, `${fix.title}: the finding is still there`);
              const isThere = ({ span }: Told): boolean => span.start === finding.span.start;
              for (const rule of errors(after)) assert.ok(errors(told).has(rule), `${fix.title}: new ${rule}`);
              if (fix.preferred) assert.equal(applyPreferred(text, after.filter(isThere)), text);
            }
          }
        }
      }
      assert.equal(page.facts.get("Fix"), kinds.has(true) ? "safe" : kinds.has(false) ? "offered" : "none");
    });

    it("shows on the right what the preferred fix makes of the wrong", () => {
      for (const [at, example] of page.wrong.entries()) {
        for (const file of envFiles(example)) {
          const told = of(check(example, file, file.text));
          if (!told.some(({ fixes = [] }) => fixes.some(({ preferred }) => preferred))) continue;
          const right = page.right[at]?.files.find(({ name }) => name === file.name);
          assert.equal(applyPreferred(file.text, told), right?.text);
        }
      }
    });
  });
}
