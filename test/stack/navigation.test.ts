// From a variable to its line, from a host to its service, from a mount to its file, and back.
import assert from "node:assert/strict";
import {
  builtInCatalog,
  Checker,
  hoverOf,
  type Place,
  type Report,
  stackDefinition,
  stackLinks,
  stackReferences,
} from "../../server/src/core/index.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { must } from "../support/must.ts";

const checker = new Checker(builtInCatalog());

const COMPOSE = `services:
  redis:
    image: redis:7.4.11
    command: redis-server /etc/redis.conf --port 6380 --requirepass \${SECRET}
    volumes:
      - ./redis.conf:/etc/redis.conf:ro
  web:
    image: ghcr.io/mastodon/mastodon:v4.5.16
    env_file: app.env
    depends_on: [redis]
`;
const TEXTS: Readonly<Record<string, string>> = {
  "compose.yaml": COMPOSE,
  "app.env": "REDIS_HOST=redis\nREDIS_PORT=6380\nREDIS_PASSWORD=Zq81vBn4\n",
  "redis.conf": "port 6390\nmaxmemory 1gb\nmaxmemory-policy noeviction\n",
  ".env": "SECRET=Zq81vBn4\n",
};
const FILES = new MemoryFiles(new Map(Object.entries(TEXTS).map(([name, text]) => [`/project/${name}`, text])));

function reportOf(name: string): Report {
  const source = { path: `/project/${name}`, text: must(TEXTS[name]), languageId: null };
  return checker.check({ source, layers: [], files: FILES, today: "2026-11-20", useProjectFile: true });
}

/** `compose.yaml: redis`, the text at a place; a file alone for its beginning. */
function shown({ path, span }: Place): string {
  const name = path.replace("/project/", "");
  return `${name}: ${must(TEXTS[name]).slice(span.start, span.end)}`;
}

/** Where the `at`th occurrence of a text begins. */
function offsetOf(name: string, text: string, at = 1): number {
  let offset = -1;
  for (let i = 0; i < at; i++) offset = must(TEXTS[name]).indexOf(text, offset + 1);
  assert.notEqual(offset, -1, text);
  return offset + 1;
}

function definition(name: string, text: string, at = 1): string | null {
  const found = stackDefinition(reportOf(name), offsetOf(name, text, at));
  return found === null ? null : shown(found.target);
}

function references(name: string, text: string, at = 1): string[] {
  return stackReferences(reportOf(name), offsetOf(name, text, at), true)
    .map(shown)
    .sort();
}

describe("stack: navigation", () => {
  it("leads from what a client says to what the server says", () => {
    assert.equal(definition("app.env", "redis"), "compose.yaml: redis");
    assert.equal(definition("app.env", "6380"), "compose.yaml: 6380");
    assert.equal(definition("app.env", "Zq81vBn4"), "compose.yaml: $" + "{SECRET}");
  });

  it("leads from names in a compose file to what they name", () => {
    assert.equal(definition("compose.yaml", "app.env"), "app.env: ");
    assert.equal(definition("compose.yaml", "./redis.conf"), "redis.conf: ");
    assert.equal(definition("compose.yaml", "/etc/redis.conf"), "redis.conf: ");
    assert.equal(definition("compose.yaml", "redis]"), "compose.yaml: redis");
    assert.equal(definition("compose.yaml", "SECRET"), ".env: Zq81vBn4");
    assert.equal(definition("compose.yaml", "web"), null);
  });

  it("leads from a line of a configuration to the option that overrules it", () => {
    assert.equal(definition("redis.conf", "port"), "compose.yaml: --port");
    assert.equal(definition("redis.conf", "maxmemory"), null);
  });

  it("finds all that lead to a service, from there and from each of them", () => {
    const expected = ["app.env: redis", "compose.yaml: redis", "compose.yaml: redis"];
    assert.deepEqual(references("compose.yaml", "redis"), expected);
    assert.deepEqual(references("app.env", "redis"), expected);
    assert.deepEqual(stackReferences(reportOf("compose.yaml"), offsetOf("compose.yaml", "redis"), false).length, 2);
    assert.deepEqual(references("compose.yaml", "image"), []);
  });

  it("links the files that a compose file names", () => {
    const links = stackLinks(reportOf("compose.yaml")).map(({ span, path }) => [
      COMPOSE.slice(span.start, span.end),
      path,
    ]);
    assert.deepEqual(
      new Map(links as [string, string][]),
      new Map([
        ["app.env", "/project/app.env"],
        ["./redis.conf:/etc/redis.conf:ro", "/project/redis.conf"],
        ["/etc/redis.conf", "/project/redis.conf"],
      ]),
    );
  });
});

describe("stack: hover", () => {
  const hover = (name: string, text: string): string =>
    must(hoverOf(checker, reportOf(name), offsetOf(name, text)) ?? undefined).markdown;

  it("shows what a server has in effect, and where from", () => {
    for (const text of [hover("compose.yaml", "redis"), hover("app.env", "redis")]) {
      assert.match(text, /Redis 7\.4/);
      assert.match(text, /\| port \| 6380 \| compose\.yaml line 4 \|/);
      assert.match(text, /\| password \| set \| compose\.yaml line 4 \|/);
      assert.match(text, /\| databases \| 16 \| the default \|/);
      assert.match(text, /\| maxmemory-policy \| `noeviction` \| redis\.conf line 3, overrides the default \|/);
      assert.doesNotMatch(text, /protected-mode/, "the image turns it off");
      assert.match(text, /Used by web as main, queue, cache\./);
    }
  });

  it("shows where an app connects to", () => {
    assert.match(hover("compose.yaml", "web"), /\| queue \| `redis:6380` \(service redis\) \| app\.env line 1 \|/);
  });

  it("shows no password", () => {
    for (const text of ["redis", "web"]) assert.doesNotMatch(hover("compose.yaml", text), /Zq81vBn4/);
  });
});
