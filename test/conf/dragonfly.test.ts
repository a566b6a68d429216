import assert from "node:assert/strict";
import { FlagTable, flagTrouble, readFlags } from "../../server/src/core/conf/index.ts";
import { findingsOf, told } from "./project.ts";

const table = new FlagTable();
const IMAGE = "docker.dragonflydb.io/dragonflydb/dragonfly";

function compose(tag: string, ...lines: string[]): Record<string, string> {
  const service = [`image: ${IMAGE}:${tag}`, "ulimits: {memlock: -1}", ...lines];
  return { "compose.yaml": `services:\n  d:\n${service.map((line) => `    ${line}\n`).join("")}` };
}

function flags(command: string, tag = "v1.40.1"): string[] {
  return told(compose(tag, `command: ${command}`), /^(?:conf|dragonfly)\//).map((text) =>
    text.replace("compose.yaml: ", ""),
  );
}

function fixed(command: string): string | undefined {
  const texts = compose("v1.40.1", `command: ${command}`);
  const edit = findingsOf(texts, /^conf\//)[0]?.fixes[0]?.edits[0];
  const text = texts["compose.yaml"] as string;
  const whole = edit && text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
  return /command: (.*)/.exec(whole ?? "")?.[1];
}

describe("dragonfly: flags", () => {
  it("are sorted, each once", () => {
    const names = table.flags.map(({ name }) => name);
    assert.equal(new Set(names).size, 218);
    assert.deepEqual(names, names.toSorted());
    assert.equal(table.line, "1.40");
  });

  it("have counterparts that exist", () => {
    for (const directive of ["databases", "save", "maxmemory-policy", "tcp-keepalive"])
      assert.ok(table.find(table.counterpart(directive) ?? "") !== undefined, directive);
    assert.equal(table.counterpart("appendonly"), null);
    assert.equal(table.counterpart("nonsense"), undefined);
  });

  it("are read with and without =, with one or two minus signs", () => {
    const read = (...words: string[]): unknown[] =>
      readFlags(words, table).map(({ name, value, word, valueWord }) => [name, value, word, valueWord]);
    assert.deepEqual(read("--port=1", "-dbnum", "2"), [
      ["port", "1", 0, 0],
      ["dbnum", "2", 1, 2],
    ]);
    assert.deepEqual(read("--tls", "--notls", "--port", "-1"), [
      ["tls", null, 0, 0],
      ["notls", null, 1, 1],
      ["port", "-1", 2, 3],
    ]);
    assert.deepEqual(read("--proactor_threads", "--port=1"), [
      ["proactor_threads", null, 0, 0],
      ["port", "1", 1, 1],
    ]);
    assert.deepEqual(read("--", "--port=x"), []);
  });

  it("are told when no version knows them", () => {
    assert.deepEqual(flags("--maxmemory-policy=allkeys-lru", "latest"), [
      'conf/unknown-directive at "--maxmemory-policy=allkeys-lru"',
    ]);
    assert.deepEqual(flags("dragonfly --snapshot-cron=x"), ['conf/unknown-directive at "--snapshot-cron=x"']);
    assert.equal(fixed("dragonfly --snapshot-cron=x"), "dragonfly --snapshot_cron=x");
    assert.deepEqual(flags("--databases 4"), ['conf/unknown-directive at "--databases"']);
    assert.deepEqual(flags("--maxmemroy=1gb"), ['conf/unknown-directive at "--maxmemroy=1gb"']);
    assert.equal(fixed('["--maxmemroy=1gb"]'), '["--maxmemory=1gb"]');
  });

  it("are not told when another version, or a library, may know them", () => {
    assert.deepEqual(flags("--maxmemroy=1gb --databases=4", "v1.27.1"), []);
    assert.deepEqual(flags("--proactor_threads=4 --logtostderr --vmodule=a=1 --flagfile=/x --undefok=a"), []);
    assert.deepEqual(flags('sh -c "cd / && dragonfly --maxmemory-policy=x"'), []);
    assert.deepEqual(flags("$" + "{FLAGS} --maxmemory-policy=x"), []);
  });

  it("have values that fit", () => {
    assert.deepEqual(flags("--port=abc --cache_mode=maybe --maxmemory=lots --admin_port=70000"), [
      'conf/invalid-value at "--port=abc"',
      'conf/invalid-value at "--cache_mode=maybe"',
      'conf/invalid-value at "--maxmemory=lots"',
      'conf/invalid-value at "--admin_port=70000"',
    ]);
    assert.deepEqual(flags('["--dbnum", "-1"]'), ['conf/invalid-value at "-1"']);
    assert.deepEqual(flags("--dbnum"), ['conf/wrong-number-of-arguments at "--dbnum"']);
    assert.deepEqual(flags("--port=-1 --cache_mode --notls --maxmemory=1.5G --hz=100 --mem_defrag_threshold=.7"), []);
    assert.deepEqual(flags("--serialization_max_chunk_size=64kb --cluster_mode=emulated --requirepass=--x"), []);
    assert.deepEqual(flags("--port=abc", "latest"), []);
  });

  it("never repeat what stands where a name should stand", () => {
    const trouble = flagTrouble({ name: "pass-word!x", value: null, word: 0, valueWord: 0 }, true, table);
    assert.ok(trouble !== null && !trouble.message.includes("pass-word!x"));
  });

  it("may be given as variables", () => {
    const variables = (...lines: string[]): string[] =>
      told(compose("v1.40.1", "environment:", ...lines.map((line) => `  ${line}`)), /^conf\//);
    assert.deepEqual(variables("DFLY_maxmemory: 1gb", "DFLY_PASSWORD: x", "DFLY_DEV_ENV: 1"), []);
    assert.deepEqual(variables("DFLY_maxmemroy: 1gb"), ['compose.yaml: conf/unknown-directive at "DFLY_maxmemroy"']);
    assert.deepEqual(variables("- DFLY_dbnum=many"), ['compose.yaml: conf/invalid-value at "many"']);
    assert.deepEqual(variables("DFLY_dbnum: $" + "{UNKNOWN}"), []);
  });
});

describe("dragonfly: services", () => {
  const rules = (...lines: string[]): string[] => told(compose("v1.40.1", ...lines), /^dragonfly\//);

  it("know no append-only file", () => {
    assert.deepEqual(flags("--appendonly yes --appendfsync=always"), [
      'dragonfly/no-aof at "--appendonly"',
      'dragonfly/no-aof at "--appendfsync=always"',
    ]);
  });

  it("read no redis.conf", () => {
    assert.deepEqual(rules("command: dragonfly /etc/redis.conf", "volumes: [./redis.conf:/etc/redis.conf]"), [
      'compose.yaml: dragonfly/redis-conf-not-read at "/etc/redis.conf"',
    ]);
    assert.deepEqual(rules("volumes:", "  - type: bind", "    source: ./r.conf", "    target: /r.conf"), [
      'compose.yaml: dragonfly/redis-conf-not-read at "/r.conf"',
    ]);
    assert.deepEqual(rules("command: --flagfile /f.conf", "volumes: [./f.conf:/f.conf]"), []);
    assert.deepEqual(rules("command: --aclfile=/f.conf", "volumes: [./f.conf:/f.conf]"), []);
    assert.deepEqual(rules("entrypoint: /start.sh", "volumes: [./f.conf:/f.conf]"), []);
    assert.deepEqual(rules("volumes: [./data:/data]"), []);
  });

  it("want memlock", () => {
    const limits = (text: string): string[] =>
      told({ "compose.yaml": `services:\n  d:\n    image: ${IMAGE}:v1.40.1\n${text}` }, /^dragonfly\//);
    assert.equal(limits("").length, 1);
    assert.equal(limits("    ulimits: {memlock: 64}\n").length, 1);
    assert.equal(limits("    ulimits: {memlock: {soft: -1, hard: 64}}\n").length, 1);
    assert.deepEqual(limits("    ulimits: {memlock: {soft: -1, hard: -1}}\n"), []);
    assert.deepEqual(limits("    ulimits:\n      memlock: -1\n"), []);
    assert.deepEqual(limits("    ulimits:\n      memlock: $" + "{LOCK}\n"), []);
    assert.deepEqual(limits("    extends: {service: base}\n"), []);
  });
});

describe("dragonfly: cache mode", () => {
  function cacheMode(app: string, ...lines: string[]): string[] {
    const services = [app, "  d:", `    image: ${IMAGE}:v1.40.1`, ...lines.map((line) => `    ${line}`)];
    return told({ "compose.yaml": `services:\n${services.join("\n")}\n` }, /^dragonfly\/cache/);
  }
  const client = (image: string, variable: string): string =>
    `  app:\n    image: ${image}\n    environment: {${variable}: "redis://d:6379"}`;
  const MASTODON = client("ghcr.io/mastodon/mastodon:v4.5.16", "REDIS_URL");
  const postiz = (version: string): string => client(`ghcr.io/gitroomhq/postiz-app:v${version}`, "REDIS_URL");

  it("is told where jobs are held", () => {
    assert.equal(cacheMode(MASTODON, "command: --cache_mode=true").length, 1);
    assert.equal(cacheMode(MASTODON, "environment: {DFLY_cache_mode: 'true'}").length, 1);
    assert.equal(cacheMode(postiz("2.11.3"), "command: --cache_mode").length, 1);
    assert.deepEqual(cacheMode(postiz("2.12.0"), "command: --cache_mode"), []);
    assert.deepEqual(cacheMode(MASTODON, "command: --cache_mode=false"), []);
    assert.deepEqual(cacheMode(MASTODON, "command: --nocache_mode", "environment: {DFLY_cache_mode: 'true'}"), []);
    assert.deepEqual(
      cacheMode(client("ghcr.io/mastodon/mastodon:v4.5.16", "CACHE_REDIS_URL"), "command: --cache_mode"),
      [],
    );
    assert.deepEqual(cacheMode("  app: {image: nginx}", "command: --cache_mode"), []);
  });
});

describe("compose: data of Bitnami images", () => {
  const volumes = (engine: string, ...lines: string[]): string[] =>
    told(
      {
        "compose.yaml": `services:\n  s:\n    image: bitnamilegacy/${engine}:8.0\n${lines.map((line) => `    ${line}\n`).join("")}`,
      },
      /^bitnami\/data/,
    );

  it("does not lie in /data", () => {
    assert.deepEqual(volumes("redis", "volumes: [data:/data]"), ['compose.yaml: bitnami/data-path at "data:/data"']);
    assert.equal(volumes("valkey", "volumes: [{type: volume, source: d, target: /data}]").length, 1);
    for (const lines of [
      ["volumes: [data:/data, more:/bitnami]"],
      ["volumes: [data:/data, ./r.conf:/opt/bitnami/redis/mounted-etc/redis.conf]"],
      ["volumes: [data:/bitnami/redis/data]"],
      ["volumes: [data:/data]", "environment: {REDIS_DATA_DIR: /data}"],
      ["volumes: [data:/data]", "command: /opt/bitnami/scripts/redis/run.sh --dir /data"],
    ])
      assert.deepEqual(volumes("redis", ...lines), [], lines.join());
  });
});

describe("compose: passwords of servers", () => {
  const service = (image: string, ...lines: string[]): string[] =>
    told(
      { "compose.yaml": `services:\n  s:\n    image: ${image}\n${lines.map((line) => `    ${line}\n`).join("")}` },
      /^(?:compose\/password|bitnami\/allow)/,
    ).map((text) => text.replace("compose.yaml: ", ""));
  const SET = "environment: {REDIS_PASSWORD: secret}";
  const IGNORED = ['compose/password-variable-ignored at "REDIS_PASSWORD"'];

  it("are not read from variables by the official images", () => {
    assert.deepEqual(service("redis:8.2", SET), IGNORED);
    assert.deepEqual(service("valkey/valkey:8.1", "environment:", "  - REDIS_PASSWORD=secret"), IGNORED);
    assert.deepEqual(service(`${IMAGE}:v1.27.1`, SET), IGNORED);
    assert.deepEqual(service("redis:8.2", SET, "command: redis-server --appendonly yes"), IGNORED);
    assert.deepEqual(service("bitnamilegacy/redis:8.0", SET), []);
    assert.deepEqual(service("redis/redis-stack:7.4.0-v0", SET), []);
    assert.deepEqual(service("redis:8.2", "environment: {REDIS_PASSWORD: ''}"), []);
    assert.deepEqual(service("redis:8.2", "environment:", "  REDIS_PASSWORD: $" + "{REDIS_PASSWORD}"), []);
  });

  it("may be given otherwise", () => {
    for (const line of [
      "command: redis-server --requirepass $" + "{REDIS_PASSWORD}",
      'command: ["redis-server", "--requirepass", "x"]',
      'command: sh -c "redis-server --requirepass $$REDIS_PASSWORD"',
      "command: redis-server /etc/redis.conf",
      "entrypoint: /start.sh",
      "build: .",
      'healthcheck: {test: ["CMD-SHELL", "redis-cli -a $$REDIS_PASSWORD ping"]}',
    ])
      assert.deepEqual(service("redis:8.2", SET, line), [], line);
    const extra = "environment: {REDIS_PASSWORD: x, VALKEY_EXTRA_FLAGS: --requirepass y}";
    assert.deepEqual(service("valkey/valkey:8.1", extra), []);
    assert.deepEqual(service(`${IMAGE}:v1.27.1`, "environment: {REDIS_PASSWORD: x, DFLY_requirepass: y}"), []);
    assert.deepEqual(service(`${IMAGE}:v1.27.1`, SET, "command: --requirepass=x"), []);
  });

  it("may be missing on purpose, and that is told", () => {
    const EMPTY = ['bitnami/allow-empty-password at "yes"'];
    const bitnami = (environment: string, ...lines: string[]): string[] =>
      service("bitnamilegacy/valkey:8.0", `environment: {${environment}}`, ...lines);
    assert.deepEqual(bitnami("ALLOW_EMPTY_PASSWORD: yes"), EMPTY);
    assert.deepEqual(bitnami("ALLOW_EMPTY_PASSWORD: 'no'"), []);
    assert.deepEqual(bitnami("ALLOW_EMPTY_PASSWORD: yes, VALKEY_PASSWORD: x"), []);
    assert.deepEqual(bitnami("ALLOW_EMPTY_PASSWORD: yes, VALKEY_PASSWORD: ''"), EMPTY);
    assert.deepEqual(bitnami('ALLOW_EMPTY_PASSWORD: yes, VALKEY_PASSWORD: "$' + '{P}"'), []);
    assert.deepEqual(bitnami("ALLOW_EMPTY_PASSWORD: yes", "env_file: missing.env"), []);
    assert.deepEqual(service("redis:8.2", "environment: {ALLOW_EMPTY_PASSWORD: yes}"), []);
  });

  describe("in a file for --flagfile", () => {
    const MOUNT = ["command: --flagfile=/etc/dragonfly/flags.txt --port 6379", "volumes: [./df:/etc/dragonfly]"];
    const file = (text: string, tag = "v1.40.1", lines = MOUNT): Record<string, string> => ({
      ...compose(tag, ...lines),
      "df/flags.txt": text,
    });
    const at = (text: string, tag?: string, lines?: string[]): string[] =>
      told(file(text, tag, lines), /^conf\//).map((one) => one.replace("df/flags.txt: ", ""));

    it("are judged as on the command line, whatever the file is called", () => {
      assert.deepEqual(at("# comment\n\n  --maxmemory=4gb\n-dbnum=2\n--notls\n--logtostderr\n--flagfile=/x\n"), []);
      assert.deepEqual(at("--maxmemory=plenty\n--max-memory=1gb\n--dbnums=2\n"), [
        'conf/invalid-value at "--maxmemory=plenty"',
        'conf/unknown-directive at "max-memory"',
        'conf/unknown-directive at "dbnums"',
      ]);
    });

    it("stand one a line, with an equals sign", () => {
      assert.deepEqual(at("maxmemory=4gb\n--port 6379\n--\n--tls\n"), [
        'conf/syntax at "maxmemory=4gb"',
        'conf/syntax at "--port 6379"',
        'conf/syntax at "--"',
      ]);
      const texts = file("--port  6379\n");
      const [edit] = findingsOf(texts, /^conf\//)[0]?.fixes[0]?.edits ?? [];
      const text = texts["df/flags.txt"] as string;
      assert.equal(edit && text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end), "--port=6379\n");
    });

    it("are judged by what every version refuses where the version is another", () => {
      assert.deepEqual(at("--maxmemory=plenty\n--max-memory=1gb\n--port 1\n", "v1.30.0"), [
        'conf/unknown-directive at "max-memory"',
        'conf/syntax at "--port 1"',
      ]);
    });

    it("repeat no secret", () => {
      const texts = file("hunter2hunter2 secret\n--requirepass S3cr3tS3cr3t\nS3cr3tS3cr3t\n");
      for (const { message, fixes } of findingsOf(texts, /^conf\//))
        assert.doesNotMatch(message + fixes.map(({ title }) => title).join(), /hunter2|S3cr3t/);
      assert.equal(findingsOf(texts, /^conf\//).length, 3);
    });

    it("are no flags where no service of Dragonfly names the file", () => {
      const texts = {
        ...file("maxmemory 4gb\n"),
        "compose.yaml":
          "services:\n  d:\n    image: redis:7.2\n    command: --flagfile=/etc/dragonfly/flags.txt\n    volumes: [./df:/etc/dragonfly]\n",
      };
      assert.deepEqual(told(texts, /^conf\/syntax/), []);
    });
  });
});
