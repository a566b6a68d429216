// The files beside compose: a server's configuration and the variables of the app, in a real VS Code.
import assert from "node:assert/strict";
import { diagnosticsOf, has, ruleOf, textOf } from "./until.ts";
import { apply, fileUri, hoverText, open, quickFixes, rangeOf, writeToDisk } from "./workspace.ts";

describe("a server's configuration", () => {
  it("has its language, is judged for the service that mounts it, and is fixed", async () => {
    await writeToDisk(
      "cache/compose.yaml",
      "services:\n  kv:\n    image: redis:6.2\n    command: redis-server /etc/redis.conf\n    volumes: [./redis.conf:/etc/redis.conf]\n",
    );
    await writeToDisk("cache/redis.conf", "maxmemry 256mb\nenable-debug-command no\n");
    const { document } = await open("cache/redis.conf");
    assert.equal(document.languageId, "redis-conf");
    const all = await diagnosticsOf(document.uri, has("conf/not-in-version"));
    assert.match(all.map(({ message }) => message).join("\n"), /Redis 6\.2 refuses to start/);
    const unknown = all.find((one) => ruleOf(one) === "conf/unknown-directive");
    assert(unknown);
    const fix = (await quickFixes(document.uri, unknown.range)).find(({ title }) => title === "Change to maxmemory");
    assert(fix);
    await apply(fix);
    await textOf(document, (text) => text.startsWith("maxmemory 256mb"));
    assert.match(await hoverText(document.uri, rangeOf(document, "maxmemory").start), /Redis 6\.2/);
    // The service moves to a version that knows the directive: the file beside it is judged anew.
    await writeToDisk(
      "cache/compose.yaml",
      "services:\n  kv:\n    image: redis:7.2\n    command: redis-server /etc/redis.conf\n    volumes: [./redis.conf:/etc/redis.conf]\n",
    );
    await diagnosticsOf(document.uri, (left) => !has("conf/not-in-version")(left));
  });
});

describe("the app's variables", () => {
  it("are judged for the version of the app in the compose file", async () => {
    await writeToDisk(".env.production", "REDIS_HOST=redis\nREDIS_NAMESPACE=mastodon\n");
    const { document } = await open(".env.production");
    const [removed] = (await diagnosticsOf(document.uri, has("mastodon/redis-namespace-removed"))).filter(
      (one) => ruleOf(one) === "mastodon/redis-namespace-removed",
    );
    assert(removed);
    assert.equal(document.getText(removed.range), "REDIS_NAMESPACE");
    assert.match(await hoverText(document.uri, rangeOf(document, "REDIS_HOST").start), /Mastodon/);
    assert.equal(fileUri(".env.production").path, document.uri.path);
  });
});
