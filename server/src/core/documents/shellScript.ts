/** Where a file holds shell commands: a script is one, a workflow has them in its steps. */
import { type ShellCommand, type ShellRange, shellCommands } from "../parse/shell.ts";
import { YamlReader } from "../parse/yamlReader.ts";
import type { YamlScalar } from "../parse/yamlTree.ts";
import type { SourceText } from "./extraction.ts";
import type { FolderIndex } from "./folderIndex.ts";
import type { DocumentKind } from "./kind.ts";

/** Nothing else in a script concerns caches, so a script without these words costs a look at its text. */
const CONCERNS_CACHES = /\baptible[^\n]{0,200}\bdb:|\b(?:replicaof|slaveof)[ \t]+no[ \t]+one\b/i;

export function mayRunOnCaches(text: string): boolean {
  return CONCERNS_CACHES.test(text);
}

export function commandsOf(source: SourceText, kind: DocumentKind, index: FolderIndex): ShellCommand[] {
  if (!mayRunOnCaches(source.text)) return [];
  if (kind === "shell-script") return shellCommands(source.text);
  if (kind !== "workflow") return [];
  return runRanges(source, index).flatMap((range) => shellCommands(source.text, range));
}

function runRanges(source: SourceText, index: FolderIndex): ShellRange[] {
  const ranges: ShellRange[] = [];
  for (const document of index.yaml(source.path, source.text).documents) {
    const reader = new YamlReader(document);
    for (const job of reader.entries(reader.map(reader.get(reader.root, "jobs")?.value))) {
      for (const step of reader.seq(reader.get(reader.map(job.value), "steps")?.value)?.items ?? []) {
        const run = reader.text(reader.map(step), "run");
        const range = run === null ? null : rangeOf(run, source.text);
        if (range !== null) ranges.push(range);
      }
    }
  }
  return ranges;
}

/** The written text; `null` where YAML has escapes of its own, so that it is not what the shell gets. */
function rangeOf({ span, style }: YamlScalar, text: string): ShellRange | null {
  const { start, end } = span;
  if (style === "block") {
    const body = text.indexOf("\n", start) + 1;
    return body === 0 || body > end ? null : { start: body, end, isFolded: text[start] === ">" };
  }
  if (style === "plain") return { start, end, isFolded: true };
  const inner = text.slice(start + 1, end - 1);
  const hasEscapes = style === "double" ? inner.includes("\\") : inner.includes("''");
  return hasEscapes ? null : { start: start + 1, end: end - 1, isFolded: true };
}
