import type { VariantRecord } from "../directiveTable.ts";
import { type Argument, shown } from "../read/argument.ts";
import { isHostname, isIpv4, isIpv6 } from "./addresses.ts";
import { type ValueTrouble, valueTrouble } from "./valueTrouble.ts";

type Check = (value: string, variant: VariantRecord) => string | null;

const LONGEST_HOSTNAME = 255;
const LONGEST_ADDRESS = 45;

/** What is wrong with a text, by the rule that the table names. Redis 7.2 src/config.c: stringConfigSet and its is_valid functions. */
const CHECKS: Readonly<Record<string, Check>> = {
  "base-name": (value) => (/[/\\]/.test(value) ? "is a path, but only a file name is taken" : null),
  "base-name-not-empty": (value) => {
    if (value === "") return "is empty";
    return /[/\\]/.test(value) ? "is a path, but only a name is taken" : null;
  },
  "not-empty": (value) => (value === "" ? "is empty" : null),
  hostname: (value) =>
    isHostname(value, LONGEST_HOSTNAME) ? null : "is not a host name (letters, digits, - and ., at most 255 of them)",
  "aux-string": forbiddenIn,
  "aux-string-max-45": (value, variant) =>
    value.length > (variant.maxBytes ?? LONGEST_ADDRESS) ? "is longer than 45 bytes" : forbiddenIn(value, variant),
  "ip-or-empty": (value) => (value === "" || isIpv4(value) || isIpv6(value) ? null : "is not an IP address"),
  "ip-or-hostname-max-45": (value) =>
    isIpv4(value) || isIpv6(value) || isHostname(value, LONGEST_ADDRESS)
      ? null
      : "is neither an IP address nor a host name",
  "ipv4-or-empty": (value) => (value === "" || isIpv4(value) ? null : "is not an IPv4 address"),
  "ipv6-or-empty": (value) => (value === "" || isIpv6(value) ? null : "is not an IPv6 address"),
  "max-length": (value, variant) =>
    value.length > (variant.maxBytes ?? 0) ? `is longer than ${variant.maxBytes} bytes` : null,
  // Opened by the server; whether that works cannot be seen from here.
  "writable-file-or-empty": () => null,
};

export function checkString(variant: VariantRecord, argument: Argument): ValueTrouble | null {
  const check = variant.rule === undefined ? undefined : CHECKS[variant.rule];
  const what = check?.(argument.value, variant) ?? null;
  if (what === null) return null;
  return valueTrouble(0, variant.sensitive ? `the value ${what}` : `${shown(argument.value)} ${what}`);
}

/** Redis 7.2 src/cluster.c: isValidAuxString; a NUL byte ends strchr's list and so counts as forbidden. */
function forbiddenIn(value: string, variant: VariantRecord): string | null {
  const forbidden = variant.forbiddenCharacters ?? "";
  for (const character of value) {
    const isControl = character < " " || character === "\x7f";
    if (character === "\0" || (variant.controlCharactersForbidden && isControl)) return "holds a control character";
    if (forbidden.includes(character))
      return `holds ${character === " " ? "a blank" : shown(character)}, which is not allowed`;
  }
  return null;
}
