// Where the grammar says illegal, the server refuses, and the other way round.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { IGrammar } from "vscode-textmate";
import { isIllegal, loadGrammar, tokenize } from "./grammar.ts";
import { isMark } from "./marks.ts";
import { refusal } from "./redisServer.ts";

const FIXTURE = path.join(__dirname, "fixtures", "judged.conf");

describe("grammar and server", () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar();
  });

  for (const line of readFileSync(FIXTURE, "utf8").split("\n")) {
    if (!line.trim() || isMark(line)) continue;
    it(`agree about: ${line}`, async function () {
      this.timeout(20_000);
      const illegal = tokenize(grammar, line).flat().some(isIllegal);
      const said = await refusal(line);
      assert.equal(said !== "", illegal, said || "the server took it");
    });
  }
});
