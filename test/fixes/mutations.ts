// Every quick fix over texts that somebody nearly wrote: its finding goes, no error comes, and the text stays in its form.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import {
  applyEdits,
  builtInCatalog,
  Checker,
  type CheckRequest,
  type Finding,
  type Fix,
  FixTrial,
  safeEditsOf,
} from "../../server/src/core/index.ts";
import { Hand, turn } from "../edits/hand.ts";
import { BESIDE, KINDS, type Kind } from "../edits/samples.ts";
import { shrunk } from "../fuzz/shrink.ts";
import { flagLayer } from "../rules/flagLayer.ts";
import { MemoryFiles } from "../rules/memoryFiles.ts";
import { readPage } from "../rules/pageExamples.ts";
import { ROOT } from "../support/build.ts";
import { TODAY } from "../support/inProcess.ts";
import { must } from "../support/must.ts";

const FOLDER = "/project";
const PAGES = path.join(ROOT, "data", "rules");

type Texts = ReadonlyMap<string, string>;
type Told = Finding & { readonly path: string };

/** Files that are told something, the flags they are checked with, and which one is mutated. */
interface Start {
  readonly texts: Texts;
  readonly flags: readonly string[];
  readonly file: string;
}

export interface Fault {
  readonly rule: string;
  readonly fix: string;
  readonly fault: string;
  readonly file: string;
  readonly text: string;
}

export interface Tried {
  /** Fixes that were applied, by rule. */
  readonly applied: ReadonlyMap<string, number>;
  /** Fixes of rules that were not offered, because they would not have held. */
  readonly failed: ReadonlyMap<string, number>;
  readonly faults: readonly Fault[];
}

function kindOf(file: string): Kind {
  const name = path.posix.basename(file);
  const own = KINDS.find((kind) => path.posix.basename(kind.file) === name);
  if (own !== undefined) return own;
  const fits: readonly (readonly [RegExp, string])[] = [
    [/compose|stack/, "compose"],
    [/dockerfile/i, "dockerfile"],
    [/\.env/, "env"],
    [/sentinel/, "sentinel"],
    [/\.(?:conf|acl|flags?)$/, "conf"],
    [/\.(?:sh|bash)$/, "script"],
    [/\.json$/, "project-file"],
    [/\.github/, "workflow"],
  ];
  const named = fits.find(([pattern]) => pattern.test(file))?.[1] ?? "kubernetes";
  return must(KINDS.find((kind) => kind.name === named));
}

