// What stops no server, and yet is not meant so: lines without effect, and names that have a newer one.
import type { Span } from "../text.ts";
import { lowerCase } from "./bytes.ts";
import type { DirectiveRecord, DirectiveTable, KnownDirective } from "./directiveTable.ts";
import type { ConfFile, ConfLine } from "./parser.ts";
import { type ConfFix, type ConfProblem, MOST_TOLD, replaceFix } from "./problem.ts";
import { type Candidate, type ServerVersion, versionName } from "./target.ts";
import type { Word } from "./words.ts";

/** A line together with its directive in the newest server that may be meant. */
interface NamedLine {
  readonly line: ConfLine;
  readonly name: string;
  readonly known: KnownDirective;
}

export function findAdvice(
  file: ConfFile,
  possible: readonly Candidate[],
  refused: ReadonlySet<number>,
  table: DirectiveTable,
): readonly ConfProblem[] {
  const newest = possible[0]?.version;
  if (newest === undefined) return [];
  const lines: NamedLine[] = [];
  for (const line of file.lines) {
    const name = lowerCase(line.words[0]?.value ?? "");
    const known = line.broken === null && !refused.has(line.number) ? table.find(name, newest) : null;
    if (known !== null) lines.push({ line, name, known });
  }
  const old = lines.flatMap((line) => outdated(line, possible, file.text, table));
  return [...duplicates(lines, file.text), ...old];
}

/** Lines of these count although a later one sets the same: paths go on from each other, limits are held against each other. */
const ORDER_MATTERS = new Set(["dir", "array-sparse-kmin", "array-sparse-kmax", "acl-pubsub-default"]);

function duplicates(lines: readonly NamedLine[], text: string): readonly ConfProblem[] {
  const last = new Map<DirectiveRecord, NamedLine>();
  for (const named of lines) last.set(named.known.directive, named);
  const beaten = lines.filter((named) => {
    const { directive, variant } = named.known;
    if (last.get(directive) === named || directive.repeat === "accumulates") return false;
    return !ORDER_MATTERS.has(directive.name) && variant.kind !== "ignored";
  });
  return beaten.slice(0, MOST_TOLD + 1).map((named) => {
    const winner = last.get(named.known.directive) as NamedLine;
    return advise(named.line, {
      rule: "conf/duplicate-directive",
      severity: "warning",
      tag: "unnecessary",
      message: `\`${named.name}\` is set again in line ${winner.line.number}, and the last line wins. This one has no effect: remove it, or the other.`,
      fixes: [{ title: "Delete the line without effect", edits: [{ ...wholeLine(named.line, text), newText: "" }] }],
      related: [{ span: nameSpan(winner.line), message: "The line that counts" }],
    });
  });
}

function outdated(
  { line, name, known }: NamedLine,
  possible: readonly Candidate[],
  text: string,
  table: DirectiveTable,
): readonly ConfProblem[] {
  const versions = possible.map(({ version }) => version);
  const shared = { rule: "conf/deprecated-directive", severity: "hint", tag: "deprecated", related: [] } as const;
  if (versions.every((version) => table.find(name, version)?.variant.kind === "ignored")) {
    const fix: ConfFix = { title: "Delete the line", edits: [{ ...wholeLine(line, text), newText: "" }] };
    return [
      advise(line, { ...shared, message: `${subject(versions)} reads \`${name}\` without effect.`, fixes: [fix] }),
    ];
  }
  const present = newerName(name, known.directive, versions, table);
  if (present === undefined) return [];
  return [
    advise(line, {
      ...shared,
      message: `\`${name}\` is the old name of \`${present}\`. It still works in ${subject(versions)}; write \`${present}\`.`,
      fixes: [replaceFix(`Change to ${present}`, nameSpan(line), present)],
    }),
  ];
}

/** The newest spelling that every possible server understands. */
export function newerName(
  name: string,
  directive: DirectiveRecord,
  versions: readonly ServerVersion[],
  table: DirectiveTable,
): string | undefined {
  let found: string | undefined;
  let next = directive.renamed?.[name];
  while (next !== undefined) {
    const candidate: string = next;
    if (!versions.every((version) => table.find(candidate, version)?.directive === directive)) break;
    found = candidate;
    next = directive.renamed?.[candidate];
  }
  return found;
}

function subject(versions: readonly ServerVersion[]): string {
  const [first] = versions;
  return first !== undefined && versions.length === 1 ? versionName(first) : "every version";
}

function nameSpan(line: ConfLine): Span {
  const { start, end } = line.words[0] as Word;
  return { start, end };
}

type Advice = Pick<ConfProblem, "rule" | "severity" | "message" | "fixes" | "related"> & {
  readonly tag: "deprecated" | "unnecessary";
};

function advise(line: ConfLine, advice: Advice): ConfProblem {
  return { ...advice, span: nameSpan(line), line: line.number, stage: "advice", reportedLine: null };
}

/** With its line break; the last line takes the one before it along. */
function wholeLine({ span }: ConfLine, text: string): Span {
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const lineFeed = text.indexOf("\n", span.end);
  if (lineFeed >= 0) return { start, end: lineFeed + 1 };
  const before = text[start - 2] === "\r" ? 2 : 1;
  return { start: Math.max(0, start - before), end: text.length };
}
