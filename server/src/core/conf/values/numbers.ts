import { isBefore7, isFrom, type ServerVersion } from "../target.ts";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/** Redis 7.2 src/util.c: string2ll. Plain decimal that fits 64 bits: no plus sign, no blanks, no leading zeros, no `-0`. */
export function parseInteger(text: string): bigint | null {
  if (text.length > 20 || !/^(?:0|-?[1-9][0-9]*)$/.test(text)) return null;
  const value = BigInt(text);
  return value < INT64_MIN || value > INT64_MAX ? null : value;
}

const UNITS: ReadonlyMap<string, bigint> = new Map(
  Object.entries({
    "": 1n,
    b: 1n,
    k: 1000n,
    kb: 1024n,
    m: 1000_000n,
    mb: 1024n ** 2n,
    g: 1000_000_000n,
    gb: 1024n ** 3n,
  }),
);

/** The buffer for the digits in memtoll and memtoull holds 128 bytes. */
const MOST_DIGITS = 127;

/**
 * Redis 6.2 src/util.c: memtoll, signed; Redis 7.2: memtoull, unsigned, wraps around. Valkey 9.1 refuses digits above 2^64-1.
 * The result is what the caller gets as a signed 64-bit number; `null` = refused.
 */
export function parseMemory(text: string, version: ServerVersion): bigint | null {
  const isSigned = isBefore7(version);
  const match = /^(-?)([0-9]*)([a-z]*)$/i.exec(text);
  if (match === null) return null;
  const [, sign = "", digits = "", unit = ""] = match;
  const factor = UNITS.get(unit.toLowerCase());
  if (factor === undefined || sign.length + digits.length > MOST_DIGITS) return null;
  if (isSigned) {
    // strtoll of a lone minus reads nothing and leaves it standing.
    if (sign === "-" && digits === "") return null;
    return BigInt.asIntN(64, clamp(BigInt(`${sign}${digits === "" ? "0" : digits}`), INT64_MIN, INT64_MAX) * factor);
  }
  if (sign === "-") return null;
  const value = BigInt(digits === "" ? "0" : digits);
  if (value > UINT64_MAX && isFrom(version, { valkey: "9.1" })) return null;
  return BigInt.asIntN(64, clamp(value, 0n, UINT64_MAX) * factor);
}

export interface LeadingNumber {
  /** Clamped to 64 bits, as strtoll does. */
  readonly value: bigint;
  /** The whole text was read. */
  readonly isWhole: boolean;
  readonly overflowed: boolean;
}

/** C: strtoll(text, &end, base) in base 10 or 8. */
export function readLeadingNumber(text: string, base: 8 | 10 = 10): LeadingNumber {
  const pattern = base === 10 ? /^[\t-\r ]*([+-]?)([0-9]+)/ : /^[\t-\r ]*([+-]?)([0-7]+)/;
  const match = pattern.exec(text);
  // Nothing read: the end stands at the start of the text, which is its end only when it is empty.
  if (match === null) return { value: 0n, isWhole: text === "" || text.startsWith("\0"), overflowed: false };
  const [read, sign = "", digits = ""] = match;
  // More digits than any 64-bit number has are cut: the value is clamped anyway, and long numbers stay cheap.
  const significant = digits.replace(/^0+(?=.)/, "").slice(0, 30);
  const size = base === 10 ? BigInt(significant) : BigInt(`0o${significant}`);
  const value = clamp(sign === "-" ? -size : size, INT64_MIN, INT64_MAX);
  return {
    value,
    isWhole: read.length === text.length || text.charCodeAt(read.length) === 0,
    overflowed: value !== (sign === "-" ? -size : size),
  };
}

/** glibc: `(int) strtol(text, NULL, 10)`. */
export function atoi(text: string): number {
  return Number(BigInt.asIntN(32, readLeadingNumber(text).value));
}

/** A number cut to a C `int`, as when a long is stored in one. */
export function toInt32(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

export function clamp(value: bigint, lowest: bigint, highest: bigint): bigint {
  if (value < lowest) return lowest;
  return value > highest ? highest : value;
}

/** Redis 7.2 src/util.c: string2d, that is strtod over the whole text without leading blanks. `null` = refused. */
export function parseDouble(text: string, version: ServerVersion): number | null {
  if (/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i.test(text)) {
    const value = Number(text);
    const isZero = !/[1-9]/.test(text.replace(/e.*$/i, ""));
    // ERANGE: overflow, or a number too small for anything but 0.
    return Number.isFinite(value) && (value !== 0 || isZero) ? value : null;
  }
  // Valkey 9.1 reads with fast_float, which knows no hexadecimal numbers.
  if (isFrom(version, { valkey: "9.1" })) return null;
  const hex = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?[0-9]{1,6}))?$/i.exec(text);
  if (hex === null || (hex[2] === "" && hex[3] === "")) return null;
  const [, sign, whole = "", fraction = "", power = "0"] = hex;
  const digits = Number(`0x${whole}${fraction}`);
  const value = digits * 2 ** (Number(power) - 4 * fraction.length);
  return Number.isFinite(value) && (value !== 0 || digits === 0) ? (sign === "-" ? -value : value) : null;
}
