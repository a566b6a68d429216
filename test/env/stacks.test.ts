// `.env` files together with the files around them, checked as the command line would.
import assert from "node:assert/strict";
import { hoverEnv } from "../../server/src/core/env/index.ts";
import { builtInCatalog } from "../../server/src/core/index.ts";
import { findingsOf, reportOf, told } from "../conf/project.ts";

const service = (name: string, ...environment: string[]): string =>
  `  ${name}:\n    image: ghcr.io/mastodon/mastodon:v4.5.3\n    env_file: .env.production\n    environment:\n${environment.map((line) => `      ${line}\n`).join("")}`;
const overruled = (text: string, ...services: string[]): string[] =>
  told({ "compose.yaml": `services:\n${services.join("")}`, ".env.production": text }, /^env\/compose-overrides/);

describe("env: environment beats env_file", () => {
  const LINE = "REDIS_HOST=redis\nREDIS_PORT=6379\n";

  it("is told at the line that does not count, with the service", () => {
    const web = service("web", "REDIS_HOST: cache");
    assert.deepEqual(overruled(LINE, web), ['.env.production: env/compose-overrides-env-file at "REDIS_HOST"']);
    const texts = { "compose.yaml": `services:\n${web}`, ".env.production": LINE };
    const [finding] = findingsOf(texts, /^env\/compose-overrides/);
    assert.deepEqual([finding?.severity, finding?.fixes.length, finding?.related.length], ["hint", 1, 1]);
    assert.match(finding?.message ?? "", /the service web sets REDIS_HOST/);
  });

  it("offers to delete the line only where it counts for nobody", () => {
    const texts = {
      "compose.yaml": `services:\n${service("web", "REDIS_HOST: cache")}${service("worker", "OTHER: 1")}`,
      ".env.production": LINE,
    };
    const [finding] = findingsOf(texts, /^env\/compose-overrides/);
    assert.deepEqual([finding?.fixes.length, finding?.tag], [0, undefined]);
    assert.match(finding?.message ?? "", /counts for the others only/);
  });

  it("is silent about equal values, expressions, values of the shell, and what is no cache", () => {
    for (const own of [
      "REDIS_HOST: redis",
      "REDIS_HOST: ${REDIS_HOST}",
      "REDIS_HOST: ${X:-cache}",
      "REDIS_HOST:",
      "DB_HOST: x",
    ])
      assert.deepEqual(overruled(`${LINE}DB_HOST=y\n`, service("web", own)), [], own);
    const other = service("web", "REDIS_HOST: cache").replace(".env.production", "other.env");
    assert.deepEqual(overruled(LINE, other), []);
  });
});

describe("env: apps that the files beside show", () => {
  const ENV = { ".env": "REDIS_URL=http://cache:6379\n" };
  const apps = (texts: Readonly<Record<string, string>>): string[] =>
    (reportOf({ ...ENV, ...texts }, ".env").env?.apps ?? []).map(({ app }) => app);

  it("BullMQ, as a dependency of what runs", () => {
    assert.deepEqual(apps({ "package.json": '{"dependencies": {"bullmq": "^5"}}' }), ["bullmq"]);
    for (const none of [
      '{"devDependencies": {"bullmq": "^5"}}',
      '{"name": "bullmq"}',
      "{bullmq",
      '"bullmq"',
      "[null]",
      '{"dependencies": "bullmq"}',
    ])
      assert.deepEqual(apps({ "package.json": none }), [], none);
    const { env } = reportOf({ ...ENV, "package.json": '{"dependencies": {"bullmq": "^5"}}' }, ".env");
    assert.match(
      (env && hoverEnv(env, 3)?.plain) ?? "",
      /for BullMQ[\s\S]*noeviction[\s\S]*as dotenv for Node reads it/,
    );
  });

  it("Postiz brings BullMQ along and reads its own variables", () => {
    const texts = {
      ".env": "# cache-compat: postiz=2.11\nREDIS_HOST=x\n",
      "package.json": '{"dependencies": {"bullmq": "^5"}}',
    };
    assert.deepEqual(apps(texts), ["postiz"]);
  });

  it("Laravel, Rails, Sidekiq, Django and Celery", () => {
    assert.deepEqual(apps({ "composer.json": '{"require": {"laravel/framework": "^11.0"}}' }), ["laravel"]);
    assert.deepEqual(apps({ Gemfile: 'gem "rails"\ngem "sidekiq"\ngem "dalli"\n' }), [
      "sidekiq",
      "rails",
      "rails (dalli)",
    ]);
    assert.deepEqual(apps({ "requirements.txt": "Django==5.0\ncelery\n" }), [
      "django (settings convention)",
      "django/celery",
    ]);
  });
});

describe("env: the cache page of Postiz", () => {
  it("stands in the hover, beside what the code does", () => {
    const texts = {
      ".env":
        "# cache-compat: postiz=2.11\nREDIS_URL=redis://:Hidden99@redis:6379\nCACHE_DRIVER=redis\nMAIN_URL=https://x\n",
    };
    const report = reportOf(texts, ".env");
    const hover = (word: string): string =>
      report.env === null
        ? ""
        : (hoverEnv(report.env, (texts[".env"] as string).indexOf(word), builtInCatalog().apps)?.plain ?? "");
    for (const word of ["REDIS_URL", "CACHE_DRIVER"]) {
      const text = hover(word);
      for (const fact of [
        "256MB",
        "RDB and AOF",
        "redis-cli ping",
        "6379/tcp",
        "/data",
        "memcached",
        "maxmemory 256mb",
        "reads REDIS_URL only",
        "Temporal",
      ])
        assert.ok(text.includes(fact), `${word}: ${fact}\n${text}`);
      assert.ok(!text.includes("Hidden99"));
    }
    assert.ok(!hover("MAIN_URL").includes("256MB"));
  });
});
