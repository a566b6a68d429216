// A rule that throws costs nobody anything but its own findings, and what it threw stays out of the log.
import assert from "node:assert/strict";
import { builtInCatalog, Checker, describeError } from "../../server/src/core/index.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import type { Rule } from "../../server/src/core/rules/rule.ts";
import { Configuration } from "../../server/src/lsp/configuration.ts";
import { runSafe } from "../../server/src/lsp/runSafe.ts";
import { Session } from "../../server/src/lsp/session.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { must } from "../support/must.ts";

const SECRET = "Zq7NWgxqNfPazCPPFk";
const PATH = "/project/compose.yaml";
const TEXT = `services:\n  redis:\n    image: redis:5.0\n    environment: { REDIS_PASSWORD: ${SECRET} }\n`;
const MODEL = must(RULES.find(({ meta }) => meta.id === "image/end-of-life"));

/** A rule that throws what it has read, and counts how often it is asked. */
function failing(): { readonly rule: Rule; readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    rule: {
      meta: { ...MODEL.meta, id: "image/floating-tag" },
      check: ({ source }) => {
        asked++;
        return JSON.parse(source.text);
      },
    },
  };
}

function check(checker: Checker, text = TEXT, path = PATH) {
  return checker.check({
    source: { path, text, languageId: null },
    layers: [],
    useProjectFile: true,
    files: new MemoryFiles(new Map([[path, text]])),
    today: "2026-11-20",
  });
}

describe("a rule that throws", () => {
  const others = RULES.filter(({ meta }) => meta.id !== "image/floating-tag");

  it("is named and left out, and the others go on", () => {
    const { rule } = failing();
    const { failed, findings } = check(new Checker(builtInCatalog(), [rule, ...others]));
    assert.deepEqual(
      failed.map((failure) => failure.rule),
      ["image/floating-tag"],
    );
    assert.deepEqual(findings, check(new Checker(builtInCatalog(), others)).findings);
    assert.ok(findings.some(({ rule: id }) => id === "image/end-of-life"));
  });

  it("rests after three times, for that file, until it is closed", () => {
    const { rule, asked } = failing();
    const checker = new Checker(builtInCatalog(), [rule, ...others]);
    for (let time = 0; time < 10; time++) {
      const { failed } = check(checker, `${TEXT}# ${time}\n`);
      assert.equal(failed.length, 1, "it is left out, asked or not");
    }
    assert.equal(asked(), 3);
    check(checker, TEXT, "/project/docker-compose.yaml");
    assert.equal(asked(), 4, "another file is none of its business");
    checker.forget(PATH);
    check(checker);
    assert.equal(asked(), 5);
  });

  it("is logged once for a file, by its id, without a word of the file", async () => {
    const log: string[] = [];
    const checker = new Checker(builtInCatalog(), [failing().rule, ...others]);
    const configuration = new Configuration(
      checker.openVocabulary,
      (line) => log.push(line),
      () => {},
    );
    configuration.use(async () => ({}));
    const io = { readFile: async () => null, listFolder: async () => [], findFiles: async () => [] };
    const session = new Session(
      checker,
      io,
      configuration,
      () => "2026-11-20",
      (line) => log.push(line),
    );
    const uri = `file://${PATH}`;
    for (let version = 1; version < 6; version++) {
      const document = session.documents.open(uri, "dockercompose", version, `${TEXT}# ${version}\n`);
      session.touch(document.path);
      assert.ok((await session.reportOf(document)).findings.length > 0);
    }
    assert.equal(log.length, 1, log.join("\n"));
    assert.match(must(log[0]), /^rule image\/floating-tag failed and was left out: SyntaxError at /);
    assert.ok(!log.join().includes(SECRET) && !log.join().includes("services"));
  });

  it("is described by its kind and the places in the program, whatever it says", () => {
    const spoken = new Error(`${SECRET}\n    at ${SECRET} (/x.js:1:1)`);
    for (const thrown of [spoken, SECRET, { message: SECRET }, Object.assign(new Error("x"), { name: SECRET })])
      assert.ok(!describeError(thrown).includes(SECRET));
    assert.match(describeError(new TypeError("x")), /^TypeError at .*failingRules\.test\.ts:\d+:\d+/);
    assert.equal(describeError(Object.assign(new Error("x"), { code: "EACCES", syscall: "open" })), "EACCES at open");
  });

  it("as a request that fails, is answered with nothing and logged in the same way", async () => {
    const log: string[] = [];
    const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };
    const answer = await runSafe(
      "hover",
      token,
      (line) => log.push(line),
      null,
      async () => JSON.parse(TEXT),
    );
    assert.equal(answer, null);
    assert.match(log.join(), /^hover failed: SyntaxError at /);
    assert.ok(!log.join().includes("services"));
  });
});
