// Whatever the file looks like: after "ignore this rule" the finding is gone, and nothing new is told.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import {
  applyEdits,
  type Finding,
  type Layer,
  type SuppressAction,
  suppressActions,
} from "../../server/src/core/index.ts";
import { flagLayer } from "../rules/flagLayer.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { readPage } from "../rules/pageExamples.ts";
import { ROOT } from "../support/build.ts";
import { checker, TODAY } from "../support/inProcess.ts";
import { mutated, RUNS } from "./texts.ts";

const PROJECT = "/project";
const PAGES = path.join(ROOT, "data", "rules");

type Texts = ReadonlyMap<string, string>;

interface Told extends Finding {
  readonly path: string;
  readonly line: number;
}

interface Example {
  readonly page: string;
  readonly texts: Texts;
  readonly layer: Layer;
}

/** The wrong examples of all pages; their flags count as settings, so that a project file is stronger. */
const EXAMPLES: readonly Example[] = readdirSync(PAGES, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .sort()
  .flatMap((name) =>
    readPage(readFileSync(path.join(PAGES, name), "utf8")).wrong.map((example) => ({
      page: name,
      texts: new Map(example.files.map((file) => [`${PROJECT}/${file.name}`, file.text])),
      layer: { ...flagLayer(example.flags, checker.vocabulary), from: "setting" as const },
    })),
  );

function reportOf(texts: Texts, layer: Layer, file: string) {
  const source = { path: file, text: texts.get(file) ?? "", languageId: null };
  const files = new MemoryFiles(texts, PROJECT);
  return checker.check({ source, layers: [layer], useProjectFile: true, files, today: TODAY });
}

function check(texts: Texts, layer: Layer): Told[] {
  return [...texts.keys()].flatMap((file) => {
    const { findings, lines } = reportOf(texts, layer, file);
    return findings.map((finding) => ({ ...finding, path: file, line: lines.position(finding.span.start).line }));
  });
}

function actionsOf(texts: Texts, layer: Layer, finding: Told): readonly SuppressAction[] {
  return suppressActions(reportOf(texts, layer, finding.path), finding, new MemoryFiles(texts, PROJECT));
}

function applied(texts: Texts, { edit, creates }: SuppressAction): Texts {
  assert.equal(creates, !texts.has(edit.path));
  return new Map([...texts, [edit.path, applyEdits(texts.get(edit.path) ?? "", [edit])]]);
}

/** What is told after the action, without the finding it was for. */
function assertSilences(texts: Texts, layer: Layer, finding: Told, action: SuppressAction): void {
  const { edit, rule, title } = action;
  const before = check(texts, layer);
  const after = check(applied(texts, action), layer);
  const where = `${title}: ${JSON.stringify(texts.get(finding.path))} + ${JSON.stringify(edit)}`;
  const shift = edit.path === finding.path && /\n[ \t]*$/.test(edit.newText) ? 1 : 0;
  const isSame = (told: Told): boolean =>
    told.rule === rule && told.path === finding.path && (!title.endsWith("line") || told.line === finding.line + shift);
  assert.deepEqual(after.filter(isSame), [], where);
  // Nothing else may come or go; a comment moves lines, so they do not count.
  const known = before.map(({ path: file, rule: id, message }) => `${file} ${id} ${message}`);
  for (const { path: file, rule: id, message } of after) {
    const at = known.indexOf(`${file} ${id} ${message}`);
    // A verdict that is switched off no longer speaks for the others: the next one takes its place.
    const isNext = title.includes("this project") && file === finding.path && id.split("/")[0] !== "suppression";
    assert.ok(at >= 0 || isNext, `new: ${id} ${message} after ${where}`);
    if (at < 0) continue;
    known.splice(at, 1);
  }
}

/** Ways to write the same file. */
const VARIANTS: Readonly<Record<string, (text: string) => string>> = {
  "as they are": (text) => text,
  "with CRLF": (text) => text.replaceAll("\n", "\r\n"),
  "without a last line break": (text) => text.replace(/\n$/, ""),
  "with a byte order mark": (text) => `\uFEFF${text}`,
  "under comments": (text) => `# one\n# another\n${text}`,
};

describe("properties: ignore this rule", function () {
  this.timeout(120_000);

  for (const [name, write] of Object.entries(VARIANTS)) {
    it(`silences every finding of the rule pages, ${name}`, () => {
      const scopes = new Map<string, number>();
      for (const { texts: written, layer, page } of EXAMPLES) {
        const isJson = [...written.keys()].some((file) => file.endsWith(".json"));
        const isLong = [...written.values()].some((text) => text.length > 100_000);
        if ((isJson || isLong) && name !== "as they are") continue;
        const texts = new Map([...written].map(([file, text]) => [file, write(text)]));
        for (const finding of check(texts, layer)) {
          const actions = actionsOf(texts, layer, finding);
          // Text that is not JSON cannot be edited as JSON.
          assert.equal(actions.length > 0, finding.rule !== "config/syntax", `${page}: ${finding.rule}`);
          for (const action of actions) {
            const scope = /(line|file|project)(?: \(|$)/.exec(action.title)?.[1] ?? "";
            scopes.set(scope, (scopes.get(scope) ?? 0) + 1);
            assertSilences(texts, layer, finding, action);
          }
        }
      }
      for (const scope of ["line", "file", "project"])
        assert.ok((scopes.get(scope) ?? 0) > 80, JSON.stringify([...scopes]));
    });
  }

  it("silences one finding after the other, until only comments are left to silence", () => {
    for (const scope of ["line", "file", "project"]) {
      for (const { texts: written, layer } of EXAMPLES) {
        let texts: Texts = written;
        for (let round = 0; round < 40; round++) {
          const todo = check(texts, layer).flatMap((finding) => {
            const action = actionsOf(texts, layer, finding).find(({ title }) => title.includes(`this ${scope}`));
            return action === undefined ? [] : [{ finding, action }];
          })[0];
          if (todo === undefined) break;
          assertSilences(texts, layer, todo.finding, todo.action);
          texts = applied(texts, todo.action);
        }
        // Comments for one place are gathered into one, unless one of them has a date.
        const stacked = /^[ \t]*# cache-compat-ignore-(\S+) (?!.*until=).*\n[ \t]*# cache-compat-ignore-\1 /m;
        for (const text of texts.values()) assert.doesNotMatch(text, stacked);
      }
    }
  });

  it("moves no blank behind a byte order mark to a line of its own, where it is an indentation", () => {
    const text = "\uFEFF services: { a: { image: 'redis:6.2' } }\nx-more: 1\n";
    const texts = new Map([[`${PROJECT}/compose.yaml`, text]]);
    const layer = { ...flagLayer(["--app", "mastodon@4.5"], checker.vocabulary), from: "setting" as const };
    const findings = check(texts, layer);
    assert.ok(findings.length > 0);
    for (const finding of findings) {
      const actions = actionsOf(texts, layer, finding);
      for (const action of actions) assertSilences(texts, layer, finding, action);
      assert.deepEqual(
        actions.map(({ edit }) => edit.path),
        [`${PROJECT}/cache-compat.json`],
      );
    }
  });

  it("puts no comment behind a NUL byte, where a server reads over the end of the line", () => {
    const file = `${PROJECT}/redis.conf`;
    const texts = new Map([[file, "maxmemory 10 1\nlogfile \0\nport a\nmaxmemory 10 2\n"]]);
    const layer = { ...flagLayer([], checker.vocabulary), from: "setting" as const };
    const findings = check(texts, layer);
    const onLine = findings.map(({ line, ...finding }) => {
      const actions = actionsOf(texts, layer, { ...finding, line });
      for (const action of actions) assertSilences(texts, layer, { ...finding, line }, action);
      return [line, actions.some(({ title }) => title.endsWith("on this line"))];
    });
    assert.deepEqual(onLine, [
      [0, true],
      [2, false],
      [3, false],
    ]);
  });

  it("silences findings of files that somebody broke", () => {
    let tried = 0;
    fc.assert(
      fc.property(mutated, ({ name, text }) => {
        const texts = new Map([[`${PROJECT}/${name}`, text]]);
        const layer: Layer = { from: "setting", settings: { apps: { mastodon: "4.5" } } };
        for (const finding of check(texts, layer))
          for (const action of actionsOf(texts, layer, finding)) {
            tried++;
            assertSilences(texts, layer, finding, action);
          }
      }),
      { ...RUNS, numRuns: 700 },
    );
    assert.ok(tried > 500, `only ${tried} actions were tried`);
  });
});
