// What is said of the services themselves: configurations, volumes, limits, health checks.
import { compose, DRAGONFLY, lines, mastodon, postiz, REDIS, type StackCase, VALKEY } from "./stackCase.ts";

const WEB = mastodon("REDIS_HOST: redis");
const MOUNT = "volumes: ['./redis.conf:/etc/redis.conf:ro']";
const CONF = ["command: redis-server /etc/redis.conf", MOUNT];

type Texts = Readonly<Record<string, string>>;

/** One service `redis` and what a rule says of it. */
function about(rule: string, severity: string, services: Readonly<Record<string, readonly string[]>> = {}) {
  return (id: string, why: string, own: readonly string[], isTold: boolean | string, more: Texts = {}): StackCase => {
    const text = compose({ ...services, redis: own }, "volumes: {redis: {}, data: {}}");
    const said = typeof isTold === "string" ? isTold : severity;
    return {
      id,
      why,
      files: { "compose.yaml": text, ...more },
      told: isTold === false ? [] : [`${rule} ${said}`],
      about: new RegExp(`^${rule}$`),
    };
  };
}

const unused = about("compose/config-not-used", "warning");
const USUAL = { "redis.conf": "appendonly yes\n" };

export const CONFIGURATIONS: readonly StackCase[] = [
  unused("no-command", "no command", [REDIS, "volumes: ['⟦./redis.conf:/etc/redis.conf:ro⟧']"], true, USUAL),
  unused(
    "another-command",
    "a command without it",
    [REDIS, "command: redis-server --appendonly yes", "volumes: ['⟦./redis.conf:/etc/redis.conf:ro⟧']"],
    true,
    USUAL,
  ),
  unused(
    "another-path",
    "a command with another path",
    [REDIS, "command: redis-server /usr/local/etc/redis.conf", "volumes: ['./redis.conf:/etc/redis.conf:ro']"],
    false,
    USUAL,
  ),
  unused(
    "long-form",
    "the long form of a mount",
    [VALKEY, "volumes:", "  - type: bind", "    source: ./redis.conf", "    target: ⟦/etc/valkey.conf⟧"],
    true,
    USUAL,
  ),
  unused("command", "the command names it", [REDIS, ...CONF], false, USUAL),
  unused("command-without-program", "without the program", [REDIS, "command: /etc/redis.conf", MOUNT], false, USUAL),
  unused(
    "entrypoint",
    "the entrypoint does",
    [REDIS, 'entrypoint: ["redis-server", "/etc/redis.conf"]', MOUNT],
    false,
    USUAL,
  ),
  unused("shell", "behind a shell", [REDIS, 'command: sh -c "redis-server /etc/redis.conf"', MOUNT], false, USUAL),
  unused("script", "a script may", [REDIS, "command: /start.sh", MOUNT], false, USUAL),
  unused(
    "shell-more",
    "a shell with more than one call may",
    [REDIS, 'command: sh -c "cp /etc/redis.conf /data && redis-server /data/redis.conf"', MOUNT],
    false,
    USUAL,
  ),
  unused("folder", "a folder is no file", [REDIS, "volumes: ['./conf:/usr/local/etc/redis']"], false),
  unused(
    "included",
    "the configuration includes it",
    [
      REDIS,
      "command: redis-server /etc/main.conf",
      "volumes: ['./main.conf:/etc/main.conf', './redis.conf:/etc/redis.conf']",
    ],
    false,
    { ...USUAL, "main.conf": "include /etc/redis.conf\n" },
  ),
  unused("users", "a file of users is none", [REDIS, "volumes: ['./users.acl:/etc/users.acl']"], false),
  unused(
    "bitnami",
    "Bitnami loads it by itself",
    ["image: bitnamilegacy/redis:7.4", "volumes: ['./redis.conf:/opt/bitnami/redis/mounted-etc/redis.conf']"],
    false,
    USUAL,
  ),
  unused(
    "stack",
    "Redis Stack does, too",
    ["image: redis/redis-stack-server:7.4.0-v3", "volumes: ['./redis.conf:/redis-stack.conf']"],
    false,
    USUAL,
  ),
  unused("dragonfly", "Dragonfly reads none, which is told by a rule of its own", [DRAGONFLY, MOUNT], false, USUAL),
  unused("built", "nobody knows what is built", [REDIS, "build: .", MOUNT], false, USUAL),
  unused("private", "nor what others built", ["image: registry.example.org/redis:7.4", MOUNT], false, USUAL),
  unused("sentinel", "a Sentinel names it", [REDIS, "command: redis-sentinel /etc/redis.conf", MOUNT], false, {
    "redis.conf": "port 26379\n",
  }),
  {
    id: "config",
    why: "a config of the project",
    files: {
      "compose.yaml": compose(
        { redis: [REDIS, "configs:", "  - source: redis", "    target: ⟦/etc/redis.conf⟧"] },
        "configs:",
        "  redis:",
        "    file: ./redis.conf",
      ),
      "redis.conf": "appendonly yes\n",
    },
    told: ["compose/config-not-used warning"],
  },
  {
    id: "command-of-the-override",
    why: "the override names it",
    files: {
      "compose.yaml": compose({ redis: [REDIS, MOUNT] }),
      "compose.override.yaml": lines("services:", "  redis:", "    command: redis-server /etc/redis.conf"),
      ...USUAL,
    },
    about: /^compose\/config-not-used$/,
  },
];

