// Small texts whose expectations are drawn into them: «…» is the range of a recognised image, ‹…› the place that its
// replacement changes when that is somewhere else, ⟦…⟧ holds the place of a problem.
import assert from "node:assert/strict";
import type { SettingsLayer } from "../../server/src/core/index.ts";
import { checkMemory } from "../support/inProcess.ts";
import { applied, type JsonFinding, offsetAt, textAt } from "../support/json.ts";
import { must } from "../support/must.ts";
import { isAboutImages } from "./cases.ts";

export interface MarkedCase {
  readonly id: string;
  readonly why: string;
  /** Texts with marks, by path. */
  readonly files: Readonly<Record<string, string>>;
  /**
   * One for each «…», in the order of the files and of the text: `redis unsupported 8.2` is the engine, the state and
   * the replacement. Without a third word no replacement is right; `*` says nothing about it.
   */
  readonly images: readonly string[];
  /** One for each ⟦…⟧: the rule that tells it. */
  readonly problems?: readonly string[];
  readonly mastodon?: string;
  readonly settings?: SettingsLayer;
  readonly languageId?: string;
}

interface Mark {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

interface Marks {
  readonly text: string;
  readonly images: readonly Mark[];
  readonly edits: readonly Mark[];
  readonly problems: readonly Mark[];
}

const CLOSING: Readonly<Record<string, string>> = { "«": "»", "‹": "›", "⟦": "⟧" };

function readMarks(file: string, marked: string): Marks {
  const found: Record<string, Mark[]> = { "«": [], "‹": [], "⟦": [] };
  const open: { readonly sign: string; readonly start: number }[] = [];
  let text = "";
  for (const sign of marked) {
    if (sign in CLOSING) open.push({ sign, start: text.length });
    else if (Object.values(CLOSING).includes(sign)) {
      const { sign: opening, start } = must(open.pop(), `the start of ${sign}`);
      assert.equal(CLOSING[opening], sign);
      must(found[opening]).push({ file, start, end: text.length });
    } else text += sign;
  }
  assert.deepEqual(open, []);
  const inOrder = (sign: string): Mark[] => must(found[sign]).sort((a, b) => a.start - b.start);
  return { text, images: inOrder("«"), edits: inOrder("‹"), problems: inOrder("⟦") };
}

/** Who tells a state. Where the app would refuse the server at boot, that is said instead of a blank cell. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  "end-of-life": ["mastodon/engine-end-of-life"],
  unsupported: ["mastodon/engine-unsupported"],
  unlisted: ["mastodon/engine-unlisted", "keydb/not-in-matrix", "mastodon/sidekiq-minimum-redis"],
  floating: ["image/floating-tag"],
};
const COMPATIBILITY = Object.values(TOLD).flat();

export function assertMarked(wanted: MarkedCase): void {
  const marks = Object.entries(wanted.files).map(([file, text]) => [file, readMarks(file, text)] as const);
  const texts = new Map(marks.map(([file, { text }]) => [file, text]));
  const images = marks.flatMap(([, one]) => one.images);
  const edits = marks.flatMap(([, one]) => one.edits);
  const problems = marks.flatMap(([, one]) => one.problems);
  assert.equal(images.length, wanted.images.length, "marks and expectations");
  assert.equal(problems.length, wanted.problems?.length ?? 0, "marks and problems");

  const { json } = checkMemory(Object.fromEntries(texts), {
    settings: { apps: { mastodon: wanted.mastodon ?? "4.5" }, ...wanted.settings },
    ...(wanted.languageId === undefined ? {} : { languageId: wanted.languageId }),
  });
  const markOf = (file: string, line: number, column: number, text: string): Mark => {
    const start = offsetAt(must(texts.get(file)), line, column);
    return { file, start, end: start + text.length };
  };
  const show = ({ file, start, end }: Mark, what: string): string =>
    `${file}:${start} "${must(texts.get(file)).slice(start, end)}" ${what}`;
  const told = json.files.flatMap((file) =>
    file.images.map(({ line, column, text, engine, states }) =>
      show(markOf(file.path, line, column, text), `${engine} ${states.mastodon}`),
    ),
  );
  const expected = images.map((mark, at) => show(mark, must(wanted.images[at]).split(" ").slice(0, 2).join(" ")));
  assert.deepEqual(told.toSorted(), expected.toSorted());

  const findings = json.files.flatMap((file) => file.findings.map((finding) => ({ ...finding, file: file.path })));
  const spanOf = (finding: JsonFinding & { readonly file: string }): Mark =>
    markOf(finding.file, finding.line, finding.column, textAt(must(texts.get(finding.file)), finding));
  const explained = new Set<JsonFinding>();
  problems.forEach((mark, at) => {
    const rule = must(wanted.problems?.[at]);
    const found = findings.filter((finding) => {
      const span = spanOf(finding);
      return finding.rule === rule && span.file === mark.file && mark.start <= span.start && span.end <= mark.end;
    });
    assert.equal(found.length, 1, `${rule} at ${show(mark, "")}`);
    for (const finding of found) explained.add(finding);
  });
  images.forEach((mark, at) => {
    const [, state = "", replacement] = must(wanted.images[at]).split(" ");
    const there = findings.filter((finding) => {
      const span = spanOf(finding);
      return span.file === mark.file && span.start === mark.start && span.end === mark.end;
    });
    for (const finding of there) explained.add(finding);
    const rules = TOLD[state] ?? [];
    const compatibility = there.map(({ rule }) => rule).filter((rule) => COMPATIBILITY.includes(rule));
    assert.ok(
      compatibility.every((rule) => rules.includes(rule)) && compatibility.length === Math.min(rules.length, 1),
      `${show(mark, state)}: ${compatibility.join(", ") || "nothing"}`,
    );
    if (state === "unknown")
      assert.deepEqual(
        there.filter(({ rule: one }) => !wanted.problems?.includes(one)),
        [],
      );
    assertReplacement(mark, replacement, there, edits, texts);
  });
  assert.deepEqual(
    findings
      .filter((finding) => isAboutImages(finding) && !explained.has(finding))
      .map((finding) => show(spanOf(finding), finding.rule)),
    [],
    "expected nowhere",
  );
}

function assertReplacement(
  mark: Mark,
  replacement: string | undefined,
  there: readonly JsonFinding[],
  edits: readonly Mark[],
  texts: ReadonlyMap<string, string>,
): void {
  if (replacement === "*") return;
  const preferred = there.flatMap(({ fixes }) => fixes.filter((fix) => fix.preferred));
  const results = preferred.map((fix) => Object.fromEntries(applied(texts, fix.edits)));
  if (replacement === undefined) {
    assert.deepEqual(results, [], "no replacement is right");
    return;
  }
  assert.ok(results.length > 0, `nothing offers ${replacement}`);
  // A text of its own for each replacement: the mark of the edit belongs to the image when there is one such mark.
  const { file, start, end } = edits.length === 1 ? must(edits[0]) : mark;
  const text = must(texts.get(file));
  const after = Object.fromEntries(new Map(texts).set(file, text.slice(0, start) + replacement + text.slice(end)));
  for (const result of results) assert.deepEqual(result, after);
}
