// Hover, completion and definition at a caret, drawn as `|`.
import assert from "node:assert/strict";
import {
  completeEnv,
  definitionEnv,
  ENV_RULES,
  type EnvSurroundings,
  hoverEnv,
  hoverVariable,
  readLaravel,
  usesDjangoEnviron,
} from "../../server/src/core/env/index.ts";
import { appsOf } from "./support/marked.ts";

const HOSTS: EnvSurroundings = {
  hosts: [
    { host: "cache", engine: "valkey", port: 6380 },
    { host: "mc", engine: "memcached", port: 11211 },
  ],
};

function at(marked: string, apps: readonly string[] = ["mastodon@4.5"], around: EnvSurroundings = {}) {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { input: { path: "/project/.env.production", text, apps: appsOf(apps), around }, offset, text };
}

function labels(marked: string, apps?: readonly string[], around?: EnvSurroundings): string[] {
  const { input, offset } = at(marked, apps, around);
  return completeEnv(input, offset)
    .toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1))
    .map(({ label }) => label);
}

function completed(marked: string, label: string, apps?: readonly string[], around?: EnvSurroundings): string {
  const { input, offset, text } = at(marked, apps, around);
  const item = completeEnv(input, offset).find((candidate) => candidate.label === label);
  assert.ok(item !== undefined, label);
  return text.slice(0, item.span.start) + item.newText + text.slice(item.span.end);
}

function hovered(marked: string, apps?: readonly string[], around?: EnvSurroundings): string {
  const { input, offset } = at(marked, apps, around);
  return hoverEnv(input, offset)?.plain ?? "";
}

describe("env hover", () => {
  it("tells who reads the variable, what wins, and where that was read", () => {
    const text = hovered("REDIS_HO|ST=redis\n");
    assert.match(text, /REDIS_HOST for Mastodon: Host name of the main Redis/);
    assert.match(text, /Read by: Rails, Sidekiq, streaming/);
    assert.match(text, /No effect when: REDIS_URL set/);
    assert.match(text, /Example: REDIS_HOST=redis/);
    assert.match(text, /mastodon\/mastodon: redis_configuration\.rb .*\(2026-11-20\)/);
    assert.match(text, /read as dotenv for Ruby reads it/);
  });

  it("tells the form of a URL", () => {
    assert.match(hovered("REDIS_URL=redis://|redis\n"), /redis:\/\/\[:password@\]host\[:port\]\[\/database\]/);
  });

  it("tells what becomes of this line", () => {
    assert.match(hovered("REDIS_URL=redis://a\nREDIS_|HOST=b\n"), /has no effect: REDIS_URL wins/);
    assert.match(hovered("REDIS_|HOST=a\nREDIS_HOST=b\n"), /stands here twice/);
    assert.match(hovered("REDIS_SENTINELS|=a\n", ["mastodon@4.2"]), /Mastodon 4\.2 does not read it/);
    assert.match(hovered("REDIS_NAMESPACE|=a\n"), /removed in 4\.4/);
  });

  it("explains a name to nobody in particular, and nothing else", () => {
    assert.match(hovered("REDIS_URL|=redis://a\n", []), /for Mastodon[\s\S]*for Postiz/);
    for (const marked of ["DB_HOST|=a\n", "# REDIS_|HOST=a\n", "REDIS_HOST=a\n|\n", "X|=1\n"])
      assert.equal(hovered(marked), "", marked);
    assert.match(hovered("CACHE_BUSTER_ENABLED|=true\n"), /nothing to do with Redis/);
  });

  it("gives the details of a completion", () => {
    assert.match(hoverVariable({ app: "postiz", version: null }, "REDIS_URL")?.plain ?? "", /The only Redis setting/);
  });
});

