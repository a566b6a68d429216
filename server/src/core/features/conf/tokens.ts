/** Words whose colour the version decides: directives, statements of Sentinel, words of an enumeration. */
import type { Checker } from "../../checker.ts";
import type { Standing, Word } from "../../conf/index.ts";
import type { Report } from "../../report.ts";
import type { Span } from "../../text.ts";
import { linesOf } from "./words.ts";

export const TOKEN_TYPES = ["keyword", "enumMember"] as const;
export const TOKEN_MODIFIERS = ["deprecated", "notInVersion"] as const;

export interface ConfToken {
  readonly span: Span;
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly modifier: (typeof TOKEN_MODIFIERS)[number] | null;
}

/** In the order of the text; names that no server knows are left to the grammar. */
export function confTokens(checker: Checker, report: Report): ConfToken[] {
  const target = report.conf?.target ?? null;
  const { conf } = checker;
  const isSentinel = report.conf?.isSentinel === true;
  const tokens: ConfToken[] = [];
  // Every version reads the lines of users alike.
  if (report.conf?.isAcl === true) return tokens;
  const put = (word: Word, type: ConfToken["type"], standing: Standing | null): void => {
    const { start, end } = word;
    if (standing !== null) tokens.push({ span: { start, end }, type, modifier: modifierOf(standing) });
  };
  for (const { words } of linesOf(report.source)) {
    const [name, ...args] = words;
    if (name === undefined) continue;
    put(name, "keyword", conf.standing(name.value, target));
    if (isSentinel && name.value.toLowerCase() === "sentinel") {
      if (args[0] !== undefined) put(args[0], "keyword", conf.standingOfStatement(args[0].value, target));
      continue;
    }
    for (const word of args) put(word, "enumMember", conf.standingOfValue(name.value, word.value, target));
  }
  return tokens;
}

function modifierOf(standing: Standing): ConfToken["modifier"] {
  return standing === "deprecated" ? "deprecated" : standing === "not-in-version" ? "notInVersion" : null;
}
