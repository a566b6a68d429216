import { isHarmless } from "../../excerpt.ts";
import type { Span } from "../../text.ts";
import type { Word } from "../words.ts";

/** A value as the server gets it. Several may come out of one word, which is then split once more. */
export interface Argument {
  readonly value: string;
  /** The word it was written in. */
  readonly span: Span;
  /** The value is the word: replacing the one replaces the other. */
  readonly isWord: boolean;
}

export function argumentsOf(words: readonly Word[]): readonly Argument[] {
  return words.slice(1).map((word) => ({ value: word.value, span: word, isWord: true }));
}

/** All arguments; the name where there are none. */
export function argumentsSpan(words: readonly Word[]): Span {
  const first = words[1] ?? words[0];
  const last = words[words.length - 1];
  return { start: first?.start ?? 0, end: last?.end ?? 0 };
}

/** A value for a message: names and quantities as they are; anything else may be a secret, and the place is marked anyway. */
export function shown(value: string): string {
  return isHarmless(value) ? `\`${value}\`` : "`…`";
}

/** Bytes as UTF-8 text; what is none stays as it is. */
export function fromBytes(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  try {
    return decodeURIComponent(
      bytes.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`),
    );
  } catch {
    return bytes;
  }
}
