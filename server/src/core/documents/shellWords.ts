/** Splits a command as Compose does (mattn/go-shellwords): blanks, both quotes, backslashes. */

export interface ShellWord {
  /** Without quotes and backslashes. */
  readonly value: string;
  /** As written. */
  readonly raw: string;
}

/** Operators that only a shell understands; Compose hands the text to no shell. */
const OPERATORS = /^(?:&&|\|\|?|;|>>?|<|&)$/;

/** `null` for a text that is no plain list of words: an open quote, or a shell's operators. */
export function shellWords(text: string): ShellWord[] | null {
  const words: ShellWord[] = [];
  let value = "";
  let start = -1;
  let quote = "";
  const end = (at: number): void => {
    if (start >= 0) words.push({ value, raw: text.slice(start, at) });
    value = "";
    start = -1;
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (quote === "" && /\s/.test(character)) {
      end(i);
      continue;
    }
    if (start < 0) start = i;
    if (character === quote) quote = "";
    else if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === "\\" && quote !== "'") value += text[++i] ?? "";
    else value += character;
  }
  if (quote !== "") return null;
  end(text.length);
  return words.some(({ raw }) => OPERATORS.test(raw)) ? null : words;
}
