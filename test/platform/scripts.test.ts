// Commands that make databases: what is one, what is told of it, and what its fix writes.
import assert from "node:assert/strict";
import { checkMemory } from "../support/inProcess.ts";
import { applied } from "../support/json.ts";
import { must } from "../support/must.ts";
import { AT_APTIBLE, type Files, MASTODON, told } from "./support.ts";

const DEPRECATED = /version-deprecated/;
const create = (rest: string): string => `aptible db:create ${rest}\n`;

function isTold(text: string, name = "setup.sh"): boolean {
  return told({ [name]: text }, {}, DEPRECATED).length > 0;
}

describe("aptible db:create: what is one", () => {
  const YES = [
    create("x --type redis --version 7.0"),
    create("--version=7.0 --type=redis x"),
    create('"$HANDLE" --type \'redis\' --version "7.0-aof"'),
    create("x \\\n  --type redis \\\r\n  --version 7.0"),
    `if ! ${create("x --type redis --version 7.0")}then exit; fi\n`,
    `ID=$(${create("x --type redis --version 7.0").trim()})\n`,
    `APTIBLE_OUTPUT_FORMAT=json sudo -E /usr/local/bin/${create("x --type redis --version 7.0")}`,
    `true && ${create("x --type redis --version 7.0 | tee log")}`,
    create("x --type redis --version 8.2 --version 7.0"),
    "f() {\n  aptible db:create x --type redis --version 7.0\n}\n",
    create("x --type REDIS --version 7.0"),
  ];
  for (const text of YES) it(`told: ${JSON.stringify(text)}`, () => assert.ok(isTold(text)));

  const NO = [
    `# ${create("x --type redis --version 7.0")}`,
    `echo ${create("x --type redis --version 7.0")}`,
    `cat <<EOF\n${create("x --type redis --version 7.0")}EOF\n`,
    `bash -c '${create("x --type redis --version 7.0").trim()}'\n`,
    create("x --type postgresql --version 7.0"),
    create("x --version 7.0"),
    create('x --type "$TYPE" --version 7.0'),
    create('x --type redis --version "$VERSION"'),
    create("x --type redis --version 7.0$SUFFIX"),
    create("x --type redis"),
    "aptible db:restore 5 --handle x --version 7.0\naptible db:clone a b\naptible db:replicate a b --version 7.0 --type redis\n",
    create("x --type redis --version 7.0 --version 8.2-aof"),
    "myaptible db:create x --type redis --version 7.0\n",
    create("x --type redis --version '7.0"),
  ];
  for (const text of NO) it(`silent: ${JSON.stringify(text)}`, () => assert.ok(!isTold(text)));

  it("stands in scripts by name, and in the steps of workflows", () => {
    const line = create("x --type redis --version 7.0");
    assert.ok(isTold(line, "bin/setup.bash"));
    for (const name of ["setup.txt", "setup", "Makefile", "README.md"]) assert.ok(!isTold(line, name), name);
    const workflow = (run: string): string => `jobs:\n  a:\n    steps:\n      - run: ${run}`;
    const name = ".github/workflows/deploy.yml";
    assert.ok(isTold(workflow(line), name));
    assert.ok(
      isTold(
        workflow(`|\n          set -e\n          ${line.replace(" --version", " \\\n            --version")}`),
        name,
      ),
    );
    assert.ok(
      isTold(workflow(">-\n          aptible db:create x\n          --type redis\n          --version 7.0\n"), name),
    );
    assert.ok(isTold(workflow(`"${line.trim()}"\n`), name));
    assert.ok(!isTold(workflow(`echo\n      - name: ${line}`), name));
    assert.ok(
      !isTold(
        workflow("|\n          cat <<EOF\n          aptible db:create x --type redis --version 7.0\n          EOF\n"),
        name,
      ),
    );
    assert.ok(!isTold(workflow("aptible db:create x --type redis --version ${{ inputs.version }}\n"), name));
    assert.ok(isTold(workflow("aptible db:create ${{ inputs.name }} --type redis --version 7.0\n"), name));
    assert.ok(!isTold(`jobs:\n  a:\n    steps:\n      - uses: x\n        with:\n          run: ${line}`, name));
  });
});

