// The declared version of a managed server: where it is told, and what on which day.
import assert from "node:assert/strict";
import { checkMemory } from "../support/inProcess.ts";
import { APTIBLE, AT_APTIBLE, AT_ELASTICACHE, ELASTICACHE, engine, type Files, MASTODON, told } from "./support.ts";

const CACHE = "4.5";

function at(host: string, ...rules: readonly string[]): string[] {
  return rules.map((rule) => `.env:1 ${host} ${rule}`);
}

describe("platform: where a declared version is told", () => {
  const past = "aptible/version-deprecated warning";

  it("at the host of the main connection, once", () => {
    const all = `CACHE_REDIS_URL=rediss://${APTIBLE}:2\nSIDEKIQ_REDIS_URL=rediss://db-b-1.aptible.in:3\nREDIS_URL=rediss://db-c-2.aptible.in:4\n`;
    assert.deepEqual(told({ ".env": all }, engine("redis@7.2")), [`.env:3 db-c-2.aptible.in ${past}`]);
  });

  it("in every .env file of the platform, and not in the project file as well", () => {
    const files = {
      ".env.production": AT_APTIBLE,
      ".env.staging": AT_APTIBLE,
      "cache-compat.json": '{ "engine": "redis@7.2" }',
    };
    assert.deepEqual(told(files), [`.env.production:1 ${APTIBLE} ${past}`, `.env.staging:1 ${APTIBLE} ${past}`]);
  });

  it("in the project file where no .env file names the host", () => {
    const files = { "cache-compat.json": '{ "engine": "redis@7.2", "platform": "aptible" }' };
    assert.deepEqual(told(files), [`cache-compat.json:1 "redis@7.2" ${past}`]);
  });

  it("in a comment, in whatever file it stands", () => {
    const comment = "# cache-compat: engine=redis@7.2 platform=aptible\n";
    for (const [name, text] of Object.entries({
      ".env": `${comment}REDIS_PASSWORD=x\n`,
      "redis.conf": `${comment}maxmemory 1gb\n`,
      "compose.yaml": `${comment}services:\n  redis:\n    image: redis:8.2\n`,
    }))
      assert.deepEqual(told({ [name]: text }, {}, /version-deprecated/), [`${name}:1 redis@7.2 ${past}`]);
  });

  it("at a name of one's own where the platform is declared, and nowhere at a tunnel", () => {
    const declared = { ...engine("redis@7.2"), platform: "aptible" as const };
    assert.deepEqual(told({ ".env": "REDIS_URL=rediss://cache.example.org:1\n" }, declared), [
      `.env:1 cache.example.org ${past}`,
    ]);
    for (const host of ["localhost", "127.0.0.1", "redis", "host.docker.internal", "redis.prod.svc.cluster.local"])
      assert.deepEqual(told({ ".env": `REDIS_URL=rediss://${host}:1\n` }, declared), [], host);
  });

  it("at a host in a compose file, when only a flag declares it", () => {
    const compose = `services:\n  web:\n    image: x\n    environment:\n      REDIS_URL: rediss://${APTIBLE}:1\n`;
    assert.deepEqual(told({ "compose.yaml": compose }, engine("redis@7.2")), [`compose.yaml:5 ${APTIBLE} ${past}`]);
  });

  it("nowhere for servers of one's own", () => {
    assert.deepEqual(
      told({ ".env": "REDIS_URL=redis://cache.example.org:1\n" }, { ...MASTODON, ...engine("redis@6.2") }),
      [],
    );
    assert.deepEqual(told({ ".env": AT_APTIBLE }, { ...engine("redis@7.2"), platform: "self-hosted" }), []);
  });

  it("not in a sample, and not at the host of another provider", () => {
    assert.deepEqual(told({ ".env.example": AT_APTIBLE }, { ...engine("redis@7.2"), platform: "aptible" }), []);
    assert.deepEqual(told({ ".env": AT_ELASTICACHE }, { ...engine("redis@7.2"), platform: "aptible" }, /^aptible/), []);
  });
});

