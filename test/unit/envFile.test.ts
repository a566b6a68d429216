// `.env` files as Compose documents and reads them, case by case.
import assert from "node:assert/strict";
import { envDefinitions } from "../../server/src/core/parse/envFile.ts";

type Values = Readonly<Record<string, string>>;

/** Text, what Compose makes of it, and which rule of its documentation that is. */
const CASES: readonly (readonly [text: string, expected: Values, rule: string])[] = [
  ["VAR=VAL", { VAR: "VAL" }, "a plain value"],
  ["VAR=", { VAR: "" }, "an empty value"],
  ["# VAR=VAL\n  # x\nA=1", { A: "1" }, "lines that begin with # are comments"],
  ["\n\n  \nA=1\n\n", { A: "1" }, "blank lines are ignored"],
  ['VAR="VAL"', { VAR: "VAL" }, "quotes are no part of the value"],
  ["VAR='VAL'", { VAR: "VAL" }, "quotes are no part of the value"],
  ["VAR=VAL # comment", { VAR: "VAL" }, "an inline comment follows a blank"],
  ["VAR=VAL# not a comment", { VAR: "VAL# not a comment" }, "without a blank it is no comment"],
  ['VAR="VAL # not a comment"', { VAR: "VAL # not a comment" }, "in quotes it is no comment"],
  ["VAR='VAL # not a comment'", { VAR: "VAL # not a comment" }, "in quotes it is no comment"],
  ['VAR="VAL" # comment', { VAR: "VAL" }, "a comment follows the closing quote"],
  ["VAR='$OTHER'", { VAR: "$OTHER" }, "single quotes are literal"],
  ["VAR='${OTHER}'", { VAR: "${OTHER}" }, "single quotes are literal"],
  ["A=1\nVAR=$A", { A: "1", VAR: "1" }, "values above are filled in"],
  ["A=1\nVAR=${A}x", { A: "1", VAR: "1x" }, "values above are filled in"],
  ['A=1\nVAR="${A} 2"', { A: "1", VAR: "1 2" }, "values above are filled in between double quotes"],
  ["VAR=${A:-default}", { VAR: "default" }, "a default"],
  ["A=\nVAR=${A:-default}", { A: "", VAR: "default" }, "a default for an empty value"],
  ["A=\nVAR=${A-default}", { A: "", VAR: "" }, "no default for an empty value"],
  ["A=1\nVAR=${A:+other}", { A: "1", VAR: "other" }, "a replacement"],
  ['VAR="some\\tvalue"', { VAR: "some\tvalue" }, "escapes between double quotes"],
  ["VAR='some\\tvalue'", { VAR: "some\\tvalue" }, "no escapes between single quotes"],
  ["VAR=some\\tvalue", { VAR: "some\\tvalue" }, "no escapes without quotes"],
  ['VAR="{\\"hello\\": \\"json\\"}"', { VAR: '{"hello": "json"}' }, "escaped quotes"],
  ['VAR="SOME\nVALUE"\nB=1', { VAR: "SOME\nVALUE", B: "1" }, "quoted values may span lines"],
  ["VAR='SOME\nVALUE'\nB=1", { VAR: "SOME\nVALUE", B: "1" }, "quoted values may span lines"],
  ["export VAR=VAL", { VAR: "VAL" }, "export is allowed"],
  ["  export\tVAR = VAL  ", { VAR: "VAL" }, "blanks around names and values are no part of them"],
  ["VAR: VAL", { VAR: "VAL" }, "a colon separates, too"],
  ["VAR=a=b", { VAR: "a=b" }, "only the first sign separates"],
  ["A=1\nA=2", { A: "2" }, "the later line wins"],
  ["A=1\r\nB=2\r\n", { A: "1", B: "2" }, "Windows line ends"],
  ["\uFEFFA=1", { A: "1" }, "a byte order mark is no part of the name"],
  ["VAR=it's", { VAR: "it's" }, "a quote inside of a value is a sign"],
  ["VAR=  spaced out  ", { VAR: "spaced out" }, "blanks inside of a value stay"],
  ["A.B=1\nC-D=2", { "A.B": "1", "C-D": "2" }, "dots and dashes in names"],
];

describe("unit: .env files", () => {
  for (const [text, expected, rule] of CASES) {
    it(`${rule}: ${JSON.stringify(text)}`, () => {
      const known = envDefinitions("/.env", text, () => null);
      assert.deepEqual(Object.fromEntries([...known].map(([name, { value }]) => [name, value])), expected);
      for (const { span, value } of known.values())
        if (span !== null) assert.equal(text.slice(span.start, span.end), value);
    });
  }

  it("leaves out what hangs on a variable that nobody sets", () => {
    assert.deepEqual([...envDefinitions("/.env", "A=${B}\nC=1", () => null).keys()], ["C"]);
    assert.deepEqual([...envDefinitions("/.env", "A=1\nA=${B}", () => null).keys()], []);
  });

  it("takes what stands outside of the file", () => {
    const outer = { value: "7.0", path: "/outer/.env", span: null };
    const known = envDefinitions("/.env", "A=${B}-alpine", (name) => (name === "B" ? outer : null));
    assert.equal(known.get("A")?.value, "7.0-alpine");
  });
});
