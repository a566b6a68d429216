import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { compareVersions } from "../../server/src/core/catalog/version.ts";
import { ConfChecker, firstRefusal } from "../../server/src/core/conf/index.ts";
import { configuration, versionOf } from "./generate.ts";

const CASES = new URL("../conformance/conf/cases/", import.meta.url);
const STOCK = new URL("stock/", import.meta.url);
const GENERATED = 300;
const AT_ONCE = 3;

/**
 * Put behind every text, so that nothing listens but a private socket, the process stays ours and its log is heard. A refused line is refused
 * before the server comes here, and a directive set twice is as good as set once.
 */
const TAIL = `
port 0
tls-port 0
tls-cluster no
tls-replication no
unixsocket private.sock
unixsocketperm 700
daemonize no
supervised no
loglevel notice
logfile ""
syslog-enabled no
cluster-enabled no
appendonly no
save ""
pidfile ""
`;

/** What these do depends on the machine: files, folders, allocators, memory, CPUs; or a distribution brought them to an older server. */
const NOT_TRIED = new Set(
  "include loadmodule dir logfile aclfile activedefrag databases io-threads maxclients oom-score-adj oom-score-adj-values appenddirname locale-collate jemalloc-bg-thread server-cpulist bio-cpulist aof-rewrite-cpulist bgsave-cpulist replicaof set-proc-title syslog-facility syslog-ident disable-thp port-notify dbfilename appendfilename unixsocket cluster-config-file lua-enable-deprecated-api".split(
    " ",
  ),
);

/** Debian's 7.0.15 refuses `%~pattern` in an ACL rule as 7.2 does; the 7.0.15 of Redis takes it. */
const BACKPORTED = /%~/;

type LiveVerdict = "accepted" | number | "refused without a line";

class LiveServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "cache-compat-conf-"));
  readonly #program: string;
  readonly #running = new Set<ChildProcess>();
  #count = 0;

  constructor(program: string) {
    this.#program = program;
  }

  /** Starts the server with that text in a folder of its own and ends it as soon as it is up. */
  async judge(text: string): Promise<LiveVerdict> {
    const folder = mkdtempSync(join(this.#folder, `${this.#count++}-`));
    writeFileSync(join(folder, "server.conf"), text);
    const child = spawn(this.#program, ["server.conf"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    this.#running.add(child);
    let output = "";
    let isReady = false;
    const hear = (piece: Buffer): void => {
      output += piece.toString("latin1");
      if (isReady || !/ready to accept connections|Ready to accept connections/.test(output)) return;
      isReady = true;
      child.kill("SIGKILL");
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    await new Promise<void>((resolve, reject) => {
      child.once("close", () => resolve());
      child.once("error", reject);
    });
    this.#running.delete(child);
    rmSync(folder, { recursive: true, force: true });
    if (isReady) return "accepted";
    const line = /FATAL CONFIG FILE ERROR[^\n]*\nReading the configuration file, at line ([0-9]+)/.exec(output)?.[1];
    return line === undefined ? "refused without a line" : Number(line);
  }

  close(): void {
    for (const child of this.#running) child.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

describe("conf: a real redis-server is the judge", function () {
  this.timeout(180_000);
  const checker = new ConfChecker();
  let server: LiveServer | undefined;
  let target: { engine: string; line: string; patch: number };

  before(async () => {
    // Scripts are plain JavaScript without declarations.
    const scripts: string = new URL("../../scripts/system.mjs", import.meta.url).href;
    const { ensureRedisServer } = (await import(scripts)) as { readonly ensureRedisServer: () => string };
    const program = ensureRedisServer();
    const printed = execFileSync(program, ["--version"], { encoding: "utf8" });
    const [, line = "", patch = ""] = /v=([0-9]+\.[0-9]+)\.([0-9]+)/.exec(printed) ?? [];
    target = { engine: "redis", line, patch: Number(patch) };
    server = new LiveServer(program);
  });

  after(() => server?.close());

  async function compare(texts: readonly string[]): Promise<void> {
    const differing: string[] = [];
    const waiting = texts.map((text) => text + TAIL);
    const judge = server;
    assert.ok(judge !== undefined);
    const work = async (): Promise<void> => {
      for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
        const live = await judge.judge(text);
        const first = firstRefusal(checker.check(text, { target, modules: "none" }));
        const ours = first === undefined ? "accepted" : (first.reportedLine ?? "refused without a line");
        if (live !== ours)
          differing.push(
            `${JSON.stringify(text.slice(0, -TAIL.length))}: server ${live}, we ${ours} (${first?.message})`,
          );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    assert.deepEqual(differing, []);
  }

  it("agrees on the files of the cases", async () => {
    const names = readdirSync(CASES).filter((name) => name.endsWith(".conf"));
    await compare(names.map((name) => readFileSync(new URL(name, CASES), "utf8")));
  });

  it("starts with the files that came with it and with its elders", async () => {
    const elders = readdirSync(STOCK).filter((name) => {
      const [engine, line = ""] = name.replace(/\.\d+\.conf$/, "").split("-");
      return engine === "redis" && compareVersions(line, target.line) <= 0;
    });
    assert.ok(elders.length > 0);
    await compare(elders.map((name) => readFileSync(new URL(name, STOCK), "utf8")));
  });

  it(`agrees on ${GENERATED} generated files`, async () => {
    const version = versionOf("redis", target.line);
    assert.ok(version !== undefined, `the tables do not know Redis ${target.line}, which is installed here`);
    const seed = Number(process.env.CONF_SEED ?? Date.now() % 2 ** 31);
    const texts = fc.sample(
      configuration(version, (name) => !NOT_TRIED.has(name)),
      { numRuns: GENERATED, seed },
    );
    await compare(texts.filter((text) => !BACKPORTED.test(text))).catch((error: Error) => {
      error.message = `CONF_SEED=${seed}\n${error.message}`;
      throw error;
    });
  });
});
