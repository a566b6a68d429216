import { lowerCase, sameIgnoringCase } from "../bytes.ts";
import type { VariantRecord } from "../directiveTable.ts";
import { type Argument, shown } from "../read/argument.ts";
import { isBefore7, isFrom, type ServerVersion } from "../target.ts";
import { memoryInstead, wordInstead, yesNoInstead } from "./instead.ts";
import { parseInteger, parseMemory, readLeadingNumber } from "./numbers.ts";
import { type ValueTrouble, valueTrouble } from "./valueTrouble.ts";

const MEMORY_FORM = "a number with b, k, kb, m, mb, g or gb behind it, or none";

/** Redis 7.2 src/config.c: boolConfigSet, src/util.c: yesnotoi. */
export function checkBoolean(argument: Argument): ValueTrouble | null {
  const { value } = argument;
  if (sameIgnoringCase(value, "yes") || sameIgnoringCase(value, "no")) return null;
  return valueTrouble(0, `${shown(value)} is neither yes nor no`, instead(yesNoInstead(value)));
}

/** Redis 7.2 src/config.c: enumConfigSet, configEnumGetValue. */
export function checkEnum(variant: VariantRecord, args: readonly Argument[]): ValueTrouble | null {
  const values = variant.values ?? [];
  const index = args.findIndex(({ value }) => !values.some((known) => sameIgnoringCase(value, lowerCase(known))));
  const wrong = args[index];
  if (wrong === undefined)
    return args.length === 0 ? valueTrouble("all", "a value is missing", { reason: "count" }) : null;
  return valueTrouble(
    index,
    `${shown(wrong.value)} is none of ${values.join(", ")}`,
    instead(wordInstead(wrong.value, values)),
  );
}

/** Redis 7.2 src/config.c: numericConfigSet, numericParseString, numericBoundaryCheck. */
export function checkNumber(variant: VariantRecord, argument: Argument, version: ServerVersion): ValueTrouble | null {
  const { value } = argument;
  const number = parseNumber(variant, value, version);
  if (number === null) {
    const isMemory = variant.kind !== "integer" && variant.kind !== "octal";
    const form =
      { integer: "a whole number", octal: "an octal number such as 755" }[variant.kind as string] ?? MEMORY_FORM;
    return valueTrouble(
      0,
      `${shown(value)} is not ${form}`,
      instead(isMemory ? memoryInstead(value, variant, version) : undefined),
    );
  }
  return checkRange(variant, number, value, version);
}

function parseNumber(variant: VariantRecord, value: string, version: ServerVersion): bigint | null {
  switch (variant.kind) {
    case "integer":
      return parseInteger(value);
    case "memory": {
      const memory = parseMemory(value, version);
      return memory !== null && isBefore7(version) && memory < 0n ? null : memory;
    }
    case "signed-memory":
      return parseMemory(value, version) ?? parseInteger(value);
    case "memory-or-percent": {
      const percent = value.length > 1 && value.endsWith("%") ? parseInteger(value.slice(0, -1)) : null;
      // A percentage is kept as a negative number.
      return percent !== null && percent >= 0n ? -percent : parseMemory(value, version);
    }
    case "octal": {
      const read = readLeadingNumber(value, 8);
      return read.isWhole && !read.overflowed ? read.value : null;
    }
    default:
      return null;
  }
}

function checkRange(
  variant: VariantRecord,
  number: bigint,
  written: string,
  version: ServerVersion,
): ValueTrouble | null {
  const lowest = BigInt(variant.min ?? 0);
  const highest = BigInt(variant.max ?? 0);
  const isUnsigned = variant.type === "uint32" || variant.type === "uint64" || variant.quirk === "ulong-wrap";
  // The state of Redis 8.2 that was run refuses all negative numbers here; a later one wraps them around again.
  const isNegative = isUnsigned && number < 0n && variant.quirk === undefined && isRedis82(version);
  const compared = isUnsigned ? BigInt.asUintN(64, number) : number;
  if (!isNegative && compared >= lowest && compared <= highest) return null;
  if (variant.kind === "memory-or-percent" && number < 0n)
    return valueTrouble(0, `${shown(written)} is above 100%`, { instead: "100%" });
  const limits = variant.kind === "octal" ? "0 and 777" : `${lowest} and ${highest}`;
  return valueTrouble(0, `${shown(written)} is not between ${limits}`, instead(inRange(variant, number, lowest)));
}

function isRedis82(version: ServerVersion): boolean {
  return isFrom(version, { redis: "8.2" }) && !isFrom(version, { redis: "8.4" });
}

/** Too small: the smallest. Too large: no number is meant for certain, so the default. */
function inRange(variant: VariantRecord, number: bigint, lowest: bigint): string | undefined {
  if (variant.kind !== "integer") return undefined;
  return number < lowest ? String(lowest) : variant.default;
}

function instead(text: string | undefined): { readonly instead?: string } {
  return text === undefined ? {} : { instead: text };
}