/** The wrong examples of every page, and the samples of every kind between their neighbours. */
export function starts(): readonly Start[] {
  const pages = readdirSync(PAGES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .flatMap((name) => readPage(readFileSync(path.join(PAGES, name), "utf8")).wrong)
    .flatMap(({ files, flags }) => {
      const texts = new Map(files.map(({ name, text }) => [`${FOLDER}/${name}`, text]));
      return [...texts.keys()].map((file): Start => ({ texts, flags, file }));
    });
  const samples = KINDS.flatMap(({ file, samples: texts }) =>
    texts.map(
      (text): Start => ({
        texts: new Map(Object.entries({ ...BESIDE, [file]: text }).map(([name, one]) => [`${FOLDER}/${name}`, one])),
        flags: ["--app", "mastodon@4.5"],
        file: `${FOLDER}/${file}`,
      }),
    ),
  );
  return [...pages, ...samples].filter(({ texts, file }) => must(texts.get(file)).length < 20_000);
}

const checker = new Checker(builtInCatalog());

function requestFor({ flags }: Start, texts: Texts, file: string): CheckRequest {
  return {
    source: { path: file, text: must(texts.get(file)), languageId: null },
    layers: [flagLayer(flags, checker.vocabulary)],
    useProjectFile: true,
    files: new MemoryFiles(texts, FOLDER),
    today: TODAY,
  };
}

/** The fixes that are offered for a finding, and how many of its rule did not stand the trial. */
function offered(
  start: Start,
  texts: Texts,
  finding: Told,
): { readonly fixes: readonly Fix[]; readonly failed: number } {
  const request = requestFor(start, texts, finding.path);
  const trial = new FixTrial(checker, request, checker.check(request));
  const fixes = trial.proven(finding);
  return { fixes, failed: finding.fixes.length - fixes.length };
}

function check(start: Start, texts: Texts): Told[] {
  return new MemoryFiles(texts, FOLDER).paths.flatMap((file) => {
    const report = checker.check(requestFor(start, texts, file));
    const [failure] = report.failed;
    if (failure !== undefined) throw failure.error;
    return report.findings.map((finding) => ({ ...finding, path: file }));
  });
}

function applied(texts: Texts, edits: Fix["edits"]): Texts {
  const after = new Map(texts);
  for (const file of new Set(edits.map((edit) => edit.path)))
    after.set(
      file,
      applyEdits(
        texts.get(file) ?? "",
        edits.filter((edit) => edit.path === file).toSorted((a, b) => a.span.start - b.span.start),
      ),
    );
  return after;
}

function counted(told: readonly Told[], keyOf: (finding: Told) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of told) {
    const key = keyOf(finding);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

const identity = ({ rule, path: file, message }: Told): string => `${rule} ${file} ${message}`;
/**
 * What can only be seen when something else is mended: whether the password fits when the host leads somewhere, which driver TLS
 * needs when it is TLS, what the policy of a server does to the app that now reaches it, what another server makes of its command. They were there before, and the fix tells them.
 */
const SEEN_BEHIND =
  /^(?:connection\/|mastodon\/(?:tls-needs-ruby-driver|evicting-policy)$|conf\/.* \/project\/.*compose)/;

const errorRule = ({ rule, path: file, severity }: Told): string | null =>
  severity === "error" && !SEEN_BEHIND.test(rule) && !SEEN_BEHIND.test(`${rule} ${file}`) ? `${rule} ${file}` : null;

/** What is wrong with the edits themselves; `null`: nothing. */
function faultOfEdits(texts: Texts, { edits }: Fix): string | null {
  const sorted = edits.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start));
  for (const [at, { path: file, span, newText }] of sorted.entries()) {
    const text = texts.get(file) ?? "";
    const before = sorted[at - 1];
    if (span.start < 0 || span.start > span.end || span.end > text.length) return "outside of the text";
    if (before?.path === file && before.span.end > span.start) return "edits overlap";
    const hasOnlyCrLf = text.includes("\r\n") && !/(?<!\r)\n|\r(?!\n)/.test(text);
    if (hasOnlyCrLf && /(?<!\r)\n/.test(newText)) return "a line break of another kind";
    if (text.startsWith("\uFEFF") && span.start === 0 && span.end > 0 && !newText.startsWith("\uFEFF"))
      return "the byte order mark goes";
  }
  return null;
}

function faultOf(start: Start, texts: Texts, before: readonly Told[], finding: Told, fix: Fix): string | null {
  const wrong = faultOfEdits(texts, fix);
  if (wrong !== null) return wrong;
  const fixed = applied(texts, fix.edits);
  const after = check(start, fixed);
  const same = (told: readonly Told[]): number => told.filter((one) => identity(one) === identity(finding)).length;
  if (same(after) >= same(before)) return "the finding stays";
  const known = counted(before, errorRule);
  for (const [key, count] of counted(after, errorRule)) if (count > (known.get(key) ?? 0)) return `a new error: ${key}`;
  return null;
}

/** All that is safe in one file after the other, as on save: no new error, and after a few times nothing is left to do. */
function faultOfAll(start: Start, texts: Texts, before: readonly Told[]): string | null {
  const known = counted(before, errorRule);
  let current = texts;
  for (let round = 0; round < 30; round++) {
    const edits = safeEdits(start, current);
    if (edits.length === 0) return null;
    current = applied(current, edits);
    for (const [key, count] of counted(check(start, current), errorRule))
      if (count > (known.get(key) ?? 0)) return `a new error: ${key}`;
  }
  return "safe fixes go round in circles";
}

