// Ports, TLS and databases: where a server says them, and what the client uses.
import { compose, DRAGONFLY, lines, mastodon, postiz, REDIS, type StackCase, VALKEY } from "./stackCase.ts";

const WRONG_PORT = "connection/port-mismatch error";
const PUBLISHED = "connection/published-port-used-inside warning";
const NO_TLS = "connection/tls-port-missing error";
const NO_DATABASE = "connection/database-out-of-range error";
const CERTIFICATES = "--tls-cert-file /a.crt --tls-key-file /a.key --tls-ca-cert-file /ca.crt";
const CONF = ["volumes: ['./redis.conf:/etc/redis.conf:ro']"];
const WITH_CONF = [REDIS, "command: redis-server /etc/redis.conf", ...CONF];

/** Mastodon on port 6379, and this server; `told` where it listens elsewhere. */
function listens(
  id: string,
  why: string,
  server: readonly string[],
  isElsewhere: boolean,
  more: Readonly<Record<string, string>> = {},
): StackCase {
  const port = isElsewhere ? "⟦6379⟧" : "6379";
  const web = mastodon("REDIS_HOST: cache", `REDIS_PORT: ${port}`);
  return {
    id,
    why,
    files: { "compose.yaml": compose({ web, cache: server }), ...more },
    told: isElsewhere ? [WRONG_PORT] : [],
    about: /^connection\/p(?:ort|ublished)/,
  };
}

export const PORTS: readonly StackCase[] = [
  listens("flag", "on the command line", [REDIS, "command: redis-server --port 6380"], true),
  listens("flag-list", "as a list", [REDIS, 'command: ["redis-server", "--port", "6380"]'], true),
  listens(
    "flag-block",
    "as a list with a line for each",
    [REDIS, "command:", "  - redis-server", "  - --port", '  - "6380"'],
    true,
  ),
  listens("flag-alone", "without the program", [REDIS, "command: --port 6380"], true),
  listens("flag-twice", "the last one counts", [REDIS, "command: redis-server --port 6380 --port 6379"], false),
  listens("entrypoint", "an entrypoint of its own", [REDIS, 'entrypoint: ["redis-server", "--port", "6380"]'], true),
  listens("shell", "a plain call behind a shell", [REDIS, 'command: sh -c "redis-server --port 6380"'], true),
  listens("shell-exec", "with exec", [REDIS, 'command: ["sh", "-c", "exec redis-server --port 6380"]'], true),
  listens(
    "shell-more",
    "a shell that does more",
    [REDIS, 'command: sh -c "cp /a /b && redis-server --port 6380"'],
    false,
  ),
  listens("script", "a script", [REDIS, "command: /start.sh --port 6380"], false),
  listens("conf", "in the configuration", WITH_CONF, true, { "redis.conf": "PORT 6380\n" }),
  listens(
    "conf-and-flag",
    "the command line wins over the configuration",
    [REDIS, "command: redis-server /etc/redis.conf --port 6379", ...CONF],
    false,
    { "redis.conf": "port 6380\n" },
  ),
  listens(
    "conf-in-a-folder",
    "a folder is mounted",
    [REDIS, "command: redis-server /etc/redis/main.conf", "volumes: ['./conf:/etc/redis:ro']"],
    true,
    { "conf/main.conf": "port 6380\n" },
  ),
  listens(
    "conf-long-form",
    "the long form of a mount",
    [
      REDIS,
      "command: redis-server /etc/redis.conf",
      "volumes:",
      "  - {type: bind, source: ./redis.conf, target: /etc/redis.conf, read_only: true}",
    ],
    true,
    { "redis.conf": "port 6380\n" },
  ),
  listens("conf-not-loaded", "mounted, and not named", [REDIS, ...CONF], false, { "redis.conf": "port 6380\n" }),
  listens("conf-missing", "named, and not here", WITH_CONF, false),
  listens("conf-includes", "what it includes cannot be read", WITH_CONF, false, {
    "redis.conf": "port 6380\ninclude /etc/more.conf\n",
  }),
  listens("conf-windows-lines", "Windows lines", WITH_CONF, true, { "redis.conf": "# x\r\nport 6380\r\n" }),
  listens("socket", "a socket alone", [REDIS, "command: redis-server --port 0 --unixsocket /run/redis.sock"], false),
  listens(
    "tls-and-plain",
    "two ports",
    [REDIS, `command: redis-server --port 6379 --tls-port 6380 ${CERTIFICATES}`],
    false,
  ),
  listens(
    "valkey-flags",
    "VALKEY_EXTRA_FLAGS",
    [VALKEY, "environment: {VALKEY_EXTRA_FLAGS: '--save 60 1 --port 6380'}"],
    true,
  ),
  listens(
    "valkey-flags-unknown",
    "VALKEY_EXTRA_FLAGS without a value",
    [VALKEY, "environment: [VALKEY_EXTRA_FLAGS]", "command: valkey-server --port 6380"],
    false,
  ),
  listens("dragonfly", "a flag of Dragonfly", [DRAGONFLY, "command: dragonfly --port=6380"], true),
  listens("dragonfly-variable", "a variable of Dragonfly", [DRAGONFLY, "environment: {DFLY_port: 6380}"], true),
  listens(
    "dragonfly-both",
    "its flag wins over its variable",
    [DRAGONFLY, "environment: {DFLY_port: 6380}", "command: dragonfly --port 6379"],
    false,
  ),
  listens(
    "dragonfly-flagfile",
    "a file of flags",
    [DRAGONFLY, "command: dragonfly --flagfile=/etc/flags --port=6380"],
    false,
  ),
  listens(
    "bitnami",
    "a variable of Bitnami",
    ["image: bitnamilegacy/redis:7.4", "environment: {REDIS_PORT_NUMBER: 6380, ALLOW_EMPTY_PASSWORD: 'yes'}"],
    true,
  ),
  listens(
    "bitnami-valkey",
    "the same of its Valkey",
    ["image: bitnamilegacy/valkey:8.1", "environment: {VALKEY_PORT_NUMBER: 6380}"],
    true,
  ),
  listens(
    "bitnami-flags",
    "further flags of Bitnami",
    ["image: bitnamilegacy/redis:7.4", "environment: {REDIS_PORT_NUMBER: 6380, REDIS_EXTRA_FLAGS: '--port 6379'}"],
    false,
  ),
  listens(
    "private-image",
    "an image of somebody else",
    ["image: registry.example.org/redis:7.4", "command: redis-server --port 6380"],
    false,
  ),
  {
    id: "url-without-port",
    why: "a URL without a port uses the usual one",
    files: {
      "compose.yaml": compose({
        app: postiz("REDIS_URL: ⟦redis://cache/0⟧"),
        cache: [REDIS, "command: redis-server --port 6380"],
      }),
    },
    told: [WRONG_PORT],
  },
  {
    id: "each-connection",
    why: "every connection is judged by itself",
    files: {
      "compose.yaml": compose({
        web: mastodon(
          "REDIS_URL: redis://cache:6380",
          "SIDEKIQ_REDIS_URL: redis://cache:⟦6379⟧",
          "CACHE_REDIS_HOST: cache",
          "CACHE_REDIS_PORT: ⟦7000⟧",
        ),
        cache: [REDIS, "command: redis-server --port 6380"],
      }),
    },
    told: [WRONG_PORT, WRONG_PORT],
  },
];

