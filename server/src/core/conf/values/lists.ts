// Directives with several words, each checked by code of its own.
import { lowerCase, sameIgnoringCase } from "../bytes.ts";
import { nearest } from "../nearest.ts";
import { type Argument, shown } from "../read/argument.ts";
import { isBefore7, type ServerVersion } from "../target.ts";
import { checkAffinity, checkThreads } from "./keydb.ts";
import { atoi, parseDouble, parseMemory, readLeadingNumber, toInt32 } from "./numbers.ts";
import { type ValueTrouble, valueTrouble } from "./valueTrouble.ts";

export type ListCheck = (args: readonly Argument[], version: ServerVersion) => ValueTrouble | null;

const isSingleEmpty = (args: readonly Argument[]): boolean => args.length === 1 && args[0]?.value === "";

/** Redis 7.2 src/config.c: setConfigSaveOption. */
const checkSave: ListCheck = (args) => {
  if (isSingleEmpty(args)) return null;
  if (args.length % 2 === 1)
    return valueTrouble("all", "seconds and changes come in pairs, and one is missing", { reason: "count" });
  for (const [index, { value }] of args.entries()) {
    const read = readLeadingNumber(value);
    const smallest = index % 2 === 0 ? 1n : 0n;
    if (!read.isWhole) return valueTrouble(index, `${shown(value)} is not a whole number`);
    if (read.value < smallest) {
      const what = index % 2 === 0 ? "seconds must be at least 1" : "changes must be at least 0";
      return valueTrouble(index, `${shown(value)}: ${what}`, { instead: String(smallest) });
    }
  }
  return null;
};

/** Redis 6.2 src/config.c: two words are read with atoi, any other number of words is passed over in silence. */
const checkSaveBefore7: ListCheck = (args) => {
  if (args.length !== 2) return null;
  const [seconds, changes] = args as readonly [Argument, Argument];
  if (atoi(seconds.value) < 1)
    return valueTrouble(0, `${shown(seconds.value)}: seconds must be at least 1`, { instead: "1" });
  return atoi(changes.value) < 0
    ? valueTrouble(1, `${shown(changes.value)}: changes must be at least 0`, { instead: "0" })
    : null;
};

const LIMIT_CLASSES = ["normal", "replica", "slave", "pubsub"];

function checkLimitClass(value: string, index: number): ValueTrouble | null {
  if (LIMIT_CLASSES.some((name) => sameIgnoringCase(value, name))) return null;
  const meant = nearest(lowerCase(value), LIMIT_CLASSES);
  return valueTrouble(
    index,
    `${shown(value)} is none of the classes normal, replica and pubsub`,
    meant === undefined ? {} : { instead: meant },
  );
}

/** Redis 7.2 src/config.c: updateClientOutputBufferLimit. */
const checkOutputBufferLimit: ListCheck = (args, version) => {
  if (args.length % 4 !== 0) {
    return valueTrouble("all", "class, hard limit, soft limit and soft seconds come in fours", { reason: "count" });
  }
  for (let at = 0; at < args.length; at += 4) {
    const [group, hard, soft, seconds] = args.slice(at, at + 4) as [Argument, Argument, Argument, Argument];
    const trouble = checkLimitClass(group.value, at);
    if (trouble !== null) return trouble;
    for (const [offset, limit] of [hard, soft].entries()) {
      if (parseMemory(limit.value, version) === null)
        return valueTrouble(at + 1 + offset, `${shown(limit.value)} is not a memory value`);
    }
    const read = readLeadingNumber(seconds.value);
    // Kept in a C int before it is compared.
    if (!read.isWhole || toInt32(read.value) < 0)
      return valueTrouble(at + 3, `${shown(seconds.value)} is not a number of seconds`);
  }
  return null;
};

/** Redis 6.2 src/config.c: unreadable limits count as 0. */
const checkOutputBufferLimitBefore7: ListCheck = (args) => {
  const [group, , , seconds] = args as readonly [Argument, Argument, Argument, Argument];
  const trouble = checkLimitClass(group.value, 0);
  if (trouble !== null) return trouble;
  return atoi(seconds.value) < 0 ? valueTrouble(3, `${shown(seconds.value)} is a negative number of seconds`) : null;
};

