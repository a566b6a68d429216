// What the readers make of a line, as their own tests and sources say it:
//   compose  compose-go e70e961, dotenv/godotenv_test.go and dotenv/parser.go (2026-07-21); docs.docker.com/compose/env-file
//   node     motdotla/dotenv 2fc7eac, tests/.env, tests/.env.multiline, tests/test-parse.js (2026-08-04)
//   ruby     bkeepers/dotenv 34156bf, spec/dotenv/parser_spec.rb and lib/dotenv/parser.rb (2025-12-03)
//   laravel  vlucas/phpdotenv 0fc66b3, src/Parser/EntryParser.php
// Expressions are compared as they stand: replacing them is the next step.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Dialect } from "../../server/src/core/env/dialect.ts";
import { envDefinitions, parseEnvFile, readEnvFile } from "../../server/src/core/parse/envFile.ts";

type Row = readonly [text: string, key: string, value: string];

const COMPOSE: readonly Row[] = [
  ["FOO=bar", "FOO", "bar"],
  ["FOO =bar", "FOO", "bar"],
  ["FOO= bar", "FOO", "bar"],
  ['FOO="bar"', "FOO", "bar"],
  ["FOO='bar'", "FOO", "bar"],
  ['FOO="escaped\\"bar"', "FOO", 'escaped"bar'],
  ['FOO="\\"quoted\\""', "FOO", '"quoted"'],
  ["FOO=\"'d'\"", "FOO", "'d'"],
  ["OPTION_A: 1", "OPTION_A", "1"],
  ["OPTION_A: Foo=bar", "OPTION_A", "Foo=bar"],
  ["OPTION_A=1:B", "OPTION_A", "1:B"],
  ["export OPTION_A=2", "OPTION_A", "2"],
  ["export OPTION_B='\\n'", "OPTION_B", "\\n"],
  ["export exportFoo=2", "exportFoo", "2"],
  ["exportFOO=2", "exportFOO", "2"],
  ["export_FOO =2", "export_FOO", "2"],
  ["export.FOO= 2", "export.FOO", "2"],
  ["export\tOPTION_A=2", "OPTION_A", "2"],
  ["  export OPTION_A=2", "OPTION_A", "2"],
  ['FOO="bar\\nbaz"', "FOO", "bar\nbaz"],
  ["FOO=a\\tb", "FOO", "a\\tb"],
  ['FOO="a\\tb"', "FOO", "a\tb"],
  ['KEY="Z\\aZ\\bZ\\fZ\\nZ\\rZ\\tZ\\vZ\\\\Z\\0123Z"', "KEY", "Z\x07Z\bZ\fZ\nZ\rZ\tZ\vZ\\ZSZ"],
  ["FOO.BAR=foobar", "FOO.BAR", "foobar"],
  ["FOO=foobar=", "FOO", "foobar="],
  ["FOO=bar ", "FOO", "bar"],
  ["FOO=bar # this is foo", "FOO", "bar"],
  ["FOO=bar #this is foo", "FOO", "bar"],
  ["FOO=bar #", "FOO", "bar"],
  ["FOO=123#not-an-inline-comment", "FOO", "123#not-an-inline-comment"],
  ['FOO="bar#baz"', "FOO", "bar#baz"],
  ['FOO="bar#baz"#', "FOO", "bar#baz"],
  ['FOO="bar#baz" # comment', "FOO", "bar#baz"],
  ["FOO='bar#baz' # comment", "FOO", "bar#baz"],
  ["FOO='ba#r'", "FOO", "ba#r"],
  ['FOO="bar\\n\\ b\\az"', "FOO", "bar\n\\ b\x07z"],
  ['FOO="bar\\nbaz\\\\"', "FOO", "bar\nbaz\\"],
  [" KEY =value", "KEY", "value"],
  ["\tKEY=value", "KEY", "value"],
  ['KEY="\\0123"', "KEY", "S"],
  ['KEY="\\x07"', "KEY", "\\x07"],
  ["VAR='Let\\'s go!'", "VAR", "Let's go!"],
  ['VAR="{\\"hello\\": \\"json\\"}"', "VAR", '{"hello": "json"}'],
  ["VAR='some\\tvalue'", "VAR", "some\\tvalue"],
  ["KEY= # comment", "KEY", "# comment"],
];

