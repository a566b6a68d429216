// What the rules of single apps tell, and above all when they stay silent.
import { assertTold, type Scene } from "./support/marked.ts";

function scene(title: string, marked: string, options: Scene = {}): void {
  it(title, () => assertTold(marked, options));
}

describe("mastodon: what wins", () => {
  scene(
    "the URL over the parts",
    `REDIS_URL=redis://redis:6379
REDIS_HOST=other
#^^^^^^^^^ mastodon/url-overrides-parts warning
REDIS_PORT=6379
#^^^^^^^^^ mastodon/url-overrides-parts hint
REDIS_PASSWORD=
CACHE_REDIS_HOST=cache`,
  );
  scene("not what feeds the URL", "REDIS_PASSWORD=abc\nREDIS_URL=redis://:${REDIS_PASSWORD}@redis:6379");
  scene("not what the compose file uses", "REDIS_PASSWORD=abc\nREDIS_URL=redis://redis:6379", {
    around: { interpolated: new Set(["REDIS_PASSWORD"]) },
  });
  scene("not what another service reads", "REDIS_PASSWORD=abc\nREDIS_URL=redis://redis:6379", {
    around: { readByOthers: new Set(["REDIS_PASSWORD"]) },
  });
  scene("not for streaming alone", "REDIS_URL=redis://redis:6379\nCACHE_REDIS_URL=redis://a\nCACHE_REDIS_HOST=b", {
    around: { processes: new Set(["streaming"]), composeReads: true },
  });
  scene(
    "prefixed parts without their host",
    `CACHE_REDIS_PORT=6380
#^^^^^^^^^^^^^^^ mastodon/prefixed-parts-without-host warning
CACHE_REDIS_PASSWORD=
SIDEKIQ_REDIS_DB=2
#^^^^^^^^^^^^^^^ mastodon/prefixed-parts-without-host warning`,
  );
  scene("in 4.2 and in unknown versions they are left alone", "CACHE_REDIS_PORT=6380", { apps: ["mastodon@4.2"] });
  scene(
    "a prefixed host takes nothing over",
    `REDIS_HOST=redis
REDIS_PASSWORD=abc
CACHE_REDIS_HOST=redis
#^^^^^^^^^^^^^^^ mastodon/prefixed-host-inherits-nothing warning
SIDEKIQ_REDIS_HOST=queue`,
  );
  scene(
    "an empty URL",
    `REDIS_URL=
#^^^^^^^^ mastodon/empty-url error
REDIS_HOST=redis`,
  );
  scene("an empty URL in 4.2", "REDIS_URL=\nREDIS_HOST=redis", { apps: ["mastodon@4.2"] });
  scene("an empty URL that another source fills", "REDIS_URL=\nREDIS_HOST=redis", {
    around: { outside: new Map([["REDIS_URL", { value: null, place: null }]]) },
    only: /empty/,
  });
  scene("an empty URL in a sample", "REDIS_URL=", { path: "/project/.env.production.sample" });
});

describe("mastodon: versions", () => {
  scene(
    "Sentinel, user names, TLS and the driver came with 4.3",
    `REDIS_SENTINELS=one:26379
#^^^^^^^^^^^^^^ mastodon/sentinel-before-4-3 warning
REDIS_SENTINEL_PASSWORD=abc
#^^^^^^^^^^^^^^^^^^^^^^ mastodon/sentinel-before-4-3 warning
REDIS_USER=town
#^^^^^^^^^ mastodon/redis-user-before-4-3 warning
CACHE_REDIS_URL=rediss://cache:6379
#               ^^^^^^ mastodon/tls-before-4-3 error
REDIS_DRIVER=ruby
#^^^^^^^^^^^ mastodon/tls-before-4-3 warning`,
    { apps: ["mastodon@4.2.10"] },
  );
  scene("a fork may have them", "REDIS_SENTINELS=one:26379\nREDIS_SENTINEL_MASTER=main", {
    apps: ["mastodon@4.2.10+glitch"],
  });
  scene(
    "TLS needs the driver, told once",
    `REDIS_URL=rediss://redis:6379
#         ^^^^^^ mastodon/tls-needs-ruby-driver error
CACHE_REDIS_URL=REDISS://cache:6379`,
  );
  scene(
    "a driver in other letters does not count",
    `REDIS_URL=rediss://redis:6379
REDIS_DRIVER=Ruby
#            ^^^^ mastodon/tls-needs-ruby-driver error`,
  );
  scene("the driver from elsewhere", "REDIS_URL=rediss://redis:6379", {
    around: { outside: new Map([["REDIS_DRIVER", { value: "ruby", place: null }]]) },
  });
  scene(
    "softer for versions that nobody read",
    `REDIS_URL=rediss://redis:6379
#         ^^^^^^ mastodon/tls-needs-ruby-driver warning`,
    { apps: ["mastodon@4.7"] },
  );
  scene(
    "a driver that does not exist",
    `REDIS_DRIVER=RUBY
#            ^^^^ mastodon/redis-driver-value warning`,
  );
  scene("with a version that is not known nothing is said of the driver", "REDIS_DRIVER=RUBY", { apps: ["mastodon"] });
  scene(
    "user names of Rails and streaming",
    `REDIS_USER=town
#^^^^^^^^^ mastodon/redis-user-username warning
REDIS_PASSWORD=abc`,
  );
  scene("equal user names", "REDIS_USER=town\nREDIS_USERNAME=town");
  scene("the default user", "REDIS_USER=default");
  scene(
    "half a pair",
    `CACHE_REDIS_SENTINEL_MASTER=main
#^^^^^^^^^^^^^^^^^^^^^^^^^^ mastodon/sentinel-pair warning`,
  );
  scene("half a pair whose other half comes from elsewhere", "REDIS_SENTINEL_MASTER=main", {
    around: { outside: new Map([["REDIS_SENTINELS", { value: null, place: null }]]) },
  });
  scene("half a pair beside a URL", "REDIS_URL=redis://redis\nREDIS_SENTINEL_MASTER=main", { only: /sentinel/ });
  scene(
    "a database number",
    `REDIS_DB=2
#        ^ mastodon/database-number hint`,
  );
  scene(
    "namespaces of connections",
    `CACHE_REDIS_NAMESPACE=a
#^^^^^^^^^^^^^^^^^^^^ mastodon/prefixed-namespace-not-read warning`,
    { apps: ["mastodon"] },
  );
});

