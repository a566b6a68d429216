// What a client is given: environment over environment files, interpolation, and what makes a value unknown.
import { compose, lines, MASTODON, mastodon, postiz, REDIS, type StackCase } from "./stackCase.ts";

const WRONG_PORT = "connection/port-mismatch error";
const ON_6380 = [REDIS, "command: redis-server --port 6380"];

function files(
  id: string,
  why: string,
  texts: Readonly<Record<string, string>>,
  told: readonly string[] = [],
): StackCase {
  return { id, why, files: texts, told };
}

/** Mastodon with these lines, and a server on port 6380. */
function given(
  id: string,
  why: string,
  own: readonly string[],
  more: Readonly<Record<string, string>>,
  told: readonly string[] = [],
): StackCase {
  return files(id, why, { "compose.yaml": compose({ web: [MASTODON, ...own], redis: ON_6380 }), ...more }, told);
}

export const ENV_FILES: readonly StackCase[] = [
  given(
    "later-file",
    "the later file wins",
    ["env_file: [one.env, two.env]"],
    { "one.env": "REDIS_HOST=redis\nREDIS_PORT=6380\n", "two.env": "REDIS_PORT=⟦6379⟧\n" },
    [WRONG_PORT],
  ),
  given("earlier-file", "the earlier one is overruled", ["env_file: [one.env, two.env]"], {
    "one.env": "REDIS_HOST=redis\nREDIS_PORT=6379\n",
    "two.env": "REDIS_PORT=6380\n",
  }),
  given(
    "own-environment",
    "environment wins over every file",
    ["env_file: one.env", "environment: {REDIS_PORT: 6380}"],
    { "one.env": "REDIS_HOST=redis\nREDIS_PORT=6379\n" },
  ),
  given("missing-file", "a file that is not there may say everything else", ["env_file: [one.env, gone.env]"], {
    "one.env": "REDIS_HOST=redis\nREDIS_PORT=6379\n",
  }),
  given("missing-file-in-front", "it may bring a URL, which would win", ["env_file: [gone.env, one.env]"], {
    "one.env": "REDIS_HOST=redis\nREDIS_PORT=6379\n",
  }),
  given(
    "missing-file-and-url",
    "a URL of its own environment is known whatever the file says",
    ["env_file: gone.env", "environment:", "  REDIS_URL: redis://redis:⟦6379⟧"],
    {},
    [WRONG_PORT],
  ),
  given(
    "optional-file",
    "one that need not be there is not there",
    ["env_file:", "  - path: one.env", "  - path: gone.env", "    required: false"],
    { "one.env": "REDIS_HOST=redis\nREDIS_PORT=⟦6379⟧\n" },
    [WRONG_PORT],
  ),
  given(
    "interpolated-path",
    "the path of a file hangs on a variable",
    ["env_file: ${STAGE}.env"],
    { ".env": "STAGE=live\n", "live.env": "REDIS_HOST=redis\nREDIS_PORT=⟦6379⟧\n" },
    [WRONG_PORT],
  ),
  given("unknown-path", "nobody knows which file it is", ["env_file: ${STAGE}.env"], {
    "live.env": "REDIS_HOST=redis\nREDIS_PORT=6379\n",
  }),
  given(
    "quoted",
    "quotes are no part of a value",
    ["env_file: one.env"],
    { "one.env": "export REDIS_HOST='redis'\nREDIS_PORT=\"⟦6379⟧\" # usual\n" },
    [WRONG_PORT],
  ),
  given(
    "blank-port",
    "a blank port is no port, so the usual one counts",
    ["environment:", "  ⟦REDIS_HOST⟧: redis", '  REDIS_PORT: ""'],
    {},
    [WRONG_PORT],
  ),
  given("unknown-in-a-file", "a value that hangs on the shell", ["env_file: one.env"], {
    "one.env": "REDIS_HOST=redis\nREDIS_PORT=${CACHE_PORT}\n",
  }),
  given("unknown-over-known", "it takes the place of an earlier one", ["env_file: [one.env, two.env]"], {
    "one.env": "REDIS_HOST=redis\nREDIS_PORT=6379\n",
    "two.env": "REDIS_PORT=${CACHE_PORT}\n",
  }),
  given("alone-in-a-file", "a name alone comes from the shell", ["env_file: one.env"], {
    "one.env": "REDIS_HOST=redis\nREDIS_PORT\n",
  }),
];

