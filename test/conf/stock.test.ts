// The lines that the projects ship, without their comments, each in its own version and in the others.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { compareVersions } from "../../server/src/core/catalog/version.ts";
import { ConfChecker } from "../../server/src/core/conf/index.ts";
import { SERVER_VERSIONS } from "../../server/src/core/conf/target.ts";
import { must } from "../support/must.ts";

const STOCK = new URL("stock/", import.meta.url);

/**
 * Later releases whose file sets the same, line for line, so that it is not kept twice; Valkey 7.2.7 differs from Redis 7.2 in the name of its
 * pidfile alone. The files between the named ones (Redis 8.2 and 8.4, Valkey 9.0) were not looked at: they are judged like their neighbours.
 */
const SAME: Readonly<Record<string, readonly string[]>> = {
  "redis-7.2.6.conf": ["redis 7.4", "redis 8.0", "redis 8.2", "redis 8.4", "redis 8.6", "valkey 7.2"],
  "valkey-8.1.1.conf": ["valkey 9.0", "valkey 9.1"],
};

/** Which line of Redis, and which of Valkey, was the first to know what the files set. Written by hand, not taken from our tables. */
const FIRST: readonly (readonly [string, string | null, string])[] = [
  ["set-proc-title proc-title-template lazyfree-lazy-user-flush disable-thp", "6.2", "7.2"],
  ["repl-diskless-sync-max-replicas appenddirname aof-timestamp-enabled", "7.0", "7.2"],
  ["hash-max-listpack-entries hash-max-listpack-value list-max-listpack-size", "7.0", "7.2"],
  ["zset-max-listpack-entries zset-max-listpack-value", "7.0", "7.2"],
  ["locale-collate set-max-listpack-entries set-max-listpack-value", "7.2", "7.2"],
  ["hide-user-data-from-log", "7.4", "8.0"],
  ["dual-channel-replication-enabled", null, "8.0"],
  ["rdb-version-check commandlog-execution-slower-than commandlog-slow-execution-max-len", null, "8.1"],
  ["commandlog-request-larger-than commandlog-large-request-max-len", null, "8.1"],
  ["commandlog-reply-larger-than commandlog-large-reply-max-len", null, "8.1"],
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

    it(`${file} is clean in its own version, and in those that bring the same`, () => {
      for (const version of [`${own} ${ownLine}`, ...(SAME[file] ?? [])]) {
        const [engine = "", line = ""] = version.split(" ");
        assert.deepEqual(checker.check(text, { target: { engine, line } }), [], version);
      }
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
