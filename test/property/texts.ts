// Texts that nobody would write, and texts that somebody nearly wrote.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";

/** The same runs on every machine. */
export const RUNS = { seed: 20_261_120, endOnFailure: true } as const;

/** Words and signs that mean something in one of the formats. */
const TOKENS = [
  "services:",
  "image:",
  "image",
  "build: .",
  "extends:",
  "include:",
  "x-a: &a",
  "<<: *a",
  "&a",
  "*a",
  "*b",
  "<<:",
  "- ",
  "? ",
  ": ",
  "---",
  "...",
  "!reset",
  "!override",
  "!!str",
  "%YAML 1.2",
  "|",
  ">-",
  "[",
  "]",
  "{",
  "}",
  ",",
  '"',
  "'",
  "\\",
  "redis:6.2",
  "redis:7.0-alpine",
  "redis",
  "valkey/valkey:8",
  "eqalpha/keydb",
  "memcached:1.6",
  "ghcr.io/mastodon/mastodon:v4.5.1",
  "@sha256:",
  "0123456789abcdef".repeat(4),
  ":latest",
  ":",
  "7",
  ".",
  "-alpine",
  "${",
  "}",
  "$",
  "$$",
  "TAG",
  "${TAG}",
  "${TAG:-7.0}",
  "${A:-${B:-6.2}}",
  "${A:+x}",
  "{{",
  "}}",
  "${{ x }}",
  "{{ .x }}",
  "FROM ",
  "ARG ",
  "AS x",
  "\\\n",
  "# escape=`",
  "<<EOF",
  "EOF",
  "apiVersion: v1",
  "kind: Pod",
  "containers:",
  "repository: redis",
  "tag: 7.0",
  "jobs:",
  "container:",
  "export ",
  "=",
  "TAG=7.0",
  "# ",
  "# cache-compat: mastodon=4.5",
  "# cache-compat-ignore-next-line image/floating-tag -- x",
  "until=2020-01-01",
  '{"apps": {"mastodon": "4.5"}}',
  "null",
  "\n",
  "\n  ",
  "\n    ",
  "\r\n",
  "\r",
  "\t",
  " ",
  "\uFEFF",
  "\0",
  "🦣",
  "é",
  "\u2028",
  "\uD83E",
];

export const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 40 }).map((tokens) => tokens.join(""));

export const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 200 }), soup);

const CASES = path.join(__dirname, "..", "conformance", "cases");

/** Files of the conformance cases, by the name that says what they are. */
export const FIXTURES: readonly { readonly name: string; readonly text: string }[] = readdirSync(CASES, {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile() && !entry.name.endsWith(".json"))
  .map((entry) => {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(CASES, file).split(path.sep).slice(2).join("/");
    return { name, text: readFileSync(file, "utf8").replace(/^\uFEFF/, "") };
  })
  .sort((a, b) => (a.text < b.text ? -1 : 1));

/** A fixture with up to six things deleted, doubled or put in. */
export const mutated = fc
  .tuple(
    fc.constantFrom(...FIXTURES),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom("", ...TOKENS)), { minLength: 1, maxLength: 6 }),
  )
  .map(([{ name, text }, changes]) => ({
    name,
    text: changes.reduce((before, [where, length, put]) => {
      const at = where % (before.length + 1);
      return before.slice(0, at) + put + before.slice(at + length);
    }, text),
  }));
