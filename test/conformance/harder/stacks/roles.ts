// What the apps use a server for: jobs, feeds, cache; one server or several; data that two servers share.
import { compose, DRAGONFLY, lines, MASTODON, mastodon, REDIS, type StackCase } from "./stackCase.ts";

const TWO = ["REDIS_HOST: redis", "CACHE_REDIS_HOST: cache"];
const LRU = "command: redis-server --maxmemory 1gb --maxmemory-policy allkeys-lru";

/** Mastodon with a cache of its own. */
function cache(
  id: string,
  why: string,
  own: readonly string[],
  told: readonly string[] = [],
  services: Readonly<Record<string, readonly string[]>> = {},
  more: Readonly<Record<string, string>> = {},
): StackCase {
  return {
    id,
    why,
    files: { "compose.yaml": compose({ web: mastodon(...TWO), redis: [REDIS], ...services, cache: own }), ...more },
    told,
  };
}

const NO_EVICTION = "mastodon/cache-instance-no-eviction hint";
const SAVES = "mastodon/cache-instance-persistence hint";

function nameMarked(one: StackCase): StackCase {
  return {
    ...one,
    files: { ...one.files, "compose.yaml": (one.files["compose.yaml"] ?? "").replace("\n  cache:", "\n  ⟦cache⟧:") },
  };
}

export const CACHES: readonly StackCase[] = [
  nameMarked(cache("no-limit", "it never drops a key", [REDIS], [NO_EVICTION])),
  cache(
    "noeviction",
    "a policy that drops nothing",
    [REDIS, "command: redis-server --maxmemory 1gb --maxmemory-policy ⟦noeviction⟧"],
    [NO_EVICTION],
  ),
  cache("evicts", "as it should be", [REDIS, LRU]),
  cache("container-limit", "the container bounds it", [REDIS, "mem_limit: 1g", LRU.replace(" --maxmemory 1gb", "")]),
  cache("unknown", "a script starts it", [REDIS, "command: /start.sh"]),
  cache("used-by-others", "another app uses it, too", [REDIS], [], {
    forum: ["image: example/forum:1", "environment: {CACHE: 'redis://cache:6379'}"],
  }),
  cache("used-by-who-knows", "a file of another app may name it", [REDIS], [], {
    forum: ["image: example/forum:1", "env_file: forum.env"],
  }),
  cache("appendonly", "saving is switched on", [REDIS, `${LRU} --appendonly ⟦yes⟧`], [SAVES]),
  cache("save", "a schedule is written", [REDIS, `${LRU} --save ⟦60⟧ 1000`], [SAVES]),
  cache("defaults", "defaults are nobody's choice", [REDIS, LRU]),
  cache("saves-nothing", "saving is switched off", [REDIS, `${LRU} --save "" --appendonly no`]),
  cache(
    "conf",
    "in the configuration",
    [REDIS, "command: redis-server /etc/redis.conf", "volumes: ['./cache.conf:/etc/redis.conf']"],
    [SAVES],
    {},
    { "cache.conf": "maxmemory 1gb\nmaxmemory-policy allkeys-lru\nappendonly ⟦yes⟧\n" },
  ),
  {
    id: "cache-and-jobs",
    why: "one server for all",
    files: {
      "compose.yaml": compose({ web: mastodon("REDIS_HOST: redis", "CACHE_REDIS_HOST: redis"), redis: [REDIS] }),
    },
  },
  {
    id: "cache-of-two",
    why: "another service uses it for jobs",
    files: {
      "compose.yaml": compose({
        web: mastodon(...TWO),
        sidekiq: [...mastodon("REDIS_HOST: cache"), "command: bundle exec rails c"],
        redis: [REDIS],
        cache: [REDIS],
      }),
    },
  },
];

const LOST = "mastodon/main-instance-no-persistence warning";

function main(
  id: string,
  why: string,
  own: readonly string[],
  isTold: boolean,
  services: Readonly<Record<string, readonly string[]>> = {},
  more: Readonly<Record<string, string>> = {},
): StackCase {
  return {
    id,
    why,
    files: { "compose.yaml": compose({ web: mastodon("REDIS_HOST: redis"), redis: own, ...services }), ...more },
    told: isTold ? [LOST] : [],
    about: /^mastodon\/main/,
  };
}

