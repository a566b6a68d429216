/** Which directives are offered as present: those of every other line of the file. */
import assert from "node:assert/strict";
import { confCompletion } from "../../server/src/core/index.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { checker, TODAY } from "../support/inProcess.ts";
import { must } from "../support/must.ts";

/** Details of the directives that are offered where `|` stands, by name. */
function offered(marked: string): ReadonlyMap<string, string> {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const source = { path: "/project/redis.conf", text, languageId: null };
  const files = new MemoryFiles(new Map([[source.path, text]]));
  const report = checker.check({ source, layers: [], useProjectFile: true, files, today: TODAY, withFindings: false });
  return new Map(confCompletion(checker, report, offset, files).map(({ label, detail }) => [label, detail]));
}

function isPresent(details: ReadonlyMap<string, string>, name: string): boolean {
  return must(details.get(name)).includes("already in this file");
}

const MANY = "# a comment that fills the file\n".repeat(200);

describe("completion of directives", () => {
  it("knows those that stand in the file, far away and near", () => {
    const details = offered(`port 6379\n${MANY}|\ntimeout 10\n${MANY}appendonly yes\n`);
    for (const name of ["port", "timeout", "appendonly"]) assert.ok(isPresent(details, name), name);
    assert.ok(!isPresent(details, "maxmemory"));
  });

  it("does not count the line that is being typed", () => {
    assert.ok(!isPresent(offered(`${MANY}port|\ntimeout 10\n`), "port"));
    assert.ok(isPresent(offered(`${MANY}port|\nport 1\n`), "port"));
  });
});
