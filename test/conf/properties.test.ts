import assert from "node:assert/strict";
import fc from "fast-check";
import {
  ConfChecker,
  type ConfFile,
  type ConfProblem,
  parseConf,
  type Target,
} from "../../server/src/core/conf/index.ts";
import { SERVER_VERSIONS } from "../../server/src/core/conf/target.ts";
import { configuration } from "./generate.ts";

const RUNS = { numRuns: 300 };
const checker = new ConfChecker();

const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "port",
        "maxmemory",
        "save",
        "user",
        "include",
        "sentinel",
        "monitor",
        "rename-command",
        "foo.bar",
      ),
      fc.constantFrom(
        '"',
        "'",
        "\\",
        "#",
        " ",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\v",
        "\\x4",
        "\\x41",
        "\ufeff",
        "é",
        "😀",
        "\ud800",
      ),
      fc.constantFrom(
        "1",
        "64mb",
        "yes",
        "constructor",
        "__proto__",
        "1constructor",
        "{constructor}",
        "toString",
        "(",
        ")",
        "+get",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(""));

const target: fc.Arbitrary<Target | null> = fc.oneof(
  fc.constantFrom(...SERVER_VERSIONS.map(({ engine, line }) => ({ engine, line }))),
  fc.constantFrom(
    null,
    { engine: "redis", line: null },
    { engine: "redis", line: "8.10" },
    { engine: "dragonfly", line: "1.30" },
  ),
);
const mode = fc.constantFrom("server", "sentinel");
const generated = fc.constantFrom(...SERVER_VERSIONS).chain((version) => configuration(version));

function apply(text: string, problem: ConfProblem): string | undefined {
  return problem.fixes[0]?.edits.reduceRight(
    (now, edit) => now.slice(0, edit.start) + edit.newText + now.slice(edit.end),
    text,
  );
}

