// The cases of test/conformance/env/cases: every finding at its exact place, nothing on the lines that must stay silent.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkEnv } from "../../../server/src/core/env/check.ts";
import type { Severity } from "../../../server/src/core/finding.ts";
import type { Draft } from "../../../server/src/core/rules/rule.ts";
import { LineIndex } from "../../../server/src/core/text.ts";

const CASES = path.join(__dirname, "cases");
/** All versions a case may speak of; cases that declare none are run with each of them, and with none. */
const SERIES = ["4.6", "4.5", "4.4", "4.3", "4.2"];

type Fix = string | { deleteLine?: true; insertAfterLine?: number; text?: string; replaceLine?: string } | null;

interface ExpectedFinding {
  readonly line: number;
  readonly character: number;
  readonly text: string;
  readonly code: string;
  readonly fix: Fix;
  readonly byMastodon?: Readonly<Record<string, string | null>>;
  readonly optional?: boolean;
}

interface Case {
  readonly id: string;
  readonly title: string;
  readonly as: string;
  readonly app: string;
  readonly declaredMastodon: string | null;
  readonly findings: readonly ExpectedFinding[];
  readonly silent: readonly { readonly line: number }[];
}

interface Told extends Draft {
  readonly rule: string;
  readonly level: Severity;
  readonly line: number;
  readonly character: number;
  readonly text: string;
}

/** Rules that a code of the cases stands for; codes without an entry only have to stand at the right place. */
const RULE_OF_CODE: Readonly<Record<string, string>> = {
  "duplicate-key": "env/duplicate-key",
  "wrong-scheme": "env/url-scheme",
  "password-not-encoded": "env/url-password-encoding",
  namespace: "mastodon/redis-namespace-removed",
  "shadowed-by-url": "mastodon/url-overrides-parts",
  "sentinel-incomplete": "mastodon/sentinel-pair",
  "tls-needs-ruby-driver": "mastodon/tls-needs-ruby-driver",
};

function tell(text: string, { as, app }: Case, version: string | null): Told[] {
  const lines = new LineIndex(text);
  const { told, failed } = checkEnv({ path: `/project/${as}`, text, apps: [{ app, version }] });
  assert.deepEqual(failed, []);
  return told.flatMap(({ meta, drafts }) =>
    drafts.map((draft) => {
      const { line, character } = lines.position(draft.span.start);
      const level = draft.severity ?? meta.severity;
      const column = line === 0 && text.startsWith("\uFEFF") ? character - 1 : character;
      const written = text.slice(draft.span.start, draft.span.end);
      return { ...draft, rule: meta.id, level, line: line + 1, character: column, text: written };
    }),
  );
}

function expectedIn(test: Case, version: string | null): ExpectedFinding[] {
  return test.findings.filter(({ byMastodon }) => {
    if (byMastodon === undefined) return true;
    const state = byMastodon[version ?? ""];
    return version === null || (state !== null && state !== undefined);
  });
}

function apply(text: string, { edits }: NonNullable<Draft["fixes"]>[number]): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}

function fixed(text: string, finding: ExpectedFinding): string | null {
  const { fix, line, text: blamed, character } = finding;
  if (fix === null) return null;
  const lines = text.split("\n");
  if (typeof fix === "string") {
    const old = lines[line - 1] as string;
    lines[line - 1] = old.slice(0, character) + fix + old.slice(character + blamed.length);
  } else if (fix.deleteLine === true) lines.splice(line - 1, 1);
  else if (fix.replaceLine !== undefined) lines[line - 1] = fix.replaceLine;
  else if (fix.insertAfterLine !== undefined) lines.splice(fix.insertAfterLine, 0, fix.text ?? "");
  return lines.join("\n");
}

for (const file of readdirSync(CASES).filter((name) => name.endsWith(".json"))) {
  const test = JSON.parse(readFileSync(path.join(CASES, file), "utf8")) as Case;
  const text = readFileSync(path.join(CASES, file.replace(/\.json$/, ".env")), "utf8");
  const versions = test.declaredMastodon === null ? [...SERIES, null] : [test.declaredMastodon];

  describe(`conformance: ${test.id}, ${test.title}`, () => {
    for (const version of versions) {
      describe(`with ${test.app} ${version ?? "of unknown version"}`, () => {
        const told = tell(text, test, version);

        it("tells every finding at its place, with its fix", () => {
          for (const finding of expectedIn(test, version).filter(({ optional }) => optional !== true)) {
            const rule = RULE_OF_CODE[finding.code];
            const match = told.find(
              ({ line, character, text: written, level, rule: id }) =>
                line === finding.line &&
                character === finding.character &&
                written === finding.text &&
                level !== "hint" &&
                (rule === undefined || rule === id),
            );
            assert.ok(match !== undefined, `${finding.code} at ${finding.line}:${finding.character}`);
            const wanted = fixed(text, finding);
            const offered = (match.fixes ?? []).filter(({ preferred }) => preferred).map((fix) => apply(text, fix));
            if (wanted !== null) assert.deepEqual(offered, [wanted]);
          }
        });

        it("tells nothing where nothing is wrong", () => {
          const places = new Set(test.findings.map(({ line }) => line));
          const silent = new Set(test.silent.map(({ line }) => line));
          const loud = told.filter(({ level }) => level !== "hint");
          assert.deepEqual(
            loud.filter(({ line }) => silent.has(line)),
            [],
          );
          // Postiz's own rule tells the variables of its cache page, which the cases take as they are.
          const further = loud.filter(({ line, rule }) => !places.has(line) && rule !== "postiz/variable-not-read");
          assert.deepEqual(further, []);
          if (expectedIn(test, version).length === 0) assert.deepEqual(loud, []);
        });
      });
    }
  });
}