export const JOBS: readonly StackCase[] = [
  main("flag", "on the command line", [REDIS, 'command: ["redis-server", "⟦--save⟧", ""]'], true),
  main("flag-text", "as a text", [REDIS, `command: redis-server --save ⟦""⟧ --appendonly no`], true),
  main(
    "conf",
    "in the configuration",
    [REDIS, "command: redis-server /etc/redis.conf", "volumes: ['./redis.conf:/etc/redis.conf']"],
    true,
    {},
    { "redis.conf": 'save ⟦""⟧\n' },
  ),
  main("default", "no line: snapshots are on", [REDIS, "command: redis-server --maxmemory 1gb"], false),
  main("appendonly", "an append-only file", [REDIS, `command: redis-server --save "" --appendonly yes`], false),
  main("schedule", "a schedule", [REDIS, `command: redis-server --save 60 1`], false),
  main("replica", "a replica may save", [REDIS, `command: redis-server --save ""`], false, {
    copy: [REDIS, "command: redis-server --replicaof redis 6379"],
  }),
  main(
    "bitnami",
    "Bitnami turns it on",
    ["image: bitnamilegacy/redis:7.4", "environment: {ALLOW_EMPTY_PASSWORD: 'yes'}"],
    false,
  ),
  main(
    "shared-conf-unknown",
    "a line that nobody knows",
    [REDIS, "command: redis-server /etc/redis.conf", "volumes: ['./redis.conf:/etc/redis.conf']"],
    false,
    {},
    { "redis.conf": 'save ""\ninclude /etc/more.conf\n' },
  ),
];

const APART = "mastodon/sidekiq-url-only-in-one-process warning";
const PUMA = "command: bundle exec puma -C config/puma.rb";
const WORKER = "command: bundle exec sidekiq";

function queue(
  id: string,
  why: string,
  web: readonly string[],
  worker: readonly string[],
  isTold: boolean,
  more: Readonly<Record<string, string>> = {},
  jobs: readonly string[] = [REDIS],
): StackCase {
  return {
    id,
    why,
    files: {
      "compose.yaml": compose({ web: [...web, PUMA], sidekiq: [...worker, WORKER], redis: [REDIS], jobs }),
      ...more,
    },
    told: isTold ? [APART] : [],
    about: /^mastodon\/sidekiq-url/,
  };
}

