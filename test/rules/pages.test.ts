// Every rule has a page, every page a rule, and the examples of a page do what the page says.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  builtInCatalog,
  Checker,
  type Finding,
  type Fix,
  LineIndex,
  RULE_METAS,
  type RuleMeta,
} from "../../server/src/core/index.ts";
import { flagLayer } from "./flagLayer.ts";
import { MemoryFiles } from "./memoryFiles.ts";
import { type Caret, type Example, HEADINGS, type Page, readPage } from "./pageExamples.ts";

const FOLDER = path.join(__dirname, "..", "..", "data", "rules");
const ROOT = "/project";
const SINCE = "0.1.0";
/** The day of an example that names none. Its result must not hang on it, so a second day is tried. */
const TODAY = "2026-11-20";
const ANOTHER_DAY = "2028-02-29";

const checker = new Checker(builtInCatalog());

type Texts = ReadonlyMap<string, string>;
type Told = Finding & { readonly path: string };

function check(texts: Texts, flags: readonly string[], today = TODAY): Told[] {
  const files = new MemoryFiles(texts, ROOT);
  return files.paths.flatMap((file) => {
    const text = texts.get(file) ?? "";
    const request = {
      source: { path: file, text, languageId: null },
      layers: [flagLayer(flags, checker.vocabulary)],
      files,
      today,
    };
    const report = checker.check({ ...request, useProjectFile: true });
    assert.deepEqual(report.failed, []);
    return report.findings.map((finding) => ({ ...finding, path: file }));
  });
}

function of(rule: string, told: readonly Told[]): Told[] {
  return told.filter((finding) => finding.rule === rule);
}

function textsOf(example: Example): Texts {
  return new Map(example.files.map((file) => [`${ROOT}/${file.name}`, file.text]));
}

/** `docker-compose.yml:3:18-21 error`, as told; an empty range is drawn as one caret. */
function placesTold(told: readonly Told[], texts: Texts): string[] {
  return told.map(({ path: file, span, severity }) => {
    const lines = new LineIndex(texts.get(file) ?? "");
    const start = lines.position(span.start);
    const end = lines.position(span.end);
    const column = end.line === start.line ? Math.max(end.character, start.character + 1) : -1;
    return `${path.posix.relative(ROOT, file)}:${start.line + 1}:${start.character + 1}-${column + 1} ${severity}`;
  });
}

function placesDrawn(files: readonly { readonly name: string; readonly carets: readonly Caret[] }[]): string[] {
  return files.flatMap(({ name, carets }) =>
    carets.map(({ line, start, end, severity }) => `${name}:${line + 1}:${start + 1}-${end + 1} ${severity}`),
  );
}

function applyFix(texts: Texts, fix: Fix): Texts {
  const edited = new Map(texts);
  for (const { path: file, span, newText } of fix.edits.toSorted((a, b) => b.span.start - a.span.start)) {
    const text = edited.get(file);
    assert.ok(text !== undefined, `${fix.title} edits ${file}, which is no file of the example`);
    edited.set(file, text.slice(0, span.start) + newText + text.slice(span.end));
  }
  return edited;
}

/** The preferred fixes of the rule, last place first, so that no edit moves the next one. */
function applyPreferred(texts: Texts, told: readonly Told[]): Texts {
  return told
    .toSorted((a, b) => b.span.start - a.span.start)
    .flatMap(({ fixes }) => fixes.filter(({ preferred }) => preferred))
    .reduce(applyFix, texts);
}

/** Findings at error severity by rule and file, with how many there are. */
function errors(told: readonly Told[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { severity, rule, path: file } of told)
    if (severity === "error") counts.set(`${rule} in ${file}`, (counts.get(`${rule} in ${file}`) ?? 0) + 1);
  return counts;
}

function assertNoNewError(before: readonly Told[], after: readonly Told[]): void {
  const known = errors(before);
  for (const [what, count] of errors(after)) assert.ok(count <= (known.get(what) ?? 0), `new: ${what}`);
}

function assertFixHolds(rule: string, example: Example, finding: Told, fix: Fix): void {
  const texts = textsOf(example);
  const before = check(texts, example.flags);
  const fixed = applyFix(texts, fix);
  const after = check(fixed, example.flags);
  assert.ok(of(rule, after).length < of(rule, before).length, "the finding is still there");
  const isThere = ({ path: file, span }: Told): boolean => file === finding.path && span.start === finding.span.start;
  assert.deepEqual(of(rule, after).filter(isThere), []);
  assertNoNewError(before, after);
  // Nobody wants the fix of a fix: what stands there now is preferred by all rules.
  if (fix.preferred) assert.deepEqual(applyPreferred(fixed, after.filter(isThere)), fixed);
}

