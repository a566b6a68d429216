// What the rules for all apps tell, and above all when they stay silent.
import { assertTold, type Scene } from "./support/marked.ts";

function scene(title: string, marked: string, options: Scene = {}): void {
  it(title, () => assertTold(marked, options));
}

describe("env: values", () => {
  scene(
    "ports, hosts and databases in their places",
    `REDIS_HOST=redis://redis:6379
#          ^^^^^^^^^^^^^^^^^^ env/invalid-value error
REDIS_PORT=0
#          ^ mastodon/port-not-clean error
REDIS_DB=first
#        ^^^^^ env/invalid-value error
CACHE_REDIS_HOST=cache:6379
#                ^^^^^^^^^^ env/invalid-value error
CACHE_REDIS_PORT="6379 "
#                 ^^^^^ mastodon/port-not-clean error
SIDEKIQ_REDIS_HOST=::1
#                  ^^^ mastodon/ipv6-needs-brackets warning
SIDEKIQ_REDIS_PORT=65536
#                  ^^^^^ mastodon/port-not-clean error`,
  );
  scene(
    "parts of URLs",
    `REDIS_URL=redis://redis:70000/0
#                       ^^^^^ env/invalid-value error
CACHE_REDIS_URL=redis://:p%40ss@cache:6379/one
#                                         ^^^^ env/invalid-value error
SIDEKIQ_REDIS_URL=redis://:6379/0
#                 ^^^^^^^^^^^^^^^ env/invalid-value error`,
  );
  scene(
    "a colon without a port",
    `REDIS_URL=redis://redis:/0
#         ^^^^^^^^^^^^^^^^ env/invalid-value information`,
  );
  scene(
    "nothing about good addresses",
    "REDIS_URL=rediss://user:p%40:ss@[2001:db8::1]:6380/15?timeout=5\nREDIS_DRIVER=ruby",
    {
      only: /^env/,
    },
  );
  scene("a socket", "REDIS_URL=unix:///run/redis/redis.sock\nCACHE_REDIS_URL=unix:/run/redis/cache.sock");
  scene(
    "nodes of Sentinel",
    `REDIS_SENTINEL_MASTER=main
REDIS_SENTINELS=one:26379, two:26379,three,four:x,,redis://five:26379
#                         ^^^^^^^^^^ env/invalid-value error
#                                          ^^^^^^ env/invalid-value error
#                                                ^ env/invalid-value error
#                                                  ^^^^^^^^^^^^^^^^^^ env/invalid-value error
CACHE_REDIS_SENTINEL_MASTER=main
CACHE_REDIS_SENTINELS=one;two
#                     ^^^^^^^ env/invalid-value error
SIDEKIQ_REDIS_SENTINEL_MASTER=main
SIDEKIQ_REDIS_SENTINELS=one two
#                       ^^^^^^^ env/invalid-value error
REDIS_SENTINEL_PORT=99999
#                   ^^^^^ env/invalid-value error`,
  );
  scene(
    "nothing where the value is not certain",
    "REDIS_HOST={{ host }}\nREDIS_PORT=<port>\nCACHE_REDIS_HOST=<%= host %>\nCACHE_REDIS_PORT=${PORT:-6379}",
  );
  scene(
    "an empty host, which 4.3 and newer do not survive",
    `REDIS_HOST=
#^^^^^^^^^ env/invalid-value warning`,
  );
  scene("an empty host in a sample", "REDIS_HOST=", { path: "/project/.env.production.sample" });
  scene("an empty host in 4.2", "REDIS_HOST=", { apps: ["mastodon@4.2"] });
});

describe("env: values of others", () => {
  scene(
    "sockets, TLS and words of Laravel",
    "REDIS_HOST=tls://redis\nREDIS_PORT=0\nREDIS_DB=null\nMEMCACHED_HOST=/run/mc.sock",
    {
      apps: ["laravel"],
    },
  );
  scene(
    "hosts of Postiz's cache page",
    `CACHE_DRIVER=memcache
#^^^^^^^^^^^ postiz/redis-url-missing error
#            ^^^^^^^^ env/invalid-value warning
CACHE_HOST=redis://redis
#          ^^^^^^^^^^^^^ env/invalid-value warning
CACHE_PORT=11211
#^^^^^^^^^ postiz/variable-not-read warning`,
    { apps: ["postiz"] },
  );
  scene(
    "the port of the other server",
    `CACHE_DRIVER=redis
CACHE_PORT=11211
#          ^^^^^ env/invalid-value warning`,
    { apps: ["postiz"], only: /invalid/ },
  );
  scene(
    "numbers",
    `MAX_THREADS=many
#           ^^^^ env/invalid-value warning
REDIS_HOST=redis`,
  );
});

describe("env: schemes", () => {
  scene(
    "wrong, broken and missing ones",
    `REDIS_URL=valkey://redis:6379
#         ^^^^^^ env/url-scheme error
CACHE_REDIS_URL=cache:6379/1
#               ^^^^^^^^^^^^ env/url-scheme error
SIDEKIQ_REDIS_URL=redis:/queue:6379
#                 ^^^^^^^ env/url-scheme error`,
  );
  scene("nothing while nobody is known to read the file", "REDIS_URL=valkey://redis:6379\nREDIS_PORT=x", { apps: [] });
  scene("nothing for expressions", "SCHEME=tcp\nREDIS_URL=${SCHEME}://redis:6379");
  scene("what one of two readers allows", "REDIS_URL=tcp://redis:6379", {
    apps: ["laravel", "sidekiq"],
    only: /url-scheme/,
  });
  scene(
    "Postiz copes without a scheme",
    `REDIS_URL=postiz-redis:6379
#         ^^^^^^^^^^^^^^^^^ env/url-scheme warning`,
    { apps: ["postiz"] },
  );
});

