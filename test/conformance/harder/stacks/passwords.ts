// Passwords on both sides of a connection, wherever they are written.
import { compose, DRAGONFLY, lines, MASTODON, mastodon, postiz, REDIS, type StackCase, VALKEY } from "./stackCase.ts";

const MISSING = "connection/password-missing error";
const DIFFERS = "connection/password-differs error";
const UNEXPECTED = "connection/password-unexpected warning";
const ABOUT = /^connection\/password/;
const STACK = "image: redis/redis-stack-server:7.4.0-v3";
const CONF = ["command: redis-server /etc/redis.conf", "volumes: ['./redis.conf:/etc/redis.conf:ro']"];

/** Postiz with a URL without a password, in front of this server. */
function wants(
  id: string,
  why: string,
  server: readonly string[],
  isWanted: boolean,
  more: Readonly<Record<string, string>> = {},
): StackCase {
  const app = postiz(`REDIS_URL: ${isWanted ? "⟦redis://cache:6379⟧" : "redis://cache:6379"}`);
  return {
    id,
    why,
    files: { "compose.yaml": compose({ app, cache: server }), ...more },
    told: isWanted ? [MISSING] : [],
    about: ABOUT,
  };
}

export const WANTED: readonly StackCase[] = [
  wants("flag", "on the command line", [REDIS, "command: redis-server --requirepass s3cret"], true),
  wants("flag-quoted", "in quotes", [REDIS, `command: redis-server --requirepass "s3 cret"`], true),
  wants("flag-empty", "an empty one is none", [REDIS, `command: redis-server --requirepass ""`], false),
  wants(
    "flag-variable",
    "from the project's file",
    [REDIS, "command: redis-server --requirepass ${CACHE_PASSWORD}"],
    true,
    { ".env": "CACHE_PASSWORD=s3cret\n" },
  ),
  wants(
    "flag-variable-unknown",
    "nobody knows it",
    [REDIS, "command: redis-server --requirepass ${CACHE_PASSWORD}"],
    false,
  ),
  wants(
    "flag-variable-blank",
    "a default of nothing",
    [REDIS, "command: redis-server --requirepass ${CACHE_PASSWORD:-}"].map((line) =>
      line.replace("${CACHE_PASSWORD:-}", '"${CACHE_PASSWORD:-}"'),
    ),
    false,
  ),
  wants(
    "shell-variable",
    "from the environment of the container",
    [REDIS, "environment: {CACHE_PASSWORD: s3cret}", "command: sh -c 'redis-server --requirepass $$CACHE_PASSWORD'"],
    true,
  ),
  wants(
    "shell-secret",
    "read from a secret by a shell",
    [REDIS, "command: sh -c 'redis-server --requirepass \"$$(cat /run/secrets/cache)\"'", "secrets: [cache]"],
    false,
  ),
  wants("conf", "in the configuration", [REDIS, ...CONF], true, { "redis.conf": "requirepass s3cret\n" }),
  wants("conf-blank", "the last line counts", [REDIS, ...CONF], false, {
    "redis.conf": 'requirepass s3cret\nrequirepass ""\n',
  }),
  wants("conf-aclfile", "a file of users", [REDIS, ...CONF], false, {
    "redis.conf": "requirepass s3cret\naclfile /etc/users.acl\n",
  }),
  wants("conf-users", "users of their own", [REDIS, ...CONF], false, {
    "redis.conf": "requirepass s3cret\nuser default on nopass ~* +@all\n",
  }),
  wants("conf-include", "what it includes is not known", [REDIS, ...CONF], false, {
    "redis.conf": "requirepass s3cret\ninclude /etc/more.conf\n",
  }),
  wants("valkey-flags", "VALKEY_EXTRA_FLAGS", [VALKEY, "environment: [VALKEY_EXTRA_FLAGS=--requirepass s3cret]"], true),
  wants("dragonfly", "a flag of Dragonfly", [DRAGONFLY, "command: dragonfly --requirepass=s3cret"], true),
  wants("dragonfly-variable", "a variable of Dragonfly", [DRAGONFLY, "environment: {DFLY_requirepass: s3cret}"], true),
  wants("stack", "REDIS_ARGS of Redis Stack", [STACK, "environment: {REDIS_ARGS: '--requirepass s3cret'}"], true),
  wants("stack-conf", "its own file", [STACK, "volumes: ['./stack.conf:/redis-stack.conf']"], true, {
    "stack.conf": "requirepass s3cret\n",
  }),
  wants("stack-unknown", "a variable that nobody knows", [STACK, "environment: [REDIS_ARGS]"], false),
  wants("stack-none", "nothing", [STACK], false),
  wants(
    "stack-command",
    "a command of its own",
    [STACK, "command: /start.sh", "environment: {REDIS_ARGS: '--requirepass s3cret'}"],
    false,
  ),
  wants(
    "bitnami",
    "a variable of Bitnami",
    ["image: bitnamilegacy/redis:7.4", "environment: {REDIS_PASSWORD: s3cret}"],
    true,
  ),
  wants(
    "bitnami-valkey",
    "a variable of its Valkey",
    ["image: bitnamilegacy/valkey:8.1", "env_file: cache.env"],
    true,
    { "cache.env": "VALKEY_PASSWORD=s3cret\n" },
  ),
  wants(
    "bitnami-file",
    "from a file in the container",
    ["image: bitnamilegacy/redis:7.4", "environment: {REDIS_PASSWORD_FILE: /run/secrets/cache}"],
    false,
  ),
  wants(
    "ignored-variable",
    "official images read no such variable",
    [REDIS, "environment: {REDIS_PASSWORD: s3cret}"],
    false,
  ),
  wants(
    "sentinel",
    "a Sentinel is no server",
    [REDIS, "command: redis-server /etc/sentinel.conf --sentinel --requirepass s3cret"],
    false,
  ),
  wants(
    "exporter",
    "an exporter is no server",
    ["image: oliver006/redis_exporter:v1.66.0", "environment: {REDIS_PASSWORD: s3cret}"],
    false,
  ),
];

