// Parts as one URL, and a URL as its parts, at a caret drawn as `|`.
import assert from "node:assert/strict";
import fc from "fast-check";
import { type EnvSurroundings, rewritesEnv } from "../../server/src/core/env/index.ts";
import { applyEdits } from "../../server/src/core/features/fixAll.ts";
import { appsOf } from "./support/marked.ts";

const PATH = "/project/.env.production";

interface Question {
  readonly apps?: readonly string[];
  readonly around?: EnvSurroundings;
}

/** The text after the rewrite; `null` where none is offered. */
function rewritten(marked: string, { apps = ["mastodon@4.5"], around = {} }: Question = {}): string | null {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const [rewrite] = rewritesEnv({ path: PATH, text, apps: appsOf(apps), around }, offset);
  return rewrite === undefined ? null : applyEdits(text, rewrite.edits);
}

describe("env rewrites", () => {
  it("writes one URL for the parts, with defaults and an encoded password", () => {
    assert.equal(rewritten("REDIS_HO|ST=cache\n"), "REDIS_URL=redis://cache:6379/0\n");
    assert.equal(
      rewritten("A=1\nREDIS_HOST=cache\nB=2\nREDIS_PORT=6380\nREDIS_PASS|WORD='p@ss/w rd'\nREDIS_DB=3\nC=3\n"),
      "A=1\nREDIS_URL=redis://:p%40ss%2Fw%20rd@cache:6380/3\nB=2\nC=3\n",
    );
    assert.equal(
      rewritten("CACHE_REDIS_PASSWORD=x\r\nCACHE_REDIS_HOST=c|\r\n"),
      "CACHE_REDIS_URL=redis://:x@c:6379/0\r\n",
    );
    assert.equal(
      rewritten('REDIS_HOST=|c\nREDIS_PASSWORD="a!\'(é)*~b"\n'),
      "REDIS_URL=redis://:a%21%27%28%C3%A9%29%2A~b@c:6379/0\n",
    );
    assert.equal(rewritten("export REDIS_HOST=c|"), "export REDIS_URL=redis://c:6379/0");
  });

  it("writes the parts of a URL, and no more than it says", () => {
    assert.equal(rewritten("REDIS_URL=redis://cac|he\n"), "REDIS_HOST=cache\nREDIS_PORT=6379\n");
    assert.equal(
      rewritten('A=1\nexport |REDIS_URL="redis://:p%40ss@cache:6380/2"\nB=2\n'),
      "A=1\nexport REDIS_HOST=cache\nexport REDIS_PORT=6380\nexport REDIS_PASSWORD=p@ss\nexport REDIS_DB=2\nB=2\n",
    );
  });

  it("offers nothing where both would not mean the same", () => {
    for (const marked of [
      "REDIS_HOST=c|\nREDIS_USER=me\n",
      "REDIS_HOST=c|\nREDIS_SENTINELS=a,b\n",
      "REDIS_HOST=c|\nREDIS_URL=redis://d\n",
      "REDIS_HOST=c|\nREDIS_HOST=d\n",
      "REDIS_HOST=c| # why\n",
      "REDIS_HOST=${OTHER|}\n",
      "REDIS_HOST=|\n",
      "REDIS_HOST=c|\nREDIS_PORT=x\n",
      "REDIS_HOST=c|\nX=${REDIS_HOST}\n",
      "REDIS_PASSWORD=c|\n",
      "REDIS_NAMESPACE=c|\nREDIS_HOST=d\n",
      "REDIS_URL=rediss://c|ache\n",
      "REDIS_URL=unix:///run/c|ache\n",
      "REDIS_URL=redis://me:p@c|ache\n",
      "REDIS_URL=redis://c|ache?timeout=1\n",
      "REDIS_URL=redis://:a+b@c|ache\n",
      "REDIS_URL=redis://:a%23b@c|ache\n",
      "REDIS_URL=redis://c|ache\nREDIS_HOST=d\n",
    ]) {
      assert.equal(rewritten(marked), null, marked);
    }
  });

  it("offers nothing to other readers, or where the value comes from elsewhere", () => {
    assert.equal(rewritten("REDIS_HOST=c|\n", { apps: ["postiz@2.0"] }), null);
    assert.equal(rewritten("REDIS_HOST=c|\n", { apps: ["mastodon@4.5", "postiz@2.0"] }), null);
    const outside = new Map([["REDIS_PORT", { value: "1", place: null }]]);
    assert.equal(rewritten("REDIS_HOST=c|\n", { around: { outside } }), null);
    assert.equal(rewritten("REDIS_HOST=c|\n", { around: { interpolated: new Set(["REDIS_HOST"]) } }), null);
  });

  it("comes back to where it began", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9._~:,@/=-]{1,12}$/);
    const host = fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/);
    const port = fc.integer({ min: 1, max: 65535 });
    fc.assert(
      fc.property(host, port, fc.option(word), fc.integer({ min: 1, max: 15 }), (name, number, password, db) => {
        const secret = password === null ? "" : `REDIS_PASSWORD=${password}\n`;
        const parts = `REDIS_HOST=${name}\nREDIS_PORT=${number}\n${secret}REDIS_DB=${db}\n`;
        const url = rewritten(`|${parts}`);
        assert.ok(url?.startsWith("REDIS_URL=redis://") && url.split("\n").length === 2);
        assert.equal(rewritten(`|${url}`), parts);
      }),
      { numRuns: 300 },
    );
  });
});
