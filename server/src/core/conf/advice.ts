// What stops no server, and yet is not meant so: lines without effect, and names that have a newer one.
import type { Piece, PiecedText, PlacedPiece } from "../pieces.ts";
import type { Span } from "../text.ts";
import { lowerCase } from "./bytes.ts";
import { firstOf } from "./common.ts";
import type { DirectiveRecord, DirectiveTable, KnownDirective } from "./directiveTable.ts";
import type { ConfLine } from "./parser.ts";
import { type ConfFix, type ConfProblem, gluesWords, MOST_TOLD, replaceFix } from "./problem.ts";
import { type Candidate, type ServerVersion, versionName } from "./target.ts";
import type { Word } from "./words.ts";

/** A line together with its directive in the newest server that may be meant. */
interface NamedLine {
  readonly line: ConfLine;
  readonly name: string;
  readonly known: KnownDirective;
  /** Why the name is not the one to write. */
  readonly old: OldName | null;
}

/** `ignored`: read without effect by every server that may be meant. */
type OldName = "ignored" | { readonly present: string };

/** The line that counts. */
interface Winner {
  readonly named: NamedLine;
  readonly place: PlacedPiece;
  /** What the others are told, by their name of the directive: many are told the same. */
  readonly messages: Map<string, string>;
}

/** Lines of these count although a later one sets the same: paths go on from each other, limits are held against each other. */
const ORDER_MATTERS = new Set(["dir", "array-sparse-kmin", "array-sparse-kmax", "acl-pubsub-default"]);

/** Advice for files that are for one target. What a line says of itself is found out once for each piece. */
export class AdviceFinder {
  readonly #versions: readonly ServerVersion[];
  readonly #table: DirectiveTable;
  readonly #named = new WeakMap<Piece, readonly NamedLine[]>();
  /** Few names stand in a file, often. */
  readonly #old = new Map<string, OldName | null>();

  constructor(possible: readonly Candidate[], table: DirectiveTable) {
    this.#versions = possible.map(({ version }) => version);
    this.#table = table;
  }

  /** `refused`: lines of which worse is told. The first of many, and the last of those says that there are more. */
  find(
    text: PiecedText,
    refused: ReadonlySet<ConfLine>,
    linesOf: (piece: Piece) => readonly ConfLine[],
  ): readonly ConfProblem[] {
    const found = this.#duplicates(text, refused, linesOf);
    for (const place of text.placed) {
      if (found.length > MOST_TOLD) break;
      for (const named of this.#namedIn(place.piece, linesOf)) {
        if (named.old !== null && !refused.has(named.line))
          found.push(this.#outdated(named, named.old, place, text.text));
      }
    }
    return firstOf(found, (advice) => advice);
  }

  #namedIn(piece: Piece, linesOf: (piece: Piece) => readonly ConfLine[]): readonly NamedLine[] {
    const known = this.#named.get(piece);
    if (known !== undefined) return known;
    const lines = linesOf(piece).flatMap((line) => this.#nameOf(line) ?? []);
    this.#named.set(piece, lines);
    return lines;
  }

  #nameOf(line: ConfLine): NamedLine | null {
    const [newest] = this.#versions;
    if (newest === undefined || line.broken !== null) return null;
    const name = lowerCase(line.words[0]?.value ?? "");
    const known = this.#table.find(name, newest);
    if (known === null) return null;
    let old = this.#old.get(name);
    if (old === undefined) {
      old = this.#oldName(name, known);
      this.#old.set(name, old);
    }
    return { line, name, known, old };
  }

