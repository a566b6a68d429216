// Passwords are read and compared; nobody is shown one. Planted wherever a server or a client may have it, in stacks that go wrong.
import assert from "node:assert/strict";
import { checkMemory } from "../support/inProcess.ts";

/** Of the server, of the client; parts that a URL would cut off are secrets, too. */
const SERVER = "Srv8Kq2Zw";
const CLIENT = "Cl4Ttn9Xb";
const PIECE = "Pc7Rmd3Yh";
const SECRETS = [SERVER, CLIENT, PIECE];

type Texts = Readonly<Record<string, string>>;

interface Server {
  readonly lines: readonly string[];
  readonly files?: Texts;
}

const OFFICIAL = "image: redis:7.4.11";
const CONF = ["command: redis-server /etc/redis.conf --maxmemory 1gb", "volumes: ['./redis.conf:/etc/redis.conf:ro']"];
const PING = 'healthcheck: {test: ["CMD", "redis-cli", "ping"]}';

const SERVERS: Readonly<Record<string, Server>> = {
  "a flag": { lines: [OFFICIAL, `command: redis-server --requirepass ${SERVER} --port 6380`, PING] },
  "a list": { lines: [OFFICIAL, `command: ["redis-server", "--requirepass", "${SERVER}"]`, "ports: ['16379:6379']"] },
  "a shell": { lines: [OFFICIAL, `command: sh -c "redis-server --requirepass '${SERVER}'"`] },
  "an expression": { lines: [OFFICIAL, `command: redis-server --requirepass \${PASSWORD:-${SERVER}}`, PING] },
  "the project's file": {
    lines: [OFFICIAL, "command: redis-server --requirepass ${PASSWORD}", PING],
    files: { ".env": `PASSWORD=${SERVER}\n` },
  },
  "a configuration": {
    lines: [OFFICIAL, ...CONF],
    files: { "redis.conf": `requirepass ${SERVER}\nmasterauth ${SERVER}\nport 7000\nmaxmemory 2gb\n` },
  },
  "two places": {
    lines: [OFFICIAL, `${CONF[0]} --requirepass ${PIECE}`, CONF[1] as string],
    files: { "redis.conf": `requirepass ${SERVER}\n` },
  },
  users: {
    lines: [OFFICIAL, ...CONF],
    files: { "redis.conf": `user default on >${SERVER} ~* +@all\nuser app on >${PIECE} ~* +@all\n` },
  },
  "flags of Valkey": {
    lines: ["image: valkey/valkey:8.1", `environment: ["VALKEY_EXTRA_FLAGS=--requirepass ${SERVER} --databases 1"]`],
  },
  Dragonfly: {
    lines: [
      "image: docker.dragonflydb.io/dragonflydb/dragonfly:v1.40.1",
      `command: dragonfly --requirepass=${SERVER} --dbnum=1`,
    ],
  },
  "a variable of Dragonfly": {
    lines: [
      "image: docker.dragonflydb.io/dragonflydb/dragonfly:v1.40.1",
      `environment: {DFLY_requirepass: ${SERVER}, DFLY_port: 6380}`,
    ],
  },
  Bitnami: {
    lines: ["image: bitnamilegacy/redis:7.4", `environment: {REDIS_PASSWORD: ${SERVER}, REDIS_PORT_NUMBER: 6380}`],
  },
  "a variable that is not read": {
    lines: [OFFICIAL, `environment: {REDIS_PASSWORD: ${SERVER}}`, "ports: ['6379:6379']"],
  },
  "a health check": {
    lines: [
      OFFICIAL,
      `command: redis-server --requirepass ${SERVER}`,
      `healthcheck: {test: ["CMD", "redis-cli", "-a", "${PIECE}", "ping"]}`,
    ],
  },
  nothing: { lines: [OFFICIAL, "ports: ['6379:6379']"] },
};

const MASTODON = "image: ghcr.io/mastodon/mastodon:v4.5.16";
const POSTIZ = "image: ghcr.io/gitroomhq/postiz-app:v2.11.3";

