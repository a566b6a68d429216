// One text, judged in full: every parser, everything that a server answers, every format of the command line.
import process from "node:process";
import type { CodeAction, CompletionList, DocumentDiagnosticReport, WorkspaceEdit } from "vscode-languageserver";
import { noCounts } from "../../server/src/cli/formats/format.ts";
import { FORMATS, printerOf } from "../../server/src/cli/formats/index.ts";
import { type Answers, answersOf } from "../edits/answers.ts";
import type { Server } from "../edits/desk.ts";
import { BESIDE, KINDS, type Kind } from "../edits/samples.ts";
import { serverInProcess } from "../edits/servers.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { checker, TODAY } from "../support/inProcess.ts";
import { liveConstructs } from "../support/liveMarkdown.ts";
import { must } from "../support/must.ts";
import { isInside, linesOf, type Point, rangesIn, type Span } from "../support/ranges.ts";
import type { Input } from "./inputs.ts";
import { PARSERS } from "./parsers.ts";

export interface Verdict {
  /** Processor time of all answers of the server together. */
  readonly cpuMs: number;
  /** `what: more`; texts with the same `what` broke in the same way. */
  readonly faults: readonly string[];
}

/** What a reader sees of the answers: edits carry the text of the file, so they are left out. */
function wordsIn(value: unknown, found: string[] = []): string[] {
  if (typeof value === "string") found.push(value);
  else if (Array.isArray(value)) for (const item of value) wordsIn(item, found);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value))
      if (!["edit", "newText", "textEdit", "insertText", "filterText", "data", "diagnostics"].includes(key))
        wordsIn(item, found);
  return found;
}

function markdownIn(value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) markdownIn(item, found);
  else if (typeof value === "object" && value !== null) {
    const { kind, value: text } = value as { kind?: unknown; value?: unknown };
    if (kind === "markdown" && typeof text === "string") found.push(text);
    for (const item of Object.values(value)) markdownIn(item, found);
  }
  return found;
}

function editsOf(edit: WorkspaceEdit): { uri: string; edits: readonly { range: Span; newText: string }[] }[] {
  const changes = (edit.documentChanges ?? []).flatMap((change) =>
    "edits" in change
      ? [{ uri: change.textDocument.uri, edits: change.edits as { range: Span; newText: string }[] }]
      : [],
  );
  return [...changes, ...Object.entries(edit.changes ?? {}).map(([uri, edits]) => ({ uri, edits }))];
}

function overlaps(edits: readonly { range: Span }[]): boolean {
  const order = (a: Point, b: Point): number => a.line - b.line || a.character - b.character;
  const sorted = edits.map(({ range }) => range).sort((a, b) => order(a.start, b.start) || order(a.end, b.end));
  return sorted.some((range, at) => at > 0 && order(must(sorted[at - 1]).end, range.start) > 0);
}

export class Judge {
  #server: Server | null = null;
  #told = 0;

