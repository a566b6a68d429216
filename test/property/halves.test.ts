// No place that the server names divides a character of two halves.
import assert from "node:assert/strict";
import fc from "fast-check";
import { answersOf } from "../edits/answers.ts";
import type { Server } from "../edits/desk.ts";
import { KINDS } from "../edits/samples.ts";
import { serverInProcess } from "../edits/servers.ts";
import { isInside, linesOf, rangesIn } from "../support/ranges.ts";
import { RUNS } from "./texts.ts";

const MAMMOTH = "🦣";

/** Where pairs go, as a part of the text, and how many: a word of hundreds is longer than anything that looks ahead a little. */
const places = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    count: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 90, max: 300 })),
    before: fc.constantFrom("", "x", " ", "\n", '"'),
    takes: fc.nat({ max: 3 }),
  }),
  { minLength: 1, maxLength: 5 },
);

interface Case {
  readonly file: string;
  readonly languageId: string;
  readonly text: string;
  /** Offset behind the last pair that was put in. */
  readonly near: number;
}

const cases: fc.Arbitrary<Case> = fc.constantFrom(...KINDS).chain(({ file, languageId, samples }) =>
  fc.tuple(fc.constantFrom(...samples), places, fc.nat({ max: 600 })).map(([sample, put, back]) => {
    let text = sample.slice(0, 3000);
    let near = 0;
    for (const { at, count, before, takes } of put) {
      const start = Math.floor(at * text.length);
      const head = text.slice(0, start) + before;
      const pairs = MAMMOTH.repeat(count);
      text = head + pairs + text.slice(start + takes);
      near = head.length + Math.max(0, pairs.length - back);
    }
    return { file, languageId, text, near };
  }),
);

describe("properties: characters of two halves", function () {
  this.timeout(120_000);
  let server: Server;

  before(async () => {
    server = await serverInProcess();
  });

  after(() => server.stop());

  it("no range of any answer divides one", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ file, languageId, text, near }) => {
        const uri = server.uriOf(file);
        const textDocument = { uri, languageId, version: 1, text };
        server.notify("textDocument/didOpen", { textDocument });
        const answers = await answersOf(server.ask, uri, text, near, 8);
        server.notify("textDocument/didClose", { textDocument: { uri } });
        const lines = linesOf(text);
        for (const [name, answer] of Object.entries(answers))
          for (const { uri: other, range } of rangesIn(answer, uri))
            if (other === uri) assert.ok(isInside(range, lines), `${name}: ${JSON.stringify(range)}`);
      }),
      { ...RUNS, numRuns: 300 },
    );
  });
});
