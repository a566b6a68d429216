// Statements of Sentinel. Redis 7.2 src/sentinel.c: queueSentinelConfig, loadSentinelConfigFromQueue, sentinelHandleConfiguration.
import { lowerCase, sameIgnoringCase } from "../bytes.ts";
import { nearest } from "../nearest.ts";
import type { ConfLine } from "../parser.ts";
import { replaceFix, type Trouble } from "../problem.ts";
import { isBefore7, isFrom, parseVersionSet } from "../target.ts";
import { isNumericHost } from "../values/addresses.ts";
import { atoi } from "../values/numbers.ts";
import type { Word } from "../words.ts";
import { shown } from "./argument.ts";
import type { ServerState } from "./state.ts";

/** What Sentinel has built up so far. */
export class SentinelState {
  readonly masters = new Set<string>();
  /** Replicas, other Sentinels and renamed commands, each behind the name of its master. */
  readonly listed = new Set<string>();
  /** Masters whose monitor line was refused: what else is said about them is not blamed on top. */
  readonly failedMasters = new Set<string>();
  resolvesHostnames = false;
}

/** The order in which the lines are taken: from 6.2 on global settings, then monitor, then the rest. */
export function sentinelOrder(lines: readonly ConfLine[], state: ServerState): readonly ConfLine[] {
  if (state.version.line === "6.0") return lines;
  const pass = (line: ConfLine): number => {
    const name = lowerCase(line.words[1]?.value ?? "");
    if (name === "monitor") return 1;
    return state.facts.sentinelStatements.get(name)?.global === true ? 0 : 2;
  };
  return lines.toSorted((a, b) => pass(a) - pass(b));
}

export function readSentinelLine(line: ConfLine, sentinel: SentinelState, state: ServerState): Trouble | null {
  const [, statementWord, ...args] = line.words;
  if (statementWord === undefined) return null;
  const name = lowerCase(statementWord.value);
  const statement = state.facts.sentinelStatements.get(name);
  if (statement === undefined) return unknownStatement(statementWord, name, state);
  const [fewest, most] = statement.args;
  if (args.length < fewest || args.length > most) {
    if (name === "monitor" && args[0] !== undefined) sentinel.failedMasters.add(args[0].value);
    const blamed = args[0] ?? statementWord;
    return {
      rule: "conf/wrong-number-of-arguments",
      span: { start: blamed.start, end: (args.at(-1) ?? blamed).end },
      what: `${shown(name)} has the form \`${statement.syntax}\``,
    };
  }
  if (name === "monitor") return readMonitor(args, sentinel, state);
  if (statement.needsMaster !== true) return readGlobal(name, args, sentinel);
  // The old form of known-sentinel without an id is passed over.
  if (name === "known-sentinel" && args.length === 3) return null;
  const [masterWord, ...rest] = args as [Word, ...Word[]];
  if (sentinel.masters.has(masterWord.value)) return readOfMaster(name, masterWord.value, rest, sentinel, state);
  if (sentinel.failedMasters.has(masterWord.value)) return null;
  const meant = nearest(masterWord.value, sentinel.masters);
  return {
    ...invalid(
      masterWord,
      `no master ${shown(masterWord.value)} is monitored${state.version.line === "6.0" ? " up to this line" : ""}`,
    ),
    ...(meant === undefined ? {} : { fixes: [replaceFix(`Change to ${meant}`, masterWord, meant)] }),
  };
}

function invalid(word: Word, what: string): Trouble {
  return { rule: "conf/invalid-value", span: { start: word.start, end: word.end }, what };
}

function unknownStatement(word: Word, name: string, state: ServerState): Trouble {
  const span = { start: word.start, end: word.end };
  const later = state.allSentinelStatements.find((one) => one.name === name);
  if (later !== undefined && (parseVersionSet(later.in) & state.version.bit) === 0) {
    return { rule: "conf/not-in-version", span, what: `this version of Sentinel does not know ${shown(name)}` };
  }
  const meant = nearest(name, state.facts.sentinelStatements.keys());
  return {
    rule: "conf/unknown-directive",
    span,
    what: `${shown(word.value)} is no statement of Sentinel`,
    ...(meant === undefined
      ? {}
      : { advice: `Did you mean ${meant}?`, fixes: [replaceFix(`Change to ${meant}`, span, meant)] }),
  };
}

