/** What shell commands do with databases at Aptible: those that make one, and those that promote a replica. */
import { partSpan, type ShellCommand, type ShellWord, UNKNOWN } from "../parse/shell.ts";
import { type Span, spanOf } from "../text.ts";

export interface WrittenValue {
  readonly text: string;
  /** `null` where it does not stand in one piece. */
  readonly span: Span | null;
}

/** `aptible db:create HANDLE --type redis --version 8.2-aof`. */
export interface DbCreate {
  /** `null`: not given, or only the running shell knows it. */
  readonly type: string | null;
  readonly version: WrittenValue | null;
  readonly diskSize: WrittenValue | null;
  readonly handle: string | null;
  /** The whole command. */
  readonly span: Span;
}

/** Words that may stand before a command. */
const BEFORE = new Set("if then else elif while until do ! { time exec command sudo nohup env bundle".split(" "));
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

/** The words from the program on; empty where another program is called. */
function called({ words }: ShellCommand, program: RegExp): readonly ShellWord[] {
  let isBehindRunner = false;
  for (const [at, { value }] of words.entries()) {
    if (program.test(value)) return words.slice(at);
    if (BEFORE.has(value)) isBehindRunner = true;
    else if (!ASSIGNMENT.test(value) && !(isBehindRunner && value.startsWith("-"))) return [];
  }
  return [];
}

/** The value of an option, the last one when it is given twice. */
function option(words: readonly ShellWord[], name: string): WrittenValue | null {
  let found: WrittenValue | null = null;
  for (const [at, word] of words.entries()) {
    const next = words[at + 1];
    if (word.value === name && next !== undefined) found = written(next, 0);
    else if (word.value.startsWith(`${name}=`)) found = written(word, name.length + 1);
  }
  return found;
}

function written(word: ShellWord, from: number): WrittenValue {
  const text = word.value.slice(from);
  return { text, span: text === "" ? null : partSpan(word, from, word.value.length) };
}

export function dbCreates(commands: readonly ShellCommand[]): DbCreate[] {
  return commands.flatMap((command): DbCreate[] => {
    const words = called(command, /(?:^|\/)aptible$/);
    if (words[1]?.value !== "db:create") return [];
    const rest = words.slice(2);
    const type = option(rest, "--type")?.text ?? null;
    const handle = rest.find(({ value }, at) => !value.startsWith("-") && !isValue(rest[at - 1]))?.value ?? null;
    return [
      {
        type: type === null || type.includes(UNKNOWN) ? null : type.toLowerCase(),
        version: known(option(rest, "--version")),
        diskSize: known(option(rest, "--disk-size")),
        handle: handle?.includes(UNKNOWN) === false ? handle : null,
        span: spanOf((words[0] as ShellWord).span.start, (words.at(-1) as ShellWord).span.end),
      },
    ];
  });
}

function known(value: WrittenValue | null): WrittenValue | null {
  return value === null || value.text.includes(UNKNOWN) || value.text === "" ? null : value;
}

/** An option that takes the next word. */
function isValue(before: ShellWord | undefined): boolean {
  return before !== undefined && /^--(?!no-)[a-z-]+$/.test(before.value);
}

const CLIENT = /(?:^|\/)(?:redis|valkey)-cli$/;
const PROMOTION = /\b(?:replicaof|slaveof)\s+no\s+one\b/i;

/** Places where a replica is promoted: words behind a client, or a text that goes into one. */
export function promotions(commands: readonly ShellCommand[], text: string): Span[] {
  return commands.flatMap((command, at): Span[] => {
    const words = called(command, CLIENT);
    const own = words.length > 0 ? promotionIn(words.slice(1)) : null;
    if (own !== null) return [own];
    if (words.length > 0) return command.heredocs.flatMap((body) => promotionInText(text, body) ?? []);
    const next = commands[at + 1];
    const isFed = command.isPiped && next !== undefined && called(next, CLIENT).length > 0;
    const fed = isFed ? promotionIn(called(command, /^(?:echo|printf)$/).slice(1)) : null;
    return fed === null ? [] : [fed];
  });
}

function promotionIn(words: readonly ShellWord[]): Span | null {
  for (const [at, word] of words.entries()) {
    if (PROMOTION.test(word.value)) return word.span;
    const three = words.slice(at, at + 3);
    if (three.length === 3 && PROMOTION.test(three.map(({ value }) => value).join(" ")) && /^\w+$/.test(word.value))
      return spanOf(word.span.start, (three[2] as ShellWord).span.end);
  }
  return null;
}

function promotionInText(text: string, body: Span): Span | null {
  const match = PROMOTION.exec(text.slice(body.start, body.end));
  if (match === null) return null;
  const start = body.start + match.index;
  return spanOf(start, start + match[0].length);
}
