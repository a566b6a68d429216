// However a file came to its text, the report is that of somebody who sees it for the first time.
import assert from "node:assert/strict";
import fc from "fast-check";
import { ConfChecker } from "../../server/src/core/conf/index.ts";
import { builtInCatalog, Checker, type Report } from "../../server/src/core/index.ts";
import type { EngineTarget } from "../../server/src/core/settingValues.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { TODAY } from "../support/inProcess.ts";
import { RUNS } from "./texts.ts";

const catalog = builtInCatalog();

/** Lines that are judged by others, lines that judge others, and lines of which some servers think differently. */
const CONF = [
  ..."port 0|port 6379|port x|tls-port 1|cluster-enabled yes|cluster-enabled no|replicaof a 1|unixsocket /s|slaveof a 1".split(
    "|",
  ),
  ..."user a on|user a on nopass|user b on +foo.bar|user c on +@json|aclfile a.acl|include x.conf|include x # c".split(
    "|",
  ),
  ...'rename-command get b|rename-command b c|rename-command FLUSHALL ""|rename-command cofnig x|loadmodule y'.split(
    "|",
  ),
  ..."array-sparse-kmin 9|array-sparse-kmax 5|no.such 1|no-such-name 1|a=b|port=1|é x|foo.bar baz|scratch-file-path /a".split(
    "|",
  ),
  ...'tls-cluster yes|tls-cert-file a|bind|bind ""|acl-pubsub-default allchannels|acl-pubsub-default resetchannels'.split(
    "|",
  ),
  ...'proc-title-template {unixsocket}|maxmemory 1 mb|maxmemory 1gb|save 1 x|save ""|save 3600 1|appendfsync no'.split(
    "|",
  ),
  ...'VSET-force-single-threaded-execution maybe|dir /a|dir /b|hash-max-ziplist-entries 5|appendonly "yes|appendonly yes # on'.split(
    "|",
  ),
  ..."sentinel monitor m 127.0.0.1 6379 2|sentinel known-replica m 127.0.0.1 1|sentinel down-after-milliseconds m 0|sentinel foo".split(
    "|",
  ),
  ..."# a comment|# cache-compat: engine=redis@6.2|# cache-compat-ignore-next-line conf/invalid-value -- so|{% if a %}".split(
    "|",
  ),
  ...[
    "",
    "  ",
    "maxmemory {{ memory }}",
    "protected-mode no",
    "'a'b c",
    "appendonly yes",
    "maxmemory-policy allkeys-lru",
  ],
];

const ENV = [
  ..."REDIS_URL=redis://:p@ss@cache:6379/0|REDIS_URL=|REDIS_HOST=cache|REDIS_PORT=6379x|REDIS_PASSWORD=changeme".split(
    "|",
  ),
  ...'REDIS_NAMESPACE=a|CACHE_REDIS_HOST=${REDIS_HOST}|CACHE_URL="redis://a b"|A="open|B=\'|C="two\nlines"|D=`x'.split(
    "|",
  ),
  ..."REDIS-IMAGE = redis:7|export REDIS_DB=1 # c|REDIS_USER=x#y|CACHE_DRIVER=memcached|SIDEKIQ_REDIS_URL=rediss://h".split(
    "|",
  ),
  ..."ELASTICACHE_URL=redis://x.abc.0001.use1.cache.amazonaws.com:6379|REDIS_URL=redis://db-a.aptible.in:1|LOCAL_DOMAIN=a".split(
    "|",
  ),
  ..."# a comment|# cache-compat: mastodon=4.5|# cache-compat-ignore-next-line env/duplicate-key -- so|MAIN_URL=a|X=${Y:-1}".split(
    "|",
  ),
  ...[
    "",
    "  ",
    'E="a" b',
    "F=a\\",
    "no value",
    "é=1",
    "REDIS_SENTINELS=a,b:1",
    "HTTP_PORT=8080",
    "COMPOSE_FILE=a.yaml",
  ],
];

const of = (engine: string, line: string): EngineTarget => ({ engine, line, patch: null });

interface Edit {
  readonly kind: number;
  readonly at: number;
  readonly to: number;
  readonly line: string;
}

interface Story {
  readonly engine: EngineTarget | null;
  readonly start: string;
  readonly edits: readonly Edit[];
}