/** Redis 7.2 src/sentinel.c: createSentinelRedisInstance, createSentinelAddr. */
function readMonitor(args: readonly Word[], sentinel: SentinelState, state: ServerState): Trouble | null {
  const [name, host, port, quorum] = args as [Word, Word, Word, Word];
  const trouble =
    (atoi(quorum.value) <= 0 ? invalid(quorum, `${shown(quorum.value)}: the quorum must be 1 or greater`) : null) ??
    addressTrouble(host, port, sentinel, state) ??
    (sentinel.masters.has(name.value) ? invalid(name, `a master ${shown(name.value)} is monitored already`) : null);
  if (trouble !== null) sentinel.failedMasters.add(name.value);
  else sentinel.masters.add(name.value);
  return trouble;
}

function addressTrouble(host: Word, port: Word, sentinel: SentinelState, state: ServerState): Trouble | null {
  const number = atoi(port.value);
  if (number < 0 || number > 65535)
    return invalid(port, `${shown(port.value)} is not a port, a number from 0 to 65535`);
  if (isNumericHost(host.value)) return null;
  const resolves = sentinel.resolvesHostnames || state.version.line === "6.0";
  if (!resolves) {
    return {
      ...invalid(host, `${shown(host.value)} is not an IP address`),
      advice: "Host names need `sentinel resolve-hostnames yes`.",
    };
  }
  // From 7.0 on a name that does not resolve yet is kept; before, and with something that can be no name, Sentinel stops.
  if (sentinel.resolvesHostnames && !isBefore7(state.version)) return null;
  const isNoName = host.value === "" || /^[0-9.]+$/.test(host.value);
  return isNoName ? invalid(host, `${shown(host.value)} is neither an IP address nor a host name`) : null;
}

function readGlobal(name: string, args: readonly Word[], sentinel: SentinelState): Trouble | null {
  const value = args[0] as Word;
  switch (name) {
    case "myid":
      return value.value.length === 40 ? null : invalid(value, "the id of a Sentinel has exactly 40 characters");
    case "deny-scripts-reconfig":
    case "resolve-hostnames":
    case "announce-hostnames": {
      const isYes = sameIgnoringCase(value.value, "yes");
      if (!isYes && !sameIgnoringCase(value.value, "no"))
        return invalid(value, `${shown(value.value)} is neither yes nor no`);
      if (name === "resolve-hostnames") sentinel.resolvesHostnames = isYes;
      return null;
    }
    default:
      return null;
  }
}

function readOfMaster(
  name: string,
  master: string,
  args: readonly Word[],
  sentinel: SentinelState,
  state: ServerState,
): Trouble | null {
  const first = args[0] as Word;
  switch (name) {
    case "down-after-milliseconds":
    case "failover-timeout":
      return atoi(first.value) > 0 ? null : invalid(first, `${shown(first.value)} is not a time above 0`);
    case "master-reboot-down-after-period":
    case "primary-reboot-down-after-period":
      return atoi(first.value) >= 0 ? null : invalid(first, `${shown(first.value)} is a negative time`);
    case "rename-command":
      return addOnce(
        sentinel,
        `${master}\0command\0${lowerCase(first.value)}`,
        first,
        `${shown(first.value)} is renamed already`,
      );
    case "known-replica":
    case "known-slave": {
      const port = args[1] as Word;
      const key = `${first.value}:${atoi(port.value)}`;
      const trouble = addressTrouble(first, port, sentinel, state);
      return (
        trouble ?? addOnce(sentinel, `${master}\0replica\0${key}`, first, `the replica ${shown(key)} is listed already`)
      );
    }
    case "known-sentinel": {
      const [host, port, id] = args as [Word, Word, Word];
      const trouble = addressTrouble(host, port, sentinel, state);
      return (
        trouble ??
        addOnce(sentinel, `${master}\0sentinel\0${id.value}`, id, `the Sentinel ${shown(id.value)} is listed already`)
      );
    }
    default:
      return null;
  }
}

function addOnce({ listed }: SentinelState, key: string, word: Word, what: string): Trouble | null {
  if (listed.has(key)) return invalid(word, what);
  listed.add(key);
  return null;
}

/** True where the server reads sentinel statements at once, in the order of the file. */
export function readsInFileOrder(state: ServerState): boolean {
  return !isFrom(state.version, { redis: "6.2", valkey: "7.2" });
}