/** A configuration and what the command line says beside it. */
function overruled(id: string, why: string, conf: string, flags: string, isTold: boolean): StackCase {
  const text = compose({ redis: [REDIS, `command: redis-server /etc/redis.conf ${flags}`, MOUNT] });
  return {
    id,
    why,
    files: { "compose.yaml": text, "redis.conf": conf },
    told: isTold ? ["compose/command-overrides-conf information"] : [],
    about: /^compose\/command-overrides-conf$/,
  };
}

export const OVERRULED: readonly StackCase[] = [
  overruled("other-value", "another value", "⟦maxmemory⟧ 1gb\n", "--maxmemory 512mb", true),
  overruled(
    "same-value",
    "the same value",
    "maxmemory 1gb\nappendonly YES\n",
    "--maxmemory 1gb --appendonly yes",
    false,
  ),
  overruled("same-amount", "the same amount in another unit", "maxmemory 1gb\n", "--maxmemory 1024mb", false),
  overruled("adding", "these add up", "save 900 1\n", "--save 60 100", false),
  overruled("another-directive", "another directive", "maxmemory 1gb\n", "--maxmemory-policy noeviction", false),
  overruled(
    "upper-case",
    "names know no case",
    "⟦MaxMemory-Policy⟧ allkeys-lru\n",
    "--maxmemory-policy noeviction",
    true,
  ),
];

const limit = about("compose/memory-limit", "warning");

