/**
 * Shell scripts as simple commands, each word with the place of every character. Nothing is run and nothing is expanded: what
 * a variable or a command gives stands as `UNKNOWN` in its word. Bodies of here-documents and comments are no commands.
 * Any text gives a result in linear time; behind a quote that is never closed nothing is read.
 */
import { type Span, spanOf } from "../text.ts";

/** Stands in a word for text that only a running shell knows. */
export const UNKNOWN = "\0";

export interface ShellWord {
  /** Without quotes and backslashes. */
  readonly value: string;
  /** Offset of each character of `value`; for `UNKNOWN` that of the expression. */
  readonly offsets: readonly number[];
  readonly span: Span;
}

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** Its output goes into the next command. */
  readonly isPiped: boolean;
  /** Bodies of its here-documents. */
  readonly heredocs: readonly Span[];
}

export interface ShellRange {
  readonly start: number;
  readonly end: number;
  /** A folded YAML text: a line break is a blank. */
  readonly isFolded?: boolean;
}

/** Command substitutions inside command substitutions: deeper ones are not read. */
const MAX_DEPTH = 20;

/** The place of a part of a word; `null` where its characters do not stand together. */
export function partSpan({ offsets }: ShellWord, from: number, to: number): Span | null {
  const [first, last] = [offsets[from], offsets[to - 1]];
  return first === undefined || last === undefined || last - first !== to - 1 - from ? null : spanOf(first, last + 1);
}

export function shellCommands(text: string, range: ShellRange = { start: 0, end: text.length }): ShellCommand[] {
  const commands: ShellCommand[] = [];
  new Reader(text, range, commands, 0).read();
  return commands;
}

interface Heredoc {
  readonly delimiter: string;
  readonly owner: Span[];
}

class Reader {
  readonly #text: string;
  readonly #end: number;
  readonly #isFolded: boolean;
  readonly #commands: ShellCommand[];
  readonly #depth: number;
  #at: number;
  #words: ShellWord[] = [];
  #heredocs: Span[] = [];
  readonly #pending: Heredoc[] = [];
  #value = "";
  #offsets: number[] = [];
  #wordStart = -1;
  /** What becomes of the word that is being read. */
  #target: "word" | "redirection" | "heredoc" = "word";

  constructor(text: string, range: ShellRange, commands: ShellCommand[], depth: number) {
    this.#text = text;
    this.#at = range.start;
    this.#end = range.end;
    this.#isFolded = range.isFolded === true;
    this.#commands = commands;
    this.#depth = depth;
  }

