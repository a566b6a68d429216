// What the grammar makes of a configuration. UPDATE_FIXTURES=1 writes the marks anew, for review.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { IGrammar } from "vscode-textmate";
import { must } from "../support/must.ts";
import { isIllegal, loadGrammar, SYNTAXES, tokenize } from "./grammar.ts";
import { isMark, marksOf, written } from "./marks.ts";

const FIXTURES = path.join(__dirname, "fixtures");
/** The files that come with the servers, without their comments. */
const STOCK = path.resolve(__dirname, "../conf/stock");

describe("grammar", () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  const withMarks = (lines: readonly string[]): string => {
    const tokens = tokenize(grammar, lines.join("\n"));
    return lines.flatMap((line, i) => [line, ...marksOf(must(tokens[i])).map(written)]).join("\n");
  };
  const illegal = (text: string): readonly string[] =>
    tokenize(grammar, text).flatMap((tokens) => tokens.filter(isIllegal).map((token) => token.text));

  for (const name of readdirSync(FIXTURES)) {
    const file = path.join(FIXTURES, name);
    const marked = readFileSync(file, "utf8");
    const lines = marked.split("\n").filter((line) => !isMark(line));

    describe(name, () => {
      it("has the tokens that are marked", () => {
        const actual = withMarks(lines);
        if (process.env.UPDATE_FIXTURES) writeFileSync(file, actual);
        else assert.equal(actual, marked);
      });

      it("has the same ones with carriage returns", () => {
        const unix = tokenize(grammar, lines.join("\n")).map(marksOf);
        const dos = tokenize(grammar, lines.join("\r\n")).map((tokens, i) => {
          const { length } = must(lines[i]);
          return marksOf(tokens.map((token) => ({ ...token, end: Math.min(token.end, length) })));
        });
        assert.deepEqual(dos, unix);
      });

      it("leaves nothing open at the end of a line", () => {
        for (const line of lines) {
          const [, next] = tokenize(grammar, `${line}\nport 1`);
          assert.deepEqual(
            must(next).map(({ text, scopes }) => [text, scopes.at(-1)]),
            [
              ["port", "keyword.other.directive"],
              [" ", "meta.directive"],
              ["1", "constant.numeric.port"],
            ],
            line,
          );
        }
      });
    });
  }

  it("uses every rule that it defines, and defines every rule that it uses", () => {
    const source = readFileSync(path.join(SYNTAXES, "redis-conf.tmLanguage.json"), "utf8");
    const used = new Set([...source.matchAll(/"include": "#(\w+)"/g)].map(([, name]) => name));
    assert.deepEqual([...used].sort(), Object.keys(JSON.parse(source).repository).sort());
  });

  it("finds nothing illegal in the files that come with the servers", () => {
    for (const name of readdirSync(STOCK))
      assert.deepEqual(illegal(readFileSync(path.join(STOCK, name), "utf8")), [], name);
  });

  it("takes only the blanks of the server for blanks", () => {
    const [tokens] = tokenize(grammar, "maxmemory\f1gb\v# half\u00a0a");
    assert.deepEqual(
      must(tokens).map(({ text, scopes }) => [text, scopes.at(-1)]),
      [
        ["maxmemory", "keyword.other.directive"],
        ["\f", "meta.directive"],
        ["1", "constant.numeric.memory"],
        ["gb", "keyword.other.unit"],
        ["\v", "meta.directive"],
        ["#", "invalid.illegal.comment"],
        [" half\u00a0a", "invalid.illegal.comment"],
      ],
    );
    assert.deepEqual(illegal("maxmemory 1gb\u00a0# half"), []);
  });
});
