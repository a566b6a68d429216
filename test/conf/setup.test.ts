import assert from "node:assert/strict";
import { SETUP_RULES } from "../../server/src/core/rules/conf/setup/index.ts";
import { findingsOf, told as toldOf } from "./project.ts";

const SETUP = new RegExp(`^(?:${SETUP_RULES.map(({ meta }) => meta.id).join("|")})$`);

function told(texts: Record<string, string>): string[] {
  return toldOf(texts, SETUP);
}

function alone(text: string): string[] {
  return told({ "redis.conf": text });
}

/** A compose file with one server that loads `redis.conf`; `lines` are put into the service. */
function loaded(conf: string, command = "", ...lines: string[]): Record<string, string> {
  const service = [
    "image: redis:8.2",
    `command: redis-server /etc/redis.conf ${command}`,
    "volumes:",
    "  - ./redis.conf:/etc/redis.conf",
    "  - data:/data",
    ...lines,
  ];
  return {
    "compose.yaml": `services:\n  redis:\n${service.map((line) => `    ${line}\n`).join("")}`,
    "redis.conf": conf,
  };
}

function server(...lines: string[]): Record<string, string> {
  return { "compose.yaml": `services:\n  redis:\n${lines.map((line) => `    ${line}\n`).join("")}` };
}

const OPEN = "protected-mode no\n";
const OPEN_TOLD = ['redis.conf: conf/protected-mode-off at "protected-mode"'];
/** What everybody reaches is told by a rule of its own. */
const EXPOSED = ['redis.conf: connection/exposed-server at "protected-mode"'];

