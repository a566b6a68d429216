/** What a variable for a host alone, or for a port alone, may hold. */
import { isIpv6, parseCacheUrl } from "./cacheUrl.ts";

export interface HostFault {
  readonly what: string;
  /** The host that was meant; `null` where that is not clear. */
  readonly host: string | null;
}

/** `what` names the variable, never its value. `null`: nothing is wrong with it. */
export function hostFault(name: string, value: string): HostFault | null {
  if (isIpv6(value) || /^\[[0-9a-fA-F:.]+\]$/.test(value)) return null;
  if (value.includes("://")) return { what: `${name} holds a URL`, host: hostOfUrl(value) };
  const port = /^([^\s:/@]+):\d*$/.exec(value);
  if (port !== null) return { what: `${name} holds a port behind the host`, host: port[1] as string };
  if (value.startsWith("/")) return { what: `${name} holds a path; a socket needs a URL with unix://`, host: null };
  if (!/[\s/@?#:]/.test(value)) return null;
  const trimmed = value.trim().replace(/\/{1,20}$/, "");
  return { what: `${name} holds characters that no host name has`, host: /^[\w.-]+$/.test(trimmed) ? trimmed : null };
}

function hostOfUrl(value: string): string | null {
  const host = parseCacheUrl(value, 0).host.text;
  return /^(?:[\w.-]+|\[[0-9a-fA-F:.]+\])$/.test(host) ? host : null;
}

/** Digits only, from 1 to 65535. */
export function isPort(text: string): boolean {
  return /^0*[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535;
}
