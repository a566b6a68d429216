// The words and the offers for what stops a server at a line.

import { lowerCase } from "../bytes.ts";
import type { KnownDirective } from "../directiveTable.ts";
import { nearest } from "../nearest.ts";
import type { ConfLine } from "../parser.ts";
import { type ConfFix, type Remedy, replaceFix, type Trouble } from "../problem.ts";
import { isFrom } from "../target.ts";
import { checkValues, versionsThatTake } from "../values/check.ts";
import type { ValueTrouble } from "../values/valueTrouble.ts";
import type { BrokenQuote, Word } from "../words.ts";
import { type Argument, argumentsSpan, fromBytes, shown } from "./argument.ts";
import { historyOf, presentName } from "./explain.ts";
import type { ServerState } from "./state.ts";

export function quoteTrouble(broken: BrokenQuote, state: ServerState): Trouble {
  if (broken.reason === "unclosed") {
    return {
      rule: "conf/syntax",
      span: broken.span,
      what: `the quote ${broken.quote} is never closed`,
      fixes: [
        {
          title: "Add the missing quote",
          edits: [{ start: broken.span.end, end: broken.span.end, newText: broken.quote }],
        },
      ],
    };
  }
  return {
    rule: "conf/syntax",
    span: broken.span,
    what: `text follows the closing quote ${broken.quote} without a blank`,
    ...(state.version.engine === "valkey" ? { advice: "Valkey takes that from 9.0 on." } : {}),
  };
}

export function emptyNameTrouble(line: ConfLine): Trouble {
  const name = line.words[0] as Word;
  return {
    rule: "conf/unknown-directive",
    span: { start: name.start, end: name.end },
    what: "the name of the directive is empty",
  };
}

const BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

/** A name that this version does not know. `null`: it may well exist there. */
export function unknownName(line: ConfLine, name: string, state: ServerState): Trouble | null {
  const word = line.words[0] as Word;
  const span = { start: word.start, end: word.end };
  if (name.startsWith(BYTE_ORDER_MARK)) return byteOrderMark(word);
  const { version, table } = state;
  const anywhere = table.findAnywhere(name);
  if (anywhere !== null) {
    if (state.isNewerThanTables) return null;
    const present = presentName(name, version, table);
    const what = `${shown(name)} is not known here: ${historyOf(anywhere.versions, version)}`;
    if (present === undefined) return { rule: "conf/not-in-version", span, what };
    return { rule: "conf/not-in-version", span, what, fixes: [replaceFix(`Change to ${present}`, span, present)] };
  }
  const remedy = (): Remedy => {
    const assignment = assignmentFix(word, name, state);
    if (assignment !== null) return { fixes: [assignment] };
    const meant = nearest(name.replaceAll("_", "-"), table.names(version));
    return meant === undefined
      ? {}
      : { advice: `Did you mean ${meant}?`, fixes: [replaceFix(`Change to ${meant}`, span, meant)] };
  };
  const mayBeKnown = state.isNewerThanTables || (line.words.length > 1 && mayBeOfModule(name, state));
  if (mayBeKnown && remedy().fixes === undefined) return null;
  // What stands behind = may be a password.
  const what = `there is no directive ${shown(word.value.replace(/[=:].*$/s, ""))}`;
  return { rule: "conf/unknown-directive", span, what, remedy };
}

/** Settings of modules always have a value. */
function mayBeOfModule(name: string, state: ServerState): boolean {
  const keeps =
    isFrom(state.version, { redis: "8.0" }) ||
    (name.includes(".") && isFrom(state.version, { redis: "7.0", valkey: "7.2" }));
  if (!keeps) return false;
  if (state.loadsModules || state.hasInclude) return true;
  return state.modules !== "none" && state.moduleDirectives.includes(name);
}

function byteOrderMark(word: Word): Trouble {
  return {
    rule: "conf/syntax",
    span: { start: word.start + 1, end: word.end },
    what: "an invisible byte order mark stands before this word and counts as part of it",
  };
}