export const SENT: readonly StackCase[] = [
  {
    id: "blank-variable",
    why: "told at the variable that is blank",
    files: {
      "compose.yaml": compose({
        web: [MASTODON, "env_file: .env.production"],
        redis: [REDIS, "command: redis-server --requirepass s3cret"],
      }),
      ".env.production": lines("REDIS_HOST=redis", "⟦REDIS_PASSWORD⟧="),
    },
    told: [MISSING],
    about: ABOUT,
  },
  {
    id: "variable-beside-a-url",
    why: "beside a URL the variable is not read",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_URL: ⟦redis://redis:6379⟧", "REDIS_PASSWORD: s3cret"),
        redis: [REDIS, "command: redis-server --requirepass s3cret"],
      }),
    },
    told: [MISSING],
    about: ABOUT,
  },
  {
    id: "each-connection",
    why: "a connection of its own has a password of its own",
    files: {
      "compose.yaml": compose({
        web: mastodon(
          "REDIS_HOST: redis",
          "REDIS_PASSWORD: s3cret",
          "⟦CACHE_REDIS_HOST⟧: redis",
          "SIDEKIQ_REDIS_URL: redis://:⟦other⟧@redis:6379",
        ),
        redis: [REDIS, "command: redis-server --requirepass s3cret"],
      }),
    },
    told: [MISSING, DIFFERS],
    about: ABOUT,
  },
  {
    id: "same-variable",
    why: "one variable for both",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_URL: redis://:${CACHE_PASSWORD}@redis:6379"),
        redis: [REDIS, "command: redis-server --requirepass ${CACHE_PASSWORD}"],
      }),
      ".env": "CACHE_PASSWORD=s3cret\n",
    },
    about: ABOUT,
  },
  {
    id: "same-unknown-variable",
    why: "one variable for both, and nobody knows it",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_URL: redis://:${CACHE_PASSWORD}@redis:6379"),
        redis: [REDIS, "command: redis-server --requirepass ${CACHE_PASSWORD:?missing}"],
      }),
    },
    about: ABOUT,
  },
  {
    id: "differs",
    why: "told at the password of the client",
    files: {
      "compose.yaml": compose({ web: [MASTODON, "env_file: .env.production"], redis: [REDIS, ...CONF] }),
      ".env.production": lines("REDIS_HOST=redis", "REDIS_PASSWORD=⟦0ther⟧"),
      "redis.conf": 'requirepass "s3cret"\n',
    },
    told: [DIFFERS],
    about: ABOUT,
  },
  {
    id: "percent-signs",
    why: "what a URL writes with percent signs",
    files: {
      "compose.yaml": compose({
        app: postiz("REDIS_URL: redis://:s3%2Fcr%40t@cache:6379"),
        cache: [REDIS, "command: redis-server --requirepass s3/cr@t"],
      }),
    },
    about: ABOUT,
  },
  {
    id: "dollars",
    why: "two dollar signs of a compose file are one",
    files: {
      "compose.yaml": compose({
        web: [MASTODON, "env_file: .env.production"],
        redis: [REDIS, "command: redis-server --requirepass s3$$cret"],
      }),
      ".env.production": "REDIS_HOST=redis\nREDIS_PASSWORD='s3$cret'\n",
    },
    about: ABOUT,
  },
  {
    id: "numbers-as-written",
    why: "what YAML would take for a number counts as written",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "REDIS_PASSWORD: 0123"),
        redis: [REDIS, 'command: ["redis-server", "--requirepass", "0123"]'],
      }),
    },
    about: ABOUT,
  },
  {
    id: "user-default",
    why: "the user default has the password of the server",
    files: {
      "compose.yaml": compose({
        app: postiz("REDIS_URL: redis://default:⟦other⟧@cache:6379"),
        cache: [REDIS, "command: redis-server --requirepass s3cret"],
      }),
    },
    told: [DIFFERS],
    about: ABOUT,
  },
  {
    id: "another-user",
    why: "another user has a password of its own",
    files: {
      "compose.yaml": compose({
        app: postiz("REDIS_URL: redis://app:other@cache:6379"),
        cache: [REDIS, "command: redis-server --requirepass s3cret"],
      }),
    },
    about: ABOUT,
  },
  {
    id: "password-from-a-secret",
    why: "what an entrypoint puts in is not known",
    files: {
      "compose.yaml": compose({
        web: [...mastodon("REDIS_HOST: redis", "REDIS_PASSWORD:"), "secrets: [cache]"],
        redis: [REDIS, "command: redis-server --requirepass s3cret"],
      }),
    },
    about: ABOUT,
  },
  {
    id: "streaming",
    why: "the streaming server logs in, too; prefixes are not for it",
    files: {
      "compose.yaml": compose({
        streaming: [
          "image: ghcr.io/mastodon/mastodon-streaming:v4.5.16",
          "environment:",
          "  REDIS_HOST: redis",
          "  REDIS_PASSWORD: ⟦other⟧",
          "  CACHE_REDIS_HOST: redis",
        ],
        redis: [REDIS, "command: redis-server --requirepass s3cret"],
      }),
    },
    told: [DIFFERS],
    about: ABOUT,
  },
];

