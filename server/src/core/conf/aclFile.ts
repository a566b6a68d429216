/**
 * Files of users, which `aclfile` names. They are read unlike any other: no comments, no quotes, words parted by single blanks, `user` in small
 * letters. Every fault stops the server. Redis 7.2 src/acl.c: ACLLoadFromFile; tried with Redis 7.0.15.
 */
import { aclTroubles, hasSpaces } from "./acl.ts";
import { toBytes } from "./bytes.ts";
import { commonProblems } from "./common.ts";
import type { ConfLine } from "./parser.ts";
import type { ConfProblem, Trouble } from "./problem.ts";
import { replaceFix } from "./problem.ts";
import { type Argument, shown } from "./read/argument.ts";
import { ServerState } from "./read/state.ts";
import { aclNames, aclTrouble, mayComeFromModule } from "./read/userLine.ts";
import type { Refusal } from "./refusals.ts";
import { type Candidate, candidates, isBefore7 } from "./target.ts";
import type { VerdictOptions, VerdictTables } from "./verdict.ts";
import type { Word } from "./words.ts";

/** Lines that say something, cut into words as the server cuts them: two blanks have an empty word between them. */
export function parseAclFile(text: string): readonly ConfLine[] {
  const lines: ConfLine[] = [];
  let number = 0;
  for (let start = 0; start <= text.length; ) {
    number++;
    const lineFeed = text.indexOf("\n", start);
    const end = lineFeed < 0 ? text.length : lineFeed;
    const line = parseLine(text, start, end, number);
    if (line !== null) lines.push(line);
    start = end + 1;
  }
  return lines;
}

function parseLine(text: string, from: number, to: number, number: number): ConfLine | null {
  const written = text.slice(from, to);
  const trimmed = written.replace(/[ \t\r]+$/, "");
  const start = from + (trimmed.length - trimmed.replace(/^[ \t\r]+/, "").length);
  const end = from + trimmed.length;
  if (start >= end) return null;
  const words: Word[] = [];
  for (let at = start; at <= end; ) {
    const blank = text.indexOf(" ", at);
    const close = blank < 0 || blank > end ? end : blank;
    words.push({ start: at, end: close, value: toBytes(text.slice(at, close)) });
    at = close + 1;
  }
  return { number, span: { start, end }, words, broken: null };
}

export function judgeAclFile(text: string, options: VerdictOptions, tables: VerdictTables): readonly ConfProblem[] {
  const lines = parseAclFile(text);
  return commonProblems(
    candidates(options.target),
    (candidate) => refusalsFor(lines, text, candidate, options, tables),
    ({ trouble }) => trouble.span.start,
  );
}

function refusalsFor(
  lines: readonly ConfLine[],
  text: string,
  candidate: Candidate,
  options: VerdictOptions,
  tables: VerdictTables,
): readonly Refusal[] {
  const state = new ServerState({ ...candidate, mode: "server", modules: options.modules }, tables);
  if (!options.isWhole) state.noteInclude();
  const users = new Map<string, Word>();
  return lines.flatMap((line) =>
    lineTroubles(line, users, text, state).map(
      (trouble): Refusal => ({ line, trouble, stage: "startup", reportedLine: line.number }),
    ),
  );
}

function lineTroubles(line: ConfLine, users: Map<string, Word>, text: string, state: ServerState): readonly Trouble[] {
  const [keyword, name, ...rules] = line.words;
  if (keyword === undefined) return [];
  if (keyword.value !== "user" || name === undefined) return [keywordTrouble(line, keyword, text)];
  if (hasSpaces(name.value)) {
    return [{ rule: "conf/invalid-value", span: name, what: `the user name ${shown(name.value)} holds a blank` }];
  }
  const earlier = users.get(name.value);
  if (earlier !== undefined && !isBefore7(state.version)) {
    return [
      {
        rule: "conf/invalid-value",
        span: name,
        what: `a user ${shown(name.value)} stands in this file already`,
        related: [{ span: earlier, message: "The first line of this user" }],
        advice: "Put all rules of a user on one line.",
      },
    ];
  }
  users.set(name.value, name);
  return ruleTroubles(name, rules, state);
}

function keywordTrouble(line: ConfLine, keyword: Word, text: string): Trouble {
  const fixes = keyword.value.toLowerCase() === "user" && line.words.length > 1;
  if (keyword.value.startsWith("#")) {
    const next = text.indexOf("\n", line.span.end);
    const start = text.lastIndexOf("\n", line.span.start - 1) + 1;
    return {
      rule: "conf/syntax",
      span: line.span,
      what: "a file of users takes no comments",
      advice: "Remove the line.",
      fixes: [{ title: "Remove the comment", edits: [{ start, end: next < 0 ? text.length : next + 1, newText: "" }] }],
    };
  }
  return {
    rule: "conf/syntax",
    span: { start: keyword.start, end: keyword.end },
    what: "every line of a file of users begins with `user`, in small letters, and the name of the user",
    ...(fixes ? { fixes: [replaceFix("Change to user", keyword, "user")] } : {}),
  };
}

/** Channels may be open or closed at the start, as `acl-pubsub-default` says in another file: only what fails both ways is told. */
function ruleTroubles(name: Word, rules: readonly Word[], state: ServerState): readonly Trouble[] {
  const args: Argument[] = [name, ...rules].map((word) => ({ value: trimmed(word.value), span: word, isWord: true }));
  const values = args.slice(1).map(({ value }) => value);
  const setting = { version: state.version, names: aclNames(state) };
  const open = aclTroubles(values, { ...setting, allChannelsByDefault: true });
  return aclTroubles(values, { ...setting, allChannelsByDefault: false })
    .filter(({ rule, stage }) => open.some((other) => other.rule === rule && other.stage === stage))
    .filter(({ rule, stage }) => stage === "form" || !mayComeFromModule(values[rule] ?? "", state))
    .map(({ rule, what }) => aclTrouble(args, rule, what));
}

function trimmed(value: string): string {
  return value.replace(/^[\t\r]+|[\t\r]+$/g, "");
}
