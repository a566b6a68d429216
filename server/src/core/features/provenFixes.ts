/**
 * Fixes that hold. A rule knows what it mends, not what others say of the result: a scheme in front of a text that is no host is a URL without a
 * host, and a quote that is closed shows a value that nobody can use. So each fix that is offered has been tried: its finding is gone, and
 * there is no error that was not there before.
 */
import type { Checker } from "../checker.ts";
import type { FileSource } from "../files.ts";
import type { Finding, Fix, TextEdit } from "../finding.ts";
import { hasGaps, splice, withoutGaps } from "../gaps.ts";
import type { CheckRequest, Report } from "../report.ts";
import { applyEdits, editsOf, safeFixesOf } from "./fixAll.ts";
import { holdingTogether, Tally } from "./fixesTogether.ts";

/** Fixes tried at one place; whoever asks about a whole file at once wants none of them in particular. */
const MOST_TRIED = 60;
/** Characters read for them: of a file of megabytes fewer are tried. */
const MOST_CHARACTERS = 16_000_000;
/** Other files of a stack that are looked at. */
const MOST_FILES = 20;

type Texts = ReadonlyMap<string, string>;
type Told = ReadonlyMap<string, Tally>;

/** For one report, as long as nothing changes. */
export class FixTrial {
  readonly #checker: Checker;
  readonly #request: CheckRequest;
  readonly #report: Report;
  readonly #before = new Map<string, Tally>();
  #tried = 0;
  #characters = 0;

  /** `request` is the one that the report answers. */
  constructor(checker: Checker, request: CheckRequest, report: Report) {
    this.#checker = checker;
    this.#request = request;
    this.#report = report;
    const { source, findings } = report;
    this.#before.set(source.path, new Tally(source.path, findings));
  }

  /** Those fixes of a finding that may be offered. */
  proven(finding: Finding): readonly Fix[] {
    const { path } = this.#report.source;
    return finding.fixes.filter(({ edits }) => {
      if (!this.#mayTry()) return false;
      const after = this.#after(edits);
      const isGone = (after.get(path)?.times(finding) ?? 0) < this.#tallyBefore(path).times(finding);
      return isGone && [...after].every(([other, tally]) => tally.bringsNoError(this.#tallyBefore(other)));
    });
  }

  /** The edits of all fixes that may be applied unseen, by file: those that hold together. */
  safeEdits(): Map<string, TextEdit[]> {
    let isFirst = true;
    const holding = holdingTogether(safeFixesOf([this.#report]), {
      before: (path) => this.#tallyBefore(path),
      after: (edits) => {
        if (!this.#mayTry() && !isFirst) return null;
        isFirst = false;
        return this.#after([...edits.values()].flat());
      },
    });
    return editsOf(holding);
  }

  #mayTry(): boolean {
    return this.#characters < MOST_CHARACTERS && this.#tried++ < MOST_TRIED;
  }

  #tallyBefore(path: string): Tally {
    let tally = this.#before.get(path);
    if (tally === undefined) {
      tally = this.#check(path, this.#textOf(path), this.#request.files);
      this.#before.set(path, tally);
    }
    return tally;
  }

  /** What is told of the file itself, of those that are edited, and of those that are read together with it. */
  #after(edits: readonly TextEdit[]): Told {
    const { source, stacks } = this.#report;
    const texts = new Map<string, string>();
    for (const path of new Set(edits.map((edit) => edit.path))) {
      const own = edits.filter((edit) => edit.path === path).toSorted((a, b) => a.span.start - b.span.start);
      texts.set(path, edited(this.#textOf(path), own));
    }
    const others = stacks.flatMap(({ files }) => [...files]).slice(0, MOST_FILES);
    const paths = new Set([source.path, ...texts.keys(), ...others]);
    const files = withTexts(this.#request.files, texts);
    return new Map([...paths].map((path) => [path, this.#check(path, texts.get(path) ?? this.#textOf(path), files)]));
  }

  #textOf(path: string): string {
    const { source } = this.#report;
    return path === source.path ? source.text : (this.#request.files.read(path) ?? "");
  }

  #check(path: string, text: string, files: FileSource): Tally {
    if (text === "") return new Tally(path, []);
    this.#characters += text.length;
    const languageId = path === this.#report.source.path ? this.#report.source.languageId : null;
    return new Tally(
      path,
      this.#checker.check({ ...this.#request, files, source: { path, text, languageId } }).findings,
    );
  }
}

/** A text with gaps keeps them, so that only what the edits touch is read again. */
function edited(text: string, edits: readonly TextEdit[]): string {
  const plain = edits.map((edit) => ({ ...edit, newText: withoutGaps(edit.newText) }));
  if (!hasGaps(text)) return applyEdits(text, plain);
  let result = text;
  for (const { span, newText } of plain.toReversed()) {
    const spliced = splice(result, span.start, span.end, newText);
    if (spliced === null) return withoutGaps(applyEdits(text, plain));
    result = spliced.text;
  }
  return result;
}

function withTexts(files: FileSource, texts: Texts): FileSource {
  return {
    read: (path) => texts.get(path) ?? files.read(path),
    list: (folder) => files.list(folder),
    root: (path) => files.root(path),
    namers: (path) => files.namers?.(path) ?? [],
  };
}