/** Postiz on `port`, and a server with these ports. */
function published(
  id: string,
  why: string,
  port: string,
  ports: readonly string[],
  told: readonly string[] = [],
  own: readonly string[] = [],
): StackCase {
  const app = [...postiz(`REDIS_URL: redis://cache:${port}`), ...own];
  return {
    id,
    why,
    files: { "compose.yaml": compose({ app, cache: [REDIS, ...ports] }) },
    told,
    about: /^connection\/p(?:ort|ublished)/,
  };
}

export const PUBLISHED_PORTS: readonly StackCase[] = [
  published("short", "the short form", "⟦16379⟧", ["ports: ['127.0.0.1:16379:6379']"], [PUBLISHED]),
  published("number", "without quotes", "⟦6390⟧", ["ports:", "  - 6390:6379"], [PUBLISHED]),
  published(
    "long",
    "the long form",
    "⟦16379⟧",
    ["ports:", "  - target: 6379", '    published: "16379"', "    mode: host"],
    [PUBLISHED],
  ),
  published("another", "neither the one nor the other", "⟦7000⟧", ["ports: ['127.0.0.1:16379:6379']"], [WRONG_PORT]),
  published("equal", "both are the same", "6379", ["ports: ['127.0.0.1:6379:6379']"]),
  published("unknown", "a port from the shell", "⟦16379⟧", ["ports: ['${CACHE_PORT}:6379']"], [WRONG_PORT]),
  {
    id: "on-the-host",
    why: "on the host the published port is the right one",
    files: {
      "compose.yaml": compose({
        app: [...postiz("REDIS_URL: redis://localhost:16379"), "network_mode: host"],
        cache: [REDIS, "ports: ['127.0.0.1:16379:6379']"],
      }),
    },
  },
];

function tls(id: string, why: string, url: string, server: readonly string[], told: readonly string[] = []): StackCase {
  return {
    id,
    why,
    files: { "compose.yaml": compose({ app: postiz(`REDIS_URL: ${url}`), cache: server }) },
    told,
    about: /^connection\//,
  };
}

