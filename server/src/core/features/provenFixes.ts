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
import { applyEdits } from "./fixAll.ts";

/** Fixes tried at one place; whoever asks about a whole file at once wants none of them in particular. */
const MOST_TRIED = 60;
/** Characters read for them: of a file of megabytes fewer are tried. */
const MOST_CHARACTERS = 16_000_000;
/** Other files of a stack that are looked at. */
const MOST_FILES = 20;

/**
 * What can only be seen when something else is mended: whether the password fits when the host leads somewhere, which driver TLS
 * needs when it is TLS, what the policy of a server does to the app that now reaches it, what another server makes of its command. It
 * was there before, and the fix tells it.
 */
const SEEN_BEHIND = /^(?:connection\/|mastodon\/(?:tls-needs-ruby-driver|evicting-policy)$)/;

type Texts = ReadonlyMap<string, string>;
type Told = ReadonlyMap<string, readonly Finding[]>;

/** For one report, as long as nothing changes. */
export class FixTrial {
  readonly #checker: Checker;
  readonly #request: CheckRequest;
  readonly #report: Report;
  readonly #before = new Map<string, readonly Finding[]>();
  #tried = 0;
  #characters = 0;

  /** `request` is the one that the report answers. */
  constructor(checker: Checker, request: CheckRequest, report: Report) {
    this.#checker = checker;
    this.#request = request;
    this.#report = report;
    this.#before.set(report.source.path, report.findings);
  }

  /** Those fixes of a finding that may be offered. */
  proven(finding: Finding): readonly Fix[] {
    return finding.fixes.filter(({ edits }) => {
      if (this.#tried >= MOST_TRIED || this.#characters >= MOST_CHARACTERS) return false;
      this.#tried++;
      const { path } = this.#report.source;
      const after = this.#findingsWith(edits);
      return (
        timesTold(finding, after.get(path) ?? []) < timesTold(finding, this.#report.findings) &&
        this.#bringsNoError(after)
      );
    });
  }

  /** With all of these edits at once there is no error that was not there before. */
  bringNoError(edits: readonly TextEdit[]): boolean {
    return this.#bringsNoError(this.#findingsWith(edits));
  }

  #bringsNoError(after: Told): boolean {
    for (const [path, findings] of after) {
      const known = errorsOf(this.#findingsBefore(path), path);
      for (const [rule, count] of errorsOf(findings, path)) if (count > (known.get(rule) ?? 0)) return false;
    }
    return true;
  }

  #findingsBefore(path: string): readonly Finding[] {
    let findings = this.#before.get(path);
    if (findings === undefined) {
      findings = this.#check(path, this.#textOf(path), this.#request.files);
      this.#before.set(path, findings);
    }
    return findings;
  }

  /** What is told of the file itself, of those that are edited, and of those that are read together with it. */
  #findingsWith(edits: readonly TextEdit[]): Told {
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

  #check(path: string, text: string, files: FileSource): readonly Finding[] {
    if (text === "") return [];
    this.#characters += text.length;
    const languageId = path === this.#report.source.path ? this.#report.source.languageId : null;
    return this.#checker.check({ ...this.#request, files, source: { path, text, languageId } }).findings;
  }
}

function timesTold({ rule, message }: Finding, findings: readonly Finding[]): number {
  const said = withoutLines(message);
  return findings.filter((other) => other.rule === rule && withoutLines(other.message) === said).length;
}

/** A message that names another line says the same when that line has moved. */
function withoutLines(message: string): string {
  return message.replace(/ in line \d+/g, "");
}

function errorsOf(findings: readonly Finding[], path: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) {
    const isSeenBehind = SEEN_BEHIND.test(rule) || (rule.startsWith("conf/") && /\.ya?ml$/i.test(path));
    if (severity === "error" && !isSeenBehind) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
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