describe("conf: what a server has in effect", () => {
  it("tells of protected mode only where nothing else guards the data", () => {
    assert.deepEqual(alone(OPEN), EXPOSED);
    assert.deepEqual(alone(`bind 127.0.0.1 10.0.0.5\n${OPEN}`), OPEN_TOLD);
    assert.deepEqual(alone(`requirepass ""\n${OPEN}`), EXPOSED);
    for (const guard of [
      "bind 127.0.0.1 -::1",
      'bind ""',
      "port 0",
      "requirepass x",
      "aclfile /etc/users.acl",
      "user default on >x ~* +@all",
      "include common.conf",
      "protected-mode yes",
    ])
      assert.deepEqual(alone(`${OPEN}${guard}\n`), [], guard);
  });

  it("tells of protected mode of a service only where its port is published or its network is the host's", () => {
    assert.deepEqual(told(loaded(OPEN)), []);
    assert.deepEqual(told(loaded(OPEN, "", 'ports: ["6379:6379"]')), [
      'compose.yaml: connection/exposed-server at "6379:6379"',
    ]);
    assert.deepEqual(told(loaded(OPEN, "", 'ports: ["10.0.0.5:6379:6379"]')), OPEN_TOLD);
    assert.deepEqual(told(loaded(OPEN, "", "network_mode: host")), [
      'compose.yaml: connection/exposed-server at "host"',
    ]);
    assert.deepEqual(told(loaded(OPEN, "", "network_mode: service:other")), []);
    assert.deepEqual(told(loaded(OPEN, "", 'ports: ["$' + '{PORT}:6379"]')), []);
    assert.deepEqual(told(loaded(OPEN, "--requirepass x", 'ports: ["6379:6379"]')), []);
    assert.deepEqual(told(loaded(OPEN, "--protected-mode yes", 'ports: ["6379:6379"]')), []);
  });

  it("takes the last line, and the command line after the file", () => {
    assert.deepEqual(alone("appendonly yes\nappendfsync no\nappendfsync everysec\n"), []);
    assert.deepEqual(alone("appendfsync no\n"), []);
    assert.deepEqual(alone("APPENDONLY YES\nappendFsync NO\n"), ['redis.conf: conf/appendfsync at "NO"']);
    assert.deepEqual(alone("appendonly yes\nappendfsync no\ninclude more.conf\n"), []);
    assert.deepEqual(alone("include more.conf\nappendonly yes\nappendfsync no\n"), [
      'redis.conf: conf/appendfsync at "no"',
    ]);
    const conf = "appendonly yes\nappendfsync no\n";
    assert.deepEqual(told(loaded(conf)), ['redis.conf: conf/appendfsync at "no"']);
    assert.deepEqual(told(loaded(conf, "--appendfsync always")), []);
    assert.deepEqual(told(loaded(conf, "--appendonly no")), []);
    assert.deepEqual(told(loaded("appendonly yes\n", "--appendfsync no")), ['compose.yaml: conf/appendfsync at "no"']);
  });

  it("reads a command line without a file", () => {
    assert.deepEqual(told(server("image: redis:8.2", 'command: ["--appendonly", "yes", "--appendfsync", "no"]')), [
      'compose.yaml: conf/appendfsync at "no"',
    ]);
    assert.deepEqual(told(server("image: redis:8.2", "command: redis-server --maxmemory-policy allkeys-lru")), [
      'compose.yaml: conf/policy-without-maxmemory at "allkeys-lru"',
    ]);
    assert.deepEqual(
      told(server("image: redis:8.2", "command: redis-server --maxmemory-policy allkeys-lru --maxmemory 1gb")),
      [],
    );
  });

  it("reads a plain call behind a shell", () => {
    const command = 'command: sh -c "exec redis-server --maxmemory-policy allkeys-lru"';
    assert.deepEqual(told(server("image: redis:8.2", command)), [
      'compose.yaml: conf/policy-without-maxmemory at "allkeys-lru"',
    ]);
  });

  it("says nothing of servers that it does not know wholly", () => {
    const lines = ["image: redis:8.2", "command: redis-server --maxmemory-policy allkeys-lru"];
    assert.deepEqual(told(server(...lines, "build: .")), []);
    assert.deepEqual(told(server(...lines, "extends: {service: base}")), []);
    assert.deepEqual(told(server("image: bitnami/redis:8.0", lines[1] as string)), []);
    assert.deepEqual(
      told(server(lines[0] as string, 'command: sh -c "cd / && redis-server --maxmemory-policy allkeys-lru"')),
      [],
    );
    const override = "services:\n  redis:\n    command: redis-server --maxmemory 1gb\n";
    assert.deepEqual(told({ ...server(...lines), "compose.override.yaml": override }), []);
    const other = "services:\n  web:\n    image: nginx\n";
    assert.equal(told({ ...server(...lines), "compose.override.yaml": other }).length, 1);
    assert.deepEqual(
      told(server("image: redis:8.2", "command: redis-server /srv/redis.conf --maxmemory-policy allkeys-lru")),
      [],
    );
  });

  it("tells of a file only what holds for every server that loads it", () => {
    const twice = (second: string): Record<string, string> => ({
      "compose.yaml": [
        "services:",
        ...["a", "b"].flatMap((name) => [
          `  ${name}:`,
          "    image: redis:8.2",
          `    command: redis-server /etc/redis.conf ${name === "b" ? second : ""}`,
          "    volumes: [./redis.conf:/etc/redis.conf]",
        ]),
        "",
      ].join("\n"),
      "redis.conf": "maxmemory-policy allkeys-lru\n",
    });
    assert.equal(told(twice("")).length, 1);
    assert.deepEqual(told(twice("--maxmemory 1gb")), []);
  });

  it("reads the words that the Valkey image adds", () => {
    const valkey = (flags: string): string[] =>
      told(server("image: valkey/valkey:8.1", "environment:", `  VALKEY_EXTRA_FLAGS: ${flags}`));
    assert.deepEqual(valkey("--maxmemory-policy allkeys-lru"), [
      'compose.yaml: conf/policy-without-maxmemory at "allkeys-lru"',
    ]);
    assert.deepEqual(valkey("--maxmemory-policy allkeys-lru --maxmemory 1gb"), []);
    assert.deepEqual(valkey("--maxmemory-policy allkeys-lru $" + "{MORE}"), []);
  });

  it("judges those words like a command line", () => {
    const texts = server("image: valkey/valkey:8.1", "environment:", '  - "VALKEY_EXTRA_FLAGS=--maxmemory 64mbb"');
    assert.deepEqual(toldOf(texts, /^conf\//), ['compose.yaml: conf/invalid-value at "64mbb"']);
  });

  it("tells of a policy that has no limit, whatever its case", () => {
    assert.deepEqual(alone("maxmemory 0\nmaxmemory-policy Volatile-TTL\n"), [
      'redis.conf: conf/policy-without-maxmemory at "Volatile-TTL"',
    ]);
    assert.deepEqual(alone("maxmemory-policy noeviction\n"), []);
    assert.deepEqual(alone("maxmemory 10mb\n"), []);
  });

  it("tells of a limit without policy on a cache alone", () => {
    const project = (cache: string): Record<string, string> => ({
      "compose.yaml": [
        "services:",
        "  web:",
        "    image: ghcr.io/mastodon/mastodon:v4.5.16",
        "    environment:",
        "      REDIS_URL: redis://main:6379",
        `      CACHE_REDIS_URL: redis://${cache}:6379`,
        "  main:",
        "    image: redis:8.2",
        "    command: redis-server --maxmemory 1gb",
        "  cache:",
        "    image: redis:8.2",
        "    command: redis-server --maxmemory 2gb",
        "",
      ].join("\n"),
    });
    assert.deepEqual(told(project("cache")), ['compose.yaml: conf/maxmemory-without-policy at "--maxmemory"']);
    assert.deepEqual(told(project("main")), []);
  });

  it("tells of jobs and feeds that can be evicted", () => {
    const project = (policy: string, cacheUrl = ""): Record<string, string> => ({
      "compose.yaml": [
        "services:",
        "  web:",
        "    image: ghcr.io/mastodon/mastodon:v4.5.16",
        "    env_file: .env.production",
        "  main:",
        "    image: redis:8.2",
        `    command: redis-server ${policy}`,
        "  cache:",
        "    image: redis:8.2",
        "    command: redis-server --maxmemory 2gb --maxmemory-policy allkeys-lru",
        "",
      ].join("\n"),
      ".env.production": `REDIS_HOST=main\n${cacheUrl}`,
    });
    const cache = "CACHE_REDIS_URL=redis://cache:6379\n";
    const evicting = ['compose.yaml: mastodon/evicting-policy at "allkeys-lru"'];
    assert.deepEqual(told(project("--maxmemory 1gb --maxmemory-policy allkeys-lru", cache)), evicting);
    assert.deepEqual(told(project("--maxmemory 1gb --maxmemory-policy allkeys-lru")), evicting);
    assert.deepEqual(told(project("--maxmemory 1gb --maxmemory-policy noeviction", cache)), []);
    assert.deepEqual(told(project("--maxmemory 1gb", cache)), []);
    assert.deepEqual(told(project("--maxmemory-policy allkeys-lru", cache)), [
      'compose.yaml: conf/policy-without-maxmemory at "allkeys-lru"',
    ]);
    const volatile = findingsOf(project("--maxmemory 1gb --maxmemory-policy volatile-ttl"), SETUP);
    assert.deepEqual(
      volatile.map(({ severity, fixes }) => [severity, fixes[0]?.edits[0]?.newText]),
      [["warning", "noeviction"]],
    );
  });

  it("wants snapshots beside the append-only file of Postiz alone", () => {
    const conf = 'save 60 1\nsave ""\nappendonly yes\n';
    const files = loaded(conf);
    assert.deepEqual(told(files), []);
    const postiz =
      "  postiz:\n    image: ghcr.io/gitroomhq/postiz-app:v2.21.0\n    environment: {REDIS_URL: redis://redis:6379}\n";
    const whole = { ...files, "compose.yaml": files["compose.yaml"] + postiz };
    assert.deepEqual(told(whole), ['redis.conf: conf/persistence-contradiction at """"']);
    assert.deepEqual(told({ ...whole, "redis.conf": 'save ""\nsave 60 1\nappendonly yes\n' }), []);
  });

  it("wants the data folder where something is mounted", () => {
    const dir = 'redis.conf: conf/dir-outside-volume at "/srv/x"';
    assert.deepEqual(told(loaded("dir /srv/x\n")), [dir]);
    assert.deepEqual(told(loaded('dir /srv/x\nappendonly yes\nsave ""\n')), [dir]);
    assert.deepEqual(told(loaded('dir /srv/x\nsave ""\n')), []);
    assert.deepEqual(told(loaded("dir /data\n")), []);
    assert.deepEqual(told(loaded("dir /data/deep\n")), []);
    assert.deepEqual(told(loaded("dir ./x\n")), []);
    assert.deepEqual(told(loaded("dir /srv/x\n", "--dir /data")), []);
    assert.deepEqual(told(loaded("dir /srv/x\n", "", "tmpfs: /srv")), []);
    assert.deepEqual(told(loaded("dir /srv/x\n", "", "volumes_from: [other]")), []);
    assert.deepEqual(alone("dir /srv/x\n"), []);
  });

  it("tells of old TLS where TLS is on", () => {
    assert.deepEqual(alone('tls-port 6380\ntls-protocols "tlsv1 TLSv1.2"\n'), [
      'redis.conf: conf/old-tls at ""tlsv1 TLSv1.2""',
    ]);
    assert.deepEqual(alone('tls-port 6380\ntls-protocols "TLSv1.2 TLSv1.3"\n'), []);
    assert.deepEqual(alone("tls-protocols TLSv1\n"), []);
    assert.deepEqual(alone("tls-port 0\ntls-protocols TLSv1\n"), []);
  });

  it("leaves templates and files of KeyDB alone", () => {
    assert.deepEqual(alone(`{% if open %}\n${OPEN}{% endif %}\n`), []);
    assert.deepEqual(alone(`server-threads 4\n${OPEN}`), []);
  });

  it("leaves Sentinels alone", () => {
    assert.deepEqual(told({ "sentinel.conf": OPEN }), []);
  });
});
