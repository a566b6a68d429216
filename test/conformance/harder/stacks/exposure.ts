// Servers that everybody reaches, and what keeps them apart.
import { compose, DRAGONFLY, lines, REDIS, type StackCase, VALKEY } from "./stackCase.ts";

const EXPOSED = "connection/exposed-server warning";
const HINT = "connection/exposed-server hint";
const ABOUT = /^connection\/exposed-server$/;
const CONF = ["command: redis-server /etc/redis.conf", "volumes: ['./redis.conf:/etc/redis.conf:ro']"];

function server(
  id: string,
  why: string,
  own: readonly string[],
  told: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
  name = "compose.yaml",
): StackCase {
  return { id, why, files: { [name]: compose({ redis: own }), ...more }, told, about: ABOUT };
}

function port(id: string, why: string, written: string, isOpen: boolean, ...own: readonly string[]): StackCase {
  return server(id, why, [REDIS, "ports:", `  - ${written}`, ...own], isOpen ? [EXPOSED] : []);
}

export const EXPOSURE: readonly StackCase[] = [
  port("short", "the short form", '"⟦6379:6379⟧"', true),
  port("number", "without quotes", "⟦16379:6379⟧", true),
  port("container-port", "a free port of the host", '"⟦6379⟧"', true),
  port("protocol", "with its protocol", '"⟦6379:6379/tcp⟧"', true),
  port("all-addresses", "all addresses, written out", '"⟦0.0.0.0:6379:6379⟧"', true),
  port("all-addresses-6", "all addresses of IPv6", '"⟦[::]:6379:6379⟧"', true),
  port("default-address", "a default that is open", '"⟦${BIND:-0.0.0.0}:6379:6379⟧"', true),
  port("loopback", "the host alone", '"127.0.0.1:6379:6379"', false),
  port("loopback-6", "the host alone, in IPv6", '"[::1]:6379:6379"', false),
  port("another-address", "one address of the host", '"10.0.0.5:6379:6379"', false),
  port("default-loopback", "a default that is not open", '"${BIND:-127.0.0.1}:6379:6379"', false),
  port("unknown", "nobody knows", '"${BIND}:6379:6379"', false),
  port("udp", "another protocol", '"6379:6379/udp"', false),
  port("another-port", "not the port of the server", '"8001:8001"', false),
  port("socket", "no port at all", '"6379:6379"', false, "command: redis-server --port 0 --unixsocket /run/redis.sock"),
  port("moved", "the port that it listens on", '"⟦6380:6380⟧"', true, "command: redis-server --port 6380"),
  port("password", "a password", '"6379:6379"', false, "command: redis-server --requirepass s3cret"),
  port(
    "password-unknown",
    "a password that nobody knows",
    '"6379:6379"',
    false,
    "command: redis-server --requirepass ${CACHE_PASSWORD}",
  ),
  port(
    "shell-secret",
    "a password from a secret",
    '"6379:6379"',
    false,
    "command: sh -c 'redis-server --requirepass \"$$(cat /run/secrets/cache)\"'",
  ),
  port("users", "users", '"6379:6379"', false, "command: redis-server --aclfile /etc/users.acl"),
  port("protected", "protected mode is on", '"6379:6379"', false, "command: redis-server --protected-mode yes"),
  port("script", "a script starts it", '"6379:6379"', false, "entrypoint: /start.sh"),
  port("sentinel", "a Sentinel", '"26379:26379"', false, "command: redis-server /etc/sentinel.conf --sentinel"),
  port("profile", "behind a profile", '"⟦6379:6379⟧"', true, "profiles: [debug]"),
  server("long", "the long form", [REDIS, "ports:", "  - target: 6379", "    published: ⟦6379⟧"], [EXPOSED]),
  server("long-loopback", "the long form, for the host", [
    REDIS,
    "ports:",
    "  - {target: 6379, published: 6379, host_ip: 127.0.0.1}",
  ]),
  server("expose", "for other containers only", [REDIS, "expose: [6379]"]),
  server("host-network", "the network of the host", [REDIS, "network_mode: ⟦host⟧"], [EXPOSED]),
  server("host-network-bind", "bound to the host", [
    REDIS,
    "network_mode: host",
    "command: redis-server --bind 127.0.0.1 -::1",
  ]),
  server("host-network-conf", "bound in its configuration", [REDIS, "network_mode: host", ...CONF], [], {
    "redis.conf": "bind 127.0.0.1\n",
  }),
  server("conf-password", "a password in its configuration", [REDIS, 'ports: ["6379:6379"]', ...CONF], [], {
    "redis.conf": "requirepass s3cret\n",
  }),
  server("conf-open", "nothing in its configuration", [REDIS, 'ports: ["⟦6379:6379⟧"]', ...CONF], [EXPOSED], {
    "redis.conf": "appendonly yes\n",
  }),
  server("conf-of-a-service", "open inside its network only", [REDIS, ...CONF], [], {
    "redis.conf": "bind 0.0.0.0\nprotected-mode no\n",
  }),
  server("valkey-flags", "a password in VALKEY_EXTRA_FLAGS", [
    VALKEY,
    "ports: ['6379:6379']",
    "environment: {VALKEY_EXTRA_FLAGS: --requirepass s3cret}",
  ]),
  server("dragonfly", "Dragonfly", [DRAGONFLY, "ports: ['⟦6379:6379⟧']"], [EXPOSED]),
  server("dragonfly-password", "Dragonfly with a password", [
    DRAGONFLY,
    "ports: ['6379:6379']",
    "environment: {DFLY_requirepass: s3cret}",
  ]),
  server(
    "bitnami",
    "Bitnami without a password",
    ["image: bitnamilegacy/redis:7.4", "ports: ['⟦6379:6379⟧']", "environment: {ALLOW_EMPTY_PASSWORD: 'yes'}"],
    [EXPOSED],
  ),
  server("bitnami-password", "Bitnami with one", [
    "image: bitnamilegacy/redis:7.4",
    "ports: ['6379:6379']",
    "environment: {REDIS_PASSWORD: s3cret}",
  ]),
  server(
    "developers",
    "a file for developers",
    [REDIS, "ports: ['⟦6379:6379⟧']"],
    [HINT],
    {},
    "docker-compose.dev.yml",
  ),
  server("tests", "a file for tests", [REDIS, "ports: ['⟦6379:6379⟧']"], [HINT], {}, "compose.ci.yaml"),
  server(
    "pressed-together",
    "a name that only sounds like one",
    [REDIS, "ports: ['⟦6379:6379⟧']"],
    [EXPOSED],
    {},
    "docker-compose.devices.yml",
  ),
  {
    id: "reset",
    why: "the override takes the port away",
    files: {
      "compose.yaml": compose({ redis: [REDIS, "ports: ['6379:6379']"] }),
      "compose.override.yaml": lines("services:", "  redis:", "    ports: !reset []"),
    },
    about: ABOUT,
  },
  {
    id: "override",
    why: "the override sets a password",
    files: {
      "compose.yaml": compose({ redis: [REDIS, "ports: ['6379:6379']"] }),
      "compose.override.yaml": lines("services:", "  redis:", "    command: redis-server --requirepass s3cret"),
    },
    about: ABOUT,
  },
  {
    id: "conf-alone",
    why: "a configuration that nobody loads",
    files: { "redis.conf": "⟦protected-mode⟧ no\nbind * -::*\n" },
    told: [EXPOSED],
    about: ABOUT,
  },
  {
    id: "conf-alone-password",
    why: "with a password",
    files: { "redis.conf": "protected-mode no\nrequirepass s3cret\n" },
    about: ABOUT,
  },
  {
    id: "conf-alone-loopback",
    why: "for its own machine",
    files: { "redis.conf": "protected-mode no\nbind 127.0.0.1\n" },
    about: ABOUT,
  },
  {
    id: "conf-alone-protected",
    why: "protected mode guards it",
    files: { "redis.conf": "bind 0.0.0.0\n" },
    about: ABOUT,
  },
].map((one) => (one.id === "profile" ? { ...one, told: [HINT] } : one));
