/**
 * `.env` files as Compose reads them (compose-go, dotenv/parser.go): `KEY=value`, `export`, quotes over several lines,
 * ` #` comments behind unquoted values, expressions in unquoted and double-quoted values. Any text gives a result;
 * a line that cannot be read gives no entry.
 */
import { type Span, spanOf } from "../text.ts";
import { type Definition, parseTemplate, resolveTemplate } from "./interpolation.ts";

export interface EnvEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** Unquoted and with escapes undone; expressions still stand in it when `expands`. */
  readonly raw: string;
  /** The value as written, without its quotes. */
  readonly valueSpan: Span;
  readonly quote: '"' | "'" | null;
}

const KEY = /[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*[=:][ \t]*/y;

export function parseEnvFile(text: string): EnvEntry[] {
  const entries: EnvEntry[] = [];
  let i = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (i < text.length) {
    KEY.lastIndex = i;
    const match = KEY.exec(text);
    const lineEnd = endOfLine(text, i);
    if (match === null || match.index + match[0].length > lineEnd) {
      i = nextLine(text, lineEnd);
      continue;
    }
    const key = match[1] as string;
    const keyStart = i + match[0].indexOf(key, match[0].search(/\S/) + (/^\s*export\s/.test(match[0]) ? 6 : 0));
    const valueStart = i + match[0].length;
    const value = readValue(text, valueStart, lineEnd);
    entries.push({ key, keySpan: spanOf(keyStart, keyStart + key.length), ...value.entry });
    i = nextLine(text, endOfLine(text, value.end));
  }
  return entries;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

function nextLine(text: string, lineEnd: number): number {
  return lineEnd >= text.length ? text.length : lineEnd + 1;
}

interface ReadValue {
  readonly entry: Pick<EnvEntry, "raw" | "valueSpan" | "quote">;
  readonly end: number;
}

function readValue(text: string, start: number, lineEnd: number): ReadValue {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    const close = closingQuote(text, start + 1, quote);
    if (close >= 0) {
      const written = text.slice(start + 1, close);
      const raw = quote === '"' ? unescapeDoubleQuoted(written) : written;
      return { entry: { raw, valueSpan: spanOf(start + 1, close), quote }, end: close + 1 };
    }
  }
  let end = lineEnd;
  const comment = /[ \t]#/.exec(text.slice(start, lineEnd));
  if (comment !== null) end = start + comment.index;
  if (text[start] === "#" && start < lineEnd) end = start;
  while (end > start && /\s/.test(text[end - 1] as string)) end--;
  return { entry: { raw: text.slice(start, end), valueSpan: spanOf(start, end), quote: null }, end: lineEnd };
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === "\\" && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return -1;
}

function unescapeDoubleQuoted(written: string): string {
  const named: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", $: "$$" };
  return written.replace(/\\([nrt"\\$])/g, (_, letter: string) => named[letter] as string);
}

/**
 * The variables that a `.env` file gives to interpolation, later lines over earlier ones. Expressions in values are
 * resolved by what stands above them and by `outer`; a value that stays uncertain is left out.
 */
export function envDefinitions(
  path: string,
  text: string,
  outer: (name: string) => Definition | null,
): Map<string, Definition> {
  const known = new Map<string, Definition>();
  for (const entry of parseEnvFile(text)) {
    const written = text.slice(entry.valueSpan.start, entry.valueSpan.end);
    if (entry.quote === "'" || !entry.raw.includes("$")) {
      known.set(entry.key, { value: entry.raw, path, span: entry.raw === written ? entry.valueSpan : null });
      continue;
    }
    const resolved = resolveTemplate(parseTemplate(entry.raw), (name) => known.get(name) ?? outer(name));
    if (resolved.unresolved.length === 0) known.set(entry.key, { value: resolved.value, path, span: null });
    else known.delete(entry.key);
  }
  return known;
}