/** Lines that are judged by each other. */
const CONF_FAMILIES = [
  ["rename-command get b", "rename-command b c", "rename-command get d", "rename-command set b"],
  ["rename-command cofnig x", "include x.conf", "no.such 1", "no-such-name 1", "loadmodule y"],
  ["array-sparse-kmin 9", "array-sparse-kmax 5", "array-sparse-kmin 2", "array-sparse-kmax 20"],
  ["user a on", "user a on nopass", "user b resetchannels &x", "acl-pubsub-default allchannels"],
  ["proc-title-template {unixsocket}", "unixsocket /s", "cluster-enabled yes", "replicaof a 1", "port 0"],
  ["sentinel monitor m 127.0.0.1 6379 2", "sentinel down-after-milliseconds m 0", "sentinel known-replica m h 1"],
];
const ENV_FAMILIES = [
  ['A="open', 'B="', "C='two", "REDIS_URL=redis://a b", 'REDIS_HOST="h"', "D=`x"],
  ["REDIS_HOST=${X}", "X=1", "REDIS_URL=redis://h", "REDIS_URL=", "REDIS_PORT=x", "# cache-compat: mastodon=4.5"],
];

/** Few lines that speak to each other, far apart: an edit of one is felt in the others. */
function stories(
  all: readonly string[],
  families: readonly (readonly string[])[],
  engines: readonly (EngineTarget | null)[],
): fc.Arbitrary<Story> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const any = fc.shuffledSubarray([...all], { minLength: 4, maxLength: 8 });
  return fc
    .oneof({ weight: 1, arbitrary: any }, { weight: 2, arbitrary: fc.constantFrom(...families) })
    .chain((some) => {
      const line = fc.constantFrom(...some);
      const filler = fc.constantFrom("", "# a comment of some length");
      const text = fc.array(
        fc.oneof({ weight: 15, arbitrary: filler }, { weight: 1, arbitrary: line }, { weight: 1, arbitrary: line }),
        { minLength: 100, maxLength: 400, size: "max" },
      );
      return fc.record({
        engine: fc.constantFrom(...engines),
        start: fc.tuple(text, fc.constantFrom("\n", "\n", "\r\n")).map(([lines, lineBreak]) => lines.join(lineBreak)),
        edits: fc.array(fc.record({ kind: fc.nat(9), at: place, to: place, line }), { minLength: 6, maxLength: 12 }),
      });
    });
}

const TYPED = ["x", "\n", '"', "#", "1", "\r", "'", "\n\n", "\\", "\0", "="];

/** Another text; the last kind takes an edit back. */
function edited(text: string, { kind, at, to, line }: Edit, history: readonly string[]): string {
  const lines = text.split("\n");
  const from = Math.floor(at * text.length);
  const index = Math.floor(at * (lines.length - 1));
  const spoken = lines.flatMap((one, place) => (one.trim() === "" || one.startsWith("#") ? [] : [place]));
  const other = Math.floor(to * (lines.length - 1));
  const typed = TYPED[Math.floor(to * (TYPED.length - 1))] ?? "";
  switch (kind) {
    case 0:
    case 1:
      return text.slice(0, from) + typed + text.slice(from);
    case 2:
      return text.slice(0, from) + text.slice(from + 1 + Math.floor(to * 30));
    case 3:
      return text.slice(0, from) + text.slice(from + Math.floor(to * 3000));
    case 4:
      return lines.with(index, line).join("\n");
    case 5:
      return lines.toSpliced(index, 1, line, line).join("\n");
    case 6:
      return lines
        .with(index, lines[other] as string)
        .with(other, lines[index] as string)
        .join("\n");
    case 7:
      return `${text}${line}\n`;
    case 8:
      return lines.toSpliced(spoken[Math.floor(at * (spoken.length - 1))] ?? 0, 1).join("\n");
    default:
      return history.at(-2) ?? text;
  }
}