/** `HOST` stands for the host of the connection. */
const CLIENTS: Readonly<Record<string, Server>> = {
  "a variable": { lines: [MASTODON, `environment: {REDIS_HOST: HOST, REDIS_PASSWORD: ${CLIENT}, REDIS_DB: 99}`] },
  "a list": { lines: [MASTODON, "environment:", "  - REDIS_HOST=HOST", `  - REDIS_PASSWORD=${CLIENT}`] },
  "an environment file": {
    lines: [MASTODON, "env_file: .env.production"],
    files: { ".env.production": `REDIS_HOST=HOST\nREDIS_PASSWORD="${CLIENT}" # x\n` },
  },
  "a blank": {
    lines: [MASTODON, "env_file: .env.production"],
    files: { ".env.production": "REDIS_HOST=HOST\nREDIS_PASSWORD=\n" },
  },
  "a prefix": {
    lines: [MASTODON, `environment: {REDIS_HOST: HOST, CACHE_REDIS_HOST: HOST, CACHE_REDIS_PASSWORD: ${CLIENT}}`],
  },
  "a URL": { lines: [POSTIZ, `environment: {REDIS_URL: "rediss://:${CLIENT}@HOST:16379/99"}`] },
  "a URL with a user": { lines: [POSTIZ, `environment: {REDIS_URL: "redis://default:${CLIENT}@HOST"}`] },
  "a URL in a file": {
    lines: [MASTODON, "env_file: .env.production"],
    files: {
      ".env.production": `REDIS_URL=rediss://:${CLIENT}@HOST:7000/99\nSIDEKIQ_REDIS_URL=redis://:${PIECE}@HOST\n`,
    },
  },
  "an expression": { lines: [POSTIZ, `environment: {REDIS_URL: "redis://:\${SECRET:-${CLIENT}}@HOST:6379"}`] },
  "a password with a slash": { lines: [POSTIZ, `environment: {REDIS_URL: "redis://:${CLIENT}/${PIECE}@HOST:6379/0"}`] },
  "a password with a question mark": {
    lines: [POSTIZ, `environment: {REDIS_URL: "redis://:${CLIENT}?${PIECE}@HOST:6379"}`],
  },
  "a password with a number sign": {
    lines: [POSTIZ, `environment: {REDIS_URL: "redis://:${CLIENT}#${PIECE}@HOST:6379"}`],
  },
  "a password with an at sign": {
    lines: [POSTIZ, `environment: {REDIS_URL: "redis://:${CLIENT}@${PIECE}@HOST:6379"}`],
  },
  "a password with a colon": { lines: [POSTIZ, `environment: {REDIS_URL: "redis://:${CLIENT}:${PIECE}@HOST:6379"}`] },
  "a password in front of the colon": {
    lines: [POSTIZ, `environment: {REDIS_URL: "redis://${CLIENT}/${PIECE}@HOST:6379"}`],
  },
  "a password without an at sign": { lines: [MASTODON, `environment: {REDIS_URL: "redis://:${CLIENT}"}`] },
};

const HOSTS = ["redis", "localhost", "nowhere"];

function textsOf(server: Server, client: Server, host: string): Record<string, string> {
  const service = (name: string, lines: readonly string[]): string =>
    `  ${name}:\n${lines.map((line) => `    ${line}\n`).join("")}`;
  const app = [...client.lines, "depends_on: [redis]"];
  const files = {
    "compose.yaml": `services:\n${service("app", app)}${service("redis", server.lines)}`,
    ...server.files,
    ...client.files,
  };
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replace(/(?<!_)HOST/g, host)]));
}

describe("secrets of stacks", () => {
  const told = new Set<string>();

  for (const [place, server] of Object.entries(SERVERS)) {
    it(`are not shown with ${place} at the server`, () => {
      for (const [from, client] of Object.entries(CLIENTS)) {
        for (const host of HOSTS) {
          const texts = textsOf(server, client, host);
          const { json } = checkMemory(texts);
          for (const { rule, message, related, fixes } of json.files.flatMap(({ findings }) => findings)) {
            told.add(rule);
            const shown = [message, ...related.map((one) => one.message), ...fixes.map(({ title }) => title)].join(
              "\n",
            );
            for (const secret of SECRETS) assert.ok(!shown.includes(secret), `${rule} with ${from}, ${host}: ${shown}`);
            // An edit may move what its own file holds, and nothing from one file to another.
            for (const { path, newText } of fixes.flatMap(({ edits }) => edits))
              for (const secret of SECRETS.filter((one) => newText.includes(one)))
                assert.ok(texts[path]?.includes(secret), `${rule} with ${from}, ${host}: ${path}`);
          }
        }
      }
    });
  }

  it("were read by every rule about connections", () => {
    const rules = [
      "database-out-of-range",
      "exposed-server",
      "localhost-in-container",
      "password-differs",
      "password-missing",
    ];
    rules.push(
      "password-unexpected",
      "port-mismatch",
      "published-port-used-inside",
      "tls-port-missing",
      "unknown-host",
    );
    const wanted = [
      ...rules.map((rule) => `connection/${rule}`),
      "compose/command-overrides-conf",
      "compose/healthcheck-false-green",
    ];
    assert.deepEqual(
      wanted.filter((rule) => !told.has(rule)),
      [],
    );
  });
});