/** What a server gets, as a text that gives the same. */
function rewritten(file: ConfFile): string {
  const byte = (one: string): string => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`;
  const word = (value: string): string => `"${value.replace(/[^ !#-[\]-~]/g, byte)}"`;
  return file.lines.map((line) => line.words.map(({ value }) => word(value)).join(" ")).join("\n");
}

describe("conf: properties", function () {
  this.timeout(60_000);

  it("any text can be read, and every place lies inside it", () => {
    fc.assert(
      fc.property(fc.oneof(noise, generated), fc.constantFrom("strict", "loose"), (text, dialect) => {
        for (const { span, words, broken } of parseConf(text, dialect).lines) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
          let last = span.start;
          for (const { start, end } of words) {
            assert.ok(last <= start && start < end && end <= span.end);
            last = end;
          }
          if (broken !== null) assert.ok(span.start <= broken.span.start && broken.span.end <= span.end);
        }
      }),
      RUNS,
    );
  });

  it("words written down again are the same words", () => {
    fc.assert(
      fc.property(fc.oneof(noise, generated), fc.constantFrom("strict", "loose"), (text, dialect) => {
        const file = parseConf(text, dialect);
        const sound = { ...file, lines: file.lines.filter(({ broken }) => broken === null) };
        const again = parseConf(rewritten(sound), dialect);
        const values = ({ lines }: ConfFile): unknown => lines.map(({ words }) => words.map(({ value }) => value));
        assert.deepEqual(values(again), values(sound));
      }),
      RUNS,
    );
  });

  it("a word without quotes and escapes stands in the text as the server gets it", () => {
    fc.assert(
      fc.property(noise, (text) => {
        for (const { words } of parseConf(text.replaceAll("\0", "")).lines) {
          for (const { start, end, value } of words) {
            const written = text.replaceAll("\0", "").slice(start, end);
            if (/^[!#-&(-~]+$/.test(written)) assert.equal(value, written);
          }
        }
      }),
      RUNS,
    );
  });

  it("any text can be judged for any server, and what is told lies inside it", () => {
    fc.assert(
      fc.property(fc.oneof(noise, generated), target, mode, (text, target, mode) => {
        for (const { span, fixes, related, message } of checker.check(text, { target, mode })) {
          const spans = [span, ...related.map((one) => one.span), ...fixes.flatMap(({ edits }) => edits)];
          for (const { start, end } of spans) assert.ok(0 <= start && start <= end && end <= text.length);
          assert.ok(message.length > 0 && !message.includes("undefined"));
        }
      }),
      { numRuns: 600 },
    );
  });

  it("offers no fix that would join two words", () => {
    for (const behind of ["\v", "\f"]) {
      const [problem] = checker.check(`replicaoff${behind}""${behind}""\n`, {
        target: { engine: "redis", line: "7.2" },
      });
      assert.deepEqual(problem?.fixes, []);
    }
    assert.equal(checker.check('replicaoff "a" 1\n', { target: { engine: "redis", line: "7.2" } })[0]?.fixes.length, 1);
  });

  it("a fix takes its problem away", () => {
    fc.assert(
      fc.property(generated, target, (text, target) => {
        for (const problem of checker.check(text, { target })) {
          const after = apply(text, problem);
          if (after === undefined) continue;
          assert.notEqual(after, text);
          const count = (problems: readonly ConfProblem[], until: number): number =>
            problems.filter(
              ({ rule, message, span }) => rule === problem.rule && message === problem.message && span.start <= until,
            ).length;
          const [before, behind] = [checker.check(text, { target }), checker.check(after, { target })];
          // Of two words that are wrong in the same way, a server names the first.
          const isGone = [Number.POSITIVE_INFINITY, problem.span.start].some(
            (until) => count(behind, until) < count(before, until),
          );
          assert.ok(isGone, JSON.stringify([text, after, problem.message]));
        }
      }),
      RUNS,
    );
  });

  it("tells without a known server exactly what every server refuses on its own", () => {
    // Lines that are judged by others, too: all of a file counts for them, whoever refuses the rest.
    const together = fc.constantFrom(
      ..."port 0|tls-port 1|tls-port 0|cluster-enabled yes|replicaof a 1|slaveof a 1|unixsocket /s|aclfile a.acl|user a on|user a on nopass".split(
        "|",
      ),
      ..."rename-command get b|rename-command b c|array-sparse-kmin 9|array-sparse-kmax 5|include x|loadmodule y|no.such 1|port 65000|port x".split(
        "|",
      ),
      ..."tls-cluster yes|tls-cert-file a|tls-key-file b|tls-auth-clients no|bind|acl-pubsub-default allchannels|proc-title-template {unixsocket}".split(
        "|",
      ),
      ...'cluster-config-file ""|rdma-port 1|maxmemory 1 mb|save 1 x|hash-max-listpack-entries 1|no-such-name 1|VSET-force-single-threaded-execution maybe'.split(
        "|",
      ),
    );
    const texts = fc.oneof(
      generated,
      fc.array(fc.oneof({ weight: 3, arbitrary: together }, generated), { maxLength: 12 }).map((all) => all.join("\n")),
    );
    const refused = (text: string, target: Target | null, modules: "none" | "unknown"): Set<number> =>
      new Set(
        checker
          .check(text, { target, modules })
          .filter(({ severity }) => severity === "error")
          .map(({ line }) => line),
      );
    fc.assert(
      fc.property(texts, fc.constantFrom("none", "unknown"), (text, modules) => {
        for (const engines of [["redis"], ["valkey"], ["redis", "valkey"]]) {
          const each = SERVER_VERSIONS.filter(({ engine }) => engines.includes(engine)).map(({ engine, line }) =>
            refused(text, { engine, line }, modules),
          );
          const expected = [...(each[0] ?? [])].filter((line) => each.every((lines) => lines.has(line)));
          const target = engines.length > 1 ? null : { engine: engines[0] as string, line: null };
          const found = [...refused(text, target, modules)];
          assert.deepEqual(found.toSorted(), expected.toSorted(), JSON.stringify([text, engines]));
        }
      }),
      { numRuns: 700 },
    );
  });

  it("arguments of any form can be judged", () => {
    const argument = fc.oneof(
      noise,
      fc.constantFrom("--port", "--save", "--sentinel", "-", "--", "6379", "--port 1", "--maxmemory"),
    );
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 8 }), target, (args, target) => {
        for (const problem of checker.checkArguments(args, { target })) {
          assert.ok(problem.argument === null || (problem.argument >= 0 && problem.argument < args.length));
        }
      }),
      RUNS,
    );
  });
});