export const LIMITS: readonly StackCase[] = [
  limit("equal", "equal", [REDIS, "command: redis-server --maxmemory 512mb", "mem_limit: ⟦512m⟧"], true),
  limit(
    "equal-in-bytes",
    "equal in bytes",
    [REDIS, "command: redis-server --maxmemory 512mb", "mem_limit: ⟦536870912⟧"],
    true,
  ),
  limit(
    "smaller",
    "smaller",
    [REDIS, "command: redis-server --maxmemory 2gb", "deploy: {resources: {limits: {memory: ⟦1G⟧}}}"],
    "error",
  ),
  limit(
    "powers",
    "g of Redis is a power of 1000, that of Docker one of 1024",
    [REDIS, 'command: redis-server --maxmemory 1g --save "" --appendonly no', "mem_limit: 1g"],
    false,
  ),
  limit(
    "little-room",
    "little room to save",
    [REDIS, "command: redis-server --maxmemory 900mb", "mem_limit: ⟦1g⟧"],
    "hint",
  ),
  limit(
    "nothing-to-save",
    "nothing is saved",
    [REDIS, 'command: redis-server --maxmemory 900mb --save ""', "mem_limit: 1g"],
    false,
  ),
  limit("room-enough", "room enough", [REDIS, "command: redis-server --maxmemory 512mb", "mem_limit: 768m"], false),
  limit("no-maxmemory", "no maxmemory", [REDIS, "mem_limit: 64m"], false),
  limit("maxmemory-zero", "0 is no limit", [REDIS, "command: redis-server --maxmemory 0", "mem_limit: 64m"], false),
  limit("limit-zero", "a limit of 0 is none", [REDIS, "command: redis-server --maxmemory 1gb", "mem_limit: 0"], false),
  limit(
    "reservation",
    "a reservation is no limit",
    [REDIS, "command: redis-server --maxmemory 1gb", "deploy: {resources: {reservations: {memory: 64M}}}"],
    false,
  ),
  limit(
    "variable",
    "a variable is there to be changed",
    [REDIS, "command: redis-server --maxmemory 1gb", "mem_limit: ${CACHE_LIMIT:-512m}"],
    false,
  ),
  limit(
    "unknown",
    "a script starts the server",
    [REDIS, "command: /start.sh --maxmemory 1gb", "mem_limit: 512m"],
    false,
  ),
  limit("conf", "in the configuration", [REDIS, ...CONF, "mem_limit: ⟦512m⟧"], "error", {
    "redis.conf": "maxmemory 1gb\n",
  }),
  limit(
    "dragonfly",
    "a flag of Dragonfly",
    [DRAGONFLY, "command: dragonfly --maxmemory=2gb", "mem_limit: ⟦1g⟧"],
    "error",
  ),
];

const volume = about("compose/no-data-volume", "warning", { web: WEB });
/** The name of the service is the place. */
function kept(id: string, why: string, own: readonly string[], isTold: boolean, more: Texts = {}): StackCase {
  const drawn = volume(id, why, own, isTold, more);
  const marked = (drawn.files["compose.yaml"] ?? "").replace("\n  redis:", "\n  ⟦redis⟧:");
  return isTold ? { ...drawn, files: { ...drawn.files, "compose.yaml": marked } } : drawn;
}

