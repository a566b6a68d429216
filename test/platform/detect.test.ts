// Who runs the cache: declared or told by host names, and what becomes of images beside it.
import assert from "node:assert/strict";
import type { Layer } from "../../server/src/core/index.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { checker, TODAY } from "../support/inProcess.ts";
import { APTIBLE, AT_APTIBLE, AT_ELASTICACHE, ELASTICACHE, type Files, MASTODON, told } from "./support.ts";

function platform(files: Files, name: string, layers: readonly Layer[] = []): string {
  const texts = new Map(Object.entries(files).map(([file, text]) => [`/project/${file}`, text]));
  const report = checker.check({
    source: { path: `/project/${name}`, text: files[name] ?? "", languageId: null },
    layers,
    useProjectFile: true,
    files: new MemoryFiles(texts, "/project"),
    today: TODAY,
  });
  return `${report.platform.platform} ${report.platform.from}`;
}

const COMPOSE = "services:\n  redis:\n    image: redis:6.2-alpine\n";

describe("platform: who runs the cache", () => {
  it("is told by the hosts of a file itself", () => {
    assert.equal(platform({ ".env": AT_APTIBLE }, ".env"), "aptible detected");
    assert.equal(platform({ ".env.production": AT_ELASTICACHE }, ".env.production"), "elasticache detected");
    const web = `services:\n  web:\n    image: x\n    environment:\n      - REDIS_URL=rediss://${APTIBLE}:1\n`;
    assert.equal(platform({ "compose.yaml": web }, "compose.yaml"), "aptible detected");
  });

  it("is told by the nearest folder that names a cache", () => {
    const files = { ".env.production": AT_ELASTICACHE, "deploy/compose.yaml": COMPOSE };
    assert.equal(platform(files, "deploy/compose.yaml"), "elasticache detected");
    const nearer = { ...files, "deploy/.env": "REDIS_URL=redis://redis:6379\n" };
    assert.equal(platform(nearer, "deploy/compose.yaml"), "self-hosted default");
  });

  it("is not told by a line that a later one of the same name beats", () => {
    for (const between of ["", "SETTING=x\n".repeat(2000)]) {
      assert.equal(platform({ ".env": `${AT_ELASTICACHE}${between}REDIS_URL=\n` }, ".env"), "self-hosted default");
      const files = { ".env": `${AT_APTIBLE}${between}${AT_ELASTICACHE}`, "compose.yaml": COMPOSE };
      assert.equal(platform(files, "compose.yaml"), "elasticache detected");
    }
  });

  it("is told by what env_file names", () => {
    const compose = "services:\n  web:\n    image: x\n    env_file: config/app.env\n";
    const files = { "compose.yaml": compose, "config/app.env": AT_APTIBLE };
    assert.equal(platform(files, "compose.yaml"), "aptible detected");
  });

  it("is nobody's where providers differ, where a sample speaks, or where the host only looks like one", () => {
    assert.equal(
      platform({ ".env": AT_APTIBLE + AT_ELASTICACHE.replace("REDIS_URL", "CACHE_REDIS_URL") }, ".env"),
      "self-hosted default",
    );
    assert.equal(
      platform({ ".env.example": AT_APTIBLE, "compose.yaml": COMPOSE }, "compose.yaml"),
      "self-hosted default",
    );
    for (const host of [
      "aptible.in.example.org",
      "notaptible.in",
      "cache.amazonaws.com.evil.org",
      "xcache.amazonaws.com",
      "db.aptible.index.org",
    ])
      assert.equal(platform({ ".env": `REDIS_URL=redis://${host}:1\n` }, ".env"), "self-hosted default", host);
    assert.equal(platform({ ".env": `DATABASE_URL=postgres://u@${APTIBLE}:1\n` }, ".env"), "self-hosted default");
  });

  it("knows hosts in any case, with the dot of the root, in China and beside a secret that nobody reads", () => {
    for (const host of [APTIBLE.toUpperCase(), `${APTIBLE}.`])
      assert.equal(platform({ ".env": `REDIS_URL=rediss://${host}:1\n` }, ".env"), "aptible detected");
    assert.equal(
      platform({ ".env": "REDIS_HOST=a.nyswuz.ng.0001.cnw1.cache.amazonaws.com.cn\n" }, ".env"),
      "elasticache detected",
    );
    assert.equal(
      platform({ ".env": `REDIS_URL=rediss://:\${PASSWORD}@${ELASTICACHE}:6379\n` }, ".env"),
      "elasticache detected",
    );
  });

  it("is declared by flag, comment, project file and setting, in this order, before any host", () => {
    const flag: Layer = { from: "flag", settings: { platform: "aptible" } };
    const setting: Layer = { from: "setting", settings: { platform: "aptible" } };
    const config = JSON.stringify({ platform: "self-hosted" });
    const comment = `# cache-compat: platform=elasticache\n${AT_APTIBLE}`;
    assert.equal(platform({ ".env": comment, "cache-compat.json": config }, ".env", [flag, setting]), "aptible flag");
    assert.equal(platform({ ".env": comment, "cache-compat.json": config }, ".env", [setting]), "elasticache comment");
    assert.equal(
      platform({ ".env": AT_APTIBLE, "cache-compat.json": config }, ".env", [setting]),
      "self-hosted config",
    );
    assert.equal(platform({ ".env": AT_ELASTICACHE }, ".env", [setting]), "aptible setting");
    assert.equal(platform({ ".env": AT_ELASTICACHE }, ".env"), "elasticache detected");
  });
});

describe("platform: images beside it", () => {
  const image = (severity: string): string[] => [`compose.yaml:3 6.2-alpine mastodon/engine-unsupported ${severity}`];

  it("are at most hints", () => {
    assert.deepEqual(told({ "compose.yaml": COMPOSE, ".env.production": AT_ELASTICACHE }, MASTODON), image("hint"));
    assert.deepEqual(told({ "compose.yaml": COMPOSE }, { ...MASTODON, platform: "aptible" }), image("hint"));
    assert.deepEqual(told({ "compose.yaml": COMPOSE }, MASTODON), image("error"));
  });

  it("stay what they are where the same file names a server beside it, too", () => {
    const mixed = `${AT_ELASTICACHE}CACHE_REDIS_URL=redis://redis:6379/1\n`;
    assert.deepEqual(told({ "compose.yaml": COMPOSE, ".env.production": mixed }, MASTODON), image("error"));
  });

  it("have no calendar of their own: the provider's counts", () => {
    const old = "services:\n  redis:\n    image: redis:6.0\n  keep:\n    image: redis:latest\n";
    assert.deepEqual(told({ "compose.yaml": old, ".env.production": AT_APTIBLE }), [
      "compose.yaml:5 latest image/floating-tag hint",
    ]);
  });
});