describe("platform: what a version means at ElastiCache", () => {
  const CASES: readonly (readonly [string, string, string, ...string[]])[] = [
    ["redis@7.1", CACHE, "2026-11-20", "elasticache/matrix-row hint"],
    ["redis@7.0", CACHE, "2030-01-01", "elasticache/matrix-row hint"],
    ["redis@7.2", CACHE, "2026-11-20", "elasticache/redis-above-7-1 error"],
    ["redis@8.10", CACHE, "2026-11-20", "elasticache/redis-above-7-1 error"],
    ["redis@6.2", CACHE, "2026-10-01", "mastodon/engine-unsupported error"],
    [
      "redis@6.2",
      CACHE,
      "2026-11-02",
      "elasticache/standard-support-ends information",
      "mastodon/engine-unsupported error",
    ],
    [
      "redis@6.2",
      "4.4",
      "2027-01-31",
      "elasticache/standard-support-ends information",
      "mastodon/engine-end-of-life warning",
    ],
    [
      "redis@6.2",
      "4.4",
      "2027-02-01",
      "elasticache/standard-support-over warning",
      "mastodon/engine-end-of-life warning",
    ],
    ["redis@6.0", "4.4", "2026-10-01", "mastodon/sidekiq-minimum-redis error"],
    [
      "redis@5.0.3",
      "4.3",
      "2026-01-31",
      "elasticache/deprecated-patch warning",
      "elasticache/standard-support-ends information",
      "mastodon/engine-unlisted information",
    ],
    [
      "redis@5.0.3",
      "4.3",
      "2026-02-01",
      "elasticache/standard-support-over warning",
      "mastodon/engine-unlisted information",
    ],
    ["redis@5.0.6", "4.3", "2025-06-01", "mastodon/engine-unlisted information"],
    [
      "redis@4.0",
      CACHE,
      "2029-02-01",
      "elasticache/standard-support-over warning",
      "mastodon/sidekiq-minimum-redis error",
    ],
    ["valkey@8.0", CACHE, "2026-11-20"],
    ["valkey@8.1", CACHE, "2031-01-01"],
    ["valkey@9.0", CACHE, "2026-11-20"],
    ["valkey@8.2", CACHE, "2026-11-20", "elasticache/valkey-version information"],
    ["valkey@7.2", CACHE, "2026-11-20", "mastodon/engine-unlisted information"],
    ["valkey@9.1", CACHE, "2026-11-20", "mastodon/engine-unlisted information"],
    ["valkey@7.0", CACHE, "2026-11-20", "elasticache/valkey-below-7-2 error"],
    ["memcached@1.6", CACHE, "2026-11-20"],
    ["dragonfly@1.27", CACHE, "2026-11-20"],
  ];
  for (const [version, mastodon, asOf, ...rules] of CASES)
    it(`${version} with Mastodon ${mastodon} on ${asOf}`, () => {
      const settings = { ...engine(version), asOf, apps: { mastodon } };
      assert.deepEqual(told({ ".env": AT_ELASTICACHE }, settings), at(ELASTICACHE, ...rules));
    });

  it("tells the calendar without any app", () => {
    assert.deepEqual(told({ ".env": AT_ELASTICACHE }, engine("valkey@8.2")), []);
    assert.deepEqual(
      told({ ".env": AT_ELASTICACHE }, engine("redis@5.0")),
      at(ELASTICACHE, "elasticache/standard-support-over warning"),
    );
  });

  it("follows noticeDays", () => {
    const settings = { ...engine("redis@6.2"), asOf: "2026-11-20" };
    assert.deepEqual(told({ ".env": AT_ELASTICACHE }, { ...settings, noticeDays: 71 }), []);
    assert.deepEqual(
      told({ ".env": AT_ELASTICACHE }, { ...settings, noticeDays: 72 }),
      at(ELASTICACHE, "elasticache/standard-support-ends information"),
    );
  });

  it("does not hold Sidekiq's minimum against a cache", () => {
    const cache = AT_ELASTICACHE.replace("REDIS_URL", "CACHE_REDIS_URL");
    const settings = { ...engine("redis@5.0"), apps: { mastodon: "4.4" }, asOf: "2025-01-01" };
    assert.deepEqual(told({ ".env": cache }, settings), at(ELASTICACHE, "mastodon/engine-unlisted information"));
  });
});

