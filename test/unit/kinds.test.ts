// Which files are ours, by name, language and content.
import assert from "node:assert/strict";
import { type DocumentKind, kindOf, mayBeOurs } from "../../server/src/core/documents/kind.ts";

const COMPOSE = "services: {}\n";
const MANIFEST = "apiVersion: v1\nkind: Pod\n";

const CASES: readonly (readonly [path: string, kind: DocumentKind | null, text?: string])[] = [
  ["/compose.yaml", "compose"],
  ["/compose.yml", "compose"],
  ["/docker-compose.yaml", "compose"],
  ["/docker-compose.yml", "compose"],
  ["/compose.override.yaml", "compose"],
  ["/docker-compose.override.yml", "compose"],
  ["/compose.prod.yaml", "compose"],
  ["/docker-compose.prod.local.yml", "compose"],
  ["/docker-compose-prod.yml", "compose"],
  ["/prod.compose.yml", "compose"],
  ["/stack.yml", "compose"],
  ["/stack.yaml", "compose"],
  ["/composer.yaml", null],
  ["/compose.json", null],
  ["/compose-old.yaml", null],
  ["/my-docker-compose.yml", null],
  ["/stack.prod.yml", null],
  ["/compose", null],
  ["/Dockerfile", "dockerfile"],
  ["/Dockerfile.prod", "dockerfile"],
  ["/redis.Dockerfile", "dockerfile"],
  ["/Containerfile", "dockerfile"],
  ["/Dockerfile-prod", null],
  ["/a/.github/workflows/test.yml", "workflow"],
  ["/a/.github/workflows/test.yaml", "workflow"],
  ["/a/.github/workflows/compose.yml", "workflow"],
  ["/a/.github/workflows/deep/test.yml", null],
  ["/a/.github/test.yml", null],
  ["/values.yaml", "helm-values"],
  ["/values.prod.yml", "helm-values"],
  ["/values-prod.yaml", "helm-values"],
  ["/myvalues.yaml", null],
  ["/redis.conf", "server-config"],
  ["/valkey.conf", "server-config"],
  ["/redis-6379.conf", "server-config"],
  ["/valkey-cluster.conf", "server-config"],
  ["/sentinel.conf", "server-config"],
  ["/sentinel-a.conf", "server-config"],
  ["/users.acl", "server-config", "user a on\n"],
  ["/users.acl", null, "acl users src 10.0.0.0/8\n"],
  ["/team.acl", null, "user a on\n"],
  ["/nginx.conf", null],
  ["/redis.conf.bak", null],
  ["/.env", "environment"],
  ["/.env.production", "environment"],
  ["/cache.env", "environment"],
  ["/environment", null],
  ["/cache-compat.json", "project-file"],
  ["/app.yaml", "kubernetes", MANIFEST],
  ["/app.yaml", "kubernetes", `# x\n---\n${MANIFEST}`],
  ["/app.yaml", "kubernetes", '{"apiVersion": "v1", "kind": "Pod"}'],
  ["/app.yaml", null, "apiVersion: v1\n"],
  ["/app.yaml", null, COMPOSE],
  ["/app.txt", null, MANIFEST],
  ["/values.yaml", "kubernetes", MANIFEST],
  ["/notes.md", null, COMPOSE],
];

describe("unit: kinds of files", () => {
  for (const [path, kind, text = COMPOSE] of CASES)
    it(`${path} ${text === COMPOSE ? "" : JSON.stringify(text)} is ${kind ?? "none of ours"}`, () => {
      assert.equal(kindOf(path, null, text), kind);
      if (kind !== null) assert.ok(mayBeOurs(path));
    });

  it("the language of the editor decides where it is one of ours", () => {
    for (const [language, kind] of [
      ["dockercompose", "compose"],
      ["dockerfile", "dockerfile"],
      ["redis-conf", "server-config"],
      ["dotenv", "environment"],
    ] as const)
      assert.equal(kindOf("/anything.txt", language, ""), kind);
    assert.equal(kindOf("/values.yaml", "dockercompose", COMPOSE), "compose");
    assert.equal(kindOf("/a.yaml", "dockercompose", COMPOSE), "compose");
    assert.equal(kindOf("/nginx.conf", "redis-conf", ""), "server-config");
    assert.equal(kindOf("/compose.yaml", "yaml", COMPOSE), "compose");
    assert.equal(kindOf("/untitled", "yaml", MANIFEST), "kubernetes");
    assert.equal(kindOf("/notes", "markdown", MANIFEST), null);
  });

  it("a language that the name contradicts does not count", () => {
    for (const language of ["dockercompose", "dockerfile", "redis-conf", "dotenv"])
      for (const [path, kind, text = COMPOSE] of CASES) {
        const isOpen = kind === null || /\/(?:values|app)/.test(path);
        if (!isOpen) assert.equal(kindOf(path, language, text), kindOf(path, null, text), `${path} as ${language}`);
      }
    for (const language of ["dockerfile", "redis-conf", "dotenv"]) {
      assert.equal(kindOf("/app.yaml", language, MANIFEST), "kubernetes");
      assert.equal(kindOf("/values.yaml", language, ""), "helm-values");
    }
    for (const language of ["dockerfile", "dockercompose", "dotenv"])
      assert.equal(kindOf("/nginx.conf", language, ""), null);
  });
});
