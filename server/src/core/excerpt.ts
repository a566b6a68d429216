/** A line of a file as it may be shown outside of it: passwords masked, long lines cropped. */
import type { Span } from "./text.ts";

const MASK = "•••";

/**
 * Places where a secret can stand on a line: behind the name of a variable, key or flag that means one, and between the
 * scheme and the host of a URL.
 */
const SECRETS: readonly RegExp[] = [
  /((?:pass|pwd|secret|token|auth|credential|key_?base|api_?key|private)[\w.-]*["']?(?:[ \t]*[:=][ \t]*|["']?[ \t]*,[ \t]*|[ \t]+)["']?)([^\s"',}\]]+)/gi,
  /([A-Za-z][\w+.-]*:\/\/)([^\s/@"']*@)/g,
];

/** Characters kept before and behind the marked part of a long line. */
const CONTEXT = 60;

export interface Excerpt {
  readonly text: string;
  /** The marked part in `text`. */
  readonly span: Span;
}

/** `span` is the marked part as columns of `line`; it may end behind the line. Only the part that is marked stays as it is. */
export function excerpt(line: string, span: Span): Excerpt {
  const start = Math.min(span.start, line.length);
  const end = Math.max(start, Math.min(span.end, line.length));
  let before = mask(line.slice(0, start));
  let behind = mask(line.slice(end), line.slice(0, end));
  if (before.length > CONTEXT * 2) before = `…${before.slice(-CONTEXT)}`;
  if (behind.length > CONTEXT) behind = `${behind.slice(0, CONTEXT)}…`;
  const marked = line.slice(start, end);
  return {
    text: before + marked + behind,
    span: { start: before.length, end: before.length + Math.max(1, marked.length) },
  };
}

function mask(text: string, context = ""): string {
  let masked = context + text;
  for (const pattern of SECRETS) masked = masked.replace(pattern, (_, name: string) => name + MASK);
  if (context === "") return masked;
  let maskedContext = context;
  for (const pattern of SECRETS) maskedContext = maskedContext.replace(pattern, (_, name: string) => name + MASK);
  return masked.startsWith(maskedContext) ? masked.slice(maskedContext.length) : MASK;
}
