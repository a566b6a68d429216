import { lowerCase, sameIgnoringCase } from "../bytes.ts";
import type { VariantRecord } from "../directiveTable.ts";
import { type Argument, shown } from "../read/argument.ts";
import type { ServerState } from "../read/state.ts";
import { isFrom, parseVersionSet, type VersionSet } from "../target.ts";
import { checkBeforeReplicaof } from "./keydb.ts";
import { checkKeyspaceEvents, LIST_CHECKS } from "./lists.ts";
import { checkBoolean, checkEnum, checkNumber } from "./scalars.ts";
import { checkString } from "./strings.ts";
import { titleTemplateTrouble } from "./titleTemplate.ts";
import { type ValueTrouble, valueTrouble } from "./valueTrouble.ts";

/** What a server says to the values of a directive whose number of words it has let pass. */
export function checkValues(
  variant: VariantRecord,
  args: readonly Argument[],
  state: ServerState,
): ValueTrouble | null {
  switch (variant.kind) {
    case "enum":
    case "enum-set":
      return checkEnum(variant, args) ?? checkTogether(variant, args);
    case "special":
      return checkSpecial(variant, args, state);
    case "ignored":
      return null;
    default:
      return checkSingle(variant, args[0] ?? { value: "", span: { start: 0, end: 0 }, isWord: false }, state);
  }
}

function checkSingle(variant: VariantRecord, argument: Argument, state: ServerState): ValueTrouble | null {
  // Read by a module inside the server, after the configuration: see startup.ts.
  if (variant.rule === "built-in-module") return null;
  if (variant.kind === "boolean") return checkBoolean(argument);
  if (variant.kind !== "string")
    return checkNumber(variant, argument, state.version) ?? checkNumberRule(variant, argument, state);
  if (variant.rule !== "proc-title-template") return checkString(variant, argument);
  const trouble = titleTemplateTrouble(argument.value, {
    hasUnixSocket: state.value("unixsocket") !== "",
    isCluster: sameIgnoringCase(state.value("cluster-enabled"), "yes"),
    isSentinel: state.mode === "sentinel",
  });
  return trouble === null ? null : valueTrouble(0, `${shown(argument.value)} ${trouble}`);
}

/** Redis 7.2 src/config.c: shutdown-on-sig*, isValidShutdownOnSigFlags. */
function checkTogether(variant: VariantRecord, args: readonly Argument[]): ValueTrouble | null {
  if (variant.rule !== "not-save-and-nosave") return null;
  const has = (word: string): boolean => args.some(({ value }) => sameIgnoringCase(value, word));
  return has("save") && has("nosave") ? valueTrouble("all", "save and nosave exclude each other") : null;
}

/** Redis 8.8: the limits of sparse arrays are held against each other at each line. */
function checkNumberRule(variant: VariantRecord, argument: Argument, state: ServerState): ValueTrouble | null {
  const number = Number(argument.value);
  switch (variant.rule) {
    case "power-of-two":
      return Number.isInteger(Math.log2(number))
        ? null
        : valueTrouble(0, `${shown(argument.value)} is not a power of two`);
    case "greater-than:array-sparse-kmin-or-zero": {
      const least = Number(state.value("array-sparse-kmin"));
      return number === 0 || number > least
        ? null
        : valueTrouble(0, `${number} is not greater than array-sparse-kmin, which is ${least} here`);
    }
    case "less-than:array-sparse-kmax-unless-zero": {
      const most = Number(state.value("array-sparse-kmax"));
      return most === 0 || number < most
        ? null
        : valueTrouble(0, `${number} is not less than array-sparse-kmax, which is ${most} here`);
    }
    default:
      return null;
  }
}

function checkSpecial(variant: VariantRecord, args: readonly Argument[], state: ServerState): ValueTrouble | null {
  const { rule } = variant;
  if (rule === undefined) return null;
  const check = LIST_CHECKS[rule];
  if (check !== undefined) return check(args, state.version);
  if (rule === "keydb-before-replicaof") return checkBeforeReplicaof(args, state);
  const first = args[0];
  // Valkey 8.0 src/config.c: setConfigDirOption. Whether the folder exists cannot be seen from here.
  if (rule === "existing-folder" && first?.value === "" && isFrom(state.version, { valkey: "8.0" })) {
    return valueTrouble(0, "the folder is empty");
  }
  if (rule === "notify-keyspace-events" && first !== undefined) {
    return checkKeyspaceEvents(first, state.facts.keyspaceEventLetters, state.version);
  }
  return null;
}

/** Release lines in which another variant of the directive takes these values. */
export function versionsThatTake(variants: readonly VariantRecord[], value: string): VersionSet {
  let set = 0;
  for (const variant of variants) {
    if (variant.values?.some((known) => sameIgnoringCase(value, lowerCase(known)))) set |= parseVersionSet(variant.in);
  }
  return set;
}