/** What the page says about silencing, tried out. */
function assertSilences(page: Page, example: Example): void {
  const advice = page.sections.get("How to silence it") ?? "";
  const texts = textsOf(example);
  const told = of(page.id, check(texts, example.flags));
  const comment = /`(# cache-compat-ignore-next-line (\S+) -- [^`]+)`/.exec(advice);
  const flag = /`(--rule) (\S+=off)`/.exec(advice);
  if (comment === null) {
    assert.ok(flag !== null, "neither a comment nor a flag is named");
    assert.equal(flag[2], `${page.id}=off`);
    assert.deepEqual(of(page.id, check(texts, [...example.flags, "--rule", `${page.id}=off`])), []);
    return;
  }
  assert.equal(comment[2], page.id);
  const silenced = new Map(texts);
  for (const { path: file, span } of told.toReversed()) {
    const text = silenced.get(file) ?? "";
    const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
    const indent = /^ */.exec(text.slice(lineStart))?.[0] ?? "";
    silenced.set(file, `${text.slice(0, lineStart)}${indent}${comment[1]}\n${text.slice(lineStart)}`);
  }
  const after = check(silenced, example.flags);
  assert.deepEqual([...of(page.id, after), ...of("suppression/unused", after)], []);
}

function pageFiles(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.endsWith(".md"))
    .sort();
}

function severityOf(meta: RuleMeta): string {
  return meta.offByDefault === true ? `${meta.severity}, off unless you switch it on` : meta.severity;
}

describe("rule pages", () => {
  it("are one for each rule", () => {
    const ids = RULE_METAS.map((meta) => `${meta.id}.md`).sort();
    assert.deepEqual(pageFiles(), ids);
  });
});

for (const meta of RULE_METAS) {
  describe(`page of ${meta.id}`, () => {
    let page: Page;
    let markdown: string;
    before(() => {
      markdown = readFileSync(path.join(FOLDER, `${meta.id}.md`), "utf8");
      page = readPage(markdown);
    });

    it("has the form that --explain prints", () => {
      assert.equal(page.id, meta.id);
      assert.equal(page.title, meta.title);
      assert.deepEqual([...page.facts.keys()], ["Severity", "Fix", "Since"]);
      assert.equal(page.facts.get("Severity"), severityOf(meta));
      assert.equal(page.facts.get("Since"), SINCE);
      assert.deepEqual([...page.sections.keys()], HEADINGS);
      for (const [heading, text] of page.sections) assert.notEqual(text, "", heading);
      assert.match(markdown, /^[\x20-\x7e\n]*\n$/, "plain characters, a line break at the end");
    });

    it("names its sources with their days", () => {
      const listed = page.sections.get("Sources") ?? "";
      for (const { source, asOf } of meta.sources) assert.ok(listed.includes(`${source} (${asOf})`), source);
    });

    it("shows at least one wrong and one right example", () => {
      assert.ok(page.wrong.length > 0 && page.right.length > 0);
    });

    it("marks every place that the wrong examples are told for", () => {
      for (const example of page.wrong) {
        const days = example.flags.includes("--as-of") ? [TODAY] : [TODAY, ANOTHER_DAY];
        const printed = example.files.map((file) => ({ name: file.name, ...(file.printed ?? file) }));
        assert.notDeepEqual(placesDrawn(example.files), []);
        for (const files of [example.files, printed]) {
          const texts = new Map(files.map((file) => [`${ROOT}/${file.name}`, file.text]));
          for (const day of days) {
            const told = of(meta.id, check(texts, example.flags, day));
            assert.deepEqual(placesTold(told, texts), placesDrawn(files), day);
          }
        }
      }
    });

    it("tells nothing about the right examples", () => {
      for (const example of page.right) {
        const days = example.flags.includes("--as-of") ? [TODAY] : [TODAY, ANOTHER_DAY];
        for (const day of days) {
          const told = check(textsOf(example), example.flags, day);
          assert.deepEqual(of(meta.id, told), []);
          assert.deepEqual([...errors(told)], []);
        }
      }
    });

    it("says what kind of fix there is, and every fix holds", () => {
      const kinds = new Set<string>();
      for (const example of page.wrong) {
        for (const finding of of(meta.id, check(textsOf(example), example.flags))) {
          for (const fix of finding.fixes) {
            kinds.add(fix.safe ? "safe" : "offered");
            assertFixHolds(meta.id, example, finding, fix);
          }
        }
      }
      assert.equal(page.facts.get("Fix"), kinds.has("safe") ? "safe" : kinds.has("offered") ? "offered" : "none");
    });

    it("shows on the right what the preferred fix makes of the wrong", () => {
      for (const [at, example] of page.wrong.entries()) {
        const texts = textsOf(example);
        const told = of(meta.id, check(texts, example.flags));
        if (!told.some(({ fixes }) => fixes.some(({ preferred }) => preferred))) continue;
        assert.deepEqual(applyPreferred(texts, told), textsOf(page.right[at] ?? { files: [], flags: [] }));
      }
    });

    it("says how to silence it, and that works", () => {
      for (const example of page.wrong) assertSilences(page, example);
    });
  });
}
