/**
 * The command line of Dragonfly: `--name=value`, `--name value`, `--name` and `--noname` for booleans, one or two minus signs. Told is only
 * what is certain: a name with a minus inside is no flag of any version, all else is judged for the version of the table alone.
 */
import { isHarmless } from "../../excerpt.ts";
import { nearest } from "../nearest.ts";
import type { FlagRecord, FlagTable } from "./flagTable.ts";

/** A flag as it was given. */
export interface GivenFlag {
  readonly name: string;
  /** `null`: none was given. */
  readonly value: string | null;
  /** Index of the word that holds the name, and of the one that holds the value. */
  readonly word: number;
  readonly valueWord: number;
}

export interface FlagTrouble {
  readonly rule: "conf/syntax" | "conf/unknown-directive" | "conf/invalid-value" | "conf/wrong-number-of-arguments";
  readonly word: number;
  readonly message: string;
  /** A name to write in place of the given one. */
  readonly instead?: string;
}

/** Flags of the library that reads them: they stand in no table. */
const BUILT_IN = new Set(["flagfile", "fromenv", "tryfromenv", "undefok", "help", "helpfull", "helpshort", "version"]);

export function readFlags(words: readonly string[], table: FlagTable): readonly GivenFlag[] {
  const flags: GivenFlag[] = [];
  for (let i = 0; i < words.length; i++) {
    const [, name, value] = /^--?([^-=][^=]*)(?:=([\s\S]*))?$/.exec(words[i] as string) ?? [];
    // Behind a lone -- stand plain words only.
    if (words[i] === "--") break;
    if (name === undefined) continue;
    if (value !== undefined) {
      flags.push({ name, value, word: i, valueWord: i });
      continue;
    }
    const kind = table.find(name)?.kind;
    const isBoolean = kind === "boolean" || positiveOf(name, table) !== undefined;
    const next = words[i + 1];
    const takesNext = !isBoolean && next !== undefined && (kind !== undefined || !next.startsWith("-"));
    flags.push({ name, value: takesNext ? next : null, word: i, valueWord: takesNext ? i + 1 : i });
    if (takesNext) i++;
  }
  return flags;
}

/** The boolean that `--noname` turns off. */
function positiveOf(name: string, table: FlagTable): FlagRecord | undefined {
  const flag = name.startsWith("no") && table.find(name) === undefined ? table.find(name.slice(2)) : undefined;
  return flag?.kind === "boolean" ? flag : undefined;
}

/** `isCertain`: the server is of the version that the table describes. */
export function flagTrouble(given: GivenFlag, isCertain: boolean, table: FlagTable): FlagTrouble | null {
  const { name, word } = given;
  const flag = table.find(name) ?? positiveOf(name, table);
  if (flag !== undefined) return isCertain ? valueTrouble(given, flag) : null;
  if (BUILT_IN.has(name)) return null;
  const counterpart = table.counterpart(name);
  const written = name.replaceAll("-", "_");
  const same = table.find(written)?.name;
  const instead = same ?? (counterpart === undefined ? undefined : (counterpart ?? undefined));
  const isKnownWrong = name.includes("-") || (isCertain && counterpart !== undefined);
  const near =
    isCertain && !isKnownWrong
      ? nearest(
          name,
          table.flags.map((one) => one.name),
        )
      : undefined;
  if (!isKnownWrong && near === undefined) return null;
  const advice =
    counterpart === null
      ? "It has nothing like it."
      : same !== undefined
        ? `Write --${same}.`
        : instead !== undefined
          ? `Its own flag for that is --${instead}.`
          : near !== undefined
            ? `Did you mean --${near}?`
            : "Names of its flags have _ and no -.";
  const correct = same ?? near;
  return {
    rule: "conf/unknown-directive",
    word,
    message: `Dragonfly knows no flag --${shownName(name)} and stops at it. ${advice}`,
    ...(correct === undefined ? {} : { instead: correct }),
  };
}

function valueTrouble({ name, value, word, valueWord }: GivenFlag, flag: FlagRecord): FlagTrouble | null {
  if (flag.kind === "boolean") {
    if (value === null || /^(?:true|t|yes|y|1|false|f|no|n|0)$/i.test(value)) return null;
    return invalid(valueWord, `--${name} takes true or false`);
  }
  if (value === null) {
    const message = `--${name} stands without a value, and Dragonfly stops at it. Write --${name}=<value>.`;
    return { rule: "conf/wrong-number-of-arguments", word, message };
  }
  const wanted = wantedOf(flag, value);
  return wanted === null ? null : invalid(valueWord, `--${name} takes ${wanted}`);
}

/** What is wanted instead; `null` where the value is taken, or nobody knows. */
function wantedOf({ kind, max, default: usual = "" }: FlagRecord, value: string): string | null {
  const isNumber = /^[+-]?\d/.test(value.trim());
  switch (kind) {
    case "unsigned": {
      // Some of them take units, although their kind does not say so.
      const takesUnits = /[a-z]/i.test(usual);
      if (!isNumber || value.trim().startsWith("-")) return "a number from 0 on";
      if (!takesUnits && max !== undefined && /^\d+$/.test(value) && Number(value) > max)
        return `a number up to ${max}`;
      return null;
    }
    case "integer":
    case "number":
      return isNumber || /^[+-]?(?:\.\d|inf|nan)/i.test(value.trim()) ? null : "a number";
    case "memory":
      return isNumber || value === "" ? null : "an amount of memory such as 512mb or 4gb";
    default:
      return null;
  }
}

function invalid(word: number, what: string): FlagTrouble {
  return { rule: "conf/invalid-value", word, message: `${what}, and Dragonfly stops at anything else.` };
}

/** What stands where a name should stand may be anything. */
function shownName(name: string): string {
  return isHarmless(name) ? name : "…";
}