export const VOLUMES: readonly StackCase[] = [
  kept("nothing", "nothing is mounted", [REDIS], true),
  kept("configuration", "only the configuration is", [REDIS, ...CONF], true, { "redis.conf": "# x\n" }),
  kept("volume", "a volume", [REDIS, "volumes: ['redis:/data']"], false),
  kept("slash", "with a slash at its end", [REDIS, "volumes: ['redis:/data/']"], false),
  kept("folder", "a folder of the host", [REDIS, "volumes: ['./data:/data']"], false),
  kept(
    "long-form",
    "the long form",
    [REDIS, "volumes:", "  - type: volume", "    source: redis", "    target: /data"],
    false,
  ),
  kept("tmpfs", "a tmpfs, on purpose", [REDIS, "tmpfs: /data"], false),
  kept("tmpfs-list", "with its options", [REDIS, "tmpfs: ['/data:size=64m']"], false),
  kept("elsewhere", "a volume somewhere else", [REDIS, "volumes: ['redis:/var/lib/redis']"], true),
  kept("longer-name", "a name that only begins so", [REDIS, "volumes: ['redis:/database']"], true),
  kept(
    "dir",
    "a path of its own",
    [REDIS, "command: redis-server --dir /var/lib/redis", "volumes: ['redis:/var/lib/redis']"],
    false,
  ),
  kept(
    "nothing-saved",
    "nothing is saved on purpose",
    [REDIS, 'command: redis-server --save "" --appendonly no'],
    false,
  ),
  kept("volumes-from", "another container has a say", [REDIS, "volumes_from: [web]"], false),
  kept("unknown-mount", "a mount that nobody knows", [REDIS, "volumes: ['${MOUNT}']"], false),
  kept("replica", "a replica", [REDIS, "command: redis-server --replicaof main 6379"], false),
  kept("bitnami", "another path of Bitnami", ["image: bitnamilegacy/redis:7.4", "volumes: ['redis:/data']"], true),
  kept(
    "bitnami-parent",
    "a folder above it",
    ["image: bitnamilegacy/redis:7.4", "volumes: ['redis:/bitnami/redis']"],
    false,
  ),
  kept("dragonfly", "Dragonfly", [DRAGONFLY], true),
  kept("extends", "a definition that cannot be read", [REDIS, "extends: {file: gone.yml, service: cache}"], false),
  {
    id: "mounted-by-the-base",
    why: "the base mounts it",
    files: {
      "compose.yaml": compose({ web: WEB, redis: [REDIS, "volumes: ['redis:/data']"] }),
      "compose.override.yaml": lines("services:", "  redis:", "    image: redis:7.4.10"),
    },
    about: /^compose\/no-data-volume$/,
  },
  {
    id: "cache-only",
    why: "what is Mastodon's cache alone may go",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "CACHE_REDIS_HOST: cache"),
        redis: [REDIS, "volumes: ['redis:/data']"],
        cache: [REDIS],
      }),
    },
    about: /^compose\/no-data-volume$/,
  },
  {
    id: "for-tests",
    why: "a file for tests",
    files: { "docker-compose.test.yml": compose({ web: WEB, redis: [REDIS] }) },
    about: /^compose\/no-data-volume$/,
  },
  {
    id: "nobody-knows-it",
    why: "nobody known uses it, and nothing says that it saves",
    files: { "compose.yaml": compose({ redis: [REDIS] }) },
    about: /^compose\/no-data-volume$/,
  },
  {
    id: "told-to-save",
    why: "nobody known uses it, and it is told to save",
    files: { "compose.yaml": compose({ "⟦redis⟧": [REDIS, "command: redis-server --appendonly yes"] }) },
    told: ["compose/no-data-volume warning"],
    about: /^compose\/no-data-volume$/,
  },
  {
    id: "sentinel",
    why: "a Sentinel keeps nothing",
    files: {
      "compose.yaml": compose({ redis: [REDIS, "command: redis-server /etc/redis.conf --sentinel --appendonly yes"] }),
    },
    about: /^compose\/no-data-volume$/,
  },
];

const green = about("compose/healthcheck-false-green", "information");
const LOCKED = [REDIS, "command: redis-server --requirepass s3cret"];
const missing = about("compose/healthcheck-missing", "hint", { app: ["image: example/app:1", "depends_on: [redis]"] });

function unchecked(id: string, why: string, own: readonly string[], isTold: boolean): StackCase {
  const drawn = missing(id, why, own, isTold);
  const marked = (drawn.files["compose.yaml"] ?? "").replace("\n  redis:", "\n  ⟦redis⟧:");
  return isTold ? { ...drawn, files: { "compose.yaml": marked } } : drawn;
}

