// Node's dotenv reads the same text.
import assert from "node:assert/strict";
import { parse } from "dotenv";
import fc from "fast-check";
import { parseEnvFile } from "../../server/src/core/parse/envFile.ts";

const PIECES = ["a", "redis://", ":", "@", "/", "#", " ", " #", "=", "\\", "\\n", "$A", "é"];
const QUOTES = ['"', "'", "`"];

function text(pieces: readonly string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(""));
}

const bare = text(PIECES);
/** Broken quotes are told, so what the reader makes of them matters to nobody. */
const quoted = fc
  .constantFrom(...QUOTES)
  .chain((quote) =>
    text([...PIECES, "\n", ...QUOTES.filter((other) => other !== quote)]).map(
      (inner) => quote + inner.replace(/\\+$/, "") + quote,
    ),
  );
const line = fc
  .tuple(
    fc.constantFrom("", " ", "export ", "# "),
    fc.constantFrom("A", "REDIS_URL", "CACHE.HOST", "B-C"),
    fc.constantFrom("=", " = ", "= ", ": "),
    fc.oneof(bare, quoted),
    fc.constantFrom("", " ", " # why", "\r"),
  )
  // A comment ends with its line, and what followed would be a line of nobody's.
  .map((parts) => (parts[0] === "# " ? parts.join("").replaceAll("\n", " ") : parts.join("")));
const file = fc
  .array(
    fc.oneof({ weight: 9, arbitrary: line }, { weight: 1, arbitrary: fc.constantFrom("", "# note", "no value here") }),
  )
  .map((lines) => `${lines.join("\n")}\n`);

describe("env file: Node's dotenv is the judge", () => {
  it("gives every name the same value", () => {
    fc.assert(
      fc.property(file, (written) => {
        const ours = Object.fromEntries(parseEnvFile(written, "node").map(({ key, raw }) => [key, raw]));
        assert.deepEqual(ours, parse(written));
      }),
      { numRuns: 2000 },
    );
  });
});