describe("platform: what a version means at Aptible", () => {
  const CASES: readonly (readonly [string, string, ...string[]])[] = [
    ["redis@8.2", "2035-01-01"],
    ["redis@8.0", "2026-12-02"],
    ["redis@6.2", "2026-11-20", "mastodon/engine-unsupported error"],
    ["redis@7.2", "2026-02-28"],
    ["redis@7.2", "2026-03-01", "aptible/version-past-eol warning"],
    ["redis@7.2", "2026-05-31", "aptible/version-past-eol warning"],
    ["redis@7.2", "2026-06-01", "aptible/version-deprecated warning"],
    ["redis@7.0", "2025-12-31", "aptible/version-past-eol warning", "mastodon/engine-end-of-life warning"],
    ["redis@7.0", "2026-01-01", "aptible/version-deprecated warning", "mastodon/engine-end-of-life warning"],
    ["redis@7.4", "2026-11-20", "aptible/version-not-offered warning"],
    ["redis@8.4", "2026-11-20", "aptible/version-not-offered warning"],
    ["redis@6.0", "2026-11-20", "aptible/version-not-offered warning", "mastodon/engine-unsupported error"],
    ["valkey@8.1", "2026-11-20", "aptible/version-not-offered warning"],
  ];
  for (const [version, asOf, ...rules] of CASES)
    it(`${version} on ${asOf}`, () => {
      assert.deepEqual(told({ ".env": AT_APTIBLE }, { ...MASTODON, ...engine(version), asOf }), at(APTIBLE, ...rules));
    });
});

describe("platform: TLS versions that a setting allows", () => {
  const CASES: readonly (readonly [string, string, boolean])[] = [
    ["REDIS_TLS_MIN_VERSION=TLSv1.3", "redis@6.2", true],
    ["REDIS_TLS_MIN_VERSION=1.2", "redis@6.2", false],
    ["REDIS_TLS_MIN_VERSION=1.0", "redis@6.2", false],
    ["REDIS_SSL_MAX_VERSION=TLSv1_1", "redis@7.0", true],
    ["REDIS_SSL_PROTOCOLS=TLSv1.3", "redis@7.0", true],
    ["REDIS_SSL_PROTOCOLS=TLSv1.2,TLSv1.3", "redis@7.0", false],
    ["REDIS_TLS_MIN_VERSION=TLSv1.3", "redis@7.2", false],
    ["REDIS_TLS_VERSION=$TLS", "redis@6.2", false],
    ["REDIS_TLS_VERSION=auto", "redis@6.2", false],
    ["SMTP_TLS_MIN_VERSION=1.3", "redis@6.2", false],
  ];
  for (const [line, version, isTold] of CASES)
    it(`${line} with ${version}`, () => {
      const found = told({ ".env": `${AT_APTIBLE}${line}\n` }, engine(version), /tls-protocol/);
      assert.equal(found.length, isTold ? 1 : 0);
    });
});

describe("platform: a redis.conf beside Aptible", () => {
  const conf = { "redis.conf": "maxmemory 256mb\n" };
  const isTold = (files: Files): boolean =>
    told({ ...conf, ".env": AT_APTIBLE, ...files }, {}, /redis-conf-unused/).length === 1;

  it("has no effect where nothing speaks for it", () => assert.ok(isTold({})));

  it("is left alone where something loads or names it", () => {
    assert.ok(!isTold({ Dockerfile: "FROM redis:8.2\nCOPY redis.conf /etc/redis.conf\n" }));
    assert.ok(!isTold({ Procfile: "redis: redis-server redis.conf\n" }));
    assert.ok(!isTold({ "start.sh": "redis-server ./redis.conf\n" }));
    assert.ok(!isTold({ "compose.yaml": "services:\n  redis:\n    image: redis:8.2\n" }));
    assert.ok(!isTold({ ".devcontainer/Dockerfile": "FROM redis:8.2\nCOPY redis.conf /etc/\n" }));
  });

  it("is left alone at any other platform", () => {
    assert.deepEqual(told({ ...conf, ".env": AT_ELASTICACHE }, {}, /redis-conf-unused/), []);
    assert.deepEqual(told(conf, {}, /redis-conf-unused/), []);
  });
});

describe("platform: secrets", () => {
  it("are in no message, related message or title", () => {
    for (const version of ["redis@6.2", "redis@7.0", "redis@8.4"])
      for (const text of [
        AT_APTIBLE,
        AT_ELASTICACHE,
        AT_APTIBLE.replace("rediss", "redis"),
        AT_ELASTICACHE.replace("rediss", "redis"),
        AT_APTIBLE.replace("rediss", "redis+ssl"),
      ]) {
        const { json } = checkMemory({ ".env": text }, { settings: { ...MASTODON, ...engine(version) } });
        const said = json.files.flatMap(({ findings }) =>
          findings.flatMap(({ message, related, fixes }) => [
            message,
            ...related.map((one) => one.message),
            ...fixes.map(({ title }) => title),
          ]),
        );
        assert.ok(said.length > 0);
        for (const sentence of said) assert.ok(!/s3cretWord|aptible\.in|amazonaws/.test(sentence), sentence);
      }
  });
});
