// One line of a server's configuration. Redis 7.2 src/config.c: loadServerConfigFromString.
import { cString, lowerCase } from "../bytes.ts";
import type { KnownDirective } from "../directiveTable.ts";
import type { ConfLine } from "../parser.ts";
import type { Trouble } from "../problem.ts";
import { isBefore7, isFrom } from "../target.ts";
import { checkValues } from "../values/check.ts";
import { splitWords, type Word } from "../words.ts";
import { type Argument, argumentsOf } from "./argument.ts";
import { readRenameCommand } from "./renameCommand.ts";
import type { ServerState } from "./state.ts";
import { countTrouble, emptyNameTrouble, quoteTrouble, unknownName, valueProblem } from "./troubles.ts";
import { readUserLine } from "./userLine.ts";
import { findInVersion } from "./version.ts";

/** Reads a line into the state; what stops the server there is returned, and then the state stays as it was. */
export function readLine(line: ConfLine, state: ServerState): Trouble | null {
  if (line.broken !== null) return quoteTrouble(line.broken, state);
  const name = nameOf(line, state);
  const known = findInVersion(name, state);
  if (known === null) return readUnclaimed(line, name, null, state);
  const { variant } = known;
  const args = argumentsOf(line.words);
  if (isReadByHand(known, state) || variant.kind === "ignored") {
    const [fewest, most] = variant.args ?? [1, 1];
    const isFitting = args.length >= fewest && (most === null || args.length <= most);
    // 6.x tells too many addresses apart from no directive at all; both stop it.
    if (!isFitting) return readUnclaimed(line, name, known, state);
    return readByHand(line, known, args, state);
  }
  return readSetting(line, known, args, state);
}

function nameOf(line: ConfLine, state: ServerState): string {
  const written = line.words[0]?.value ?? "";
  // 6.x compares C strings.
  return lowerCase(isBefore7(state.version) ? cString(written) : written);
}

/** Lines that are no entries of the server's table: 6.x had many, later servers only these five. */
const BY_HAND = new Set(["include", "rename-command", "user", "loadmodule", "sentinel"]);

function isReadByHand({ variant }: KnownDirective, state: ServerState): boolean {
  if (variant.rule !== undefined && BY_HAND.has(variant.rule)) return true;
  return isBefore7(state.version) && (variant.kind === "special" || HAND_READ_STRINGS.has(variant.rule ?? ""));
}

/** Plain texts in the table that 6.x reads by hand, so that a wrong number of words makes the line unknown there. */
const HAND_READ_STRINGS = new Set(["writable-file-or-empty"]);

function readByHand(
  line: ConfLine,
  known: KnownDirective,
  args: readonly Argument[],
  state: ServerState,
): Trouble | null {
  switch (known.variant.rule) {
    case "include":
      state.noteInclude();
      return null;
    case "loadmodule":
      state.noteModules();
      return null;
    case "rename-command":
      return readRenameCommand(line, state);
    case "user":
      return readUserLine(line, state);
    case "sentinel":
      return readSentinel(line, state);
    default:
      return readSetting(line, known, args, state);
  }
}

function readSentinel(line: ConfLine, state: ServerState): Trouble | null {
  if (line.words.length === 1) return null;
  if (state.mode === "sentinel") {
    state.sentinelLines.push(line);
    return null;
  }
  const name = line.words[0] as Word;
  return {
    rule: "conf/unknown-directive",
    span: { start: name.start, end: name.end },
    what: "a sentinel line stands in the configuration of a server",
    advice: "It belongs into sentinel.conf.",
  };
}

function readSetting(
  line: ConfLine,
  known: KnownDirective,
  written: readonly Argument[],
  state: ServerState,
): Trouble | null {
  const { variant } = known;
  // A module inside the server gets all words as one text, after the file was read.
  const isOfModule = variant.rule === "built-in-module";
  if (isOfModule && written.length === 0) return readUnclaimed(line, known.name, known, state);
  const takesMany = variant.multiArg === true || isOfModule || isReadByHand(known, state);
  if (!takesMany && written.length !== 1) return countTrouble(line, known, state);
  const args = variant.multiArg === true ? splitSingle(written, state) : written;
  const trouble = checkValues(variant, args, state);
  if (trouble !== null) return valueProblem(trouble, line, args, known, state);
  state.keep(known.directive, { line, args });
  return null;
}

/** From 7.0 on a single word for a directive of several is split once more; if its quotes do not fit, nothing is left of it. */
function splitSingle(args: readonly Argument[], state: ServerState): readonly Argument[] {
  const only = args[0];
  if (only === undefined || args.length !== 1 || only.value === "") return args;
  const text = cString(only.value);
  const dialect = isFrom(state.version, { valkey: "9.0" }) ? "loose" : "strict";
  const { words, broken } = splitWords(text, 0, text.length, dialect, "bytes");
  if (broken !== null) return [];
  const isWord = words.length === 1 && words[0]?.value === only.value;
  return words.map(({ value }) => ({ value, span: only.span, isWord }));
}

/**
 * A line that no directive of the server takes. Redis 7.0 keeps dotted names for its modules, 8.0 every name with a value: what no module
 * claims stops the server only after the whole file was read.
 */
function readUnclaimed(line: ConfLine, name: string, known: KnownDirective | null, state: ServerState): Trouble | null {
  const { version } = state;
  const hasValue = line.words.length > 1;
  const isDotted = name.includes(".") && !isBefore7(version);
  if (known === null && name === "") {
    if (!hasValue || !isFrom(version, { redis: "8.0" })) return emptyNameTrouble(line);
  }
  const trouble = known === null ? unknownName(line, name, state) : countTrouble(line, known, state);
  if (!hasValue || !(isDotted || isFrom(version, { redis: "8.0" }))) return trouble;
  // A Sentinel loads no modules and never asks what became of such lines.
  if (state.mode === "server" && trouble !== null) state.unclaimed.push({ line, trouble });
  return null;
}
