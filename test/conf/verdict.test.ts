import assert from "node:assert/strict";
import { ConfChecker, type ConfOptions, type ConfProblem } from "../../server/src/core/conf/index.ts";

const checker = new ConfChecker();
const on = (engine: string, line: string | null, patch?: number): ConfOptions => ({
  target: patch === undefined ? { engine, line } : { engine, line, patch },
});
const REDIS_72 = on("redis", "7.2");

function rules(text: string, options: ConfOptions = REDIS_72): readonly string[] {
  return checker.check(text, options).map(({ rule }) => rule);
}

function only(text: string, options: ConfOptions = REDIS_72): ConfProblem {
  const problems = checker.check(text, options);
  assert.equal(problems.length, 1, JSON.stringify(problems));
  return problems[0] as ConfProblem;
}

function fixed(text: string, options: ConfOptions = REDIS_72): string | undefined {
  const [fix] = only(text, options).fixes;
  return fix?.edits.reduceRight((now, edit) => now.slice(0, edit.start) + edit.newText + now.slice(edit.end), text);
}

function blamed(text: string, options: ConfOptions = REDIS_72): string {
  const { span } = only(text, options);
  return text.slice(span.start, span.end);
}

describe("conf: verdicts", () => {
  it("corrects a misspelled name, and only one that is near", () => {
    assert.equal(fixed("maxmemroy 10mb\n"), "maxmemory 10mb\n");
    assert.equal(fixed("max_memory 10mb\n"), "maxmemory 10mb\n");
    assert.equal(fixed("maxmemory_policy noeviction\n"), "maxmemory-policy noeviction\n");
    assert.equal(fixed("totally-unknown 1\n"), undefined);
  });

  it("names no version where a name is unknown to all of them, so that a newer one is told the same", () => {
    const { message } = only("totally-unknown 1\n");
    assert.equal(message, "There is no directive `totally-unknown`. The server refuses to start.");
    assert.equal(only("totally-unknown 1\n", on("redis", "8.8")).message, message);
    assert.match(only("totally-unknown 1\n", { target: null }).message, /Every Redis and Valkey refuses to start\.$/);
  });

  it("writes a blank in place of = and :", () => {
    assert.equal(fixed("port=6380\n"), "port 6380\n");
    assert.equal(fixed("port = 6380\n"), "port 6380\n");
    assert.equal(fixed("port: 6380\n"), "port 6380\n");
  });

  it("moves a comment to the line above and keeps line breaks and indentation", () => {
    assert.equal(fixed("port 1\r\n  maxmemory 1gb # half\r\n"), "port 1\r\n  # half\r\n  maxmemory 1gb\r\n");
    assert.equal(rules("maxmemory 1gb # half\n")[0], "conf/inline-comment");
    assert.equal(fixed("maxmemory 1gb # half"), "# half\nmaxmemory 1gb");
    assert.equal(fixed("user alice on # the one\n"), "# the one\nuser alice on\n");
  });

  it("says nothing about a value that begins with #", () => {
    assert.deepEqual(rules("requirepass #secret\n"), []);
    assert.equal(only("user alice #abc\n").rule, "conf/invalid-value");
  });

  it("tells a comment and a bad value apart", () => {
    assert.deepEqual(rules("appendonly true # always\n"), ["conf/inline-comment", "conf/invalid-value"]);
    assert.deepEqual(rules("port # default\n"), ["conf/wrong-number-of-arguments"]);
  });

  it("offers memory in the server's units without rounding", () => {
    assert.equal(fixed("maxmemory 256MiB\n"), "maxmemory 256mb\n");
    assert.equal(fixed("maxmemory 1.5gb\n"), "maxmemory 1536mb\n");
    assert.equal(fixed("maxmemory 2tb\n"), "maxmemory 2048gb\n");
    assert.equal(fixed("maxmemory 0.333gb\n"), undefined);
    assert.equal(fixed("maxmemory 64 mb\n"), "maxmemory 64mb\n");
  });

  it("adds the missing quote", () => {
    assert.equal(blamed('requirepass "abc\n'), '"abc');
    assert.equal(fixed('requirepass "abc\n'), 'requirepass "abc"\n');
    assert.equal(blamed('requirepass "abc"def\n'), '"abc"def');
    assert.deepEqual(rules('requirepass "abc"def\n', on("valkey", "9.0")), []);
  });

  it("names what a version does not have yet, or no more", () => {
    assert.equal(only("appenddirname x\n", on("redis", "6.2")).rule, "conf/not-in-version");
    assert.match(only("appenddirname x\n", on("redis", "6.2")).message, /came with Redis 7\.0/);
    assert.match(only("gopher-enabled no\n").message, /up to 6\.2/);
    assert.match(only("availability-zone x\n").message, /only Valkey knows it, from 8\.1 on|only Valkey knows it/);
    assert.equal(blamed("loglevel nothing\n", on("redis", "7.0")), "nothing");
    assert.equal(only("loglevel nothing\n", on("redis", "7.0")).rule, "conf/not-in-version");
  });

  it("hints at old names", () => {
    const problem = only("slaveof no one\n");
    assert.deepEqual(
      [problem.rule, problem.severity, problem.tag],
      ["conf/deprecated-directive", "hint", "deprecated"],
    );
    assert.equal(fixed("slaveof no one\n"), "replicaof no one\n");
    assert.equal(fixed("hash-max-ziplist-entries 1\n"), "hash-max-listpack-entries 1\n");
    assert.deepEqual(rules("hash-max-ziplist-entries 1\n", on("redis", "6.2")), []);
    assert.equal(only("list-max-ziplist-value 1\n").rule, "conf/deprecated-directive");
  });

  it("warns of lines without effect, under whatever name", () => {
    assert.deepEqual(rules("replicaof a 1\nslaveof b 2\n"), ["conf/duplicate-directive", "conf/deprecated-directive"]);
    assert.deepEqual(rules("save 900 1\nsave 60 1\nrename-command get a\nrename-command set b\n"), []);
    assert.deepEqual(rules("dir .\ndir .\n"), []);
    assert.equal(fixed("port 1\r\nport 2"), "port 2");
    assert.equal(only("port x\nport 2\n").rule, "conf/invalid-value");
  });

  it("blames the line that stops the server later", () => {
    const problem = only("port 6379\ntls-port 6380\n");
    assert.deepEqual([problem.line, problem.stage, problem.reportedLine], [2, "startup", null]);
    assert.equal(blamed("tls-port 6380\n"), "6380");
    // Mending one setting brings up no other error.
    const message = only("tls-port 6380\n").message;
    assert.match(message, /: tls-cert-file, tls-key-file, and tls-ca-cert-file or tls-ca-cert-dir\./);
    assert.equal(only("tls-port 6380\ntls-cert-file /a\ntls-key-file /b\n").message, message);
    assert.match(only("tls-port 6380\ntls-auth-clients no\n").message, /: tls-cert-file and tls-key-file\./);
    assert.deepEqual(rules("tls-port 6380\ntls-cert-file /a\ntls-key-file /b\ntls-ca-cert-dir /c\n"), []);
    assert.deepEqual(rules("tls-port 6380\ninclude certificates.conf\n"), []);
    assert.deepEqual(rules("tls-port 6380\n", { ...REDIS_72, isWhole: false }), []);
    assert.equal(blamed("user alice on +nosuch\n"), "+nosuch");
    assert.equal(only("maxmemroy 1gb\n", on("redis", "8.6")).stage, "startup");
  });

  it("keeps quiet about settings that a module may know", () => {
    assert.deepEqual(rules("search-workers 4\n", on("redis", "8.6")), []);
    assert.equal(only("search-workers 4\n", { ...on("redis", "8.6"), modules: "none" }).stage, "startup");
    assert.deepEqual(rules("loadmodule x.so\nfoo.bar 1\n"), []);
    assert.deepEqual(rules("loadmodule x.so\nuser a +foo.bar +@foo\n"), []);
    assert.deepEqual(rules("loadmodule x.so\nfoo.bar\n"), ["conf/unknown-directive"]);
  });

  it("lets the patch release decide where it is known", () => {
    const text = "lua-enable-insecure-api no\n";
    assert.deepEqual(rules(text, on("valkey", "8.1")), []);
    assert.deepEqual(rules(text, on("valkey", "8.1", 7)), []);
    assert.deepEqual(rules(text, on("valkey", "8.1", 1)), ["conf/not-in-version"]);
  });

  it("tells without a version only what every version refuses", () => {
    assert.deepEqual(rules("appenddirname x\n", {}), []);
    assert.deepEqual(rules("appenddirname x\n", on("redis", null)), []);
    assert.deepEqual(rules("appendonly maybe\n", {}), ["conf/invalid-value"]);
    assert.deepEqual(rules("maxmemroy 1gb\n", {}), ["conf/unknown-directive"]);
    assert.deepEqual(rules("proactor_threads 4\n", on("dragonfly", "1.30")), []);
  });

  it("expects new names in a version newer than the tables", () => {
    assert.deepEqual(rules("brand-new-thing 4\n", on("redis", "8.10")), []);
    assert.deepEqual(rules("appendonly maybe\n", on("redis", "8.10")), ["conf/invalid-value"]);
    assert.deepEqual(rules("maxmemroy 1gb\n", on("redis", "8.10")), ["conf/unknown-directive"]);
  });

  it("never repeats a password", () => {
    for (const text of ["requirepass=hunter2\n", "user a >hunter2 <other-hunter2\n", "user a #hunter2\n"]) {
      for (const { message } of checker.check(text, REDIS_72)) assert.ok(!message.includes("hunter2"), message);
    }
  });

  it("reads a file of Sentinel", () => {
    const sentinel: ConfOptions = { ...REDIS_72, mode: "sentinel" };
    const monitor = "sentinel monitor mymaster 127.0.0.1 6379 2\n";
    assert.deepEqual(rules(`sentinel auth-pass mymaster x\n${monitor}`, sentinel), []);
    assert.equal(
      fixed(`${monitor}sentinel auth-pass mymastre x\n`, sentinel),
      `${monitor}sentinel auth-pass mymaster x\n`,
    );
    assert.equal(blamed("sentinel monitor mymaster redis 6379 2\nsentinel auth-pass mymaster x\n", sentinel), "redis");
    assert.equal(only(`${monitor}sentinel parallel-syncs mymaster 1 # one\n`, sentinel).rule, "conf/inline-comment");
    assert.equal(blamed(monitor), "sentinel");
  });

  it("judges a command line", () => {
    const [problem] = checker.checkArguments(["--maxmemory", "256xb"], REDIS_72);
    assert.deepEqual([problem?.argument, problem?.rule], [1, "conf/invalid-value"]);
    assert.deepEqual(checker.checkArguments(["--save", "--appendonly", "no"], REDIS_72), []);
    assert.deepEqual(checker.checkArguments(["/etc/redis.conf", "--port", "0"], REDIS_72), []);
  });

  it("describes a directive for a version", () => {
    const known = checker.describe("SLAVEOF", { engine: "redis", line: "7.2" });
    assert.deepEqual([known?.name, known?.isKnown, known?.args], ["replicaof", true, [2, 2]]);
    const save = checker.describe("save", null);
    assert.ok(save?.isRepeatable && save.defaults.length > 0);
    const foreign = checker.describe("availability-zone", { engine: "redis", line: "7.2" });
    assert.deepEqual([foreign?.isKnown, foreign?.version.engine, foreign?.history.length], [false, "valkey", 2]);
    assert.equal(checker.describe("nosuch"), null);
    const names = checker.directives({ engine: "redis", line: "7.2" });
    assert.equal(names.find(({ name }) => name === "slaveof")?.isDeprecated, true);
    assert.deepEqual(names.find(({ name }) => name === "appendonly")?.values, ["yes", "no"]);
  });
});
