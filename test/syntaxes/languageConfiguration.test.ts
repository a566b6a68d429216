// What the editor does beside colouring: comments, words, pairs, folding.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { SYNTAXES } from "./grammar.ts";

interface LanguageConfiguration {
  readonly comments: { readonly lineComment: string };
  readonly brackets: readonly (readonly [string, string])[];
  readonly autoClosingPairs: readonly { readonly open: string; readonly close: string; readonly notIn: string[] }[];
  readonly surroundingPairs: readonly (readonly [string, string])[];
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
  readonly wordPattern: { readonly pattern: string; readonly flags: string };
}

describe("language configuration", () => {
  const text = readFileSync(path.join(SYNTAXES, "redis-conf.language-configuration.json"), "utf8");
  const configuration: LanguageConfiguration = JSON.parse(text.replace(/^\s*\/\/.*$/gm, ""));

  const words = (line: string): readonly string[] => {
    const { pattern, flags } = configuration.wordPattern;
    return line.match(new RegExp(pattern, `${flags}g`)) ?? [];
  };

  it("comments with #", () => {
    assert.deepEqual(configuration.comments, { lineComment: "#" });
  });

  it("takes a name with dashes, a unit, an address and a policy for one word each", () => {
    assert.deepEqual(words("maxmemory-policy allkeys-lru"), ["maxmemory-policy", "allkeys-lru"]);
    assert.deepEqual(words("bind 127.0.0.1 -::1"), ["bind", "127.0.0.1", "1"]);
    assert.deepEqual(words("maxmemory-"), ["maxmemory-"]);
    assert.deepEqual(words("maxmemory 1gb"), ["maxmemory", "1gb"]);
    assert.deepEqual(words("aof_rewrite_cpulist 8-11"), ["aof_rewrite_cpulist", "8-11"]);
    assert.deepEqual(words("module.setting x"), ["module.setting", "x"]);
  });

  it("leaves the signs of rules, quotes and full stops out of a word", () => {
    assert.deepEqual(words("user app on >pass +@read ~app:*"), ["user", "app", "on", "pass", "read", "app"]);
    assert.deepEqual(words('# Größe of "the" set.'), ["Größe", "of", "the", "set"]);
  });

  it("closes quotes, but not in strings and not in comments, where they are apostrophes", () => {
    const pairs = new Map(configuration.autoClosingPairs.map((pair) => [pair.open, pair]));
    for (const quote of ['"', "'"]) {
      assert.deepEqual(pairs.get(quote), { open: quote, close: quote, notIn: ["string", "comment"] });
      assert.ok(configuration.surroundingPairs.some(([open, close]) => open === quote && close === quote));
    }
    for (const [open, close] of configuration.brackets) assert.equal(pairs.get(open)?.close, close);
  });

  it("folds what stands between # region and # endregion, and takes no other comment for one of them", () => {
    const { start, end } = configuration.folding.markers;
    assert.deepEqual(
      ["# region limits", "#region", "# regional", "#### REGION ####", "# endregion"].map((line) => [
        new RegExp(start).test(line),
        new RegExp(end).test(line),
      ]),
      [
        [true, false],
        [true, false],
        [false, false],
        [false, false],
        [false, true],
      ],
    );
  });
});
