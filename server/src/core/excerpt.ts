/**
 * What of a file may be shown outside of it. A secret can stand anywhere, in a misspelled directive as well as in a URL, and
 * it looks like any other text. So nothing is shown but words that carry none: names, numbers, words of a list, and images.
 */
import type { Span } from "./text.ts";

const HIDDEN = "•••";
const LEFT_OUT = "…";
/** Nobody writes longer directives or keys. */
const LONGEST_WORD = 40;
const NAME = /^(?:--)?[a-z]+(?:[-_][a-z0-9]+)*$|^[A-Z]+(?:_[A-Z0-9]+)*$/;
const QUANTITY = /^[-+]?\d{1,7}(?:\.\d{1,3})?(?:[kKmMgG][bB]?|[a-z]{0,3}|%)$/;

/** `8.2-aof`: the version of a database at a provider. */
const VERSION = /^\d{1,3}\.\d{1,3}(?:\.\d{1,3})?(?:-[a-z]{3,5})?$/;

/** True for a name or a quantity: what a message may repeat. */
export function isHarmless(text: string): boolean {
  return text.length <= LONGEST_WORD && (NAME.test(text) || QUANTITY.test(text) || VERSION.test(text));
}

/** Names of settings and of rules, as somebody may misspell them: `noticeDay`, `image/floating-tags`. */
const OWN_NAME = /^[a-z]+(?:[A-Z][a-z]+|[-/][a-z\d]+)*$/;

/** `setting "noticeDay"`, or `such setting`: a name that nobody knows is repeated where it looks like one of ours. */
export function shownName(what: string, name: string): string {
  return name.length <= LONGEST_WORD && OWN_NAME.test(name) ? `${what} "${name}"` : `such ${what}`;
}

/** Letters, with a number at the end or parts behind dashes: `redis2`, `cache-01`. */
const LABEL = /^[a-z]{1,20}\d{0,2}(?:[-_][a-z0-9]{1,12})*$/;
const ADDRESS = /^\[?(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]*:[\da-f:]*)\]?$/;

/** A host as it may be repeated: a password at its place looks like a name, so of others only the parts that are words are shown. */
export function shownHost(host: string): string {
  if (ADDRESS.test(host)) return host;
  return host
    .split(".")
    .map((part) => (LABEL.test(part) ? part : LEFT_OUT))
    .join(".");
}

/** As far as an image goes, a wrong one too: a command or an address in its place is none. */
const IMAGE = /^(?!.*:\/\/)(?!.*@(?!sha))[^\s]*$/;

/** Rules about images mark nothing but names, tags and expressions. */
const TRUSTED =
  /^(?:app|image|keydb|organisation|helm)\/|^mastodon\/(?:engine-|sidekiq-|dragonfly-|version-|mixed-|end-of)/;

/** These mark the secret; the rule about a variable that nobody reads marks the name of one. */
const MARKS_SECRET = /password(?!-variable)|secret/;

/** What these insert is ours: their edits name rules, settings and quotes. */
const WRITES_OUR_WORDS = /^(?:yaml|suppression|config|file)\//;

/**
 * True where the text of an edit may be shown apart from its file, as in a report that is uploaded: an image, or a few names and
 * quantities. A text that was moved there, such as a comment or a value, may hold anything.
 */
export function isShareable(newText: string, rule: string): boolean {
  if (TRUSTED.test(rule) || WRITES_OUR_WORDS.test(rule)) return true;
  return (
    !MARKS_SECRET.test(rule) &&
    newText
      .trim()
      .split(/\s+/)
      .every((word) => word === "" || isHarmless(word))
  );
}

export interface Excerpt {
  readonly text: string;
  /** The marked part in `text`. */
  readonly span: Span;
}

/**
 * The line of a finding: the key in front of the marked part, the marked part, and whether there is more. `span` is the marked
 * part as columns of `line`; it may end behind the line.
 */
export function excerpt(line: string, span: Span, rule: string): Excerpt {
  const start = Math.min(span.start, line.length);
  const end = Math.max(start, Math.min(span.end, line.length));
  // In an address everything may be a secret, whoever tells it.
  const isTrusted =
    TRUSTED.test(rule) &&
    !/:\/\/|@/.test(line.slice(0, start)) &&
    IMAGE.test(line.slice(start, end).replace(/\$\{[^}]*\}/g, ""));
  const before = isTrusted ? imageBefore(line.slice(0, start)) : nameBefore(line.slice(0, start));
  const marked = shownMark(line.slice(start, end), isTrusted, rule);
  const behind = line.slice(end);
  const closing = isTrusted ? (/^["'}\]),]*/.exec(behind)?.[0] ?? "") : "";
  const more = behind.slice(closing.length).trim() === "" ? "" : ` ${LEFT_OUT}`;
  const shown = { start: before.length, end: before.length + Math.max(1, marked.length) };
  return { text: before + marked + closing + more, span: shown };
}

function shownMark(marked: string, isTrusted: boolean, rule: string): string {
  if (MARKS_SECRET.test(rule)) return HIDDEN;
  if (isTrusted) return marked.length > 120 ? `${marked.slice(0, 120)}${LEFT_OUT}` : marked;
  if (isHarmless(marked)) return marked;
  return marked.startsWith("#") ? `# ${LEFT_OUT}` : HIDDEN;
}

/** `    image: redis:` of a line that may hold much else before. */
function imageBefore(before: string): string {
  const match = /^(\s*)(.*?)((?:[\w.-]+["']?[ \t]*:[ \t]+|FROM[ \t]+)?[^\s]{0,120})$/is.exec(
    before.length > 2000 ? before.slice(-2000) : before,
  );
  const [, indent = "", rest = "", shown = ""] = match ?? [];
  if (rest === "") return indent + shown;
  return /^(?:-[ \t]+)+$/.test(rest) ? indent + rest + shown : `${indent}${LEFT_OUT} ${shown}`;
}

/** The name that begins the line, where it is one, and a sign for what stands between it and the marked part. */
function nameBefore(before: string): string {
  const match = /^(\s*(?:-[ \t]+)?(?:export[ \t]+)?)([^\s:=]*)([ \t]*[:=]?[ \t]*)(.*)$/s.exec(before);
  const [, indent = "", word = "", separator = "", rest = ""] = match ?? [];
  if (word === "") return before.trim() === "" ? before.slice(0, LONGEST_WORD) : LEFT_OUT;
  const name = isHarmless(word.replace(/["']/g, "")) ? word : HIDDEN;
  return `${indent}${name}${separator === "" && rest === "" ? "" : separator || " "}${rest.trim() === "" ? "" : `${LEFT_OUT} `}`;
}
