// Whatever stands in a file, and wherever a secret stands: nothing of it comes out in words. Edits may carry it, within the file.
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  checkEnv,
  completeEnv,
  ENV_VARIABLES,
  type EnvApp,
  type EnvInput,
  type EnvSurroundings,
  hoverEnv,
} from "../../server/src/core/env/index.ts";
import { PREFIXES } from "../../server/src/core/env/mastodon.ts";

const KNOWN = [
  ...new Set(
    ["mastodon", "postiz", "laravel", "sidekiq", "bullmq", "docker:bitnami/redis"].flatMap((app) =>
      ENV_VARIABLES.ofApp(app).map(({ name }) => name),
    ),
  ),
];
const NAMES = [...KNOWN, "CACHE_URL", "REDIS_NAMESPACE", "ES_ENABLED", "MAIN_URL", "FRONTEND_URL", "OTHER"];
/** Around the secret: every place of a URL, of a list, of a quoted or commented value, of an expression. */
const SHAPES: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `redis://:${secret}@redis:6379/0`,
  (secret) => `rediss://user:${secret}@redis:6379/0`,
  (secret) => `redis://${secret}:x@redis:6379/0`,
  (secret) => `redis://${secret}@redis`,
  (secret) => `redis://redis:${secret}/0`,
  (secret) => `redis://${secret}:6379/x`,
  (secret) => `redis://redis:6379/${secret}`,
  (secret) => `redis://redis:6379/0?password=${secret}`,
  (secret) => `redis//:${secret}@redis:6379`,
  (secret) => `:${secret}@redis:6379`,
  (secret) => `http://:${secret}@redis`,
  (secret) => `${secret}://redis`,
  (secret) => `redis://:${secret}/#@redis:6379`,
  (secret) => `memcached://:${secret}@mc`,
  (secret) => `one:26379, ${secret}:26379,${secret}`,
  (secret) => `"${secret}`,
  (secret) => `'${secret}' x`,
  (secret) => `"${secret}"`,
  (secret) => `abc #${secret}`,
  (secret) => `abc#${secret}`,
  (secret) => `# ${secret}`,
  (secret) => `abc$${secret}`,
  (secret) => `\${REDIS_X:-${secret}}`,
  (secret) => `"a\n${secret}=b\nc"`,
  (secret) => `${secret} ${secret}`,
];
const APPS: readonly (readonly EnvApp[])[] = [
  [],
  [{ app: "mastodon", version: "4.6" }],
  [{ app: "mastodon", version: "4.2" }],
  [{ app: "mastodon", version: null }],
  [{ app: "postiz", version: "2.20" }],
  [{ app: "laravel", version: null }],
  [{ app: "bullmq", version: null }],
  [
    { app: "sidekiq", version: null },
    { app: "docker:bitnami/redis", version: null },
  ],
];
const AROUND: readonly EnvSurroundings[] = [
  {},
  { composeReads: true, complete: true, processes: new Set(["rails", "streaming"]), oldCompose: true },
  { djangoEnviron: true, hosts: [{ host: "redis", engine: "redis", port: 6379 }] },
  {
    services: ["web"],
    overruled: new Map(
      KNOWN.map((name) => [
        name,
        [{ service: "web", value: "other", place: { path: "/c.yaml", span: { start: 0, end: 1 } } }],
      ]),
    ),
  },
  { laravel: { major: 11, cacheVariable: "CACHE_STORE", stockMemcachedHost: true } },
];

/** No word that a message could hold of itself; short ones would be found in any text. */
const secret = fc
  .string({ unit: fc.constantFrom(..."QXZJVqxzjv0123456789"), minLength: 9, maxLength: 14 })
  .filter((word) => /[A-Za-z]/.test(word[0] as string));

const line = fc.record({
  name: fc.constantFrom(...NAMES, ...PREFIXES.map((prefix) => `${prefix}REDIS_URL`)),
  shape: fc.constantFrom(...SHAPES),
  lead: fc.constantFrom("", "export ", "  "),
  separator: fc.constantFrom("=", "=", "=", ": ", " ", " = "),
});

describe("env: secrets stay in the file", function () {
  this.timeout(60_000);

  it("in no message, related message, title, hover or completion", function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        secret,
        fc.constantFrom(...APPS),
        fc.constantFrom(...AROUND),
        (lines, word, apps, around) => {
          const text = lines
            .map(({ name, shape, lead, separator }) => `${lead}${name}${separator}${shape(word)}\n`)
            .join("");
          const input: EnvInput = { path: "/project/.env.production", text, apps, around };
          const { told, failed } = checkEnv(input);
          assert.deepEqual(failed, []);
          const words: string[] = [];
          for (const { drafts } of told) {
            for (const { message, related = [], fixes = [] } of drafts)
              words.push(message, ...related.map((place) => place.message), ...fixes.map(({ title }) => title));
          }
          for (let offset = 0; offset <= text.length; offset += 3) {
            const hover = hoverEnv(input, offset);
            if (hover !== null) words.push(hover.markdown, hover.plain);
            for (const { label, newText, detail } of completeEnv(input, offset)) words.push(label, newText, detail);
          }
          for (const shown of words) assert.ok(!shown.includes(word), shown.replaceAll(word, "SECRET"));
        },
      ),
      { numRuns: 400 },
    );
  });

  it("any text is judged, and costs no rule its life", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "\n",
        "\r\n",
        "\r",
        '"',
        "'",
        "#",
        " #",
        "=",
        "\\",
        "$",
        "${",
        "}",
        "://",
        "@",
        ":",
        "/",
        ",",
        " ",
      ),
      fc.constantFrom(...NAMES, "redis", "rediss", "unix", "\uFEFF", "\uD83D"),
      fc.string({ unit: "binary", maxLength: 4 }),
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...APPS),
        fc.constantFrom(...AROUND),
        fc.nat(200),
        (written, apps, around, offset) => {
          const input: EnvInput = { path: "/project/.env", text: written, apps, around };
          assert.deepEqual(checkEnv(input).failed, []);
          hoverEnv(input, offset);
          completeEnv(input, offset);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("every fix stays inside the text", () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        secret,
        fc.constantFrom(...APPS),
        (lines, word, apps) => {
          const text = lines.map(({ name, shape }) => `${name}=${shape(word)}\n`).join("");
          for (const { drafts } of checkEnv({ path: "/project/.env", text, apps }).told) {
            for (const { span, fixes = [] } of drafts) {
              assert.ok(0 <= span.start && span.start < span.end && span.end <= text.length);
              for (const { edits } of fixes) {
                const sorted = edits.toSorted((a, b) => a.span.start - b.span.start);
                for (const [at, edit] of sorted.entries()) {
                  assert.ok(edit.span.start <= edit.span.end && edit.span.end <= text.length);
                  assert.ok(at === 0 || (sorted[at - 1]?.span.end ?? 0) <= edit.span.start, "edits overlap");
                }
              }
            }
          }
        },
      ),
    );
  });
});
