import { lowerCase } from "../bytes.ts";
import type { VariantRecord } from "../directiveTable.ts";
import { nearest } from "../nearest.ts";
import type { ServerVersion } from "../target.ts";
import { parseMemory } from "./numbers.ts";

const YES = new Set(["true", "on", "1", "enable", "enabled", "y", "yes;", "yes,", "ye", "yeah"]);
const NO = new Set(["false", "off", "0", "disable", "disabled", "n", "no;", "no,", "none", "not"]);

/** What a value means that is neither yes nor no in the server's eyes. */
export function yesNoInstead(value: string): string | undefined {
  const word = lowerCase(value);
  if (YES.has(word)) return "yes";
  return NO.has(word) ? "no" : undefined;
}

/** The one word of a list that was meant. */
export function wordInstead(value: string, values: readonly string[]): string | undefined {
  const letters = (text: string): string => lowerCase(text).replace(/[-_ ;,]/g, "");
  const written = letters(value);
  if (written === "") return undefined;
  const same = values.filter((known) => letters(known) === written);
  if (same.length === 1) return same[0];
  if (written.length >= 4) {
    const begun = values.filter((known) => letters(known).length >= 4 && written.startsWith(letters(known)));
    const longest = Math.max(...begun.map((known) => known.length));
    const best = begun.filter((known) => known.length === longest);
    if (best.length === 1) return best[0];
  }
  if (values.includes("yes") && values.includes("no")) {
    const yesNo = yesNoInstead(value);
    if (yesNo !== undefined) return yesNo;
  }
  return nearest(lowerCase(value), values);
}

const SPELLED_UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    kib: "kb",
    mib: "mb",
    gib: "gb",
    ki: "kb",
    mi: "mb",
    gi: "gb",
    bytes: "b",
    byte: "b",
  }),
);

/** A memory value in a unit that other programs know, in words of the server. Never a rounded one. */
export function memoryInstead(value: string, variant: VariantRecord, version: ServerVersion): string | undefined {
  const match = /^([0-9]{1,15})(\.[0-9]{1,3})?\s*([a-z]*)[;,]?$/i.exec(value);
  if (match === null) return undefined;
  const [, whole = "", fraction = "", spelled = ""] = match;
  const unit = SPELLED_UNITS.get(spelled.toLowerCase()) ?? spelled.toLowerCase();
  const written = fraction === "" ? inUnit(BigInt(whole), unit) : fractionInUnit(Number(`${whole}${fraction}`), unit);
  if (written === undefined) return undefined;
  const bytes = parseMemory(written, version);
  const isInRange =
    bytes !== null && bytes >= BigInt(variant.min ?? 0) && BigInt.asUintN(64, bytes) <= BigInt(variant.max ?? 0);
  return isInRange ? written : undefined;
}

function inUnit(number: bigint, unit: string): string | undefined {
  if (unit === "tb" || unit === "tib" || unit === "ti") return `${number * 1024n}gb`;
  return /^(?:|b|kb?|mb?|gb?)$/.test(unit) ? `${number}${unit}` : undefined;
}

/** `1.5gb` is 1536mb; the unit below must take it whole. */
function fractionInUnit(number: number, unit: string): string | undefined {
  const below: Readonly<Record<string, readonly [string, number]>> = {
    tb: ["gb", 1024],
    gb: ["mb", 1024],
    mb: ["kb", 1024],
    kb: ["b", 1024],
    g: ["m", 1000],
    m: ["k", 1000],
    k: ["b", 1000],
  };
  const step = Object.hasOwn(below, unit) ? below[unit] : undefined;
  if (step === undefined) return undefined;
  const smaller = number * step[1];
  return Number.isInteger(smaller) ? `${smaller}${step[0]}` : undefined;
}