export const TLS: readonly StackCase[] = [
  tls("plain", "the server speaks no TLS", "⟦rediss⟧://cache:6379", [REDIS], [NO_TLS]),
  tls("upper-case", "schemes know no case", "⟦REDISS⟧://cache:6379", [VALKEY], [NO_TLS]),
  tls("tls-port", "it does, on that port", "rediss://cache:6380", [
    REDIS,
    `command: redis-server --port 0 --tls-port 6380 ${CERTIFICATES}`,
  ]),
  tls(
    "tls-port-zero",
    "0 switches it off",
    "⟦rediss⟧://cache:6379",
    [REDIS, "command: redis-server --tls-port 0"],
    [NO_TLS],
  ),
  tls("valkey-flags", "in VALKEY_EXTRA_FLAGS", "rediss://cache:6379", [
    VALKEY,
    `environment: {VALKEY_EXTRA_FLAGS: '--port 0 --tls-port 6379 ${CERTIFICATES}'}`,
  ]),
  tls("dragonfly", "a flag of Dragonfly", "rediss://cache:6379", [
    DRAGONFLY,
    "command: dragonfly --tls --tls_cert_file=/a --tls_key_file=/b",
  ]),
  tls("dragonfly-plain", "Dragonfly without it", "⟦rediss⟧://cache:6379", [DRAGONFLY], [NO_TLS]),
  tls("bitnami", "a variable of Bitnami", "rediss://cache:6379", [
    "image: bitnamilegacy/redis:7.4",
    "environment: {REDIS_TLS_ENABLED: 'yes', ALLOW_EMPTY_PASSWORD: 'yes'}",
  ]),
  {
    id: "proxy",
    why: "a proxy that ends TLS",
    files: {
      "compose.yaml": compose({
        app: postiz("REDIS_URL: rediss://stunnel:6379"),
        stunnel: ["image: example/stunnel:5"],
        cache: [REDIS],
      }),
    },
  },
  tls("managed", "a managed service", "rediss://cache.example.org:6379", [REDIS]),
  tls("unknown", "a script starts the server", "rediss://cache:6379", [REDIS, "command: /start.sh"]),
];

function database(
  id: string,
  why: string,
  number: string,
  server: readonly string[],
  isMissing: boolean,
  more: Readonly<Record<string, string>> = {},
): StackCase {
  const db = isMissing ? `⟦${number}⟧` : number;
  return {
    id,
    why,
    files: {
      "compose.yaml": compose({ web: mastodon("REDIS_HOST: cache", `REDIS_DB: ${db}`), cache: server }),
      ...more,
    },
    told: isMissing ? [NO_DATABASE] : [],
    about: /^connection\//,
  };
}

export const DATABASES: readonly StackCase[] = [
  database("last", "15 is the last one", "15", [REDIS], false),
  database("too-high", "16 does not exist", "16", [REDIS], true),
  database("more", "the server has more", "16", [REDIS, "command: redis-server --databases 32"], false),
  database("less", "the server has less", "1", WITH_CONF, true, { "redis.conf": "databases 1\n" }),
  database("dragonfly", "dbnum of Dragonfly", "3", [DRAGONFLY, "command: dragonfly --dbnum=2"], true),
  database("dragonfly-variable", "as a variable", "3", [DRAGONFLY, "environment: {DFLY_dbnum: 4}"], false),
  database(
    "cluster",
    "a cluster has one",
    "1",
    [REDIS, "command: redis-server --cluster-enabled yes --databases 16"],
    true,
  ),
  database(
    "cluster-valkey-9",
    "Valkey 9 counts those of a cluster apart",
    "1",
    ["image: valkey/valkey:9.0", "command: valkey-server --cluster-enabled yes --cluster-databases 4"],
    false,
  ),
  database(
    "cluster-valkey-9-default",
    "one without it",
    "1",
    ["image: valkey/valkey:9.0", "command: valkey-server --cluster-enabled yes"],
    true,
  ),
  database(
    "cluster-valkey-8",
    "older ones do not",
    "1",
    ["image: valkey/valkey:8.1", "command: valkey-server --cluster-enabled yes"],
    true,
  ),
  database("unknown", "nobody knows how many", "40", [REDIS, "command: redis-server --databases ${COUNT}"], false),
  {
    id: "path",
    why: "the path of a URL, with its slash",
    files: { "compose.yaml": compose({ app: postiz("REDIS_URL: redis://cache:6379⟦/16⟧"), cache: [REDIS] }) },
    told: [NO_DATABASE],
  },
  {
    id: "empty-path",
    why: "a slash alone names none",
    files: {
      "compose.yaml": compose({
        app: postiz("REDIS_URL: redis://cache:6379/"),
        cache: [REDIS, "command: redis-server --databases 1"],
      }),
    },
  },
  {
    id: "in-env-file",
    why: "in a file, of one connection only",
    files: {
      "compose.yaml": compose({
        web: ["image: ghcr.io/mastodon/mastodon:v4.5.16", "env_file: .env.production"],
        cache: [REDIS],
      }),
      ".env.production": lines("REDIS_HOST=cache", "REDIS_DB=0", "CACHE_REDIS_HOST=cache", "CACHE_REDIS_DB=⟦99⟧"),
    },
    told: [NO_DATABASE],
  },
];