  #oldName(name: string, { directive }: KnownDirective): OldName | null {
    if (this.#versions.every((version) => this.#table.find(name, version)?.variant.kind === "ignored"))
      return "ignored";
    const present = newerName(name, directive, this.#versions, this.#table);
    return present === undefined ? null : { present };
  }

  #duplicates(
    { text, placed }: PiecedText,
    refused: ReadonlySet<ConfLine>,
    linesOf: (piece: Piece) => readonly ConfLine[],
  ): ConfProblem[] {
    const last = new Map<DirectiveRecord, Winner>();
    for (let at = placed.length - 1; at >= 0; at--) {
      const place = placed[at] as PlacedPiece;
      const lines = this.#namedIn(place.piece, linesOf);
      for (let index = lines.length - 1; index >= 0; index--) {
        const named = lines[index] as NamedLine;
        if (!last.has(named.known.directive) && !refused.has(named.line))
          last.set(named.known.directive, { named, place, messages: new Map() });
      }
    }
    const found: ConfProblem[] = [];
    for (const place of placed) {
      for (const named of this.#namedIn(place.piece, linesOf)) {
        const { directive, variant } = named.known;
        const winner = last.get(directive);
        if (winner === undefined || winner.named === named || directive.repeat === "accumulates") continue;
        if (ORDER_MATTERS.has(directive.name) || variant.kind === "ignored" || refused.has(named.line)) continue;
        found.push(duplicate(named, place, winner, text));
        if (found.length > MOST_TOLD) return found;
      }
    }
    return found;
  }

  #outdated({ line, name }: NamedLine, old: OldName, place: PlacedPiece, text: string): ConfProblem {
    const shared = { rule: "conf/deprecated-directive", severity: "hint", tag: "deprecated", related: [] } as const;
    if (old === "ignored") {
      const fix: ConfFix = { title: "Delete the line", edits: [{ ...wholeLine(line, place, text), newText: "" }] };
      const message = `${subject(this.#versions)} reads \`${name}\` without effect.`;
      return advise(line, place, { ...shared, message, fixes: [fix] });
    }
    const { present } = old;
    return advise(line, place, {
      ...shared,
      message: `\`${name}\` is the old name of \`${present}\`. It still works in ${subject(this.#versions)}; write \`${present}\`.`,
      fixes: [replaceFix(`Change to ${present}`, nameSpan(line, place), present)].filter(
        (fix) => !gluesWords(fix, text),
      ),
    });
  }
}

function duplicate(
  { line, name }: NamedLine,
  place: PlacedPiece,
  { named, place: winnersPlace, messages }: Winner,
  text: string,
): ConfProblem {
  let message = messages.get(name);
  if (message === undefined) {
    message = `\`${name}\` is set again in line ${named.line.number + winnersPlace.line}, and the last line wins. This one has no effect: remove it, or the other.`;
    messages.set(name, message);
  }
  const { start, end } = wholeLine(line, place, text);
  return advise(line, place, {
    rule: "conf/duplicate-directive",
    severity: "warning",
    tag: "unnecessary",
    message,
    fixes: [{ title: "Delete the line without effect", edits: [{ start, end, newText: "" }] }],
    related: [{ span: nameSpan(named.line, winnersPlace), message: "The line that counts" }],
  });
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

function nameSpan(line: ConfLine, place: PlacedPiece): Span {
  const { start, end } = line.words[0] as Word;
  return { start: start + place.start, end: end + place.start };
}

type Advice = Pick<ConfProblem, "rule" | "severity" | "message" | "fixes" | "related"> & {
  readonly tag: "deprecated" | "unnecessary";
};

function advise(line: ConfLine, place: PlacedPiece, advice: Advice): ConfProblem {
  const { rule, severity, message, fixes, related, tag } = advice;
  const span = nameSpan(line, place);
  return {
    rule,
    severity,
    message,
    fixes,
    related,
    tag,
    span,
    line: line.number + place.line,
    stage: "advice",
    reportedLine: null,
  };
}

/** With its line break; the last line takes the one before it along. */
function wholeLine({ span }: ConfLine, place: PlacedPiece, text: string): Span {
  const start = text.lastIndexOf("\n", span.start + place.start - 1) + 1;
  const lineFeed = text.indexOf("\n", span.end + place.start);
  if (lineFeed >= 0) return { start, end: lineFeed + 1 };
  const before = text[start - 2] === "\r" ? 2 : 1;
  return { start: Math.max(0, start - before), end: text.length };
}