export const INTERPOLATION: readonly StackCase[] = [
  given(
    "from-dotenv",
    "told where the variable is defined",
    ["environment:", "  REDIS_URL: redis://redis:${CACHE_PORT}/0"],
    { ".env": "CACHE_PORT=⟦6379⟧\n" },
    [WRONG_PORT],
  ),
  given("default", "told in the default", ["environment:", "  REDIS_URL: redis://redis:${CACHE_PORT:-⟦6379⟧}/0"], {}, [
    WRONG_PORT,
  ]),
  given(
    "overruled-default",
    "the default does not count",
    ["environment:", "  REDIS_URL: redis://redis:${CACHE_PORT:-6379}/0"],
    { ".env": "CACHE_PORT=6380\n" },
  ),
  given("without-value", "nobody knows what it is", ["environment:", "  REDIS_URL: redis://redis:${CACHE_PORT}/0"], {}),
  given(
    "from-the-shell",
    "a name alone comes from the shell",
    ["environment:", "  - REDIS_HOST=redis", "  - REDIS_PORT"],
    {},
  ),
  given("null", "a map without a value does, too", ["environment:", "  REDIS_HOST: redis", "  REDIS_PORT:"], {}),
  given("tilde", "as does the null of YAML", ["environment:", "  REDIS_HOST: redis", "  REDIS_PORT: ~"], {}),
  given("null-word", "in all its spellings", ["environment: {REDIS_HOST: redis, REDIS_PORT: null}"], {}),
  given(
    "env-file-is-no-dotenv",
    "an environment file is no source of interpolation",
    ["env_file: one.env", "environment:", "  REDIS_URL: redis://redis:${CACHE_PORT:-6380}/0"],
    { "one.env": "CACHE_PORT=6379\n" },
  ),
  files(
    "server-from-dotenv",
    "the server's side is interpolated, too",
    {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "REDIS_PORT: ⟦6379⟧"),
        redis: [REDIS, "command: redis-server --port ${CACHE_PORT:-6380}"],
      }),
      ".env": "CACHE_PORT=7000\n",
    },
    [WRONG_PORT],
  ),
  files("server-without-value", "a port that nobody knows", {
    "compose.yaml": compose({
      web: mastodon("REDIS_HOST: redis", "REDIS_PORT: 6379"),
      redis: [REDIS, "command: redis-server --port ${CACHE_PORT}"],
    }),
  }),
];

const BASE = compose({ web: mastodon("REDIS_HOST: redis", "REDIS_PORT: 6379"), redis: [REDIS] });

