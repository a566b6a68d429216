// Shell lines as a shell reads them, held against bash where it is a question of words.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { partSpan, shellCommands, UNKNOWN } from "../../server/src/core/parse/shell.ts";
import { must } from "../support/must.ts";

function words(text: string): string[][] {
  return shellCommands(text).map((command) => command.words.map(({ value }) => value.replaceAll(UNKNOWN, "?")));
}

describe("shell: words", () => {
  const CASES: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ["a b  c\n", [["a", "b", "c"]]],
    ["a \\\n  b \\\r\n  c", [["a", "b", "c"]]],
    ["a 'b c' \"d e\" f\\ g h'i'\"j\"", [["a", "b c", "d e", "f g", "hij"]]],
    ["a # b\nc", [["a"], ["c"]]],
    ["a b#c '#d'", [["a", "b#c", "#d"]]],
    ["a; b && c || d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]],
    ["a $B \"$B c\" '$B' \\$B ${B:-x}", [["a", "?", "? c", "$B", "$B", "?"]]],
    ['a "\\"b\\"" "c\\d" "$"', [["a", '"b"', "c\\d", "$"]]],
    [
      "A=$(b c) d `e f`",
      [
        ["b", "c"],
        ["e", "f"],
        ["A=?", "d", "?"],
      ],
    ],
    ['a $(b "$(c)") d', [["c"], ["b", "?"], ["a", "?", "d"]]],
    ["a <<EOF b\nc d\nEOF\ne", [["a", "b"], ["e"]]],
    ["a <<-'E F'\n\tc\n\tE F\ne", [["a"], ["e"]]],
    ["a <<X <<Y\n1\nX\n2\nY\nb", [["a"], ["b"]]],
    ["a > f 2>&1 < g b &> h c >> i", [["a", "b", "c"]]],
    ["a <<< b c", [["a", "c"]]],
    ["if a; then b; fi", [["if", "a"], ["then", "b"], ["fi"]]],
    ["f() { a b; }", [["f"], ["{", "a", "b"], ["}"]]],
    ["case $1 in x) a b;; esac", [["case", "?", "in", "x"], ["a", "b"], ["esac"]]],
    ["a ${{ b }} c", [["a", "?", "c"]]],
    ["a $((1 + 2)) $'x' $? $1", [["a", "?", "?", "?", "?"]]],
    ["a 'b", []],
    ['a\nb "c', [["a"]]],
    ["a $(b", [["b"], ["a", "?"]]],
    ["", []],
  ];
  for (const [text, expected] of CASES) it(JSON.stringify(text), () => assert.deepEqual(words(text), expected));

  it("are those of bash, where nothing is expanded", () => {
    const texts = [
      "a b  c",
      "a \\\n  b \\\n c",
      "a 'b c' \"d e\" f\\ g h'i'\"j\"",
      "a b#c '#d' # e",
      'a "\\"b\\"" "c\\d" "$" \\\\ "\\\ne"',
      "a '' \"\" b",
    ];
    for (const text of texts) {
      const { stdout } = spawnSync("bash", ["-c", `a() { printf '%s\\0' a "$@"; }\n${text}`], { encoding: "utf8" });
      assert.deepEqual(words(text)[0], stdout.split("\0").slice(0, -1), text);
    }
  });

  it("know where they stand", () => {
    const text = "aptible x --version='7.0'-aof \"8\\\n.2\"";
    const [command] = shellCommands(text);
    const [, , version, split] = must(command).words;
    const at = (from: number, to: number): string | null => {
      const span = partSpan(must(version), from, to);
      return span === null ? null : text.slice(span.start, span.end);
    };
    assert.equal(at(10, 13), "7.0");
    assert.equal(at(10, 17), null);
    assert.equal(must(split).value, "8.2");
    assert.equal(partSpan(must(split), 0, 3), null);
  });

  it("are read in linear time, whatever stands there", () => {
    for (const unit of ["$(", "`a`", "'", '"', "<<A\n", "\\\n", "${", "a=$(", "((", "\n", "# \n"]) {
      const start = performance.now();
      shellCommands(unit.repeat(60_000));
      assert.ok(performance.now() - start < 3000, JSON.stringify(unit));
    }
  });
});
