import { lowerCase } from "../bytes.ts";
import { nearest } from "../nearest.ts";
import type { ConfLine } from "../parser.ts";
import { replaceFix, type Trouble } from "../problem.ts";
import { isBefore7 } from "../target.ts";
import type { Word } from "../words.ts";
import { shown } from "./argument.ts";
import type { ServerState } from "./state.ts";

/** Redis 7.2 src/config.c: rename-command works on the commands as earlier lines left them. */
export function readRenameCommand(line: ConfLine, state: ServerState): Trouble | null {
  const [, command, name] = line.words as [Word, Word, Word];
  const present = lowerCase(command.value);
  const original = state.command(present);
  if (original === undefined) {
    if (isSubcommand(present, state)) {
      return {
        ...invalid(command, "a subcommand cannot be renamed"),
        advice: "The server aborts on an assertion here. Take the right to it from users with an ACL rule.",
        isUnnumbered: true,
      };
    }
    // An included file, or a later version, may have a command of that name.
    if (state.hasInclude || state.isNewerThanTables) return null;
    if (state.commandNames.has(present))
      return invalid(command, `there is no command ${shown(command.value)} any more`);
    const meant = nearest(present, state.commandNames);
    return {
      ...invalid(command, `there is no command ${shown(command.value)}`),
      ...(meant === undefined || state.command(meant) === undefined
        ? {}
        : { fixes: [replaceFix(`Change to ${meant}`, command, meant)] }),
    };
  }
  const next = lowerCase(name.value);
  if (next !== "" && next !== present && state.command(next) !== undefined) {
    return invalid(name, `there is a command ${shown(name.value)} already`);
  }
  state.renameCommand(present, next, original);
  return null;
}

function invalid(word: Word, what: string): Trouble {
  return { rule: "conf/invalid-value", span: { start: word.start, end: word.end }, what };
}

function isSubcommand(name: string, state: ServerState): boolean {
  const bar = name.indexOf("|");
  if (bar < 0 || isBefore7(state.version)) return false;
  const container = state.command(name.slice(0, bar));
  return container !== undefined && state.facts.subcommands.has(`${container}${name.slice(bar)}`);
}