describe("env completion", () => {
  it("offers what this version reads and what is not there yet", () => {
    const offered = labels("REDIS_HOST=redis\n|");
    assert.ok(offered.includes("REDIS_PORT") && offered.includes("CACHE_REDIS_HOST") && offered.includes("REDIS_URL"));
    for (const name of ["REDIS_HOST", "REDIS_NAMESPACE", "CACHE_REDIS_NAMESPACE", "CACHE_BUSTER_ENABLED"])
      assert.ok(!offered.includes(name), name);
    assert.ok(!labels("|", ["mastodon@4.2"]).includes("REDIS_SENTINELS"));
  });

  it("offers nothing that a URL makes useless", () => {
    const offered = labels("REDIS_URL=redis://redis\n|");
    assert.ok(!offered.includes("REDIS_HOST") && offered.includes("CACHE_REDIS_HOST"));
  });

  it("puts the missing partner first", () => {
    assert.equal(labels("REDIS_SENTINELS=a:26379\n|")[0], "REDIS_SENTINEL_MASTER");
    assert.equal(labels("|", ["postiz"])[0], "REDIS_URL");
  });

  it("replaces what is typed and keeps what follows", () => {
    assert.equal(completed("export REDIS_P|\n", "REDIS_PORT"), "export REDIS_PORT=\n");
    assert.equal(completed("REDIS_P|ASS=1\n", "REDIS_PORT"), "REDIS_PORT=1\n");
  });

  it("offers nothing in comments, inside quotes of several lines, and to nobody", () => {
    assert.deepEqual(labels("# RED|"), []);
    assert.deepEqual(labels('NOTE="a\nRED|\n"\n'), []);
    assert.deepEqual(labels("RED|", []), []);
  });

  it("offers words, hosts, ports and addresses", () => {
    assert.deepEqual(labels("REDIS_DRIVER=|\n"), ["hiredis", "ruby"]);
    assert.deepEqual(labels("REDIS_HOST=|\n", undefined, HOSTS), ["cache"]);
    assert.deepEqual(labels("REDIS_PORT=63|\n", undefined, HOSTS), ["6380", "6379"]);
    assert.deepEqual(labels("MEMCACHED_HOST=|\n", ["laravel"], HOSTS), ["mc"]);
    assert.deepEqual(labels("REDIS_URL=|\n", undefined, HOSTS), [
      "redis://cache:6380/0",
      "rediss://cache:6380/0",
      "unix:///run/redis/redis.sock",
    ]);
    assert.equal(
      completed("REDIS_URL=redis:|//x\n", "redis://cache:6380/0", undefined, HOSTS),
      "REDIS_URL=redis://cache:6380/0\n",
    );
    assert.deepEqual(labels("REDIS_PASSWORD=|\n"), []);
  });

  it("refers to the password instead of repeating it", () => {
    const [first] = labels("REDIS_PASSWORD=abc\nREDIS_URL=|\n", undefined, HOSTS);
    assert.equal(first, "redis://:${REDIS_PASSWORD}@cache:6380/0");
  });

  it("offers names for an expression, those above only", () => {
    assert.deepEqual(labels("A_HOST=a\nREDIS_HOST=${|\nB_HOST=b\n"), ["${A_HOST}"]);
    assert.equal(completed("A_HOST=a\nREDIS_HOST=${A_|}x\n", "${A_HOST}"), "A_HOST=a\nREDIS_HOST=${A_HOST}x\n");
  });
});

describe("env definition", () => {
  it("goes to the line above", () => {
    const { input, offset, text } = at("HOST=a\nHOST=b\nREDIS_HOST=${HO|ST}\nHOST=c\n");
    const found = definitionEnv(input, offset);
    assert.ok(found !== null);
    assert.equal(text.slice(found.origin.start, found.origin.end), "${HOST}");
    assert.equal(found.target.span.start, text.indexOf("HOST=b"));
  });

  it("goes to another source, or nowhere", () => {
    const place = { path: "/project/docker-compose.yml", span: { start: 3, end: 7 } };
    const around = { outside: new Map([["HOST", { value: "a", place }]]) };
    const outside = at("REDIS_HOST=${HO|ST}\n", undefined, around);
    assert.deepEqual(definitionEnv(outside.input, outside.offset)?.target, place);
    for (const marked of ["REDIS_HOST=${HO|ST}\n", "HOST=a\nREDIS_HOST='${HO|ST}'\n", "REDIS_|HOST=$A\n"]) {
      const { input, offset } = at(marked);
      assert.equal(definitionEnv(input, offset), null, marked);
    }
  });
});

describe("env definition of a host", () => {
  const place = { path: "/project/compose.yaml", span: { start: 12, end: 17 } };
  const around = { hosts: [{ host: "cache", engine: "valkey", port: 6379, place }] };

  it("goes to the service", () => {
    for (const marked of [
      "REDIS_HOST=ca|che\n",
      'REDIS_HOST="|cache"\n',
      "REDIS_URL=redis://cach|e:6379/0\n",
      "REDIS_URL=redis://:p@ss@cac|he:6379\n",
    ]) {
      const { input, offset, text } = at(marked, undefined, around);
      const found = definitionEnv(input, offset);
      assert.ok(found !== null, marked);
      assert.equal(text.slice(found.origin.start, found.origin.end), "cache");
      assert.deepEqual(found.target, place);
    }
  });

  it("goes nowhere from another word", () => {
    for (const marked of ["REDIS_HOST=ca|che2\n", "REDIS_URL=red|is://cache\n", "REDIS|_HOST=cache\n", "# cac|he\n"]) {
      const { input, offset } = at(marked, undefined, around);
      assert.equal(definitionEnv(input, offset), null, marked);
    }
  });
});

describe("env surroundings", () => {
  it("reads Laravel from Composer and the configuration", () => {
    const json = '{ "require": { "laravel/framework": "^10.10|^11.0" } }';
    const lock = '{ "packages": [ { "name": "laravel/framework", "version": "v11.4.0" } ] }';
    const config = "'default' => env('CACHE_STORE', 'database')";
    const read = readLaravel({ composerJson: json, composerLock: lock, cacheConfig: config });
    assert.deepEqual(read, { major: 11, cacheVariable: "CACHE_STORE", stockMemcachedHost: false });
    assert.equal(readLaravel({ composerJson: "{}", composerLock: null, cacheConfig: null }), null);
  });

  it("knows django-environ from other readers", () => {
    assert.ok(usesDjangoEnviron('import environ\nenv = environ.Env()\nX = env.cache("CACHE_URL")'));
    assert.ok(!usesDjangoEnviron("import django_cache_url\nX = django_cache_url.config()"));
  });
});

describe("env rules", () => {
  it("are sorted, named and sourced", () => {
    const ids = ENV_RULES.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    for (const { id, sources } of ENV_RULES) {
      assert.match(id, /^[a-z]+\/[a-z0-9-]+$/);
      assert.ok(sources.length > 0, id);
      for (const { asOf } of sources) assert.match(asOf, /^\d{4}-\d\d-\d\d$/, id);
    }
  });
});