describe("env: passwords in URLs", () => {
  const only = /url-password/;
  scene(
    "what breaks Ruby",
    `REDIS_URL=redis://user:a@b@redis:6379/0
#                      ^^^ env/url-password-encoding error
CACHE_REDIS_URL=redis://:a^b@cache
#                        ^^^ env/url-password-encoding error
SIDEKIQ_REDIS_URL='redis://:100%@queue'
#                           ^^^^ env/url-password-encoding error`,
    { only },
  );
  scene("what need not be encoded", "REDIS_URL=redis://:a:b!&'()*+,;=-._~%2F@redis:6379/0", { only });
  scene(
    "Node copes with @ and not with /",
    `REDIS_URL=redis://:a@b@redis
#                  ^^^ env/url-password-encoding hint`,
    { only, apps: ["postiz"] },
  );
  scene(
    "a slash for Node",
    `REDIS_URL=redis://:a/b@redis
#                  ^^^ env/url-password-encoding error`,
    { only, apps: ["postiz"] },
  );
  scene("an @ in the query", "REDIS_URL=redis://redis:6379/0?name=a@b", { only });
  scene("samples", "REDIS_URL=redis://:a/b@redis", { only, path: "/project/.env.production.sample" });
});

describe("env: lines that readers misread", () => {
  const only = /^env\/syntax/;
  scene(
    "quotes that are never closed",
    `REDIS_PASSWORD="abc
#              ^^^^ env/syntax warning
REDIS_HOST=redis
CACHE_REDIS_HOST='x
#                ^^ env/syntax warning
SIDEKIQ_REDIS_HOST="y"`,
    { only },
  );
  scene(
    "a value cut by a comment",
    `REDIS_PASSWORD=abc #def
#                 ^^^^^ env/syntax warning
REDIS_PORT=6379 # usual
REDIS_HOST=redis #here`,
    { only },
  );
  scene(
    "variables that nothing defines",
    `REDIS_URL=redis://\${MISSING}:6379
#                 ^^^^^^^^^^ env/syntax information
REDIS_PASSWORD=a$b
#               ^^ env/syntax information
CACHE_REDIS_HOST=\${LATER}
#                ^^^^^^^^ env/syntax warning
LATER=cache
SIDEKIQ_REDIS_HOST=\${LATER}
SIDEKIQ_REDIS_PORT=\${PORT:-6379}`,
    { only },
  );
  scene("what is passed on from the shell", "REDIS_URL=${REDIS_URL}", { only });
  scene(
    "a quote that swallows the next variable",
    `REDIS_PASSWORD="abc
#              ^^^^ env/syntax warning
REDIS_PORT=6379
NOTE=x"
REDIS_HOST=redis`,
    { only },
  );
  scene("single quotes keep the dollar", "REDIS_PASSWORD='a$b'", { only });
  scene(
    "a line without an equals sign",
    `REDIS_PORT 6379
#^^^^^^^^^^^^^^ env/syntax warning`,
    { only },
  );
  scene(
    "a # that only Ruby takes for a comment",
    `REDIS_PASSWORD=abc#def
#                 ^^^^ env/syntax hint`,
    { only },
  );
  scene("the same for Compose", "REDIS_PASSWORD=abc#def", { only, around: { composeReads: true } });
  scene(
    "a blank that Laravel refuses",
    `REDIS_PASSWORD=a b
#              ^^^ env/syntax warning
REDIS_PREFIX=town # note
CACHE_PREFIX="a b"`,
    { only, apps: ["laravel"] },
  );
  scene(
    "one cause, one finding",
    `REDIS_PASSWORD=a#b #c
#                 ^^^ env/syntax warning`,
    { only },
  );
  scene(
    "a comment that Compose takes for the value",
    `REDIS_PASSWORD= # none
#               ^^^^^^ env/syntax warning`,
    { only, around: { composeReads: true } },
  );
});

describe("env: the same key twice", () => {
  const only = /duplicate/;
  scene("keys of others", "DB_HOST=a\nDB_HOST=b\nREDIS_HOST=c", { only });
  scene(
    "the same value is a hint",
    `REDIS_HOST=a
#^^^^^^^^^ env/duplicate-key hint
REDIS_HOST=a`,
    { only },
  );
  scene(
    "Laravel takes the last one, too",
    `REDIS_HOST=a
#^^^^^^^^^ env/duplicate-key warning
REDIS_HOST=b`,
    { only, apps: ["laravel"] },
  );
});

describe("env: passwords", () => {
  scene(
    "of samples, in variables and in URLs",
    `REDIS_PASSWORD=changeme
#              ^^^^^^^^ env/default-secret warning
CACHE_REDIS_URL=redis://:foobared@cache
#                        ^^^^^^^^ env/default-secret warning`,
  );
  scene("samples may have them", "REDIS_PASSWORD=changeme", { path: "/project/.env.example" });
  scene(
    "null",
    `REDIS_PASSWORD=null
#              ^^^^ env/null-password warning`,
  );
  scene("null in Laravel", "REDIS_PASSWORD=null", { apps: ["laravel"] });
  scene("null for nobody", "REDIS_PASSWORD=null", { apps: [] });
});
