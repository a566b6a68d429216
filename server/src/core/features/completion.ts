/** Tags that exist, for the image under the caret: supported ones first, ended ones marked, each with its reason. */
import type { Catalog } from "../catalog/catalog.ts";
import { lifecycleState } from "../catalog/lifecycles.ts";
import { parseVersion } from "../catalog/version.ts";
import type { Checker } from "../checker.ts";
import type { SourceText } from "../documents/extraction.ts";
import { literalUse, locate } from "../documents/imageUse.ts";
import { splice } from "../gaps.ts";
import { judgeImage } from "../model/judgement.ts";
import { type KnownImage, recogniseImage } from "../model/knownImage.ts";
import { knownTags } from "../model/replacement.ts";
import type { CheckRequest, Report } from "../report.ts";
import { type LineIndex, type Span, spanOf, touches } from "../text.ts";
import { endText, imageHover, STATE_WORDS } from "./hover.ts";
import { describeVersion, versionItems } from "./managed/completion.ts";
import type { RichText } from "./markdown.ts";

export interface CompletionItem {
  readonly label: string;
  /** What replaces `span`. */
  readonly newText: string;
  readonly span: Span;
  readonly detail: string;
  /** Its publisher fixes nothing any more. */
  readonly isEnded: boolean;
  readonly sortText: string;
  /** The whole image, for the details. */
  readonly reference: string;
}

export interface Completion {
  readonly items: readonly CompletionItem[];
  /** More tags appear when a release line is typed. */
  readonly isIncomplete: boolean;
}

const NONE: Completion = { items: [], isIncomplete: false };
/** Stands for what is about to be typed, so that the text is whole while it is read. */
export const PLACEHOLDER = "0";

/**
 * `request` holds the text as it is, `present` the report of it. While `image: redis:` is being typed the text is no valid YAML, so a character is
 * put at the caret, the text is read with it, and every span is moved back.
 */
export function completeAt(
  checker: Checker,
  request: CheckRequest,
  present: Report,
  offset: number,
): Completion & { readonly report: Report | null } {
  const { text } = request.source;
  const versions = versionItems(checker, present, offset);
  if (versions !== null) return { items: versions, isIncomplete: false, report: null };
  const before = text[offset - 1] ?? "";
  const next = text[offset] ?? "";
  const needsPlaceholder = /[:\s"']/.test(before) || before === "" ? next === "" || /[\s"'},]/.test(next) : false;
  const report = needsPlaceholder
    ? checker.check({ ...request, source: withPlaceholder(request.source, present.lines, offset), withFindings: false })
    : present;
  const back = (span: Span): Span =>
    needsPlaceholder ? spanOf(span.start, span.end > offset ? span.end - PLACEHOLDER.length : span.end) : span;
  const image = report.recognised.find(({ use }) => touches(use.span, offset));
  if (image !== undefined) {
    const { tagRange } = image.reference;
    if (tagRange === null || image.use.resolved.unresolved.length > 0) return { ...NONE, report };
    const span = locate(image.use, tagRange);
    if (!touches(span, offset)) return { ...NONE, report };
    const typed = text.slice(span.start, offset);
    return { ...tagItems(image, report, report.catalog, back(span), typed), report };
  }
  const bare = report.used.find(
    ({ use }) => touches(use.span, offset) && use.resolved.unresolved.length === 0 && !use.split,
  );
  if (bare === undefined) return { ...NONE, report };
  const typed = text.slice(bare.use.span.start, offset);
  return { ...referenceItems(report, report.catalog, back(bare.use.span), typed), report };
}

/** In a text with gaps nothing moves behind the block. */
function withPlaceholder(source: SourceText, lines: LineIndex, offset: number): SourceText {
  const { path, languageId } = source;
  const spliced = splice(source.text, offset, offset, PLACEHOLDER);
  if (spliced === null)
    return { path, languageId, text: source.text.slice(0, offset) + PLACEHOLDER + source.text.slice(offset) };
  const { text, oldEnd, newEnd } = spliced;
  return { path, languageId, text, lines: lines.edited(text, offset, oldEnd, newEnd) };
}

interface Ranked {
  readonly tag: string;
  readonly line: string;
  readonly rank: number;
  readonly detail: string;
  readonly isEnded: boolean;
}

/** Supported lines, then lines that are maintained, then the rest; ended lines last. */
function rankLine(engine: string, line: string, report: Report, catalog: Catalog): Omit<Ranked, "tag"> {
  const release = catalog.lifecycles.byLine(engine, line);
  const isEnded = release !== null && lifecycleState(release, report.asOf, report.noticeDays).kind === "ended";
  const version = parseVersion(line);
  const app = report.apps.find((declared) => declared.column !== null && catalog.hasRows(declared.app, engine));
  const reasons: string[] = [];
  let rank = isEnded ? 4 : 2;
  if (app !== undefined && version !== null) {
    const { state } = catalog.matrix(app.app, engine, version, app.column);
    reasons.push(
      `${STATE_WORDS[state]} by ${catalog.appName(app.app)} ${app.column}`.replace(
        "– not listed by",
        "– not listed for",
      ),
    );
    rank = state === "supported" ? 0 : state === "unlisted" ? 2 : 3;
  }
  if (release !== null) reasons.push(endText(release, report.asOf, report.noticeDays));
  return { line, rank: isEnded ? rank + 4 : rank, detail: reasons.join("; "), isEnded };
}

/** Rows of an open-ended matrix speak of full versions: the tag itself decides. */
function rankTag(image: KnownImage, tag: string, line: string, report: Report, catalog: Catalog): Ranked {
  const ranked = rankLine(image.judgedAs, line, report, catalog);
  const reading = catalog.repositories.readTag(image.repository, tag);
  const app = report.apps.find((declared) => declared.column !== null && catalog.hasRows(declared.app, image.judgedAs));
  if (app === undefined || reading.kind !== "release" || image.judgedAs !== "dragonfly") return { tag, ...ranked };
  const { state } = catalog.matrix(app.app, image.judgedAs, reading.version, app.column);
  return {
    tag,
    ...ranked,
    rank: state === "supported" ? 0 : 3,
    detail: `${STATE_WORDS[state]} by ${catalog.appName(app.app)} ${app.column}`,
  };
}

function tagItems(image: KnownImage, report: Report, catalog: Catalog, span: Span, typed: string): Completion {
  const lines = image.repository.lines ?? [];
  const prefix = image.repository.tags?.prefix ?? "";
  const all = knownTags(lines, prefix);
  // Without a line typed: its tags and the newest patch. With one: every patch of it.
  const typedLine = /^v?(\d+\.\d+)\./.exec(typed)?.[1];
  const latest = new Set(lines.map((line) => line.latest));
  const shown = all.filter(({ tag, line }) => {
    const version = /^v?(\d+(?:\.\d+)*)/.exec(tag)?.[1] ?? "";
    return typedLine === undefined ? version === line || latest.has(version) : line === typedLine;
  });
  const ranks = new Map<string, Ranked>();
  const ranked = shown.map(({ tag, line }) => {
    if (image.judgedAs === "dragonfly") return rankTag(image, tag, line, report, catalog);
    let known = ranks.get(line);
    if (known === undefined) {
      known = { tag, ...rankLine(image.judgedAs, line, report, catalog) };
      ranks.set(line, known);
    }
    return { ...known, tag };
  });
  const items = ranked
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ tag, detail, isEnded }, index) => ({
      label: tag,
      newText: tag,
      span,
      detail,
      isEnded,
      sortText: sortKey(index),
      reference: `${image.repository.repository}:${tag}`,
    }));
  return { items, isIncomplete: shown.length < all.length };
}

