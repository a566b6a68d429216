import type { SettingPlace } from "../../../conf/index.ts";
import { type Span, spanOf } from "../../../text.ts";

/** The line of a setting with its line break; the last line of a file takes the break before it along. */
export function linesSpan(whole: SettingPlace, text: string): Span {
  if (whole.origin !== "file") return spanOf(0, 0);
  const start = text.lastIndexOf("\n", whole.start - 1) + 1;
  const lineFeed = text.indexOf("\n", whole.end);
  if (lineFeed >= 0) return spanOf(start, lineFeed + 1);
  const before = text[start - 2] === "\r" ? 2 : 1;
  return spanOf(Math.max(0, start - before), text.length);
}

/** The line break that the file uses. */
export function lineBreak(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}
