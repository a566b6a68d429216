// What a fix must do: its finding goes, no error comes, and every byte outside of its edits stays what it is.
import { fixBytes } from "../../server/src/cli/fixes.ts";
import {
  applyEdits,
  builtInCatalog,
  Checker,
  type CheckRequest,
  type Finding,
  type Fix,
  FixTrial,
  type Report,
  type SuppressAction,
  suppressActions,
  type TextEdit,
} from "../../server/src/core/index.ts";
import { LineIndex } from "../../server/src/core/text.ts";
import { flagLayer } from "../rules/flagLayer.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { TODAY } from "../support/inProcess.ts";
import { must } from "../support/must.ts";
import { FOLDER, type Start, type Texts } from "./starts.ts";

export type Told = Finding & { readonly path: string };

const checker = new Checker(builtInCatalog());

/** All that is told of the files of a start, some of them with another text. */
export class State {
  readonly start: Start;
  readonly texts: Texts;
  readonly reports: ReadonlyMap<string, Report>;
  readonly told: readonly Told[];
  readonly #files: MemoryFiles;
  readonly #trials = new Map<string, { readonly trial: FixTrial; left: number }>();

  constructor(start: Start, texts: Texts) {
    this.start = start;
    this.texts = texts;
    this.#files = new MemoryFiles(texts, FOLDER);
    this.reports = new Map(this.#files.paths.map((file) => [file, checker.check(this.#requestFor(file))]));
    for (const { failed } of this.reports.values()) for (const { error } of failed) throw error;
    this.told = [...this.reports].flatMap(([file, { findings }]) =>
      findings.map((finding) => ({ ...finding, path: file })),
    );
  }

  /** With another text of the file that is mutated. */
  with(text: string): State {
    return new State(this.start, new Map([...this.texts, [this.start.file, text]]));
  }

  after(edits: readonly TextEdit[]): State {
    const texts = new Map(this.texts);
    for (const [file, ofFile] of byFile(edits)) texts.set(file, applyEdits(this.texts.get(file) ?? "", ofFile));
    return new State(this.start, texts);
  }

  /** Whether the fix of a finding has stood its trial. */
  offers(finding: Told, fix: Fix): boolean {
    return this.#trialOf(finding.path).proven({ ...finding, fixes: [fix] }).length > 0;
  }

  silencing(finding: Told): readonly SuppressAction[] {
    return suppressActions(must(this.reports.get(finding.path)), finding, this.#files);
  }

  /** What may be applied unseen, in the first file that has any: as an editor offers it. */
  safeEdits(): Fix["edits"] {
    for (const [file, report] of this.reports) {
      const edits = new FixTrial(checker, this.#requestFor(file), report).safeEdits();
      if (edits.size > 0) return [...edits.values()].flat();
    }
    return [];
  }

  /** One for a few fixes, as an editor has one for the place of the cursor: it tries so many, and no more. */
  #trialOf(file: string): FixTrial {
    const known = this.#trials.get(file);
    if (known !== undefined && known.left > 0) {
      known.left--;
      return known.trial;
    }
    const trial = new FixTrial(checker, this.#requestFor(file), must(this.reports.get(file)));
    this.#trials.set(file, { trial, left: 30 });
    return trial;
  }

  #requestFor(file: string): CheckRequest {
    return {
      source: { path: file, text: must(this.texts.get(file)), languageId: null },
      layers: [flagLayer(this.start.flags, checker.vocabulary)],
      useProjectFile: true,
      files: this.#files,
      today: TODAY,
    };
  }
}

/** In the order of each text. */
function byFile(edits: readonly TextEdit[]): Map<string, TextEdit[]> {
  const files = new Map<string, TextEdit[]>();
  for (const edit of edits.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end))
    files.set(edit.path, [...(files.get(edit.path) ?? []), edit]);
  return files;
}

function counted(told: readonly Told[], keyOf: (finding: Told) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of told) {
    const key = keyOf(finding);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The first key of which there is more than before. */
function moreOf(before: readonly Told[], after: readonly Told[], keyOf: (finding: Told) => string | null) {
  const known = counted(before, keyOf);
  for (const [key, count] of counted(after, keyOf)) if (count > (known.get(key) ?? 0)) return key;
  return null;
}

/** A message that names another line says the same when that line has moved. */
const identity = ({ rule, path: file, message }: Told): string =>
  `${rule} ${file} ${message.replace(/ in line \d+/g, "")}`;
/**
 * What can only be seen when something else is mended: whether the password fits when the host leads somewhere, which driver TLS
 * needs when it is TLS, what the policy of a server does to the app that now reaches it, what another server makes of its command. They were there before, and the fix tells them.
 */
const SEEN_BEHIND =
  /^(?:connection\/|mastodon\/(?:tls-needs-ruby-driver|evicting-policy)$|conf\/.* \/project\/.*compose)/;

const errorRule = ({ rule, path: file, severity }: Told): string | null =>
  severity === "error" && !SEEN_BEHIND.test(rule) && !SEEN_BEHIND.test(`${rule} ${file}`) ? `${rule} ${file}` : null;

/** What is wrong with the edits themselves; `null`: nothing. */
function faultOfEdits(texts: Texts, edits: readonly TextEdit[]): string | null {
  for (const [file, sorted] of byFile(edits)) {
    const text = texts.get(file) ?? "";
    for (const [at, { span, newText }] of sorted.entries()) {
      const before = sorted[at - 1];
      if (span.start < 0 || span.start > span.end || span.end > text.length) return "outside of the text";
      if (before !== undefined && before.span.end > span.start) return "edits overlap";
      const hasOnlyCrLf = text.includes("\r\n") && !/(?<!\r)\n|\r(?!\n)/.test(text);
      if (hasOnlyCrLf && /(?<!\r)\n/.test(newText)) return "a line break of another kind";
      if (text.startsWith("\uFEFF") && span.start === 0 && span.end > 0 && !newText.startsWith("\uFEFF"))
        return "the byte order mark goes";
    }
    const wanted = applyEdits(text, sorted);
    if (inAnEditor(text, sorted) !== wanted) return "an editor makes something else of it";
    if (onDisk(text, sorted)?.equals(Buffer.from(wanted)) === false) return "bytes outside of the edits change";
  }
  return null;
}

/** As an editor does it, which knows lines and characters, from the last edit to the first. */
function inAnEditor(text: string, edits: readonly TextEdit[]): string {
  const index = new LineIndex(text);
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((lineBreak) => lineBreak.index + lineBreak[0].length)];
  const offsetOf = (offset: number): number => {
    const { line, character } = index.position(offset);
    return must(starts[line]) + character;
  };
  return edits.reduceRight(
    (result, { span, newText }) => result.slice(0, offsetOf(span.start)) + newText + result.slice(offsetOf(span.end)),
    text,
  );
}

/** As the command line writes it; `null` for a text that no file holds as it is. */
function onDisk(text: string, edits: readonly TextEdit[]): Buffer | null {
  const bytes = Buffer.from(text);
  if (text.startsWith("\uFEFF") || bytes.toString() !== text) return null;
  const fixed = fixBytes(bytes, text, edits);
  return Buffer.from(applyEdits(fixed.before, fixed.edits), "latin1");
}

export function faultOf(state: State, finding: Told, { edits }: Fix): string | null {
  const wrong = faultOfEdits(state.texts, edits);
  if (wrong !== null) return wrong;
  const { told } = state.after(edits);
  const same = (all: readonly Told[]): number => all.filter((one) => identity(one) === identity(finding)).length;
  if (same(told) >= same(state.told)) return "the finding stays";
  const error = moreOf(state.told, told, errorRule);
  return error === null ? null : `a new error: ${error}`;
}

/** All that is safe in one file after the other, as on save: no new error, and after a few times nothing is left to do. */
export function faultOfAll(state: State): string | null {
  let current = state;
  for (let round = 0; round < 30; round++) {
    const edits = current.safeEdits();
    if (edits.length === 0) return null;
    current = current.after(edits);
    const error = moreOf(state.told, current.told, errorRule);
    if (error !== null) return `a new error: ${error}`;
  }
  return "safe fixes go round in circles";
}

/** A comment silences its place and tells nothing else; a rule that is off no longer speaks for the others. */
export function faultOfSilence(state: State, finding: Told, { edit, rule, title }: SuppressAction): string | null {
  const wrong = faultOfEdits(state.texts, [edit]);
  if (wrong !== null) return wrong;
  const { told } = state.after([edit]);
  const same = (all: readonly Told[]): number =>
    all.filter((one) => one.rule === rule && identity(one) === identity(finding)).length;
  if (title.includes("this line") ? same(told) >= same(state.told) : same(told) > 0) return "the finding stays";
  const isOff = title.includes("this project");
  const news = moreOf(state.told, told, (one) =>
    isOff && !/^(?:suppression|config)\//.test(one.rule) ? null : identity(one),
  );
  return news === null ? null : `told now: ${news}`;
}