/** Whole references for an empty `image:`: the newest line of each server that is right here. */
function referenceItems(report: Report, catalog: Catalog, span: Span, typed: string): Completion {
  const items: (CompletionItem & { rank: number })[] = [];
  for (const repository of catalog.repositories.all) {
    if (repository.status !== "current" || repository.lines === undefined || repository.bundle) continue;
    const name = shortest([repository.repository, ...repository.aliases]);
    for (const entry of repository.lines) {
      if (!entry.listed) continue;
      const ranked = rankLine(repository.matrixEngine ?? repository.engine, entry.line, report, catalog);
      const prefix = repository.tags?.prefix ?? "";
      const newText = `${name}:${prefix}${entry.tagVariants.length === 0 ? entry.latest : entry.line}`;
      items.push({
        label: newText,
        newText,
        span,
        detail: ranked.detail,
        isEnded: ranked.isEnded,
        sortText: "",
        reference: newText,
        rank: ranked.rank,
      });
    }
  }
  const fitting = typed === "" ? items : items.filter(({ label }) => label.startsWith(typed));
  const sorted = fitting.toSorted((a, b) => a.rank - b.rank);
  return {
    items: sorted.map(({ rank: _rank, ...item }, index) => ({ ...item, sortText: sortKey(index) })),
    isIncomplete: false,
  };
}

function sortKey(index: number): string {
  return String(index).padStart(5, "0");
}

/** As people write it: Docker Hub needs no registry, its official images no namespace. */
function shortest(names: readonly string[]): string {
  return (
    names.map((name) => name.replace(/^docker\.io\/(?:library\/)?/, "")).sort((a, b) => a.length - b.length)[0] ?? ""
  );
}

/** The hover of a reference that is only offered, for the details of an item; `null` for no image of ours. */
export function describeReference(reference: string, report: Report, checker: Checker): RichText | null {
  const { catalog } = report;
  const version = describeVersion(checker, reference, report);
  if (version !== null) return version;
  const use = literalUse(reference, 0, "");
  const image = recogniseImage(use, catalog);
  if (image === null) return null;
  const judged = judgeImage(image, report.apps, catalog, report.asOf, report.noticeDays);
  return imageHover(image, { ...report, images: [judged] }, catalog);
}
