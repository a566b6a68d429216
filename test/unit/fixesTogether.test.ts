// Fixes that are right one by one, and not all at once.
import assert from "node:assert/strict";
import { editsOf, type Finding, holdingTogether, type Mended, Tally } from "../../server/src/core/index.ts";

const PATH = "/project/compose.yaml";

function finding(rule: string, message: string): Finding {
  return { rule, severity: "error", span: { start: 0, end: 0 }, message, related: [], fixes: [] } as unknown as Finding;
}

/** The `at`-th of some, in a text of as many characters. */
function mended(at: number): Mended {
  const edits = [{ path: PATH, span: { start: at, end: at + 1 }, newText: "x" }];
  return { path: PATH, finding: finding("a/b", `${at}`), fix: { title: `${at}`, safe: true, preferred: true, edits } };
}

const ALL = Array.from({ length: 16 }, (_, at) => mended(at));

/** Which are kept, and how often it was asked, where `isWrong` tells of an error. */
function kept(isWrong: (mended: ReadonlySet<number>) => boolean, left: ReadonlySet<number> = new Set()) {
  let asked = 0;
  const before = new Tally(
    PATH,
    ALL.map((one) => one.finding),
  );
  const holding = holdingTogether(ALL, {
    before: (path) => (path === PATH ? before : new Tally(path, [])),
    after: (edits) => {
      asked++;
      const done = new Set([...edits.values()].flat().map(({ span }) => span.start));
      const told = ALL.filter((_, at) => !done.has(at) || left.has(at)).map((one) => one.finding);
      const beside = isWrong(done) ? [finding("c/d", "wrong")] : [];
      return new Map([
        [PATH, new Tally(PATH, told)],
        ["/project/.env", new Tally("/project/.env", beside)],
      ]);
    },
  });
  return { asked, places: [...editsOf(holding).values()].flat().map(({ span }) => span.start) };
}

const EACH = ALL.map((_, at) => at);

describe("fixes together", () => {
  it("are all kept, after one look, where nothing is wrong", () => {
    assert.deepEqual(
      kept(() => false),
      { asked: 1, places: EACH },
    );
  });

  it("lose the one that brings an error beside it, in few looks", () => {
    const { asked, places } = kept((done) => done.has(5));
    assert.deepEqual(
      places,
      EACH.filter((at) => at !== 5),
    );
    assert.ok(asked <= 12, `${asked} looks`);
  });

  it("lose one of two that bring an error together", () => {
    const { places } = kept((done) => done.has(2) && done.has(13));
    assert.deepEqual(
      places,
      EACH.filter((at) => at !== 13),
    );
  });

  it("lose the one whose finding stays", () => {
    const { places } = kept(() => false, new Set([7]));
    assert.deepEqual(
      places,
      EACH.filter((at) => at !== 7),
    );
  });

  it("are none where nobody may look, or all are wrong", () => {
    assert.deepEqual(kept((done) => done.size > 0).places, []);
    const none = holdingTogether(ALL, { before: (path) => new Tally(path, []), after: () => null });
    assert.deepEqual(none, []);
  });
});
