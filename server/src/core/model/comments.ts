/**
 * What a file says to us in comments:
 *   # cache-compat: mastodon=4.5 engine=redis@7.2 platform=aptible
 *   # cache-compat-ignore-next-line RULE[,RULE] [until=2027-03-01] -- reason
 *   # cache-compat-ignore-file RULE[,RULE] [until=2027-03-01] -- reason
 * A comment is a line that begins with `#`, which holds in YAML, Dockerfiles, `.env` and the servers' own files alike.
 */

import type { Place } from "../finding.ts";
import { readSettings, type SettingsLayer } from "../settings.ts";
import type { SettingProblem, SettingVocabulary } from "../settingValues.ts";
import { type LineIndex, type Span, spanOf } from "../text.ts";
import type { Layer } from "./layers.ts";

export interface Suppression {
  readonly scope: "next-line" | "file";
  readonly rules: readonly string[];
  /** Last day on which it counts. */
  readonly until: string | null;
  readonly untilSpan: Span | null;
  readonly span: Span;
  /** The line it speaks of, from 0; `null` for the whole file. */
  readonly line: number | null;
  /** Behind the last rule that it names, where another one may be added; `null` where it names none. */
  readonly rulesEnd: number | null;
}

export interface CommentProblem {
  readonly span: Span;
  readonly problem: SettingProblem;
}

export interface Comments {
  readonly layer: Layer | null;
  readonly suppressions: readonly Suppression[];
  readonly problems: readonly CommentProblem[];
}

export const NO_COMMENTS: Comments = { layer: null, suppressions: [], problems: [] };
const NAME = "cache-compat";
/** A text without it says nothing to us. */
export const OUR_NAME = new RegExp(NAME);
const COMMENT = /^\uFEFF?[ \t]*#[ \t]*cache-compat(:|-ignore-next-line\b|-ignore-file\b)([^\r\n]*)/my;
const BEFORE_NAME = /\uFEFF?[ \t]*#[ \t]*$/;
/** A line with more blanks than that before our name is nobody's comment to us. */
const LONGEST_BEFORE = 200;

/** Our comments, looked for by their name: a long file is not searched for the beginnings of all its lines. */
function* commentsIn(text: string): Generator<RegExpExecArray> {
  let end = 0;
  for (let at = text.indexOf(NAME); at >= 0; at = text.indexOf(NAME, Math.max(at + 1, end))) {
    const before = BEFORE_NAME.exec(text.slice(Math.max(end, at - LONGEST_BEFORE), at))?.[0];
    if (before === undefined) continue;
    COMMENT.lastIndex = at - before.length;
    const match = COMMENT.exec(text);
    if (match === null) continue;
    end = match.index + match[0].length;
    yield match;
  }
}

export function readComments(path: string, text: string, lines: LineIndex, vocabulary: SettingVocabulary): Comments {
  const settings: Record<string, unknown> = {};
  const apps: Record<string, unknown> = {};
  const places: Record<string, Place> = {};
  const suppressions: Suppression[] = [];
  const unread: CommentProblem[] = [];
  const spans = new Map<string, Span>();
  for (const match of commentsIn(text)) {
    const [whole, word = "", rest = ""] = match;
    const start = match.index + whole.indexOf("#");
    const restStart = match.index + whole.length - rest.length;
    if (word !== ":") {
      const span = spanOf(start, match.index + whole.trimEnd().length);
      suppressions.push({ ...readSuppression(rest, restStart), span, ...readScope(word, start, lines) });
      continue;
    }
    const pairs = [...rest.matchAll(/(?<!\S)([a-z][\w-]*)=(\S*)/g)];
    const first = rest.trim().split(/[\s@:]/)[0] ?? "";
    if (pairs.length === 0 && [...vocabulary.apps, "engine", "platform"].includes(first)) {
      const span = spanOf(start, match.index + whole.trimEnd().length);
      const message = "Write names and values with an equals sign, for example mastodon=4.5 or engine=redis@7.2.";
      unread.push({ span, problem: { path: [], at: "value", kind: "invalid-value", message } });
    }
    for (const part of pairs) {
      const [pair, key = "", value = ""] = part;
      const span = spanOf(restStart + part.index, restStart + part.index + pair.length);
      spans.set(key, span);
      if (key === "engine" || key === "platform") {
        settings[key] = value;
        places[key] = { path, span: spanOf(span.end - value.length, span.end) };
      } else {
        apps[key] = value;
        places[key] = { path, span };
      }
    }
  }
  if (Object.keys(apps).length > 0) settings.apps = apps;
  const { layer, problems } = readSettings(settings, vocabulary);
  const told = problems.map((problem) => ({ problem, span: spans.get(problem.path.at(-1) ?? "") ?? spanOf(0, 0) }));
  return {
    layer: isEmpty(layer) ? null : { from: "comment", settings: layer, places },
    suppressions,
    problems: [...unread, ...told],
  };
}

function isEmpty(layer: SettingsLayer): boolean {
  return Object.keys(layer).length === 0;
}

function readSuppression(rest: string, restStart: number): Omit<Suppression, "scope" | "span" | "line"> {
  const [head = ""] = rest.split(/(?:^|\s)--(?:\s|$)/);
  const date = /\b(until=)(\S+)/.exec(head);
  const until = date?.[2] ?? null;
  const untilStart = restStart + (date?.index ?? 0) + (date?.[1]?.length ?? 0);
  // Blanks in place of the date: the others stay where they are.
  const named = [...head.replace(/\buntil=\S+/, (pair) => " ".repeat(pair.length)).matchAll(/[^\s,]+/g)];
  const last = named.at(-1);
  return {
    rules: named.map(([rule]) => rule),
    until,
    untilSpan: until === null ? null : spanOf(untilStart, untilStart + until.length),
    rulesEnd: last === undefined ? null : restStart + last.index + last[0].length,
  };
}

function readScope(word: string, start: number, lines: LineIndex): Pick<Suppression, "scope" | "line"> {
  if (word === "-ignore-file") return { scope: "file", line: null };
  // The next line that is no comment and not blank: comments may be stacked.
  let line = lines.position(start).line + 1;
  while (line < lines.lineCount - 1 && isPassedOver(lines.lineText(line))) line++;
  return { scope: "next-line", line };
}

/** A comment above speaks of the line behind this one. */
export function isPassedOver(line: string): boolean {
  return /^[ \t]*(?:#.*)?$/.test(line);
}
