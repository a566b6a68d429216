// The grammar, read the way VS Code reads it: vscode-textmate over the regular expressions of oniguruma.
import { readFileSync } from "node:fs";
import path from "node:path";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from "vscode-textmate";
import { must } from "../support/must.ts";

export const SYNTAXES = path.join(__dirname, "..", "..", "syntaxes");
const GRAMMAR = path.join(SYNTAXES, "redis-conf.tmLanguage.json");
const SCOPE = "source.redis-conf";

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Outermost first, without the scope of the file and without `.redis-conf` behind each. */
  readonly scopes: readonly string[];
}

export async function loadGrammar(): Promise<IGrammar> {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  const registry = new Registry({
    onigLib: loadWASM(wasm).then(() => ({ createOnigScanner, createOnigString })),
    loadGrammar: async (scope) => (scope === SCOPE ? parseRawGrammar(readFileSync(GRAMMAR, "utf8"), GRAMMAR) : null),
  });
  return must(await registry.loadGrammar(SCOPE), SCOPE);
}

/** Tokens of each line. Lines are cut at line feeds, so those of a CRLF file keep their carriage return. */
export function tokenize(grammar: IGrammar, text: string): readonly (readonly Token[])[] {
  let state = INITIAL;
  return text.split("\n").map((line) => {
    const result = grammar.tokenizeLine(line, state);
    if (result.stoppedEarly) throw new Error(`gave up on: ${line.slice(0, 80)}`);
    state = result.ruleStack;
    return result.tokens.map(({ startIndex, endIndex, scopes }) => {
      const end = Math.min(endIndex, line.length);
      return {
        start: startIndex,
        end,
        text: line.slice(startIndex, end),
        scopes: scopes.slice(1).map((scope) => scope.replace(/\.redis-conf$/, "")),
      };
    });
  });
}

export const isIllegal = (token: Token): boolean => token.scopes.some((scope) => scope.startsWith("invalid."));