  /** Up to the end, or for what stands in parentheses up to the one that closes it; the offset behind. */
  read(isNested = false): number {
    while (this.#at < this.#end) {
      const char = this.#text[this.#at] as string;
      if (isNested && char === ")") {
        this.#endCommand(false);
        return this.#at + 1;
      }
      if (!this.#step(char)) return this.#end;
    }
    this.#endCommand(false);
    return this.#end;
  }

  /** False where nothing behind can be read. */
  #step(char: string): boolean {
    const next = this.#text[this.#at + 1];
    if (char === "\n" || char === "\r") this.#lineBreak();
    else if (char === " " || char === "\t") {
      this.#endWord();
      this.#at++;
    } else if (char === "#" && this.#wordStart < 0) this.#skipLine();
    else if (char === "\\") this.#escape();
    else if (char === "'") return this.#single(this.#at + 1);
    else if (char === '"') return this.#double();
    else if (char === "$") return this.#dollar();
    else if (char === "`") return this.#backtick();
    else if (char === "<" || char === ">") this.#redirect(char);
    else if (char === "&" && next === ">") {
      this.#at++;
      this.#redirect(">");
    } else if (";&|()".includes(char)) {
      this.#endCommand(char === "|" && next !== "|");
      this.#at += next === char || (char === "|" && next === "&") ? 2 : 1;
    } else this.#put(char);
    return true;
  }

  #put(char: string): void {
    if (this.#wordStart < 0) this.#wordStart = this.#at;
    this.#value += char;
    this.#offsets.push(this.#at);
    this.#at++;
  }

  #unknown(end: number): void {
    if (this.#wordStart < 0) this.#wordStart = this.#at;
    this.#value += UNKNOWN;
    this.#offsets.push(this.#at);
    this.#at = end;
  }

  #endWord(): void {
    if (this.#wordStart < 0) return;
    const word = { value: this.#value, offsets: this.#offsets, span: spanOf(this.#wordStart, this.#at) };
    if (this.#target === "word") this.#words.push(word);
    else if (this.#target === "heredoc") this.#pending.push({ delimiter: word.value, owner: this.#heredocs });
    this.#target = "word";
    this.#value = "";
    this.#offsets = [];
    this.#wordStart = -1;
  }

  #endCommand(isPiped: boolean): void {
    this.#endWord();
    if (this.#words.length > 0) this.#commands.push({ words: this.#words, isPiped, heredocs: this.#heredocs });
    this.#words = [];
    this.#heredocs = [];
  }

  #lineBreak(): void {
    const isBlankLine =
      this.#isFolded &&
      /^(?:\r\n|\n|\r)[ \t]*(?:[\r\n]|$)/.test(this.#text.slice(this.#at, Math.min(this.#end, this.#at + 200)));
    if (this.#isFolded && !isBlankLine) this.#endWord();
    else this.#endCommand(false);
    this.#at += this.#text.startsWith("\r\n", this.#at) ? 2 : 1;
    for (let heredoc = this.#pending.shift(); heredoc !== undefined; heredoc = this.#pending.shift())
      this.#skipHeredoc(heredoc);
  }

  /** Blanks before the delimiter count for nothing: inside YAML every line is indented. */
  #skipHeredoc({ delimiter, owner }: Heredoc): void {
    const start = this.#at;
    while (this.#at < this.#end) {
      const lineStart = this.#at;
      this.#skipLine();
      const line = this.#text.slice(lineStart, this.#at);
      this.#at = Math.min(this.#end, this.#at + (this.#text.startsWith("\r\n", this.#at) ? 2 : 1));
      if (line.trim() === delimiter) {
        owner.push(spanOf(start, lineStart));
        return;
      }
    }
    owner.push(spanOf(start, this.#end));
  }

  #skipLine(): void {
    while (this.#at < this.#end && this.#text[this.#at] !== "\n" && this.#text[this.#at] !== "\r") this.#at++;
  }

  #escape(): void {
    const next = this.#text[this.#at + 1];
    if (next === "\n" || next === "\r") {
      this.#at += this.#text.startsWith("\r\n", this.#at + 1) ? 3 : 2;
      return;
    }
    if (this.#wordStart < 0) this.#wordStart = this.#at;
    this.#at++;
    if (next !== undefined && this.#at < this.#end) this.#put(next);
  }

  #single(from: number): boolean {
    const close = this.#text.indexOf("'", from);
    if (close < 0 || close >= this.#end) return false;
    if (this.#wordStart < 0) this.#wordStart = this.#at;
    for (this.#at = from; this.#at < close; ) this.#put(this.#text[this.#at] as string);
    this.#at = close + 1;
    return true;
  }

  #double(): boolean {
    if (this.#wordStart < 0) this.#wordStart = this.#at;
    this.#at++;
    while (this.#at < this.#end) {
      const char = this.#text[this.#at] as string;
      if (char === '"') {
        this.#at++;
        return true;
      }
      if (char === "\\" && /["$`\\\r\n]/.test(this.#text[this.#at + 1] ?? "")) this.#escape();
      else if (char === "$" && this.#text[this.#at + 1] !== "'") {
        if (!this.#dollar()) return false;
      } else if (char === "`") {
        if (!this.#backtick()) return false;
      } else this.#put(char);
    }
    return false;
  }

  #dollar(): boolean {
    const rest = this.#text.slice(this.#at, this.#at + 4);
    if (rest.startsWith("${{")) return this.#unknownUpTo("}}");
    if (rest.startsWith("${")) return this.#unknownUpTo("}");
    if (rest.startsWith("$((")) return this.#unknownUpTo("))");
    if (rest.startsWith("$(")) {
      if (this.#depth >= MAX_DEPTH) return false;
      const inner = new Reader(
        this.#text,
        { start: this.#at + 2, end: this.#end, isFolded: this.#isFolded },
        this.#commands,
        this.#depth + 1,
      );
      this.#unknown(inner.read(true));
      return true;
    }
    if (rest.startsWith("$'")) {
      const close = /[^\\]'/.exec(this.#text.slice(this.#at + 1, this.#end));
      if (close === null) return false;
      this.#unknown(this.#at + 1 + close.index + 2);
      return true;
    }
    const name = /^\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(this.#text.slice(this.#at, this.#at + 200));
    if (name === null) this.#put("$");
    else this.#unknown(this.#at + name[0].length);
    return true;
  }

  #unknownUpTo(close: string): boolean {
    const found = this.#text.indexOf(close, this.#at);
    if (found < 0 || found >= this.#end) return false;
    this.#unknown(found + close.length);
    return true;
  }

  #backtick(): boolean {
    const close = this.#text.indexOf("`", this.#at + 1);
    if (close < 0 || close >= this.#end || this.#depth >= MAX_DEPTH) return false;
    const range = { start: this.#at + 1, end: close, isFolded: this.#isFolded };
    new Reader(this.#text, range, this.#commands, this.#depth + 1).read();
    this.#unknown(close + 1);
    return true;
  }

  #redirect(char: string): void {
    // `2>`: the number belongs to the sign.
    if (/^\d+$/.test(this.#value) && this.#wordStart >= 0) {
      this.#value = "";
      this.#offsets = [];
      this.#wordStart = -1;
    } else this.#endWord();
    if (this.#text.startsWith("<<<", this.#at)) this.#at += 3;
    else if (this.#text.startsWith("<<", this.#at)) {
      this.#at += this.#text[this.#at + 2] === "-" ? 3 : 2;
      this.#target = "heredoc";
      return;
    } else {
      this.#at++;
      while (this.#at < this.#end && (this.#text[this.#at] === char || "&|".includes(this.#text[this.#at] as string)))
        this.#at++;
    }
    this.#target = "redirection";
  }
}