/** `port=6380`: other programs write it so. */
function assignmentFix(word: Word, name: string, state: ServerState): ConfFix | null {
  const match = /^([a-z][a-z0-9_-]*)[=:](.*)$/s.exec(name);
  if (match === null || state.table.find(match[1] as string, state.version) === null) return null;
  const key = match[1] as string;
  const value = fromBytes(word.value).slice(key.length + 1);
  return /["'\\]/.test(value)
    ? null
    : replaceFix("Write a blank in its place", word, value === "" ? key : `${key} ${value}`);
}

export function countTrouble(line: ConfLine, known: KnownDirective, state: ServerState): Trouble {
  const [fewest, most] = known.variant.args ?? [1, 1];
  const number = line.words.length - 1;
  const name = lowerCase(line.words[0]?.value ?? "");
  const wanted =
    most === fewest
      ? `exactly ${plural(fewest)}`
      : `${fewest === 0 ? "" : `at least ${plural(fewest)}`}${most === null ? "" : ` and at most ${most}`}`;
  const joined = joinedFix(line, known, state);
  return {
    rule: "conf/wrong-number-of-arguments",
    span: argumentsSpan(line.words),
    what: `${shown(name)} takes ${wanted}, ${number === 0 ? "none is given" : `${number} are given`}`,
    ...(joined === null ? {} : { fixes: [joined] }),
  };
}

function plural(count: number): string {
  return count === 1 ? "one value" : `${count} values`;
}

/** `64 mb` and `port = 6380`: two or three words that are one value. */
function joinedFix(line: ConfLine, known: KnownDirective, state: ServerState): ConfFix | null {
  const [, first, second, third] = line.words;
  if (first === undefined || second === undefined) return null;
  const taken = (value: string): boolean =>
    checkValues(known.variant, [{ value, span: first, isWord: true }], state) === null;
  if (known.variant.multiArg || known.variant.kind === "special") return null;
  if (first.value === "=" && third === undefined && taken(second.value)) {
    return { title: "Remove the =", edits: [{ start: first.start, end: second.start, newText: "" }] };
  }
  const isAmount = /^[0-9]+$/.test(first.value) && /^[kmg]?b?$/i.test(second.value);
  if (!isAmount || third !== undefined || !taken(first.value + second.value)) return null;
  return replaceFix(`Change to ${first.value}${second.value}`, argumentsSpan(line.words), first.value + second.value);
}

/** Puts what is wrong with a value at the word it was written in. */
export function valueProblem(
  trouble: ValueTrouble,
  line: ConfLine,
  args: readonly Argument[],
  known: KnownDirective,
  state: ServerState,
): Trouble {
  const blamed = trouble.argument === "all" ? undefined : args[trouble.argument];
  const span = blamed === undefined ? argumentsSpan(line.words) : { start: blamed.span.start, end: blamed.span.end };
  const { what } = trouble;
  const elsewhere = blamed === undefined ? 0 : versionsThatTake(known.directive.variants, blamed.value);
  if (elsewhere !== 0) {
    const history = historyOf(elsewhere, state.version);
    return { rule: "conf/not-in-version", span, what: `${shown(blamed?.value ?? "")} is not known here: ${history}` };
  }
  const { instead } = trouble;
  const canReplace = instead !== undefined && blamed?.isWord === true;
  return {
    rule:
      trouble.reason === "count" && countsAsArguments(known) ? "conf/wrong-number-of-arguments" : "conf/invalid-value",
    span,
    what,
    ...(trouble.advice === undefined ? {} : { advice: trouble.advice }),
    ...(canReplace ? { fixes: [replaceFix(`Change to ${instead}`, span, instead)] } : {}),
  };
}

/** A missing half of a pair of save is a fault of the values; the number of words as such is free there. */
function countsAsArguments(known: KnownDirective): boolean {
  return known.variant.rule !== "save";
}