/** A line by which another one, far below, is judged: all that the lower one may ask of those above it. */
const FELT: readonly (readonly [
  about: string,
  file: string,
  upper: string,
  lower: string,
  engine: EngineTarget | null,
])[] = [
  ["an include, in a name", "redis.conf", "include x.conf", "no.such 1", of("redis", "7.2")],
  ["an include, in a command", "redis.conf", "include x.conf", "rename-command cofnig x", of("redis", "7.2")],
  ["a module, in a name", "redis.conf", "loadmodule y", "no.such 1", of("redis", "7.2")],
  [
    "a setting, in one that must not be less",
    "redis.conf",
    "array-sparse-kmin 9",
    "array-sparse-kmax 5",
    of("redis", "8.8"),
  ],
  [
    "a setting, in one that must not be more",
    "redis.conf",
    "array-sparse-kmax 5",
    "array-sparse-kmin 9",
    of("redis", "8.8"),
  ],
  ["a default, in a user", "redis.conf", "acl-pubsub-default allchannels", "user b on &x", of("redis", "7.2")],
  ["a new name, in a command", "redis.conf", "rename-command get b", "rename-command b c", of("redis", "7.2")],
  ["a command that is gone", "redis.conf", "rename-command get b", "rename-command get c", of("redis", "7.2")],
  ["a user, in the same once more", "redis.conf", "user a on", "user a on nopass", of("redis", "7.2")],
];

function told({ findings, kind, platform, env, conf, suppressions, failed, apps }: Report): unknown {
  return { findings, kind, platform, env: env && { ...env, around: null }, conf, suppressions, failed, apps };
}

function check(used: Checker, name: string, text: string, engine: EngineTarget | null): unknown {
  const path = `/project/${name}`;
  const files = new MemoryFiles(new Map([[path, text]]));
  const source = { path, text, languageId: null };
  const layers = engine === null ? [] : [{ from: "setting", settings: { engine } } as const];
  return told(used.check({ source, layers, useProjectFile: true, files, today: TODAY }));
}

describe("edits of long files", function () {
  this.timeout(240_000);

  for (const [name, lines, families, engines] of [
    [
      "redis.conf",
      CONF,
      CONF_FAMILIES,
      [of("redis", "8.8"), null, null, of("redis", "7.2"), of("redis", "6.0"), of("redis", "8.0"), of("valkey", "9.1")],
    ],
    ["sentinel.conf", CONF, CONF_FAMILIES, [null, of("redis", "6.0"), of("redis", "7.2")]],
    [".env", ENV, ENV_FAMILIES, [null]],
    [".env.production", ENV, ENV_FAMILIES, [null]],
  ] as const) {
    it(`leave nothing behind in ${name}`, () => {
      const checker = new Checker(catalog);
      fc.assert(
        fc.property(stories(lines, families, engines), ({ engine, start, edits }) => {
          const history = [start];
          for (const edit of edits) {
            const text = edited(history.at(-1) as string, edit, history);
            history.push(text);
            const fresh = new Checker(catalog, undefined, new ConfChecker());
            assert.deepEqual(check(checker, name, text, engine), check(fresh, name, text, engine));
          }
        }),
        { ...RUNS, numRuns: 60 },
      );
    });
  }

  for (const [about, name, upper, lower, engine] of FELT) {
    it(`far above are felt: ${about}`, () => {
      const filler = "# a comment of some length\n".repeat(400);
      const withUpper = `${upper}\n${filler}${lower}\n${filler}`;
      const without = `# ${upper}\n${filler}${lower}\n${filler}`;
      const fresh = (text: string): unknown =>
        check(new Checker(catalog, undefined, new ConfChecker()), name, text, engine);
      const errors = (report: unknown): string[] =>
        (report as Report).findings.flatMap(({ rule, severity, message }) =>
          severity === "error" ? [`${rule} ${message}`] : [],
        );
      const expected = [fresh(withUpper), fresh(without)] as const;
      assert.notDeepEqual(errors(expected[0]), errors(expected[1]), "the lower line says nothing of the upper one");
      const checker = new Checker(catalog, undefined, new ConfChecker());
      for (let turn = 0; turn < 4; turn++)
        assert.deepEqual(check(checker, name, [withUpper, without][turn % 2] as string, engine), expected[turn % 2]);
    });
  }

  it("of very many faults as many are told as before, wherever the last of them has moved", () => {
    const checker = new Checker(catalog, undefined, new ConfChecker());
    const rest = "prt 1\n".repeat(1100);
    for (const count of [300, 280, 310, 0, 300]) {
      const text = `${"prt 1\n".repeat(count)}${"port 1\n".repeat(300)}${rest}`;
      const fresh = new Checker(catalog, undefined, new ConfChecker());
      assert.deepEqual(check(checker, "redis.conf", text, null), check(fresh, "redis.conf", text, null));
    }
  });
});