export const UNWANTED: readonly StackCase[] = [
  {
    id: "unexpected",
    why: "the server has none",
    files: {
      "compose.yaml": compose({ web: mastodon("REDIS_HOST: redis", "REDIS_PASSWORD: ⟦s3cret⟧"), redis: [REDIS] }),
    },
    told: [UNEXPECTED],
    about: ABOUT,
  },
  {
    id: "unexpected-in-url",
    why: "in a URL the password alone",
    files: {
      "compose.yaml": compose({ web: mastodon("REDIS_URL: redis://:⟦s3cret⟧@redis:6379"), redis: [REDIS, ...CONF] }),
      "redis.conf": "# requirepass s3cret\n",
    },
    told: [UNEXPECTED],
    about: ABOUT,
  },
  {
    id: "goes-on",
    why: "ioredis prints a warning and goes on",
    files: { "compose.yaml": compose({ app: postiz("REDIS_URL: redis://:⟦s3cret⟧@cache:6379"), cache: [VALKEY] }) },
    told: ["connection/password-unexpected hint"],
    about: ABOUT,
  },
  {
    id: "with-a-user",
    why: "the user default may log in with anything",
    files: {
      "compose.yaml": compose({ web: mastodon("REDIS_URL: redis://default:s3cret@redis:6379"), redis: [REDIS] }),
    },
    about: ABOUT,
  },
  {
    id: "meant-for-the-image",
    why: "the variable that the image does not read is the cause",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "REDIS_PASSWORD: s3cret"),
        redis: [REDIS, "environment:", "  ⟦REDIS_PASSWORD⟧: s3cret"],
      }),
    },
    told: ["compose/password-variable-ignored warning"],
    about: /password/,
  },
  {
    id: "server-unknown",
    why: "a configuration that is not here may set one",
    files: {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "REDIS_PASSWORD: s3cret"),
        redis: [REDIS, ...CONF],
      }),
    },
    about: ABOUT,
  },
];