/** Redis 7.2 src/config.c: setConfigOOMScoreAdjValuesOption. */
const checkOomScores: ListCheck = (args) => {
  if (args.length !== 3)
    return valueTrouble("all", "exactly three numbers are wanted: master, replica, background child", {
      reason: "count",
    });
  for (const [index, { value }] of args.entries()) {
    const read = readLeadingNumber(value);
    if (!read.isWhole) return valueTrouble(index, `${shown(value)} is not a whole number`);
    if (read.value < -2000n || read.value > 2000n)
      return valueTrouble(index, `${shown(value)} is not between -2000 and 2000`);
  }
  return null;
};

const MOST_ADDRESSES = 16;

/** Redis 7.2 src/config.c: setConfigBindOption. Addresses are looked at only when the server begins to listen. */
const checkBind: ListCheck = (args) =>
  args.length > MOST_ADDRESSES ? valueTrouble("all", "more than 16 addresses", { reason: "count" }) : null;

/** Redis 7.2 src/config.c: setConfigReplicaOfOption. */
const checkReplicaOf: ListCheck = (args) => {
  if (args.length !== 2) return valueTrouble("all", "a host and a port are wanted", { reason: "count" });
  const [host, port] = args as readonly [Argument, Argument];
  if (sameIgnoringCase(host.value, "no") && sameIgnoringCase(port.value, "one")) return null;
  const read = readLeadingNumber(port.value);
  const number = toInt32(read.value);
  return read.isWhole && number >= 0 && number <= 65535
    ? null
    : valueTrouble(1, `${shown(port.value)} is not a port, a number from 0 to 65535`);
};

/** Redis 7.2 src/config.c: setConfigLatencyTrackingInfoPercentilesOutputOption. */
const checkPercentiles: ListCheck = (args, version) => {
  if (isSingleEmpty(args)) return null;
  for (const [index, { value }] of args.entries()) {
    const number = parseDouble(value, version);
    if (number === null) return valueTrouble(index, `${shown(value)} is not a number`);
    if (number < 0 || number > 100) return valueTrouble(index, `${shown(value)} is not between 0 and 100`);
  }
  return null;
};

/** Redis 6.2 src/config.c: strtol in base 8, whatever stands behind the digits is ignored. */
const checkSocketPermissionsBefore7: ListCheck = (args) => {
  const read = readLeadingNumber(args[0]?.value ?? "", 8);
  // mode_t is an unsigned int.
  const mode = BigInt.asUintN(32, read.value);
  return read.overflowed || mode > 0o777n
    ? valueTrouble(0, `${shown(args[0]?.value ?? "")} is not between 0 and 777`)
    : null;
};

/** Rules of data/directives/server.json that look at the arguments alone. */
export const LIST_CHECKS: Readonly<Record<string, ListCheck>> = {
  save: checkSave,
  "save-6": checkSaveBefore7,
  "client-output-buffer-limit": checkOutputBufferLimit,
  "client-output-buffer-limit-6": checkOutputBufferLimitBefore7,
  "oom-score-adj-values": checkOomScores,
  bind: checkBind,
  "bind-6": checkBind,
  replicaof: checkReplicaOf,
  "replicaof-6": checkReplicaOf,
  percentiles: checkPercentiles,
  "keydb-affinity": checkAffinity,
  "keydb-threads": checkThreads,
  "unixsocketperm-6": checkSocketPermissionsBefore7,
};

/** Redis 7.2 src/notify.c: keyspaceEventsStringToFlags. */
export function checkKeyspaceEvents(argument: Argument, letters: string, version: ServerVersion): ValueTrouble | null {
  const value = isBefore7(version) ? (argument.value.split("\0")[0] ?? "") : argument.value;
  const wrong = [...value].find((letter) => !letters.includes(letter));
  if (wrong === undefined) return null;
  return valueTrouble(0, `${shown(wrong)} is no class of events`, {
    advice: `Letters are ${letters}, and they are case-sensitive.`,
  });
}