describe("postiz", () => {
  const apps = ["postiz@2.20"];
  scene(
    "variables that nobody reads",
    `CACHE_DRIVER=redis
#^^^^^^^^^^^ postiz/variable-not-read warning
#            ^^^^^ postiz/seed-backend-status hint
CACHE_PASSWORD=
REDIS_HOST=redis
#^^^^^^^^^ postiz/variable-not-read warning
REDIS_URL=redis://redis:6379`,
    { apps },
  );
  scene(
    "other backends",
    `CACHE_DRIVER=memcached
#            ^^^^^^^^^ postiz/backend-not-available warning
CACHE_PORT=6379
#          ^^^^ env/invalid-value warning
REDIS_URL=memcached://mc
#         ^^^^^^^^^ postiz/backend-not-available warning
#         ^^^^^^^^^^^^^^ env/invalid-value warning
CACHE_URL=memcached://mc
#         ^^^^^^^^^ postiz/backend-not-available warning
#         ^^^^^^^^^^^^^^ env/invalid-value warning`,
    { apps, only: /backend-not|invalid-value/ },
  );
  scene(
    "TLS is information",
    `REDIS_URL=rediss://redis:6379
#         ^^^^^^ postiz/redis-url-scheme information`,
    { apps },
  );
  scene(
    "an empty address",
    `REDIS_URL=
#^^^^^^^^ postiz/redis-url-missing error`,
    { apps },
  );
  scene(
    "no address in what looks like its file",
    `MAIN_URL=https://social.example.org
#^^^^^^^ postiz/redis-url-missing error
FRONTEND_URL=https://social.example.org`,
    { apps: [], path: "/project/.env" },
  );
  scene("no address in a file of somebody else", "MAIN_URL=a\nFRONTEND_URL=b", { apps: ["mastodon@4.5"] });
  scene("no address in a file of Postiz about other things", "CACHE_BUSTER=a", { apps });
  scene(
    "no address in anything that Postiz reads",
    `JWT_SECRET=a
#^^^^^^^^^ postiz/redis-url-missing error
CACHE_PASSWORD=`,
    { apps, around: { composeReads: true, complete: true } },
  );
  scene("no address, and compose sets it", "MAIN_URL=a\nFRONTEND_URL=b", { apps, around: { composeReads: true } });
  scene(
    "a host that differs and is used elsewhere",
    `REDIS_HOST=one
#          ^^^ postiz/url-trailing-parts hint
REDIS_URL=redis://two:6379`,
    { apps, around: { interpolated: new Set(["REDIS_HOST"]) } },
  );
});

describe("frameworks", () => {
  const laravel = { major: 11, cacheVariable: "CACHE_STORE", stockMemcachedHost: true } as const;
  scene(
    "Laravel 11 reads another name",
    `CACHE_DRIVER=redis
#^^^^^^^^^^^ laravel/cache-driver-renamed warning`,
    { apps: [], around: { laravel } },
  );
  scene("an upgraded Laravel keeps the old one", "CACHE_DRIVER=redis", {
    apps: [],
    around: { laravel: { ...laravel, cacheVariable: "CACHE_DRIVER" } },
  });
  scene(
    "memcached without its host",
    `CACHE_STORE=memcached
#           ^^^^^^^^^ laravel/memcached-host-missing warning`,
    { apps: [], around: { laravel, hosts: [{ host: "mc", engine: "memcached", port: 11211 }] } },
  );
  scene(
    "Sidekiq wants a name",
    `REDIS_PROVIDER=redis://redis:6379
#              ^^^^^^^^^^^^^^^^^^ sidekiq/redis-provider error`,
    { apps: [] },
  );
  scene(
    "django-environ knows a list",
    `CACHE_URL=memcached://mc:11211
#         ^^^^^^^^^ django/cache-url-scheme warning`,
    { apps: [], around: { djangoEnviron: true } },
  );
  scene(
    "quotes and docker-compose 1",
    `REDIS_PASSWORD="abc"
#              ^^^^^ env/quotes-verbatim hint`,
    { around: { oldCompose: true } },
  );
});
