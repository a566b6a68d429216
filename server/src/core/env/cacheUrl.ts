/**
 * The parts of a cache URL with their exact places. Cuts where a person meant to cut: the last `@` ends the password even
 * where the password holds `/`, `#` or `?`, which ends it too early for every reader.
 */
import { type Span, spanOf } from "../text.ts";

export interface UrlPart {
  readonly text: string;
  readonly span: Span;
}

export interface CacheUrl {
  readonly text: string;
  readonly span: Span;
  /** The letters before the colon; `null` where there are none. */
  readonly scheme: UrlPart | null;
  /** `://` as it should be, or what stands in its place: `//`, `:/`, `:`. `null`: nothing like it. */
  readonly separator: UrlPart | null;
  readonly user: UrlPart | null;
  /** Between the first colon and the last `@`. */
  readonly password: UrlPart | null;
  /** With brackets around an IPv6 address; empty when it is missing. */
  readonly host: UrlPart;
  /** Behind the colon, may be empty; `null` without a colon. */
  readonly port: UrlPart | null;
  /** With its `/`; `null` without one. For `unix:` the whole path is in `host`. */
  readonly database: UrlPart | null;
  /** Query and fragment. */
  readonly trailing: UrlPart | null;
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*)?(:\/\/|\/\/|:\/)/;

export function parseCacheUrl(text: string, base: number): CacheUrl {
  const part = (start: number, end: number): UrlPart => ({
    text: text.slice(start, end),
    span: spanOf(base + start, base + end),
  });
  const [whole = "", letters = "", separator = ""] = SCHEME.exec(text) ?? [];
  const start = whole.length;
  const scheme = letters === "" ? null : part(0, letters.length);
  const common = {
    text,
    span: spanOf(base, base + text.length),
    scheme,
    separator: separator === "" ? null : part(letters.length, start),
  };
  if (letters.toLowerCase() === "unix")
    return {
      ...common,
      user: null,
      password: null,
      host: part(start, text.length),
      port: null,
      database: null,
      trailing: null,
    };
  const at = userInfoEnd(text, start);
  const hostStart = at < 0 ? start : at + 1;
  const colon = at < 0 ? -1 : text.indexOf(":", start);
  const hasPassword = colon >= 0 && colon < at;
  const behindHost = indexOfAny(text, "/?#", hostStart);
  const portColon = portSeparator(text.slice(hostStart, behindHost));
  const hostEnd = portColon < 0 ? behindHost : hostStart + portColon;
  const pathEnd = text[behindHost] === "/" ? indexOfAny(text, "?#", behindHost) : behindHost;
  return {
    ...common,
    user: at < 0 ? null : part(start, hasPassword ? colon : at),
    password: hasPassword ? part(colon + 1, at) : null,
    host: part(hostStart, hostEnd),
    port: portColon < 0 ? null : part(hostEnd + 1, behindHost),
    database: pathEnd > behindHost ? part(behindHost, pathEnd) : null,
    trailing: pathEnd < text.length ? part(pathEnd, text.length) : null,
  };
}

/** The last `@`, unless it stands in the query of a URL that is whole without it; -1 without one. */
function userInfoEnd(text: string, start: number): number {
  const at = text.lastIndexOf("@");
  if (at < start) return -1;
  const query = text.indexOf("?", start);
  if (query < 0 || query > at) return at;
  const before = text.slice(start, query);
  if (!/^(?:[^@/:]*(?::[^@/]*)?@)?(?:\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::\d*)?(?:\/\d*)?$/.test(before)) return at;
  // `user:1234?x@host`: what looks like a port is the beginning of a password when no host follows.
  return before.lastIndexOf("@") < 0 ? -1 : start + before.lastIndexOf("@");
}

function indexOfAny(text: string, characters: string, from: number): number {
  for (let i = from; i < text.length; i++) if (characters.includes(text[i] as string)) return i;
  return text.length;
}

/** The colon before the port; an IPv6 address without brackets has none that one could tell. */
function portSeparator(authority: string): number {
  const bracket = authority.lastIndexOf("]");
  const colon = authority.lastIndexOf(":");
  if (colon < 0 || colon < bracket) return -1;
  return bracket < 0 && authority.indexOf(":") !== colon ? -1 : colon;
}

/** An IPv6 address without brackets and zone. */
export function isIpv6(host: string): boolean {
  if (!/^[0-9a-fA-F:]*(?:\d{1,3}(?:\.\d{1,3}){3})?$/.test(host) || host.split(":").length < 3) return false;
  const halves = host.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (!groups.every((group) => /^(?:[0-9a-fA-F]{1,4}|\d{1,3}(?:\.\d{1,3}){3})$/.test(group))) return false;
  const count = groups.length + (groups.at(-1)?.includes(".") === true ? 1 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}

/** One character as `%XX`, unless it stands for itself everywhere in a URL. */
export function encodeOne(char: string): string {
  // Half a surrogate pair is no character that anything could encode.
  return /^[\ud800-\udfff]$/.test(char) ? "%EF%BF%BD" : encodeURIComponent(char);
}