describe("aptible db:create: what is told", () => {
  it("a version that is past is an error where the table says so, and a warning where it does not yet", () => {
    const text =
      create("a --type redis --version 7.0-aof") +
      create("b --type redis --version 7.2-aof") +
      create("c --type redis --version 7.4") +
      create("d --type redis --version 8");
    assert.deepEqual(told({ "a.sh": text }), [
      "a.sh:1 7.0-aof aptible/version-deprecated error",
      "a.sh:2 7.2-aof aptible/version-deprecated warning",
      "a.sh:3 7.4 aptible/version-not-offered warning",
      "a.sh:4 8 aptible/version-not-offered warning",
    ]);
  });

  it("what the declared Mastodon says of it", () => {
    assert.deepEqual(told({ "a.sh": create("a --type redis --version 6.2-aof") }, MASTODON), [
      "a.sh:1 6.2-aof mastodon/engine-unsupported error",
    ]);
    assert.deepEqual(told({ "a.sh": create("a --type redis --version 8.2-aof") }, { apps: { mastodon: "4.4" } }), [
      "a.sh:1 8.2-aof mastodon/engine-unlisted information",
    ]);
  });

  it("the Mastodon of the nearest folder above counts", () => {
    const compose = "services:\n  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n";
    const files = { "compose.yaml": compose, "bin/setup.sh": create("a --type redis --version 6.2-aof") };
    assert.deepEqual(told(files), ["bin/setup.sh:1 6.2-aof mastodon/engine-unsupported error"]);
  });

  const fixed = (text: string, settings = {}): string => {
    const { json, texts } = checkMemory({ "a.sh": text }, { settings });
    const { fixes } = must(
      must(json.files[0]).findings.find(
        ({ rule }) => DEPRECATED.test(rule) || rule.includes("not-offered") || rule.includes("unsupported"),
      ),
    );
    const fix = fixes.find(({ preferred }) => preferred);
    return fix === undefined ? "no fix" : must(applied(texts, fix.edits).get("a.sh"));
  };

  it("its fix keeps flavour and quotes, and follows the matrix", () => {
    assert.equal(fixed(create("a --type redis --version '7.0-aof'")), create("a --type redis --version '8.2-aof'"));
    assert.equal(fixed(create("a --type redis --version=7.2-nordb")), create("a --type redis --version=8.2-nordb"));
    assert.equal(
      fixed(create("a --type redis --version 7.0"), { apps: { mastodon: "4.4" } }),
      create("a --type redis --version 8.0"),
    );
    assert.equal(fixed(create("a --type redis --version 7.0"), { apps: { mastodon: "4.2" } }), "no fix");
    assert.equal(
      fixed(create("a --type redis --version 7.0"), { asOf: "2026-01-15" }),
      create("a --type redis --version 7.2"),
    );
    assert.equal(fixed(create("a --type redis --version 6.2"), MASTODON), create("a --type redis --version 8.2"));
    assert.equal(fixed(create("a --type redis --version 9.0")), "no fix");
  });

  it("a comment above the command silences what stands on its later lines", () => {
    const text = `# cache-compat-ignore-next-line aptible/version-deprecated -- moved next week\naptible db:create a \\\n  --type redis \\\n  --version 7.0-aof\n`;
    assert.deepEqual(told({ "a.sh": text }, {}, /aptible|suppression/), []);
  });
});

describe("aptible db:create: flavours", () => {
  const flavours = (files: Files, settings = {}): string[] => told(files, settings, /nordb|bare/);
  const bare = { "a.sh": create("social --type redis --version 8.2") };
  const memory = { "a.sh": create("social --type redis --version 8.2-nordb") };

  it("are told under a queue only", () => {
    assert.deepEqual(flavours(bare), []);
    assert.deepEqual(flavours(bare, MASTODON), ["a.sh:1 8.2 aptible/bare-version-is-rdb-only warning"]);
    assert.deepEqual(flavours(memory, MASTODON), ["a.sh:1 8.2-nordb aptible/nordb-with-queue warning"]);
    assert.deepEqual(flavours(memory, { apps: { postiz: "2.11" } }).length, 1);
    assert.deepEqual(flavours(memory, { apps: { postiz: "2.12" } }), []);
    for (const [name, text] of Object.entries({
      Gemfile: 'gem "sidekiq"\n',
      "requirements.txt": "celery==5.4\n",
      "package.json": '{ "dependencies": { "bullmq": "5" } }',
    }))
      assert.equal(flavours({ ...memory, [name]: text }).length, 1, name);
  });

  it("are silent for a cache, and where several databases are made", () => {
    assert.deepEqual(flavours({ "a.sh": create("social-cache --type redis --version 8.2-nordb") }, MASTODON), []);
    const cache = AT_APTIBLE.replace("REDIS_URL", "CACHE_REDIS_URL");
    assert.deepEqual(flavours({ ...memory, ".env.production": cache }, MASTODON), []);
    assert.deepEqual(
      flavours({ "a.sh": (memory["a.sh"] ?? "") + create("b --type redis --version 8.2-aof") }, MASTODON),
      [],
    );
    assert.deepEqual(flavours({ ...memory, "b.sh": create("b --type redis --version 8.2-aof") }, MASTODON), []);
  });

  it("need no large disk without persistence", () => {
    assert.deepEqual(flavours({ "a.sh": create("x --type redis --version 8.2-nordb --disk-size 20") }), [
      "a.sh:1 20 aptible/nordb-disk-size hint",
    ]);
    for (const rest of [
      "--version 8.2-nordb --disk-size 1",
      "--version 8.2-aof --disk-size 20",
      '--version 8.2-nordb --disk-size "$SIZE"',
    ])
      assert.deepEqual(flavours({ "a.sh": create(`x --type redis ${rest}`) }), [], rest);
  });
});

describe("aptible: promotions", () => {
  const promotions = (text: string, settings = {}): string[] => told({ "a.sh": text }, settings, /replicaof/);
  const APTIBLE = { platform: "aptible" } as const;

  it("are told where Aptible runs the cache", () => {
    assert.deepEqual(promotions('redis-cli -u "$URL" replicaof no one\n', APTIBLE), [
      "a.sh:1 replicaof no one aptible/replicaof-not-persisted information",
    ]);
    assert.equal(promotions('echo "SLAVEOF NO ONE" | redis-cli -u "$URL"\n', APTIBLE).length, 1);
    assert.equal(promotions("redis-cli -u $URL <<EOF\nPING\nREPLICAOF NO ONE\nEOF\n", APTIBLE).length, 1);
    assert.equal(promotions('aptible db:tunnel x &\nredis-cli "REPLICAOF NO ONE"\n').length, 1);
    assert.deepEqual(promotions('redis-cli -u "$URL" replicaof no one\n'), []);
  });

  it("are not told for texts, comments and other programs", () => {
    for (const text of [
      "# redis-cli replicaof no one\n",
      "echo 'run: redis-cli replicaof no one'\n",
      "echo REPLICAOF NO ONE | grep x\n",
      "cat <<EOF\nREPLICAOF NO ONE\nEOF\n",
      "redis-cli replicaof no ones\n",
    ])
      assert.deepEqual(promotions(text, APTIBLE), [], text);
  });
});
