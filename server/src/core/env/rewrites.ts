/** The same connection in the other form: parts as one URL, a URL as its parts. Offered where both mean the same to every reader. */
import type { TextEdit } from "../finding.ts";
import { touches } from "../text.ts";
import { encodeOne } from "./cacheUrl.ts";
import { EnvContext, type EnvInput } from "./context.ts";
import type { EnvLine } from "./entry.ts";
import { isPort } from "./hosts.ts";
import { Mastodon, type Prefix, splitName } from "./mastodon.ts";

export interface EnvRewrite {
  /** Names variables only: a value may be a secret. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

const FORM = ["HOST", "PORT", "PASSWORD", "DB"] as const;
/** With one of these there is more to say than a URL without a user can. */
const MORE = ["USER", "USERNAME", "SENTINELS", "SENTINEL_MASTER"] as const;
const HOST = /^[A-Za-z0-9_.-]+$/;
/** Needs no quotes and no escapes, whoever reads the file. */
const PLAIN = /^[A-Za-z0-9._~:,@/+=-]*$/;

/** What is offered at a place of the file; most often nothing. */
export function rewritesEnv(input: EnvInput, offset: number): readonly EnvRewrite[] {
  const context = EnvContext.of(input);
  const line = context
    .linesNear(offset)
    .find(({ entry }) => touches(entry.writtenSpan, offset) || touches(entry.keySpan, offset));
  const name = line === undefined ? null : splitName(line.key);
  // Another reader may understand the names otherwise.
  if (line === undefined || name === null || Mastodon.among(context) === null || context.apps.length !== 1) return [];
  const rewrite = name.part === "URL" ? toParts(context, name.prefix, line) : toUrl(context, name.prefix, name.part);
  return rewrite === null ? [] : [rewrite];
}

function toUrl(context: EnvContext, prefix: Prefix, part: string): EnvRewrite | null {
  const names = FORM.map((one) => `${prefix}REDIS_${one}`);
  const [host, port, password, db] = names.map((name) => context.line(name));
  if (!FORM.some((one) => one === part) || host === undefined) return null;
  if (isGiven(context, prefix, ["URL", ...MORE]) || !names.every((name) => isOnlyHere(context, name))) return null;
  const [hostText = "", portText = "", passwordText = "", dbText = ""] = [host, port, password, db].map(
    (line) => line?.meant,
  );
  if (!HOST.test(hostText) || (portText !== "" && !isPort(portText)) || !/^\d*$/.test(dbText)) return null;
  const lines = [host, port, password, db].filter((line) => line !== undefined);
  const secret = passwordText === "" ? "" : `:${encoded(passwordText)}@`;
  const url = `redis://${secret}${hostText}:${portText || "6379"}/${dbText || "0"}`;
  return replacement(context, lines, [[`${prefix}REDIS_URL`, url]], `Write ${prefix}REDIS_URL in place of its parts`);
}

function toParts(context: EnvContext, prefix: Prefix, line: EnvLine): EnvRewrite | null {
  const isAlone = !isGiven(context, prefix, [...FORM, ...MORE]) && isOnlyHere(context, line.key);
  if (!isAlone || !line.isVerbatim) return null;
  const { scheme, separator, user, password, host, port, database, trailing } = line.url;
  if (scheme?.text !== "redis" || separator?.text !== "://" || (user?.text ?? "") !== "" || trailing !== null)
    return null;
  const secret = decoded(password?.text ?? "");
  const number = database?.text.slice(1) ?? "";
  if (!HOST.test(host.text) || secret === null || !/^\d*$/.test(number)) return null;
  if (port !== null && !isPort(port.text)) return null;
  const parts = [host.text, port?.text ?? "6379", secret, number === "" || number === "0" ? "" : number];
  const values = FORM.map((part, index) => [`${prefix}REDIS_${part}`, parts[index] as string] as const);
  const given = values.filter(([, value]) => value !== "");
  return replacement(context, [line], given, `Write ${prefix}REDIS_HOST and its partners in place of the URL`);
}

/** Everything that a URL or a reader of the file could take for something else is written as `%XX`. */
function encoded(text: string): string {
  return [...text].map((char) => (/[!'()*]/.test(char) ? percent(char) : encodeOne(char))).join("");
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** `null` where readers do not agree on what it says (`+`), or where the value would need quotes. */
function decoded(text: string): string | null {
  if (text.includes("+") || /%(?![0-9A-Fa-f]{2})/.test(text)) return null;
  try {
    const plain = decodeURIComponent(text);
    return PLAIN.test(plain) ? plain : null;
  } catch {
    return null;
  }
}

function isGiven(context: EnvContext, prefix: Prefix, parts: readonly string[]): boolean {
  const names = parts.map((part) => `${prefix}REDIS_${part}`);
  return names.some((name) => context.line(name) !== undefined || context.outside(name) !== undefined);
}

/** At most one line, that says no more than the value, and nobody else who needs the name. */
function isOnlyHere(context: EnvContext, name: string): boolean {
  if (context.outside(name) !== undefined || context.isUsedElsewhere(name)) return false;
  const lines = context.lines.filter(({ key }) => key === name);
  return lines.length < 2 && lines.every((line) => line.isLiteral && isBare(context, line));
}

/** No comment, nothing behind a quote, no second line. */
function isBare({ text }: EnvContext, { entry }: EnvLine): boolean {
  const { statement, keySpan, writtenSpan, hash } = entry;
  const before = text.slice(statement.start, keySpan.start);
  const rest = text.slice(writtenSpan.end, statement.end);
  const between = text.slice(keySpan.end, writtenSpan.start);
  const isOneLine = !/[\r\n]/.test(text.slice(keySpan.start, writtenSpan.end));
  return (
    hash === null && isOneLine && between === "=" && rest.trim() === "" && /^\uFEFF?\s*(?:export\s+)?$/.test(before)
  );
}

/** The new lines take the place of the first old one; the others go. */
function replacement(
  { path, text }: EnvContext,
  lines: readonly EnvLine[],
  values: readonly (readonly [string, string])[],
  title: string,
): EnvRewrite {
  const [first, ...others] = lines.toSorted((a, b) => a.keySpan.start - b.keySpan.start) as [EnvLine, ...EnvLine[]];
  const { statement, keySpan, writtenSpan } = first.entry;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lead = text.slice(statement.start, keySpan.start).replace("\uFEFF", "");
  const newText = values.map(([name, value]) => `${name}=${value}`).join(eol + lead);
  return {
    title,
    edits: [
      { path, span: { start: keySpan.start, end: writtenSpan.end }, newText },
      ...others.map(({ entry }) => ({ path, span: entry.statement, newText: "" })),
    ],
  };
}