const NODE: readonly Row[] = [
  ["BASIC=basic", "BASIC", "basic"],
  ["EMPTY=", "EMPTY", ""],
  ["EMPTY=''", "EMPTY", ""],
  ['EMPTY=""', "EMPTY", ""],
  ["EMPTY=``", "EMPTY", ""],
  ["A='    single quotes    '", "A", "    single quotes    "],
  ["A='double \"quotes\" work inside single quotes'", "A", 'double "quotes" work inside single quotes'],
  ['A="{ port: $MONGOLAB_PORT}"', "A", "{ port: $MONGOLAB_PORT}"],
  ['A="`backticks` work inside double quotes"', "A", "`backticks` work inside double quotes"],
  ["A=`backticks`", "A", "backticks"],
  ["A=`double \"quotes\" and single 'quotes'`", "A", "double \"quotes\" and single 'quotes'"],
  ['A="expand\\nnew\\nlines"', "A", "expand\nnew\nlines"],
  ["A=dontexpand\\nnewlines", "A", "dontexpand\\nnewlines"],
  ["A='dontexpand\\nnewlines'", "A", "dontexpand\\nnewlines"],
  ["A=inline comments # work #very #well", "A", "inline comments"],
  ["A='inline comments outside of #singlequotes' # work", "A", "inline comments outside of #singlequotes"],
  ["A=`inline comments outside of #backticks` # work", "A", "inline comments outside of #backticks"],
  ["A=inline comments start with a#number sign. no space required.", "A", "inline comments start with a"],
  ["A=equals==", "A", "equals=="],
  ['A={"foo": "bar"}', "A", '{"foo": "bar"}'],
  ["A=    some spaced out string", "A", "some spaced out string"],
  ["    SPACED_KEY = parsed", "SPACED_KEY", "parsed"],
  ["export   A  =some_value", "A", "some_value"],
  ['A="THIS\nIS\nA\nMULTILINE\nSTRING"', "A", "THIS\nIS\nA\nMULTILINE\nSTRING"],
  ['A=`THIS\nIS\nA\n"MULTILINE\'S"\nSTRING`', "A", 'THIS\nIS\nA\n"MULTILINE\'S"\nSTRING'],
];

const RUBY: readonly Row[] = [
  ["FOO=bar", "FOO", "bar"],
  ["FOO=bar\\ bar", "FOO", "bar bar"],
  ["FOO =bar", "FOO", "bar"],
  ["  FOO=bar", "FOO", "bar"],
  ["FOO=bar  ", "FOO", "bar"],
  ['FOO="bar"  ', "FOO", "bar"],
  ["FOO='bar'  ", "FOO", "bar"],
  ['FOO="escaped\\"bar"', "FOO", 'escaped"bar'],
  ["FOO=", "FOO", ""],
  ["BAR='quote $FOO'", "BAR", "quote $FOO"],
  ['FOO="foo\\$BAR"', "FOO", "foo$$BAR"],
  ["OPTION_A: 1", "OPTION_A", "1"],
  ["export OPTION_A=2", "OPTION_A", "2"],
  ['FOO="bar\\nbaz"', "FOO", "bar\\nbaz"],
  ["FOO.BAR=foobar", "FOO.BAR", "foobar"],
  ["foo=bar # this is foo", "foo", "bar"],
  ["foo=bar#this is foo", "foo", "bar"],
  ['foo="bar#baz" # comment', "foo", "bar#baz"],
  ['foo= "bar#baz" # comment', "foo", "bar#baz"],
  ["foo='ba#r'", "foo", "ba#r"],
  ["FOO='line one\nthis is \\'quoted\\'\none more line'", "FOO", "line one\nthis is \\'quoted\\'\none more line"],
  ['FOO="line one\nthis is \\"quoted\\"\none more line"', "FOO", 'line one\nthis is "quoted"\none more line'],
  ["FOO=bar\rbaz=fbb", "baz", "fbb"],
  ["FOO=bar\r\nbaz=fbb", "FOO", "bar"],
  // A quote without a partner is a part of the value.
  ['FOO="bar\nBAZ=x', "FOO", '"bar'],
];

const LARAVEL: readonly Row[] = [
  ["FOO=bar", "FOO", "bar"],
  ["FOO=bar#baz", "FOO", "bar"],
  ["FOO='a\\n$b'", "FOO", "a\\n$b"],
  ['FOO="a\\nb\\tc\\"d"', "FOO", 'a\nb\tc"d'],
  ['FOO="a\\$b"', "FOO", "a$$b"],
  ["FOO=#comment", "FOO", ""],
  ['FOO="a\nb"', "FOO", "a\nb"],
  ["FOO='a\nb'", "FOO", "'a"],
];

const TABLES: readonly (readonly [Dialect, readonly Row[]])[] = [
  ["compose", COMPOSE],
  ["node", NODE],
  ["ruby", RUBY],
  ["laravel", LARAVEL],
];

for (const [dialect, rows] of TABLES) {
  describe(`env file as ${dialect} reads it`, () => {
    for (const [text, key, value] of rows) {
      it(JSON.stringify(text), () => {
        const entry = parseEnvFile(text, dialect).find((candidate) => candidate.key === key);
        assert.equal(entry?.raw, value);
      });
    }
  });
}

