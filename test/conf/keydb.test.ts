// KeyDB: judged where it is known to load the file, by what its own source reads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { builtInDirectives } from "../../server/src/core/conf/directiveTable.ts";
import { ConfChecker, type ConfOptions } from "../../server/src/core/conf/index.ts";
import { KEYDB_VERSIONS, SERVER_VERSIONS } from "../../server/src/core/conf/target.ts";
import { isKeydb } from "../../server/src/core/conf/template.ts";
import { findingsOf, reportOf, told } from "./project.ts";

const checker = new ConfChecker();
const on = (line: string | null, patch?: number): ConfOptions => ({
  target: patch === undefined ? { engine: "keydb", line } : { engine: "keydb", line, patch },
});
const refused = (text: string, options: ConfOptions): string[] =>
  checker
    .check(text, options)
    .filter(({ severity }) => severity === "error")
    .map(({ rule, span }) => `${rule} ${text.slice(span.start, span.end)}`);

const COMPOSE = `services:
  cache:
    image: eqalpha/keydb:alpine_x86_64_v6.3.4
    command: keydb-server /etc/keydb/keydb.conf --server-threads 4
    volumes:
      - ./keydb.conf:/etc/keydb/keydb.conf
`;

describe("conf: KeyDB", () => {
  it("takes what Redis of its time takes, and its own directives", () => {
    const text =
      "server-threads 4\nio-threads 2\nserver-thread-affinity true\nactive-replica yes\nreplicaof a 6379\nmulti-master yes\nstorage-provider flash /flash\nmaxmemory 1gb\nsave 900 1\nlist-max-ziplist-size -2\nuser a on +keydb.hrename ~*\n";
    assert.deepEqual(refused(text, on("6.3", 4)), []);
    assert.deepEqual(refused(text.replace("active-replica yes\n", ""), on("6.3")), []);
  });

  it("refuses what came with later servers, and values that its source refuses", () => {
    assert.deepEqual(
      refused("hash-max-listpack-entries 1\nserver-threads 17\nserver-thread-affinity maybe\n", on("6.3")),
      ["conf/not-in-version hash-max-listpack-entries", "conf/invalid-value 17", "conf/invalid-value maybe"],
    );
    assert.deepEqual(refused("active-replica on\nreplica-weighting-factor 0\nport 1 2\n", on("6.3")), [
      "conf/invalid-value on",
      "conf/invalid-value 0",
      "conf/wrong-number-of-arguments 1 2",
    ]);
  });

  it("knows what came with which line and patch", () => {
    assert.deepEqual(refused("storage-provider flash /f\n", on("6.0")), ["conf/not-in-version storage-provider"]);
    assert.deepEqual(refused("overload-protect-percent 80\n", on("6.3", 3)), [
      "conf/not-in-version overload-protect-percent",
    ]);
    for (const options of [on("6.3", 4), on("6.3")])
      assert.deepEqual(refused("overload-protect-percent 80\n", options), []);
    assert.deepEqual(refused("replicaof a 1\nactive-replica yes\n", on("6.3", 4)), ["conf/invalid-value yes"]);
    assert.deepEqual(refused("replicaof a 1\nactive-replica yes\n", on("6.3", 1)), []);
    assert.deepEqual(refused("overload-protect-percent 80\nno-such-thing 1\n", on(null)), [
      "conf/unknown-directive no-such-thing",
    ]);
  });

  it("reads Sentinel as its ancestor did", () => {
    const text = "sentinel monitor m 127.0.0.1 6379 2\nsentinel resolve-hostnames yes\n";
    assert.deepEqual(refused(text, { ...on("6.3"), mode: "sentinel" }), []);
    assert.equal(refused(text, { ...on("6.0"), mode: "sentinel" }).length, 1);
  });

  it("judges keydb.conf and the command line of a service", () => {
    const texts = { "compose.yaml": COMPOSE, "keydb.conf": "server-threads 2\nserver-threds 2\nmaxmemory 1 gb\n" };
    assert.equal(reportOf(texts, "keydb.conf").conf?.target?.line, "6.3");
    assert.deepEqual(told(texts, /^conf\/(?!.*(?:policy|duplicate))/), [
      'keydb.conf: conf/unknown-directive at "server-threds"',
      'keydb.conf: conf/wrong-number-of-arguments at "1 gb"',
    ]);
    const bad = { ...texts, "compose.yaml": COMPOSE.replace("threads 4", "threads 99"), "keydb.conf": "" };
    assert.deepEqual(told(bad, /^conf\/invalid/), ['compose.yaml: conf/invalid-value at "99"']);
  });

  it("is declared by a comment, and no file is judged for it by a guess", () => {
    const text = "server-threads 99\n";
    assert.deepEqual(told({ "redis.conf": text }, /^conf\//), []);
    assert.deepEqual(told({ "redis.conf": `# cache-compat: engine=keydb@6.3\n${text}` }, /^conf\//), [
      'redis.conf: conf/invalid-value at "99"',
    ]);
    const [finding] = findingsOf({ "redis.conf": `# cache-compat: engine=redis@7.2\n${text}` }, /^conf\//);
    assert.match(finding?.message ?? "", /only KeyDB knows it/);
  });

  it("is described for its users only", () => {
    const described = checker.describe("server-threads");
    assert.deepEqual([described?.version.engine, described?.version.line], ["keydb", "6.3"]);
    assert.match(described?.source ?? "", /Snapchat\/KeyDB/);
    assert.equal(checker.describe("maxmemory-samples", { engine: "keydb", line: "6.3" })?.default, "16");
    assert.ok(!checker.describe("maxmemory-samples")?.defaults.some(({ in: where }) => where.startsWith("keydb")));
    assert.equal(checker.describe("port")?.version.engine, "valkey");
  });

  it("marks as its own what neither Redis nor Valkey knows", () => {
    const table = builtInDirectives();
    const bits = SERVER_VERSIONS.reduce((set, { bit }) => set | bit, 0);
    for (const { name, section } of table.directives) {
      const isOwn = ((table.findAnywhere(name)?.versions ?? 0) & bits) === 0;
      assert.equal(section === "KeyDB", isOwn, name);
      if (isOwn) assert.ok(isKeydb(`${name} 1\n`), name);
    }
    assert.ok(!isKeydb("port 1\n# server-threads 2\n"));
  });

  it("knows at least what its sample file sets", () => {
    for (const { engine, line } of KEYDB_VERSIONS) {
      const text = readFileSync(new URL("stock/redis-6.0.20.conf", import.meta.url), "utf8");
      assert.deepEqual(refused(text, { target: { engine, line } }), []);
    }
  });
});
