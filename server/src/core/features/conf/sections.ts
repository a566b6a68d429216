/** Sections of a configuration by the headings of the stock files: `##### SNAPSHOTTING #####`, `#### MEMORY MANAGEMENT ####`. */
import type { LineIndex, Span } from "../../text.ts";

export interface Section {
  readonly title: string;
  /** The heading line. */
  readonly heading: Span;
  /** From the heading to the end of the last line before the next one. */
  readonly span: Span;
}

const HEADING = /^#{4,}[ \t]*([^#\s][^#\r\n]*?)[ \t]*#{4,}[ \t]*$/;

export function sectionsOf(lines: LineIndex): Section[] {
  const starts: { title: string; line: number }[] = [];
  for (let line = 0; line < lines.lineCount; line++) {
    const text = lines.lineText(line);
    // Headings are short; a long line of hashes is an ornament.
    const title = text.length < 200 && text.startsWith("####") ? HEADING.exec(text)?.[1] : undefined;
    if (title !== undefined) starts.push({ title, line });
  }
  return starts.map(({ title, line }, index) => {
    const last = (starts[index + 1]?.line ?? lines.lineCount) - 1;
    const heading = { start: lines.offset({ line, character: 0 }), end: lines.lineEnd(line) };
    return { title, heading, span: { start: heading.start, end: lines.lineEnd(Math.max(last, line)) } };
  });
}