describe("env file", () => {
  it("has places for all parts", () => {
    const text = '\uFEFF# note\r\n  export REDIS_PASSWORD = "a b"  # secret\r\nREDIS_PORT=6379 # usual\r\n';
    const [password, port] = parseEnvFile(text);
    const at = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    assert.ok(password !== undefined && port !== undefined);
    assert.equal(at(password.keySpan), "REDIS_PASSWORD");
    assert.equal(at(password.valueSpan), "a b");
    assert.equal(at(password.writtenSpan), '"a b"');
    assert.equal(at(password.statement), '  export REDIS_PASSWORD = "a b"  # secret\r\n');
    assert.equal(at(port.valueSpan), "6379");
    assert.ok(port.comment !== null);
    assert.equal(at(port.comment), " # usual");
  });

  it("tells a quote without a partner from a value of several lines", () => {
    const broken = readEnvFile('A="x\nB="y"\nC=z\n', "compose");
    assert.deepEqual(
      broken.entries.map(({ key, unterminated }) => [key, unterminated !== null]),
      [
        ["A", true],
        ["B", false],
        ["C", false],
      ],
    );
    const whole = readEnvFile('A="x\ny" # note\nC=z\n', "compose");
    assert.deepEqual(
      whole.entries.map(({ key, unterminated }) => [key, unterminated !== null]),
      [
        ["A", false],
        ["C", false],
      ],
    );
  });

  it("leaves lines without a value aside", () => {
    const { entries, unread } = readEnvFile("A\nB C\n  # c\n=d\n1=2\n", "compose");
    assert.deepEqual(entries, []);
    assert.equal(unread.length, 4);
  });

  it("gives interpolation the last value, and none that is uncertain", () => {
    const known = envDefinitions("/.env", "A=1\nA=2\nB=${A}3\nC=${NOBODY}\n", () => null);
    assert.deepEqual([known.get("A")?.value, known.get("B")?.value, known.has("C")], ["2", "23", false]);
  });
});

const DIALECTS: readonly Dialect[] = ["compose", "ruby", "node", "laravel"];
/** Text in which quotes, comments, breaks and names come up often. */
const tricky = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "\n",
        "\r\n",
        "\r",
        '"',
        "'",
        "`",
        "#",
        " #",
        "=",
        ": ",
        "\\",
        "$",
        "${",
        "}",
        "export ",
        "\uFEFF",
      ),
      fc.constantFrom("REDIS_URL", "A", "redis://", "@", ":", "/", " ", "\t"),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

describe("env file: any text", () => {
  it("gives entries in order, with spans inside the text and inside each other", () => {
    fc.assert(
      fc.property(tricky, fc.constantFrom(...DIALECTS), (text, dialect) => {
        let end = 0;
        for (const entry of parseEnvFile(text, dialect)) {
          const { statement, keySpan, writtenSpan, valueSpan } = entry;
          assert.ok(end <= statement.start && statement.start <= keySpan.start && keySpan.end <= writtenSpan.start);
          assert.ok(writtenSpan.start <= valueSpan.start && valueSpan.start <= valueSpan.end);
          assert.ok(valueSpan.end <= writtenSpan.end && writtenSpan.end <= statement.end);
          assert.ok(statement.end <= text.length);
          assert.equal(text.slice(keySpan.start, keySpan.end), entry.key);
          for (const part of [entry.comment, entry.unterminated, entry.trailing])
            if (part !== null) assert.ok(statement.start <= part.start && part.end <= statement.end);
          end = statement.end;
        }
      }),
    );
  });

  it("is the same without an entry that was taken out", () => {
    const line = fc.tuple(
      fc.constantFrom("A", "B", "C", "REDIS_URL"),
      fc.string({ unit: fc.constantFrom("a", "1", "@", ":", "/") }),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.nat(), fc.constantFrom(...DIALECTS), (lines, pick, dialect) => {
        const text = lines.map(([key, value]) => `${key}=${value}\n`).join("");
        const entries = parseEnvFile(text, dialect);
        const at = pick % entries.length;
        const { start, end } = (entries[at] as (typeof entries)[number]).statement;
        const rest = parseEnvFile(text.slice(0, start) + text.slice(end), dialect);
        assert.deepEqual(
          rest.map(({ key, raw }) => [key, raw]),
          entries.filter((_, index) => index !== at).map(({ key, raw }) => [key, raw]),
        );
      }),
    );
  });

  it("takes time that grows with the text", function () {
    this.timeout(20_000);
    const hard = ['A="\n', "A='x\n", "A=`\n", 'A=\\"\n', "A=${\n", "\r", "A=#\r", " #", 'A="\\"\n'];
    for (const piece of hard) {
      for (const dialect of DIALECTS) {
        const started = performance.now();
        parseEnvFile(piece.repeat(40_000 / piece.length), dialect);
        // A few milliseconds each; a quadratic reader needs seconds.
        assert.ok(performance.now() - started < 1000, `${JSON.stringify(piece)} as ${dialect}`);
      }
    }
  });
});
