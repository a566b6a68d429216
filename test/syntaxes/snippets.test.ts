// Each snippet, with its defaults and with each choice, is a configuration that the server takes and the grammar likes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { IGrammar } from "vscode-textmate";
import { isIllegal, loadGrammar, SYNTAXES, tokenize } from "./grammar.ts";
import { answer, refusal } from "./redisServer.ts";

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

/** What stands at a tab stop: one text, or one of several. */
const STOP = /\$(?:(\d+)|\{(\d+)(?::([^{}|]*)|\|([^{}|]*)\|)?\})/g;

/** All defaults first, then one text for each further choice, the others at their default. */
function expansions(body: string): readonly string[] {
  const texts = new Map<string, readonly string[]>();
  for (const [, , stop, text, choices] of body.matchAll(STOP))
    if (stop !== undefined) texts.set(stop, choices?.split(",") ?? [text ?? ""]);
  const fill = (chosen: string, text: string): string =>
    body.replace(STOP, (_, plain: string | undefined, braced: string | undefined) => {
      const stop = plain ?? braced ?? "";
      return stop === chosen ? text : (texts.get(stop)?.[0] ?? "");
    });
  const others = [...texts].flatMap(([stop, choices]) => choices.slice(1).map((choice) => fill(stop, choice)));
  return [fill("", ""), ...others];
}

const names = (config: string): readonly string[] => config.split("\n").map((line) => line.split(" ")[0] ?? "");

describe("snippets", () => {
  const file = path.join(SYNTAXES, "redis-conf.snippets.json");
  const snippets: Readonly<Record<string, Snippet>> = JSON.parse(readFileSync(file, "utf8"));
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  it("have prefixes of their own, each one word", () => {
    const prefixes = Object.values(snippets).flatMap((snippet) => snippet.prefix);
    assert.deepEqual([...new Set(prefixes)], prefixes);
    for (const prefix of prefixes) assert.match(prefix, /^[a-z]+(?:-[a-z]+)*$/);
  });

  for (const [name, { body, description }] of Object.entries(snippets)) {
    describe(name, () => {
      const configs = expansions(body.join("\n"));

      it("tells what it is for, numbers its tab stops from 1 and ends at the last place", () => {
        assert.notEqual(description, "");
        const stops = [...body.join("\n").matchAll(STOP)].map(([, plain, braced]) => Number(plain ?? braced));
        assert.equal(stops.pop(), 0);
        assert.deepEqual(
          [...new Set(stops)],
          Array.from({ length: Math.max(...stops) }, (_, i) => i + 1),
        );
        for (const config of configs) assert.doesNotMatch(config, /[${}|]/);
      });

      it("has nothing illegal in it", () => {
        for (const config of configs) assert.deepEqual(tokenize(grammar, config).flat().filter(isIllegal), []);
      });

      if (name === "TLS") {
        // It needs certificates to start; its names must be known.
        it("names what the server knows", async function () {
          this.timeout(20_000);
          const known = await answer("CONFIG GET *port tls-*");
          assert.ok(known.includes("\r\ntls-port\r\n"), "the redis-server of this machine was built without TLS");
          for (const config of configs)
            for (const directive of names(config)) assert.ok(known.includes(`\r\n${directive}\r\n`), directive);
        });
        return;
      }

      for (const [i, config] of configs.entries()) {
        it(i === 0 ? "is taken by the server" : `is taken with choice ${i}`, async function () {
          this.timeout(20_000);
          assert.equal(await refusal(config, name.startsWith("Sentinel") ? "sentinel" : "server"), "");
        });
      }
    });
  }
});