export const HEALTH: readonly StackCase[] = [
  green("list", "as a list", [...LOCKED, 'healthcheck: {test: ⟦["CMD", "redis-cli", "ping"]⟧}'], true),
  green(
    "block",
    "a list with a line for each",
    [...LOCKED, "healthcheck:", "  test:", "    ⟦- CMD", "    - redis-cli", "    - ping⟧", "  interval: 5s"],
    true,
  ),
  green("text", "as a text", [...LOCKED, "healthcheck: {test: ⟦redis-cli ping⟧}"], true),
  green(
    "shell",
    "behind a shell",
    [...LOCKED, 'healthcheck: {test: ⟦["CMD-SHELL", "redis-cli ping || exit 1"]⟧}'],
    true,
  ),
  green(
    "host-and-port",
    "with host and port",
    [...LOCKED, 'healthcheck: {test: ⟦["CMD", "redis-cli", "-h", "localhost", "-p", "6379", "PING"]⟧}'],
    true,
  ),
  green(
    "valkey",
    "the client of Valkey",
    [VALKEY, "command: valkey-server --requirepass s3cret", 'healthcheck: {test: ⟦["CMD", "valkey-cli", "ping"]⟧}'],
    true,
  ),
  green(
    "no-password",
    "a server without a password",
    [REDIS, 'healthcheck: {test: ["CMD", "redis-cli", "ping"]}'],
    false,
  ),
  green(
    "unknown",
    "a password that nobody knows",
    [
      REDIS,
      "command: redis-server --requirepass ${CACHE_PASSWORD}",
      'healthcheck: {test: ["CMD", "redis-cli", "ping"]}',
    ],
    false,
  ),
  green("exit-code", "-e ends with 1", [...LOCKED, 'healthcheck: {test: ["CMD", "redis-cli", "-e", "ping"]}'], false),
  green("login", "it logs in", [...LOCKED, 'healthcheck: {test: ["CMD", "redis-cli", "-a", "s3cret", "ping"]}'], false),
  green(
    "login-long",
    "it logs in by a longer name",
    [...LOCKED, 'healthcheck: {test: ["CMD", "redis-cli", "--pass", "s3cret", "ping"]}'],
    false,
  ),
  green(
    "login-user",
    "it logs in as a user",
    [...LOCKED, 'healthcheck: {test: ["CMD", "redis-cli", "--user", "default", "--pass", "s3cret", "ping"]}'],
    false,
  ),
  green(
    "login-variable",
    "the client reads a variable",
    [...LOCKED, "environment: {REDISCLI_AUTH: s3cret}", 'healthcheck: {test: ["CMD", "redis-cli", "ping"]}'],
    false,
  ),
  green(
    "login-env-file",
    "from a file that is not here",
    [...LOCKED, "env_file: gone.env", 'healthcheck: {test: ["CMD", "redis-cli", "ping"]}'],
    false,
  ),
  green(
    "answer",
    "it looks at the answer",
    [...LOCKED, 'healthcheck: {test: ["CMD-SHELL", "redis-cli ping | grep -q PONG"]}'],
    false,
  ),
  green("answer-test", "in another way", [...LOCKED, "healthcheck: {test: '[ $$(redis-cli ping) = PONG ]'}"], false),
  green(
    "another-command",
    "another command",
    [...LOCKED, 'healthcheck: {test: ["CMD", "redis-cli", "-a", "s3cret", "incr", "ping"]}'],
    false,
  ),
  green("another-program", "another program", [...LOCKED, "healthcheck: {test: nc -z localhost 6379}"], false),
  unchecked("missing", "none at all", [REDIS], true),
  unchecked("there", "one is there", [REDIS, "healthcheck: {test: redis-cli ping}"], false),
  unchecked("disabled", "one is switched off", [REDIS, "healthcheck: {disable: true}"], false),
  unchecked("dragonfly", "Dragonfly brings its own", [DRAGONFLY], false),
];

/** Postiz that waits, and a server with a check. */
function waits(
  id: string,
  why: string,
  depends: readonly string[],
  isTold: boolean,
  server: readonly string[] = [REDIS, "healthcheck: {test: redis-cli ping}"],
): StackCase {
  const app = [...postiz("REDIS_URL: redis://redis:6379"), ...depends];
  return {
    id,
    why,
    files: { "compose.yaml": compose({ app, redis: server }) },
    told: isTold ? ["compose/depends-on-health hint"] : [],
    about: /^compose\/depends-on-health$/,
  };
}

export const WAITING: readonly StackCase[] = [
  waits("short", "the short form", ["depends_on: [⟦redis⟧]"], true),
  waits("started", "the long form", ["depends_on: {redis: {condition: ⟦service_started⟧}}"], true),
  waits("healthy", "it waits", ["depends_on: {redis: {condition: service_healthy}}"], false),
  waits("completed", "for the end of it", ["depends_on: {redis: {condition: service_completed_successfully}}"], false),
  waits("unchecked", "nothing to wait for", ["depends_on: [redis]"], false, [REDIS]),
  waits("dragonfly", "Dragonfly brings its own check", ["depends_on: [⟦redis⟧]"], true, [DRAGONFLY]),
  waits("another", "for another service", ["depends_on: [db]"], false),
];