  async judge({ kind: name, text, secret }: Input): Promise<Verdict> {
    const kind = must(KINDS.find((one) => one.name === name));
    const faults = [...parserFaults(text)];
    let cpuMs = 0;
    try {
      this.#server ??= await serverInProcess();
      const server = this.#server;
      const uri = server.uriOf(kind.file);
      const before = process.cpuUsage();
      server.notify("textDocument/didOpen", { textDocument: { uri, languageId: kind.languageId, version: 1, text } });
      const answers = await answersOf(server.ask, uri, text, text.length >> 1, 6);
      const used = process.cpuUsage(before);
      server.notify("textDocument/didClose", { textDocument: { uri } });
      cpuMs = (used.user + used.system) / 1000;
      const texts = new Map(Object.entries(BESIDE).map(([file, beside]) => [server.uriOf(file), beside]));
      faults.push(...answerFaults(answers, uri, texts.set(uri, text)));
      const logged = server.logged().slice(this.#told);
      this.#told += logged.length;
      // With good requests there is nothing to write.
      faults.push(...logged.map((message) => `log: ${message}`));
      const shown = [
        ["an answer", wordsIn(answers)],
        ["the log", logged],
        ["an output", outputs(kind, text)],
      ] as const;
      faults.push(...secretFaults(secret, shown));
    } catch (error) {
      faults.push(`crash: ${error instanceof Error ? error.stack : String(error)}`);
    }
    return { cpuMs, faults };
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }
}

function* parserFaults(text: string): Generator<string> {
  for (const [name, parse] of Object.entries(PARSERS)) {
    try {
      const wrong = parse(text).find(({ start, end }) => !(0 <= start && start <= end && end <= text.length));
      if (wrong !== undefined) yield `span of ${name}: ${wrong.start}-${wrong.end} of ${text.length}`;
    } catch (error) {
      yield `crash of ${name}: ${error instanceof Error ? error.stack : String(error)}`;
    }
  }
}

function* answerFaults(answers: Answers, uri: string, texts: ReadonlyMap<string, string>): Generator<string> {
  const lines = new Map([...texts].map(([file, text]) => [file, linesOf(text)]));
  for (const [name, answer] of Object.entries(answers)) {
    const method = name.split(" ")[0];
    for (const { uri: file, range } of rangesIn(answer, uri)) {
      const known = lines.get(file);
      if (known !== undefined && !isInside(range, known))
        yield `range of ${method}: ${JSON.stringify(range)} in ${file}`;
    }
    for (const markdown of markdownIn(answer))
      for (const construct of liveConstructs(markdown)) yield `Markdown of ${method}: ${construct} in ${markdown}`;
  }
  for (const [name, answer] of Object.entries(answers)) {
    if (!name.startsWith("completion")) continue;
    const { items } = (answer as CompletionList | null) ?? { items: [] };
    const line = Number(/ (\d+):/.exec(name)?.[1]);
    for (const { label, textEdit } of items) {
      const range = textEdit !== undefined && "range" in textEdit ? textEdit.range : null;
      if (range !== null && (range.start.line !== line || range.end.line !== line))
        yield `completion over lines: ${label}`;
    }
  }
  const actions = (answers.actions ?? []) as readonly CodeAction[];
  const resolved = Object.entries(answers).flatMap(([name, answer]) =>
    name.startsWith("edit of") ? [answer as CodeAction] : [],
  );
  for (const { title, edit } of [...actions, ...resolved])
    for (const { edits } of edit === undefined ? [] : editsOf(edit))
      if (overlaps(edits)) yield `edits overlap: ${title}`;
  const tokens = (answers["semanticTokens/full"] as { data: readonly number[] } | null)?.data ?? [];
  if (tokens.length % 5 !== 0 || tokens.some((number) => !Number.isInteger(number) || number < 0))
    yield "tokens: malformed";
  const { kind } = answers.diagnostics as DocumentDiagnosticReport;
  if (kind !== "full") yield `diagnostics: ${kind}`;
}

function* secretFaults(
  secret: string | null,
  shown: readonly (readonly [string, readonly string[]])[],
): Generator<string> {
  // Names of services are shown, whatever they are: one that swallowed the secret is none the less a name.
  if (
    secret === null ||
    shown.some(([, words]) => words.some((word) => new RegExp(`service [^\\n]{0,80}${secret}`).test(word)))
  )
    return;
  for (const [where, words] of shown) {
    const leak = words.find((word) => word.includes(secret));
    const at = leak?.indexOf(secret) ?? 0;
    if (leak !== undefined) yield `secret in ${where}: …${leak.slice(Math.max(0, at - 100), at + 100)}`;
  }
}

/** What the command line prints in each format. */
function outputs(kind: Kind, text: string): string[] {
  const path = `/project/${kind.file}`;
  const texts = new Map([
    ...Object.entries(BESIDE).map(([file, beside]) => [`/project/${file}`, beside] as const),
    [path, text] as const,
  ]);
  const report = checker.check({
    source: { path, text, languageId: kind.languageId },
    layers: [{ from: "flag", settings: { asOf: TODAY, apps: { mastodon: "4.5" } } }],
    useProjectFile: true,
    files: new MemoryFiles(texts),
    today: TODAY,
  });
  if (report.failed.length > 0) throw must(report.failed[0]).error;
  const printing = { cwd: "/project", hasColours: false, textOf: (file: string) => texts.get(file) ?? "" };
  return FORMATS.map((format) => {
    const printer = printerOf(format, printing);
    const end = printer.end({ files: 1, counts: noCounts(), fixable: 0, unread: [] });
    const printed = printer.start(TODAY) + printer.file(report) + end;
    if (format === "json" || format === "sarif") JSON.parse(printed);
    // An edit in JSON may copy a host from one variable to another.
    return printed.replace(/"newText": "\w*_HOST=[^"]*"/g, "");
  });
}