export const PROCESSES: readonly StackCase[] = [
  queue(
    "only-sidekiq",
    "only Sidekiq has it",
    mastodon("REDIS_HOST: redis"),
    mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_URL: ⟦redis://jobs:6379⟧"),
    true,
  ),
  queue(
    "only-web",
    "only web has it",
    mastodon("REDIS_HOST: redis", "⟦SIDEKIQ_REDIS_HOST⟧: jobs"),
    [MASTODON, "env_file: one.env"],
    true,
    { "one.env": "REDIS_HOST=redis\n" },
  ),
  queue(
    "both",
    "both have it",
    mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_URL: redis://jobs:6379"),
    mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_URL: redis://jobs"),
    false,
  ),
  queue(
    "databases",
    "another database is another queue",
    mastodon("REDIS_URL: redis://redis:6379/0"),
    mastodon("REDIS_URL: ⟦redis://redis:6379/1⟧"),
    true,
  ),
  queue(
    "two-names",
    "one server under two names",
    mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_HOST: jobs"),
    mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_HOST: work"),
    false,
    {},
    [REDIS, "container_name: work"],
  ),
  queue(
    "unknown",
    "one side is not known",
    mastodon("REDIS_HOST: redis"),
    mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_URL: ${JOBS_URL}"),
    false,
  ),
  queue(
    "missing-file",
    "a file that is not here",
    mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_HOST: jobs"),
    [MASTODON, "env_file: gone.env", "environment: {REDIS_HOST: redis}"],
    false,
  ),
  queue(
    "versions",
    "two versions",
    mastodon("REDIS_HOST: redis"),
    mastodon("REDIS_HOST: jobs").map((line) => line.replace("v4.5.16", "v4.4.8")),
    false,
  ),
  queue(
    "domains",
    "two servers of Mastodon",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: redis"),
    mastodon("LOCAL_DOMAIN: b.example", "REDIS_HOST: jobs"),
    false,
  ),
  {
    id: "streaming",
    why: "the streaming server does not read it",
    files: {
      "compose.yaml": compose({
        web: [...mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_HOST: jobs"), PUMA],
        sidekiq: [...mastodon("REDIS_HOST: redis", "SIDEKIQ_REDIS_HOST: jobs"), WORKER],
        streaming: [
          "image: ghcr.io/mastodon/mastodon-streaming:v4.5.16",
          "command: node ./streaming/index.js",
          "environment: {REDIS_HOST: redis}",
        ],
        redis: [REDIS],
        jobs: [REDIS],
      }),
    },
    about: /^mastodon\/sidekiq-url/,
  },
];

const SHARED = "mastodon/two-servers-one-redis error";

function two(id: string, why: string, one: readonly string[], other: readonly string[], isTold: boolean): StackCase {
  return {
    id,
    why,
    files: { "compose.yaml": compose({ town: one, village: other, redis: [REDIS], more: [REDIS] }) },
    told: isTold ? [SHARED] : [],
    about: /^mastodon\/two/,
  };
}

const OLD = (line: string): string => line.replace("v4.5.16", "v4.3.14");

function elsewhere(
  id: string,
  why: string,
  one: string,
  other: string,
  redis: readonly string[],
  isTold: boolean,
): StackCase {
  const own = redis.length > 0 ? redis : ["REDIS_HOST=⟦redis.internal.example⟧"];
  const files = {
    [one]: lines("LOCAL_DOMAIN=a.example", "REDIS_HOST=redis.internal.example"),
    [other]: lines("LOCAL_DOMAIN=b.example", ...own),
  };
  const told = isTold ? ["mastodon/two-servers-one-redis warning"] : [];
  return { id, why, files, told, about: /^mastodon\/two/, settings: { apps: { mastodon: "4.5" } } };
}

export const TWO_SERVERS: readonly StackCase[] = [
  two(
    "one-redis",
    "two domains on one Redis",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: redis"),
    mastodon("LOCAL_DOMAIN: b.example", "REDIS_HOST: ⟦redis⟧"),
    true,
  ),
  two(
    "databases",
    "database numbers do not help",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_URL: redis://redis/0"),
    mastodon("LOCAL_DOMAIN: b.example", "REDIS_URL: redis://⟦redis⟧/1"),
    true,
  ),
  two(
    "one-domain",
    "one server of Mastodon",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: redis"),
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: redis"),
    false,
  ),
  two(
    "two-redis",
    "each has its own",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: redis"),
    mastodon("LOCAL_DOMAIN: b.example", "REDIS_HOST: more"),
    false,
  ),
  two(
    "no-domain",
    "a domain that nobody knows",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: redis"),
    mastodon("LOCAL_DOMAIN: ${DOMAIN}", "REDIS_HOST: redis"),
    false,
  ),
  two(
    "outside",
    "each machine has its own",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: 127.0.0.1"),
    mastodon("LOCAL_DOMAIN: b.example", "REDIS_HOST: 127.0.0.1"),
    false,
  ),
  two(
    "namespaces",
    "namespaces kept them apart up to 4.3",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: redis", "REDIS_NAMESPACE: a").map(OLD),
    mastodon("LOCAL_DOMAIN: b.example", "REDIS_HOST: redis", "REDIS_NAMESPACE: b").map(OLD),
    false,
  ),
  two(
    "one-namespace",
    "when they are different",
    mastodon("LOCAL_DOMAIN: a.example", "REDIS_HOST: redis").map(OLD),
    mastodon("LOCAL_DOMAIN: b.example", "REDIS_HOST: ⟦redis⟧").map(OLD),
    true,
  ),
  elsewhere("env-files", "two files name one machine", "town.env", "village.env", [], true),
  elsewhere(
    "env-file-url",
    "as a URL",
    "a.env",
    "b.env",
    ["REDIS_URL=redis://:x@⟦redis.internal.example⟧:6379/1"],
    true,
  ),
  elsewhere(
    "env-file-port",
    "on another port",
    "a.env",
    "b.env",
    ["REDIS_HOST=redis.internal.example", "REDIS_PORT=6380"],
    false,
  ),
  elsewhere("env-file-address", "an address may be private", "a.env", "b.env", ["REDIS_HOST=10.0.0.5"], false),
  elsewhere(
    "env-file-stages",
    "stages of one server",
    ".env.production",
    ".env.staging",
    ["REDIS_HOST=redis.internal.example"],
    false,
  ),
  elsewhere("env-file-sample", "a sample", ".env.sample", "village.env", ["REDIS_HOST=redis.internal.example"], false),
];

const LUA = "mastodon/dragonfly-lua-flags warning";

function dragonfly(
  id: string,
  why: string,
  own: readonly string[],
  isTold: boolean,
  environment: readonly string[] = ["REDIS_HOST: cache"],
): StackCase {
  const text = compose({ web: mastodon(...environment), redis: [REDIS], cache: own });
  return {
    id,
    why,
    files: { "compose.yaml": isTold ? text.replace("\n  cache:", "\n  ⟦cache⟧:") : text },
    told: isTold ? [LUA] : [],
    about: /^mastodon\/dragonfly-lua/,
  };
}

function bullmq(id: string, why: string, tag: string, flags: string, isTold: boolean): StackCase {
  const app = [`image: ghcr.io/gitroomhq/postiz-app:${tag}`, "environment: {REDIS_URL: 'redis://cache:6379'}"];
  const text = compose({ app, cache: [DRAGONFLY, `command: ${flags}`] });
  return {
    id: `bullmq-${id}`,
    why,
    files: { "compose.yaml": isTold ? text.replace("\n  cache:", "\n  ⟦cache⟧:") : text },
    told: isTold ? [LUA] : [],
    about: /^mastodon\/dragonfly-lua/,
  };
}

export const SCRIPTS: readonly StackCase[] = [
  dragonfly("none", "no flags", [DRAGONFLY], true),
  dragonfly("other-flags", "other flags", [DRAGONFLY, "command: ['dragonfly', '--maxmemory=2gb']"], true),
  dragonfly(
    "other-lua-flags",
    "the other flag for scripts",
    [DRAGONFLY, "command: dragonfly --default_lua_flags=disable-atomicity"],
    true,
  ),
  dragonfly("allowed", "allowed", [DRAGONFLY, "command: dragonfly --default_lua_flags=allow-undeclared-keys"], false),
  dragonfly(
    "both-flags",
    "allowed, with more",
    [DRAGONFLY, `command: ["--default_lua_flags", "disable-atomicity allow-undeclared-keys"]`],
    false,
  ),
  dragonfly(
    "variable",
    "as a variable",
    [DRAGONFLY, "environment: [DFLY_default_lua_flags=allow-undeclared-keys]"],
    false,
  ),
  dragonfly(
    "auto-correct",
    "corrected by itself",
    [DRAGONFLY, "command: dragonfly --lua_allow_undeclared_auto_correct"],
    false,
  ),
  dragonfly(
    "known-scripts",
    "for scripts by their sums",
    [DRAGONFLY, "command: dragonfly --lua_undeclared_keys_shas=0123"],
    false,
  ),
  dragonfly("flagfile", "a file of flags", [DRAGONFLY, "command: dragonfly --flagfile=/etc/dragonfly.conf"], false),
  dragonfly("cache-only", "the cache alone", [DRAGONFLY], false, TWO),
  bullmq("old", "BullMQ needs it, too", "v2.11.3", "--maxmemory=2gb", true),
  bullmq("hashtags", "the other way", "v2.11.3", "--cluster_mode=emulated --lock_on_hashtags", false),
  bullmq("half-of-it", "half of the other way", "v2.11.3", "--cluster_mode=emulated", true),
  bullmq("new", "Temporal holds the jobs", "v2.12.0", "--maxmemory=2gb", false),
  bullmq("unknown", "nobody knows who holds them", "${TAG}", "--maxmemory=2gb", false),
];
