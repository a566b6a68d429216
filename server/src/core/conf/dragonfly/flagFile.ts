/**
 * A file of flags: each line is one argument, as if it stood on the command line. abseil-cpp absl/flags/parse.cc: ArgsList::ReadFromFlagfile strips
 * blanks in front, passes over empty lines and comments, and stops at anything that does not begin with a minus sign.
 */
import { isHarmless } from "../../excerpt.ts";
import { type Span, spanOf } from "../../text.ts";
import type { FlagTrouble } from "./flags.ts";

export interface FlagFile {
  /** Where the arguments stand. */
  readonly lines: readonly Span[];
  /** Lines that are none. */
  readonly troubles: readonly { readonly trouble: FlagTrouble; readonly span: Span; readonly edited: Span | null }[];
}

export function readFlagFile(text: string): FlagFile {
  const lines: Span[] = [];
  const troubles: FlagFile["troubles"][number][] = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const written = line.trim();
    const start = index + line.indexOf(written);
    const span = spanOf(start, start + written.length);
    if (written === "" || written.startsWith("#")) continue;
    const trouble = troubleOf(written);
    if (trouble === null) lines.push(span);
    else troubles.push({ trouble, span, edited: editedBy(trouble, written, start) });
  }
  return { lines, troubles };
}

function troubleOf(line: string): FlagTrouble | null {
  const refusal = (message: string, instead?: string): FlagTrouble => ({
    rule: "conf/syntax",
    word: 0,
    message: `${message} Dragonfly stops at it.`,
    ...(instead === undefined ? {} : { instead }),
  });
  if (line === "--") return refusal("A file of flags cannot hold a line of two minus signs alone.");
  if (!line.startsWith("-")) {
    const [, name = ""] = /^([a-z][a-z0-9_]*)(?=[ \t=]|$)/.exec(line) ?? [];
    const example = name !== "" && isHarmless(name) ? name : "name";
    return refusal(`Every line of a file of flags begins with a minus sign: write --${example}=<value>.`);
  }
  const [, name] = /^--?([\w-]+)[ \t]+[^ \t]/.exec(line) ?? [];
  if (name === undefined) return null;
  const shown = isHarmless(name) ? name : "name";
  return refusal(
    `A flag and its value are joined by an equals sign in a file of flags: write --${shown}=<value>.`,
    "=",
  );
}

/** The blanks between a flag and its value; nothing for other troubles. */
function editedBy({ instead }: FlagTrouble, line: string, start: number): Span | null {
  const [, name = "", blanks = ""] = /^(--?[\w-]+)([ \t]+)/.exec(line) ?? [];
  return instead === undefined ? null : spanOf(start + name.length, start + name.length + blanks.length);
}
