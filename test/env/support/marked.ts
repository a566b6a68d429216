// Reads a text whose findings are drawn below their lines: `#     ^^^^ rule severity`. A `#` that touches the carets counts as one.
import assert from "node:assert/strict";
import { checkEnv, type EnvApp, type EnvSurroundings } from "../../../server/src/core/env/index.ts";
import { LineIndex } from "../../../server/src/core/text.ts";

export interface Scene {
  /** `mastodon@4.5`, `postiz`. */
  readonly apps?: readonly string[];
  readonly path?: string;
  readonly around?: EnvSurroundings;
  /** Findings of these rules only; else all must be drawn. */
  readonly only?: RegExp;
}

export function appsOf(words: readonly string[]): EnvApp[] {
  return words.map((word) => {
    const [app = "", version = null] = word.split("@");
    return { app, version };
  });
}

const CARETS = /^#([ \t]*)(\^+) (\S+) (\w+)$/;

/** Fails when a finding is missing, too much, or stands elsewhere. */
export function assertTold(marked: string, scene: Scene): void {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of marked.split("\n")) {
    const [whole, gap = "", carets = "", rule, severity] = CARETS.exec(line) ?? [];
    if (whole === undefined) lines.push(line);
    else {
      const start = gap === "" ? 0 : gap.length + 1;
      const end = gap.length + 1 + carets.length;
      expected.push(`${lines.length}:${start}-${end} ${rule} ${severity}`);
    }
  }
  const text = lines.join("\n");
  assert.deepEqual(told(text, scene).sort(), expected.sort());
}

export function told(
  text: string,
  { apps = ["mastodon@4.5"], path = "/project/.env.production", around, only }: Scene,
): string[] {
  const index = new LineIndex(text);
  const { told: findings, failed } = checkEnv({
    path,
    text,
    apps: appsOf(apps),
    ...(around === undefined ? {} : { around }),
  });
  assert.deepEqual(failed, []);
  return findings
    .filter(({ meta }) => only === undefined || only.test(meta.id))
    .flatMap(({ meta, drafts }) =>
      drafts.map(({ span, severity }) => {
        const { line, character } = index.position(span.start);
        const end = character + span.end - span.start;
        return `${line + 1}:${character}-${end} ${meta.id} ${severity ?? meta.severity}`;
      }),
    );
}
