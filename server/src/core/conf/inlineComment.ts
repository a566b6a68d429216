import type { ConfLine } from "./parser.ts";
import type { ConfFix, Trouble } from "./problem.ts";
import type { Word } from "./words.ts";

/**
 * Reads a line; if it is refused and a comment stands in it, once more without the comment. What is wrong is then the comment, and besides
 * whatever is wrong with the rest.
 */
export function readWithComment(
  line: ConfLine,
  text: string,
  read: (line: ConfLine) => Trouble | null,
): readonly Trouble[] {
  const trouble = read(line);
  if (trouble === null) return [];
  const comment = commentIn(line, text);
  if (comment === null) return [trouble];
  const rest = withoutComment(line, comment);
  const left = read(rest);
  if (left === null) return [commentTrouble(line, comment, text)];
  return rest.words.length === 1 || left.what === trouble.what
    ? [trouble]
    : [commentTrouble(line, comment, text), left];
}

/** The first word behind the name that begins with a bare #, where a reader would see a comment. */
export function commentIn(line: ConfLine, text: string): Word | null {
  const isUser = /^user$/i.test(line.words[0]?.value ?? "");
  for (const word of line.words.slice(1)) {
    if (text[word.start] !== "#") continue;
    // A # also begins the hash of a password.
    if (!isUser || !/^#[0-9a-f]+$/i.test(word.value)) return word;
  }
  return null;
}

/** The same line as if the comment were not there. */
export function withoutComment(line: ConfLine, comment: Word): ConfLine {
  const words = line.words.filter((word) => word.start < comment.start);
  const end = words.at(-1)?.end ?? comment.start;
  return { ...line, words, span: { start: line.span.start, end } };
}

/** `#` is a comment only at the start of a line; behind a value it is one more value. */
export function commentTrouble(line: ConfLine, comment: Word, text: string): Trouble {
  const { end } = line.span;
  return {
    rule: "conf/inline-comment",
    span: { start: comment.start, end },
    what: "a comment behind a value is read as more values, because # starts a comment only at the start of a line",
    fixes: [moveUp(line, comment, text)],
  };
}

function moveUp(line: ConfLine, comment: Word, text: string): ConfFix {
  const { start, end } = line.span;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, start))?.[0] ?? "";
  const lineFeed = text.indexOf("\n", end);
  const ending = lineFeed > 0 && text[lineFeed - 1] === "\r" ? "\r\n" : "\n";
  const valueEnd = line.words.filter((word) => word.start < comment.start).at(-1)?.end ?? comment.start;
  return {
    title: "Move the comment to the line above",
    edits: [
      { start: lineStart, end: lineStart, newText: `${indent}${text.slice(comment.start, end)}${ending}` },
      { start: valueEnd, end, newText: "" },
    ],
  };
}