export const MERGED: readonly StackCase[] = [
  files(
    "override-changes-the-server",
    "the override gives the server another port",
    {
      "docker-compose.yml": BASE.replace("6379", "⟦6379⟧"),
      "docker-compose.override.yml": lines("services:", "  redis:", "    command: redis-server --port 6380"),
    },
    [WRONG_PORT],
  ),
  files("override-changes-the-client", "the override mends the client", {
    "compose.yaml": compose({ web: mastodon("REDIS_HOST: redis", "REDIS_PORT: 6379"), redis: ON_6380 }),
    "compose.override.yaml": lines("services:", "  web:", "    environment: {REDIS_PORT: 6380}"),
  }),
  files(
    "override-brings-the-server",
    "a service of the override alone",
    {
      "compose.yaml": compose({ web: mastodon("REDIS_HOST: kv", "REDIS_PORT: ⟦6379⟧"), redis: [REDIS] }),
      "compose.override.yaml": compose({ kv: ON_6380 }),
    },
    [WRONG_PORT],
  ),
  files(
    "compose-file-variable",
    "COMPOSE_FILE names the files",
    {
      ".env": "COMPOSE_FILE=base.compose.yml:town.compose.yml\n",
      "base.compose.yml": compose({ web: mastodon("REDIS_HOST: redis", "REDIS_PORT: ⟦6379⟧"), redis: [REDIS] }),
      "town.compose.yml": lines("services:", "  redis:", "    command: redis-server --port 6380"),
    },
    [WRONG_PORT],
  ),
  files("files-that-nobody-merges", "other files of the folder are projects of their own", {
    "docker-compose.yml": BASE,
    "docker-compose.town.yml": lines(
      "services:",
      "  redis:",
      "    image: redis:7.4",
      "    command: redis-server --port 6380",
    ),
  }),
  files(
    "extends-a-file",
    "a service that another file defines",
    {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "REDIS_PORT: ⟦6379⟧"),
        redis: ["extends: {file: base/common.yml, service: cache}"],
      }),
      "base/common.yml": compose({ cache: ON_6380 }),
    },
    [WRONG_PORT],
  ),
  files(
    "extends-env-file",
    "its environment file counts against its own folder",
    {
      "compose.yaml": compose({ web: ["extends: {file: base/common.yml, service: app}"], redis: ON_6380 }),
      "base/common.yml": compose({ app: [MASTODON, "env_file: app.env"] }),
      "base/app.env": "REDIS_HOST=redis\nREDIS_PORT=⟦6379⟧\n",
    },
    [WRONG_PORT],
  ),
  files("extends-what-is-missing", "what cannot be read may say otherwise", {
    "compose.yaml": compose({
      web: mastodon("REDIS_HOST: redis", "REDIS_PORT: 6379"),
      redis: [...ON_6380, "extends: {file: gone.yml, service: cache}"],
    }),
  }),
  files(
    "include",
    "an included file belongs to the project",
    {
      "compose.yaml":
        lines("include: [cache/compose.yaml]") + compose({ web: mastodon("REDIS_HOST: redis", "REDIS_PORT: ⟦6379⟧") }),
      "cache/compose.yaml": compose({ redis: ON_6380 }),
    },
    [WRONG_PORT],
  ),
  files("include-that-is-missing", "a service that leads nowhere may stand in the missing file", {
    "compose.yaml":
      lines("include: [gone/compose.yaml]") + compose({ web: mastodon("REDIS_HOST: cache"), redis: [REDIS] }),
  }),
  files(
    "anchors",
    "merged maps and lists",
    {
      "compose.yaml":
        lines(
          "x-app: &app",
          `  ${MASTODON}`,
          "  environment: &env",
          "    REDIS_HOST: redis",
          "    REDIS_PORT: ⟦6379⟧",
          "x-redis: &redis",
          `  ${REDIS}`,
          '  command: ["redis-server", "--port", "6380"]',
        ) +
        compose({ web: ["<<: *app"], sidekiq: ["<<: *app", "command: bundle exec sidekiq"], redis: ["<<: *redis"] }),
    },
    [WRONG_PORT],
  ),
  files("several-stacks", "stacks of one repository do not mix", {
    "town/compose.yaml": compose({
      web: [MASTODON, "env_file: ../common.env"],
      redis: ["image: redis:7.4", "command: redis-server --port 6379"],
    }),
    "village/compose.yaml": compose({ app: postiz("REDIS_URL: redis://redis:6380"), redis: ON_6380 }),
    "common.env": "REDIS_HOST=redis\nREDIS_PORT=6379\n",
  }),
  files(
    "shared-env-file",
    "a file of two stacks is right for one of them only",
    {
      "docker-compose.town.yml": compose({ web: [MASTODON, "env_file: common.env"], redis: [REDIS] }),
      "docker-compose.village.yml": compose({ web: [MASTODON, "env_file: common.env"], redis: ON_6380 }),
      "common.env": "REDIS_HOST=redis\nREDIS_PORT=⟦6379⟧\n",
    },
    [WRONG_PORT],
  ),
  files(
    "profiles",
    "a service behind a profile is a service",
    {
      "compose.yaml": compose({
        web: mastodon("REDIS_HOST: redis", "REDIS_PORT: ⟦6379⟧"),
        redis: [...ON_6380, "profiles: [cache]"],
      }),
    },
    [WRONG_PORT],
  ),
  files(
    "declared-app",
    "an image of one's own, told by its variables",
    {
      "compose.yaml": compose({
        web: ["image: registry.example.org/town/web:9", "env_file: .env.production"],
        redis: ON_6380,
      }),
      ".env.production": "LOCAL_DOMAIN=town.example\nREDIS_HOST=redis\nREDIS_PORT=⟦6379⟧\n",
    },
    [WRONG_PORT],
  ),
  files("another-app", "what another app reads is not known", {
    "compose.yaml": compose({
      web: ["image: example/forum:1", "environment: {REDIS_HOST: redis, REDIS_PORT: 6379}"],
      redis: ON_6380,
    }),
  }),
].map((one) => (one.id === "declared-app" ? { ...one, settings: { apps: { mastodon: "4.5" } } } : one));
