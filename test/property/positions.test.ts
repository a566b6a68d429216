// Places: offsets, lines and columns in three encodings, there and back.
import assert from "node:assert/strict";
import fc from "fast-check";
import { compareVersions } from "../../server/src/core/catalog/version.ts";
import { LineIndex } from "../../server/src/core/index.ts";
import { normalisePath, relativePath, resolvePath } from "../../server/src/core/paths.ts";
import { Documents } from "../../server/src/lsp/documents.ts";
import { type Encoding, toOffset, toPosition } from "../../server/src/lsp/positions.ts";
import { pathToUri, uriToPath } from "../../server/src/lsp/uris.ts";
import { anyText, RUNS } from "./texts.ts";

const ENCODINGS: readonly Encoding[] = ["utf-8", "utf-16", "utf-32"];

/** Well-formed: half of a pair has no length in other encodings. */
const wellFormed = fc
  .array(fc.constantFrom("a", "é", "缓", "🦣", "\n", "\r\n", "\r", " ", "\t", "👩‍👩‍👧", "\u2028"), { maxLength: 60 })
  .map((parts) => parts.join(""));

/** True between `\r` and `\n`, and between the halves of a pair: no place that anybody means. */
function isInside(text: string, offset: number): boolean {
  return text.slice(offset - 1, offset + 1) === "\r\n" || /^[\uDC00-\uDFFF]/.test(text.slice(offset));
}

describe("properties: places", () => {
  it("an offset comes back from its line and column", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, where) => {
        const offset = where % (text.length + 1);
        const lines = new LineIndex(text);
        const position = lines.position(offset);
        assert.ok(position.line < lines.lineCount);
        if (text.slice(offset - 1, offset + 1) !== "\r\n") assert.equal(lines.offset(position), offset);
        assert.equal(lines.lineText(position.line).includes("\n"), false);
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  it("lines are those that the protocol speaks of", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = new LineIndex(text);
        const expected = text.split(/\r\n|\n|\r/);
        assert.equal(lines.lineCount, expected.length);
        assert.deepEqual(
          expected.map((_, line) => lines.lineText(line)),
          expected,
        );
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  it("places outside are moved to the nearest end", () => {
    fc.assert(
      fc.property(anyText, fc.integer(), fc.integer(), (text, line, character) => {
        const offset = new LineIndex(text).offset({ line, character });
        assert.ok(offset >= 0 && offset <= text.length);
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  it("an offset comes back from its position in every encoding", () => {
    fc.assert(
      fc.property(wellFormed, fc.nat(), fc.constantFrom(...ENCODINGS), (text, where, encoding) => {
        const offset = where % (text.length + 1);
        if (isInside(text, offset)) return;
        const lines = new LineIndex(text);
        const position = toPosition(lines, offset, encoding);
        assert.equal(toOffset(lines, position, encoding), offset);
        const before = lines.lineText(position.line).slice(0, lines.position(offset).character);
        const units = { "utf-8": Buffer.byteLength(before), "utf-16": before.length, "utf-32": [...before].length };
        assert.equal(position.character, units[encoding]);
      }),
      { ...RUNS, numRuns: 1000 },
    );
  });

  it("edits of a document give the text that they give by hand", () => {
    const edit = fc.tuple(fc.nat(), fc.nat({ max: 8 }), wellFormed);
    fc.assert(
      fc.property(
        wellFormed,
        fc.array(edit, { maxLength: 6 }),
        fc.constantFrom(...ENCODINGS),
        (start, edits, encoding) => {
          const documents = new Documents();
          documents.encoding = encoding;
          documents.open("file:///a", "x", 1, start);
          let text = start;
          for (const [where, length, put] of edits) {
            const from = where % (text.length + 1);
            const to = Math.min(from + length, text.length);
            // UTF-16 counts the halves of a pair, and whoever types may divide one.
            const isNoPlace = (at: number): boolean =>
              encoding === "utf-16" ? text.slice(at - 1, at + 1) === "\r\n" : isInside(text, at);
            if (isNoPlace(from) || isNoPlace(to)) continue;
            const lines = new LineIndex(text);
            const range = { start: toPosition(lines, from, encoding), end: toPosition(lines, to, encoding) };
            documents.change("file:///a", 2, [{ range, text: put }]);
            text = text.slice(0, from) + put + text.slice(to);
          }
          assert.equal(documents.get("file:///a")?.text, text);
        },
      ),
      { ...RUNS, numRuns: 500 },
    );
  });

  it("a path comes back from its URI", () => {
    const part = fc.string({ minLength: 1, maxLength: 10 }).filter((name) => !name.includes("/"));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const path = `/${parts.join("/")}`;
        assert.equal(uriToPath(pathToUri(path)), path);
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it("a relative path leads back", () => {
    const path = fc
      .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 5 })
      .map((parts) => `/${parts.join("/")}`);
    fc.assert(
      fc.property(path, path, (from, to) => {
        assert.equal(resolvePath(from, relativePath(from, to)), to);
        assert.equal(normalisePath(`${from}/../x/./..`), normalisePath(`${from}/..`));
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it("versions have one order", () => {
    const version = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const order = (x: readonly number[], y: readonly number[]): number => compareVersions(x.join("."), y.join("."));
        assert.equal(order(a, b), -order(b, a) + 0);
        if (order(a, b) <= 0 && order(b, c) <= 0) assert.ok(order(a, c) <= 0);
        assert.equal(Math.sign(order([...a, 0], a)), 0);
      }),
      { ...RUNS, numRuns: 300 },
    );
  });
});
