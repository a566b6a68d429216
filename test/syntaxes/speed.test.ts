// A line of any length costs its length, nothing more: twice the text takes about twice the time. Lines that a grammar could
// stumble over, each against its own half.
import assert from "node:assert/strict";
import { type IGrammar, INITIAL } from "vscode-textmate";
import { loadGrammar } from "./grammar.ts";

const MEGABYTE = 1_000_000;
const RATIO = 3;
const ROUNDS = 5;

/** Few tokens in a megabyte. */
const LONG: Readonly<Record<string, (length: number) => string>> = {
  "one word": (n) => `dir ${"x".repeat(n)}`,
  "one number": (n) => `timeout ${"1".repeat(n)}`,
  "one string": (n) => `dir "${"x".repeat(n)}"`,
  "a string that never ends": (n) => `dir "${'\\"'.repeat(n / 2)}`,
  "quotes of the other kind": (n) => `dir "${"x'".repeat(n / 2)}`,
  "blanks before a word": (n) => `timeout${" ".repeat(n)}1`,
  "a line of #": (n) => `${"#".repeat(n)} x`,
  "a heading without an end": (n) => `#### ${"a ".repeat(n / 2)}`,
  "a password with a comment": (n) => `requirepass #${'"a"'.repeat(n / 3)} x`,
  "an address without an end": (n) => `bind ${"a:".repeat(n / 2)}z`,
  "brackets of a selector": (n) => `user app ${"(".repeat(n)}`,
  "nothing but quotes as a name": (n) => `"${"'".repeat(n)}`,
};

/** Tokens all over: a fifth of the length shows it, too. */
const DENSE: Readonly<Record<string, (length: number) => string>> = {
  words: (n) => `unknown ${"ab ".repeat(n / 3)}`,
  pairs: (n) => `save ${"1 ".repeat(n / 2)}x`,
  strings: (n) => `unknown ${'"a" '.repeat(n / 4)}`,
  "strings with #": (n) => `unknown ${'"a #b" '.repeat(n / 7)}`,
  "strings with # in a user": (n) => `user app ${'"a # b" '.repeat(n / 8)}`,
  escapes: (n) => `dir "${"\\n".repeat(n / 2)}"`,
  "backslashes before quotes": (n) => `dir ${'\\"a b'.repeat(n / 5)}`,
  "quotes in quotes": (n) => `dir ${"'\"' ".repeat(n / 4)}`,
  rules: (n) => `user app ${"+get ".repeat(n / 5)}`,
  selectors: (n) => `user app ${"(+a) ".repeat(n / 5)}`,
  hashes: (n) => `user app ${"#a ".repeat(n / 3)}`,
  "quotes as a master": (n) => `sentinel monitor ${'"'.repeat(n)}`,
};

describe("grammar: long lines", () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  const cpuMs = (line: string): number => {
    const before = process.cpuUsage();
    const { stoppedEarly, tokens } = grammar.tokenizeLine(line, INITIAL);
    const { user, system } = process.cpuUsage(before);
    assert.equal(stoppedEarly, false);
    assert.ok(tokens.length <= line.length + 1);
    return (user + system) / 1000;
  };

  /** A pause of the collector or of the machine may spoil a round, not all of them. */
  const smallestRatio = (line: (length: number) => string, length: number): number => {
    let smallest = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS && smallest >= RATIO; round++) {
      const half = cpuMs(line(length / 2));
      smallest = Math.min(smallest, cpuMs(line(length)) / half);
    }
    return smallest;
  };

  const holds = (shapes: typeof LONG, length: number): void => {
    for (const [name, line] of Object.entries(shapes))
      it(name, function () {
        this.timeout(60_000);
        cpuMs(line(6000));
        const ratio = smallestRatio(line, length);
        assert.ok(ratio < RATIO, `twice the length took ${ratio.toFixed(1)} times as long`);
      });
  };
  holds(LONG, MEGABYTE);
  holds(DENSE, MEGABYTE / 5);
});
