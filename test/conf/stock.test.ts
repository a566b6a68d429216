// The lines that the projects ship, without their comments, each in its own version and in the others.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { compareVersions } from "../../server/src/core/catalog/version.ts";
import { ConfChecker } from "../../server/src/core/conf/index.ts";
import { SERVER_VERSIONS } from "../../server/src/core/conf/target.ts";
import { must } from "../support/must.ts";

const STOCK = new URL("stock/", import.meta.url);

/** Which line of Redis, and which of Valkey, was the first to know what the files set. Written by hand, not taken from our tables. */
const FIRST: readonly (readonly [string, string | null, string])[] = [
  ["set-proc-title proc-title-template lazyfree-lazy-user-flush disable-thp", "6.2", "7.2"],
  ["repl-diskless-sync-max-replicas appenddirname aof-timestamp-enabled", "7.0", "7.2"],
  ["hash-max-listpack-entries hash-max-listpack-value list-max-listpack-size", "7.0", "7.2"],
  ["zset-max-listpack-entries zset-max-listpack-value", "7.0", "7.2"],
  ["locale-collate set-max-listpack-entries set-max-listpack-value", "7.2", "7.2"],
  ["hide-user-data-from-log", "7.4", "8.0"],
  ["dual-channel-replication-enabled", null, "8.0"],
];

/** Names that the later servers still take, and since when they have others or do nothing. */
const OLD: readonly (readonly [string, string, string])[] = [
  ["lua-time-limit hash-max-ziplist-entries hash-max-ziplist-value list-max-ziplist-size", "7.0", "7.2"],
  ["zset-max-ziplist-entries zset-max-ziplist-value", "7.0", "7.2"],
  ["slowlog-log-slower-than slowlog-max-len dynamic-hz", "9999", "8.1"],
];

function isRefused(name: string, engine: string, line: string): boolean {
  const [, redis, valkey] = FIRST.find(([names]) => names.split(" ").includes(name)) ?? [name, "0", "0"];
  const since = engine === "redis" ? redis : valkey;
  return since === null || compareVersions(line, since) < 0;
}

function isOld(name: string, engine: string, line: string): boolean {
  const [, redis, valkey] = OLD.find(([names]) => names.split(" ").includes(name)) ?? [name, "9999", "9999"];
  return compareVersions(line, engine === "redis" ? redis : valkey) >= 0;
}

describe("conf: the files that come with the servers", () => {
  const checker = new ConfChecker();

  for (const file of readdirSync(STOCK)) {
    const text = readFileSync(new URL(file, STOCK), "utf8");
    const names = text.split("\n").map((line) => must(line.split(" ")[0]));
    const [own, ownLine = ""] = file.replace(/\.\d+\.conf$/, "").split("-");

    it(`${file} is clean in its own version`, () => {
      assert.deepEqual(checker.check(text, { target: { engine: must(own), line: ownLine } }), []);
    });

    it(`${file} shows the differences, and nothing else, in the other versions`, () => {
      for (const { engine, line } of SERVER_VERSIONS) {
        const problems = checker.check(text, { target: { engine, line } });
        const marked = (kinds: readonly string[]): string[] =>
          problems
            .filter(({ severity }) => kinds.includes(severity))
            .map(({ span }) => text.slice(span.start, span.end));
        const where = `${file} in ${engine} ${line}`;
        assert.deepEqual(
          marked(["error"]),
          names.filter((name) => isRefused(name, engine, line)),
          where,
        );
        assert.deepEqual(
          marked(["hint"]),
          names.filter((name) => isOld(name, engine, line)),
          where,
        );
        assert.deepEqual(marked(["warning", "information"]), [], where);
      }
    });
  }
});
