// What only KeyDB reads. KeyDB 6.3 src/config.cpp: loadServerConfigFromString.
import { sameIgnoringCase } from "../bytes.ts";
import { type Argument, shown } from "../read/argument.ts";
import type { ServerState } from "../read/state.ts";
import { atoi } from "./numbers.ts";
import { type ValueTrouble, valueTrouble } from "./valueTrouble.ts";

/** MAX_EVENT_LOOPS of KeyDB 6.0 to 6.3, src/server.h. */
const MOST_THREADS = 16;

export function checkThreads([argument]: readonly Argument[]): ValueTrouble | null {
  const count = atoi(argument?.value ?? "");
  return count > 0 && count <= MOST_THREADS
    ? null
    : valueTrouble(0, `${shown(argument?.value ?? "")} is no number of threads from 1 to ${MOST_THREADS}`);
}

export function checkAffinity([argument]: readonly Argument[]): ValueTrouble | null {
  const value = argument?.value ?? "";
  if (sameIgnoringCase(value, "true") || sameIgnoringCase(value, "false") || atoi(value) > 0) return null;
  return valueTrouble(0, `${shown(value)} is neither true nor false, nor the number of a CPU from 1 on`);
}

/** From 6.3.4 on it must stand before the masters that it is about. */
export function checkBeforeReplicaof([argument]: readonly Argument[], state: ServerState): ValueTrouble | null {
  const value = argument?.value ?? "";
  const isYes = sameIgnoringCase(value, "yes");
  if (!isYes && !sameIgnoringCase(value, "no")) return valueTrouble(0, `${shown(value)} is neither yes nor no`);
  const isChecked = state.version.line === "6.3" && (state.patch ?? 0) >= 4;
  const [host, port] = state.setting("replicaof")?.args ?? [];
  const hasMaster =
    host !== undefined && !(sameIgnoringCase(host.value, "no") && sameIgnoringCase(port?.value ?? "", "one"));
  return isYes && isChecked && hasMaster
    ? valueTrouble("all", "a replicaof stands before this line, and must stand behind it")
    : null;
}