/** Those of the first file that has any; an editor offers them where they bring no error together. */
function safeEdits(start: Start, texts: Texts): Fix["edits"] {
  for (const file of texts.keys()) {
    const request = requestFor(start, texts, file);
    const report = checker.check(request);
    const edits = [...safeEditsOf([report]).values()].flat();
    if (edits.length > 0 && new FixTrial(checker, request, report).bringNoError(edits)) return edits;
  }
  return [];
}

export interface Amount {
  readonly seed: number;
  /** Texts with a fix of each rule. */
  readonly each: number;
  /** Milliseconds for all of it. */
  readonly timeLimit?: number;
  readonly onFault?: (fault: Fault) => void;
}

export async function tryFixes({ seed, each, timeLimit = Number.POSITIVE_INFINITY, onFault }: Amount): Promise<Tried> {
  const end = Date.now() + timeLimit;
  const appliedOf = new Map<string, number>();
  const failedOf = new Map<string, number>();
  const faults: Fault[] = [];
  const known = new Set<string>();
  const all = starts().map((start) => ({ start, rules: new Set(rulesWithFixes(start, start.texts)) }));
  const turns = fc.array(turn, { minLength: 0, maxLength: 6, size: "max" });
  const isOpen = (rule: string): boolean => (appliedOf.get(rule) ?? 0) < each;

  // In rounds, so that each rule has had its texts when the time is up.
  for (let round = 0; round < each * 3; round++) {
    const open = all.filter(({ rules }) => [...rules].some(isOpen));
    if (open.length === 0) break;
    for (const [at, { start }] of open.entries()) {
      if (Date.now() > end) return { applied: appliedOf, failed: failedOf, faults };
      const [steps = []] = fc.sample(turns, { seed: Math.imul(seed, 7919) ^ (round * 10_007 + at), numRuns: 1 });
      const hand = new Hand(kindOf(start.file), must(start.texts.get(start.file)));
      for (const one of steps) hand.play(one.steps);
      const texts = new Map([...start.texts, [start.file, hand.text]]);
      const told = check(start, texts);
      const report = async (
        rule: string,
        fix: string,
        fault: string,
        find: (texts: Texts) => boolean,
      ): Promise<void> => {
        const key = `${rule} ${fix.replace(/[\d.]+/g, "0")} ${fault}`;
        if (known.has(key)) return;
        known.add(key);
        const text = await shrunk(hand.text, async (fewer) => find(new Map([...texts, [start.file, fewer]])), 300);
        const found = { rule, fix, fault, file: start.file, text };
        faults.push(found);
        onFault?.(found);
      };
      const ofAll = faultOfAll(start, texts, told);
      if (ofAll !== null)
        await report(
          "all",
          "all that is safe",
          ofAll,
          (fewer) => faultOfAll(start, fewer, check(start, fewer)) === ofAll,
        );
      for (const finding of told) {
        if (!isOpen(finding.rule)) continue;
        const { fixes, failed } = offered(start, texts, finding);
        failedOf.set(finding.rule, (failedOf.get(finding.rule) ?? 0) + failed);
        for (const fix of fixes) {
          appliedOf.set(finding.rule, (appliedOf.get(finding.rule) ?? 0) + 1);
          const fault = faultOf(start, texts, told, finding, fix);
          if (fault === null) continue;
          await report(finding.rule, fix.title, fault, (fewer) => {
            const again = check(start, fewer);
            return again.some(
              (one) =>
                one.rule === finding.rule &&
                offered(start, fewer, one).fixes.some(
                  (other) => other.title === fix.title && faultOf(start, fewer, again, one, other) === fault,
                ),
            );
          });
        }
      }
    }
  }
  return { applied: appliedOf, failed: failedOf, faults };
}

function rulesWithFixes(start: Start, texts: Texts): string[] {
  return check(start, texts).flatMap(({ rule, fixes }) => (fixes.length > 0 ? [rule] : []));
}
