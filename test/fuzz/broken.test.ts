// What once broke something, by name: each is judged in full, as the random ones are.
import assert from "node:assert/strict";
import type { Input } from "./inputs.ts";
import { Judge } from "./judge.ts";

const SECRET = "Zq7NWgxqNfPazCPPFk";

/** By what it brought out or down. */
const BROKEN: Readonly<Record<string, Omit<Input, "secret"> & { readonly secret?: string }>> = {
  "a password at the place of a host, in a message": { kind: "env", text: `REDIS_URL=redis://${SECRET}` },
  "a password at the place of a host, in a hover of its service": {
    kind: "compose",
    text: `services:\n  web:\n    image: ghcr.io/mastodon/mastodon:v4.5.1\n    environment:\n      REDIS_URL: redis://${SECRET}.example.org\n`,
  },
  "a project file that is no JSON, in the excerpt": { kind: "project-file", text: `"${SECRET}"` },
  "a key of a project file, in the message": { kind: "project-file", text: `{"${SECRET}":1}` },
  "an app of a project file, in the message": { kind: "project-file", text: `{"apps":{"${SECRET}":"1"}}` },
  "a rule of a project file, in the message": { kind: "project-file", text: `{"rules":{"${SECRET}":"off"}}` },
  "a setting in a comment, in the message": { kind: "compose", text: `# cache-compat: ${SECRET}=4.5\nservices: {}\n` },
  "a comment that silences nothing, in the excerpt": {
    kind: "compose",
    text: `services:\n  # cache-compat-ignore-next-line -- ${SECRET}\n  redis:\n    image: redis:8.2\n`,
  },
  "YAML that goes on behind its end, in the message": {
    kind: "kubernetes",
    text: `{"apiVersion":1,"kind":,:{"containers":[{"image":"valkey/valkey"}]}}\n\n${SECRET}`,
  },
  "a line that is no YAML, in the excerpt": { kind: "helm", text: `repository: library/redis\n${SECRET}` },
  "an alias without an anchor": { kind: "compose", text: `services:\n  a:\n    image: redis:6.2\n    x: *${SECRET}\n` },
  "a key that stands twice": {
    kind: "compose",
    text: `services:\n  a:\n    image: redis:6.2\n    labels: { ${SECRET}: a, ${SECRET}: b }\n`,
  },
  "an escape that YAML does not know": {
    kind: "compose",
    text: `services:\n  a:\n    image: redis:6.2\n    x: "\\x${SECRET}"\n`,
    secret: SECRET.slice(0, 2),
  },
  "a tag that YAML does not know": {
    kind: "compose",
    text: `services:\n  a:\n    image: redis:6.2\n    x: !e!${SECRET} 1\n`,
  },
  "a directive that YAML does not know": {
    kind: "compose",
    text: `%${SECRET} 1\n---\nservices: { a: { image: redis:6.2 } }\n`,
  },
  "a command where a workflow has an image": {
    kind: "workflow",
    text: `jobs:\n  a:\n    services:\n      command: redis-server --requirepass ${SECRET}\n`,
  },
  "an address where a workflow has an image": {
    kind: "workflow",
    text: `jobs:\n  a:\n    services:\n      url: rediss://u:${SECRET}@cache\n`,
  },
  "letters at the start of a line, in the outline": {
    kind: "conf",
    text: "ZqZXyEkabcdefg\n",
    secret: "ZqZXyEkabcdefg",
  },
};

describe("fuzz: what once broke", function () {
  this.timeout(30_000);
  const judge = new Judge();
  after(() => judge.close());

  for (const [name, { kind, text, secret = SECRET }] of Object.entries(BROKEN)) {
    it(name, async () => {
      const { faults } = await judge.judge({ kind, text, secret });
      assert.deepEqual(faults, []);
    });
  }

  it("50,000 blank lines in a YAML file, which took seconds", async () => {
    const { cpuMs } = await judge.judge({ kind: "kubernetes", text: `${"\n".repeat(50_000)}!`, secret: null });
    assert.ok(cpuMs < 1500, `${cpuMs} ms`);
  });
});
