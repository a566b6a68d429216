import assert from "node:assert/strict";
import { ConfChecker, type ConfProblem, firstRefusal } from "../../../server/src/core/conf/index.ts";
import { type Row, type RowVerdict, type RowVersion, readRows } from "./rows.ts";

const LEAST_AGREEMENT = 0.999;

/** Rows in which we knowingly differ from a server, by `engine-line id`, each with its reason. None at present. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map();

/** Rows that name one of these are judged otherwise where only the release line is known, each with its reason. */
const CAME_WITH_A_PATCH: ReadonlyMap<string, string> = new Map([
  [
    "lua-enable-deprecated-api",
    "came with the security fixes of October 2025: the tested builds refuse it, later patch releases of the same lines take it",
  ],
  ["lua-enable-insecure-api", "the same in Valkey 7.2, 8.0 and 8.1"],
]);

type Judge = (row: Row, version: Omit<RowVersion, "patch">) => readonly ConfProblem[];

const checker = new ConfChecker();

const JUDGES: Readonly<Record<"server" | "sentinel" | "argv", Judge>> = {
  // The servers that were run had no modules.
  server: (row, target) => checker.check(row.text ?? "", { target, modules: "none" }),
  sentinel: (row, target) => checker.check(row.text ?? "", { target, modules: "none", mode: "sentinel" }),
  argv: (row, target) =>
    row.text === null
      ? checker.checkArguments(row.args, { target, modules: "none" })
      : checker.checkArguments(["server.conf", ...row.args], { target, modules: "none", file: row.text }),
};

function verdictOf(problems: readonly ConfProblem[]): RowVerdict {
  const first = firstRefusal(problems);
  return first === undefined ? "+" : (first.reportedLine ?? "-");
}

describe("conformance: what real servers say to a configuration", function () {
  this.timeout(30_000);
  const rows = readRows();

  for (const kind of ["server", "sentinel", "argv"] as const) {
    for (const [column, version] of rows.versions.entries()) {
      const name = `${version.engine}-${version.line}`;
      it(`${name}, ${kind}`, () => {
        let judged = 0;
        const differing: string[] = [];
        for (const row of rows[kind]) {
          const expected = row.verdicts[column];
          if (expected === undefined || expected === "?") continue;
          judged++;
          const found = verdictOf(JUDGES[kind](row, version));
          if (found === expected || EXCEPTIONS.has(`${name} ${row.id}`)) continue;
          const what = `${row.id} ${JSON.stringify([row.text, ...row.args])}: server ${expected}, we ${found}`;
          assert.notEqual(expected, "+", `a false alarm: ${what}`);
          differing.push(what);
        }
        assert.ok(judged > 0);
        assert.ok(1 - differing.length / judged >= LEAST_AGREEMENT, differing.slice(0, 10).join("\n"));
      });
    }
  }

  it("agrees where only the release line is known, but for what came with a patch", () => {
    let judged = 0;
    let differing = 0;
    for (const kind of ["server", "sentinel", "argv"] as const) {
      for (const [column, { engine, line }] of rows.versions.entries()) {
        for (const row of rows[kind]) {
          const expected = row.verdicts[column];
          if (expected === undefined || expected === "?") continue;
          judged++;
          const found = verdictOf(JUDGES[kind](row, { engine, line }));
          if (found === expected) continue;
          differing++;
          const text = [row.text, ...row.args].join(" ").toLowerCase();
          const what = `${engine} ${line}: ${row.id} ${JSON.stringify(text)}: server ${expected}, we ${found}`;
          assert.notEqual(expected, "+", `a false alarm: ${what}`);
          assert.ok(
            [...CAME_WITH_A_PATCH.keys()].some((name) => text.includes(name)),
            what,
          );
        }
      }
    }
    assert.ok(1 - differing / judged >= LEAST_AGREEMENT, `${differing} of ${judged}`);
  });

  it("tells without a known server only what every server refuses", () => {
    for (const row of rows.server) {
      const first = firstRefusal(checker.check(row.text ?? ""));
      if (first !== undefined) assert.ok(!row.verdicts.includes("+"), `${row.id} ${row.text}: ${first.message}`);
    }
  });

  it("tells for an engine of unknown line only what all its lines refuse", () => {
    for (const engine of ["redis", "valkey"]) {
      const columns = rows.versions.flatMap((version, index) => (version.engine === engine ? [index] : []));
      for (const row of rows.server) {
        const first = firstRefusal(checker.check(row.text ?? "", { target: { engine, line: null } }));
        if (first === undefined) continue;
        const isTaken = columns.some((column) => row.verdicts[column] === "+");
        assert.ok(!isTaken, `${engine} ${row.id} ${row.text}: ${first.message}`);
      }
    }
  });
});
