// Reads a rule's page. Its form is fixed: `--explain` prints it, and the tests here run what it shows.

export interface Caret {
  /** From 0, in the text that the caret belongs to. */
  readonly line: number;
  /** Columns from 0, the end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly severity: string;
}

/** One file of an example. `text` is the file without its caret lines, `printed` is what a reader copies from the page. */
export interface ExampleFile {
  readonly name: string;
  readonly text: string;
  readonly carets: readonly Caret[];
  /** `null` where a line with `#` is no comment (JSON): the carets are then not part of the file. */
  readonly printed: { readonly text: string; readonly carets: readonly Caret[] } | null;
}

export interface Example {
  readonly files: readonly ExampleFile[];
  /** Flags as on the command line. */
  readonly flags: readonly string[];
}

export interface Page {
  readonly id: string;
  readonly title: string;
  /** The list under the title, by label. */
  readonly facts: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, string>;
  readonly wrong: readonly Example[];
  readonly right: readonly Example[];
}

export const HEADINGS = [
  "What it finds",
  "Why it matters",
  "What to do",
  "Wrong",
  "Right",
  "When it stays silent",
  "How to silence it",
  "Sources",
];

export function readPage(markdown: string): Page {
  const parts = markdown.split(/^## (.+)$/m);
  const [id = "", title = "", list = ""] = (parts[0] ?? "").split(/\n{2,}/);
  const sections = new Map<string, string>();
  for (let i = 1; i < parts.length; i += 2) {
    const heading = parts[i] as string;
    if (sections.has(heading)) throw new Error(`the heading "${heading}" stands twice`);
    sections.set(heading, (parts[i + 1] ?? "").trim());
  }
  return {
    id: id.replace(/^# /, ""),
    title,
    facts: new Map([...list.matchAll(/^- (\w+): (.+)$/gm)].map((match) => [match[1] as string, match[2] as string])),
    sections,
    wrong: readExamples(sections.get("Wrong") ?? ""),
    right: readExamples(sections.get("Right") ?? ""),
  };
}

const PARTS = /^```(\S+)[ \t]+(\S+)\n([\s\S]*?)^```$|^<!-- (\w+): (.*?) -->$/gm;

/** Blocks with only blank lines between them are the files of one example; a comment or a sentence begins the next one. */
function readExamples(section: string): Example[] {
  const examples: { files: ExampleFile[]; flags: string[] }[] = [];
  let flags: string[] = [];
  let paddedTo = 0;
  let end = 0;
  for (const match of section.matchAll(PARTS)) {
    const [whole, language = "", name = "", body = "", comment, value = ""] = match;
    const isNext = section.slice(end, match.index).trim() === "";
    end = match.index + whole.length;
    if (comment === "check") {
      flags = value.split(" ");
      examples.push({ files: [], flags });
    } else if (comment === "padded") {
      paddedTo = Number(value);
    } else if (comment !== undefined) {
      throw new Error(`no comment "${comment}" is known here`);
    } else {
      const last = examples.at(-1);
      const example = isNext && last !== undefined ? last : { files: [], flags: [] };
      if (example !== last) examples.push(example);
      example.files.push(readFile(language, name, body, paddedTo));
      paddedTo = 0;
    }
  }
  return examples;
}

function readFile(language: string, name: string, body: string, paddedTo: number): ExampleFile {
  const pad = (text: string): string =>
    text.length < paddedTo ? `${text}#${" ".repeat(paddedTo)}`.slice(0, paddedTo) : text;
  const lines = body.replace(/\n$/, "").split("\n");
  const kept: string[] = [];
  const carets: Caret[] = [];
  const printed: Caret[] = [];
  let above = -1;
  for (const [index, line] of lines.entries()) {
    const caret = readCaret(line);
    if (caret === null) {
      kept.push(line);
      above = index;
    } else {
      carets.push({ ...caret, line: kept.length - 1 });
      printed.push({ ...caret, line: above });
    }
  }
  return {
    name,
    text: pad(`${kept.join("\n")}\n`),
    carets,
    printed: language === "json" ? null : { text: pad(body), carets: printed },
  };
}

/** `#    ^^^ error`; a `#` that touches the carets counts as one; `#[3-9] error` names columns from 1, the last one included. */
function readCaret(line: string): Omit<Caret, "line"> | null {
  const drawn = /^[ \t]*(#[ \t]*)(\^+) (\w+)$/.exec(line);
  if (drawn !== null) {
    const [, lead = "", carets = "", severity = ""] = drawn;
    const first = line.indexOf("^");
    return { start: lead === "#" ? first - 1 : first, end: first + carets.length, severity };
  }
  const named = /^#\[(\d+)-(\d+)\] (\w+)$/.exec(line);
  if (named === null) return null;
  return { start: Number(named[1]) - 1, end: Number(named[2]), severity: named[3] as string };
}
