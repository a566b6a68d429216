/** Which tag to put in place of a tag: the preferred one and the other honest ones, in the same repository and engine. */
import type { Catalog } from "../catalog/catalog.ts";
import { lifecycleState } from "../catalog/lifecycles.ts";
import type { ImageLine } from "../catalog/tables.ts";
import { compareVersions, parseVersion, satisfies } from "../catalog/version.ts";
import type { Memo } from "../memo.ts";
import type { DeclaredApp } from "./appVersion.ts";
import type { KnownImage } from "./knownImage.ts";

export interface Replacement {
  readonly line: string;
  readonly tag: string;
  /** A tag that names a release line, moved up within its engine: may be applied unseen. */
  readonly safe: boolean;
}

export interface Replacements {
  readonly preferred: Replacement | null;
  /** Other lines that are right, highest first. */
  readonly others: readonly Replacement[];
}

/** The tables and the day to judge on. */
export interface Judging {
  readonly catalog: Catalog;
  readonly asOf: string;
  readonly noticeDays: number;
  /** Answers already given: a file has few different tags, however many images. */
  readonly replacements: Memo<Replacements>;
}

const NONE: Replacements = { preferred: null, others: [] };

/**
 * The tags that honest fixes may write for the image, given the lines that are right: never a lower line. Preferred is the
 * highest line of the same major, else the highest; a line past its end of life only where no living one is left.
 */
function choose(image: KnownImage, lines: readonly string[], judging: Judging): Replacements {
  if (image.pinned || image.repository.status !== "current" || image.tag.kind === "unknown") return NONE;
  const major = image.tag.kind === "release" ? image.tag.version.major : image.tag.major;
  const present = image.line;
  // The release of a prerelease's own line is a step up, too.
  const isStepUp = (line: string): boolean => {
    if (present === null) return major === null || majorOf(line) >= major;
    const difference = compareVersions(line, present);
    return difference > 0 || (difference === 0 && image.tag.kind === "release" && image.tag.version.pre !== null);
  };
  const candidates: Replacement[] = [];
  for (const line of lines.toSorted((a, b) => -compareVersions(a, b))) {
    const tag = isStepUp(line) ? tagFor(image, line) : null;
    if (tag !== null) candidates.push({ line, tag, safe: image.tag.kind === "release" });
  }
  const living = candidates.filter(({ line }) => !hasEnded(image, line, judging));
  const pool = living.length > 0 ? living : candidates;
  const preferred = pool.find(({ line }) => majorOf(line) === major) ?? pool[0] ?? null;
  return { preferred, others: candidates.filter((candidate) => candidate !== preferred) };
}

function majorOf(line: string): number {
  return Number(line.split(".")[0]);
}

function hasEnded(image: KnownImage, line: string, { catalog, asOf, noticeDays }: Judging): boolean {
  // An organisation that has left a line does not go back to it.
  return [catalog, ...catalog.calendars].some(({ lifecycles }) => {
    const release = lifecycles.byLine(image.judgedAs, line);
    return release !== null && lifecycleState(release, asOf, noticeDays).kind === "ended";
  });
}

/** Lines of the image's repository that the app's matrix supports; for an open-ended row its newest known release. */
export function matrixReplacements(image: KnownImage, app: DeclaredApp, judging: Judging): Replacements {
  const { column } = app;
  if (column === null) return NONE;
  const key = `${image.name} ${image.tag.kind} ${app.app} ${column} ${judging.asOf} ${judging.noticeDays}`;
  return judging.replacements.get(key, () => findMatrixReplacements(image, app.app, column, judging));
}

function findMatrixReplacements(image: KnownImage, app: string, column: string, judging: Judging): Replacements {
  const published = image.repository.lines ?? [];
  const lines = judging.catalog.supportedRows(app, image.judgedAs, column).flatMap((row) => {
    const fitting = published.filter(({ latest }) => {
      const version = parseVersion(latest);
      return version !== null && satisfies(version, row.range);
    });
    const highest = fitting.toSorted((a, b) => -compareVersions(a.line, b.line))[0];
    return highest === undefined ? [] : [highest.line];
  });
  return choose(image, lines, judging);
}

/** Lines that the publisher maintains beyond the notice, for images that no app judges. */
export function lifecycleReplacements(image: KnownImage, judging: Judging): Replacements {
  const { catalog, asOf, noticeDays } = judging;
  const lines = (image.repository.lines ?? []).filter(({ line, listed }) => {
    const release = listed ? catalog.lifecycles.byLine(image.judgedAs, line) : null;
    const kind = release === null ? "unknown" : lifecycleState(release, asOf, noticeDays).kind;
    return kind === "maintained" || kind === "open";
  });
  return choose(
    image,
    lines.map(({ line }) => line),
    judging,
  );
}

/**
 * For a floating tag that no app judges: the line it meant on the day of the data, else the newest line of its major.
 * What runs stays the same, or nearly so.
 */
export function pinReplacements(image: KnownImage, judging: Judging): Replacements {
  if (image.pinned || image.repository.status !== "current" || image.tag.kind !== "floating") return NONE;
  const meant = movingTarget(image, judging.catalog);
  const { major } = image.tag;
  const lines = (image.repository.lines ?? [])
    .filter(({ line }) =>
      meant === null ? major !== null && majorOf(line) === major : meant.version.startsWith(`${line}.`),
    )
    .toSorted((a, b) => -compareVersions(a.line, b.line));
  const line = lines[0]?.line;
  const tag = line === undefined ? null : tagFor(image, line);
  if (line !== undefined && tag !== null) return { preferred: { line, tag, safe: false }, others: [] };
  return lifecycleReplacements(image, judging);
}

/**
 * What a moving tag pointed at on a day; `null` where nobody looked, or where a newer line has come since, so that the tag
 * means something else by now.
 */
export function movingTarget(
  image: KnownImage,
  catalog: Catalog,
): { readonly version: string; readonly asOf: string } | null {
  const { moving, lines = [] } = image.repository;
  if (moving === undefined || image.tag.kind !== "floating" || image.reference.tagUnknown) return null;
  const { major } = image.tag;
  const version = moving.tags[image.reference.tag ?? "latest"];
  if (version === undefined) return null;
  const isOvertaken = lines.some(({ line }) => {
    const released = catalog.lifecycles.byLine(image.judgedAs, line)?.releaseDate ?? "";
    return (major === null || majorOf(line) === major) && compareVersions(line, version) > 0 && released > moving.asOf;
  });
  return isOvertaken ? null : { version, asOf: moving.asOf };
}

/** The tag of a line with the precision and the variant of the present tag; `null` when no such tag was published. */
export function tagFor(image: KnownImage, line: string): string | null {
  const entry = image.repository.lines?.find((candidate) => candidate.line === line);
  if (entry === undefined || image.tag.kind === "unknown") return null;
  const full = (image.tag.kind === "release" && image.tag.version.patch !== null) || entry.tagVariants.length === 0;
  const variants = full ? (entry.versions[entry.latest] ?? []) : entry.tagVariants;
  const variant = variantFor(image.tag.variant ?? "", variants);
  if (variant === null) return null;
  const version = (image.repository.tags?.prefix ?? "") + (full ? entry.latest : line);
  return variant === "" ? version : `${version}-${variant}`;
}

const DEBIAN = ["wheezy", "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie"];

/** The same variant, else the newest published one of its family (a pinned Alpine, a Debian suite). */
export function variantFor(variant: string, published: readonly string[]): string | null {
  if (published.includes(variant)) return variant;
  const pinnedAlpine = /^alpine\d/;
  if (pinnedAlpine.test(variant)) {
    const releases = published.filter((name) => pinnedAlpine.test(name));
    return releases.toSorted((a, b) => -compareVersions(a.slice(6), b.slice(6)))[0] ?? null;
  }
  if (DEBIAN.includes(variant)) return DEBIAN.findLast((suite) => published.includes(suite)) ?? null;
  return null;
}

/** Every tag that the tables know for a repository, with its line, newest line first: what completion offers. */
export function knownTags(
  lines: readonly ImageLine[],
  prefix: string,
): { readonly tag: string; readonly line: string }[] {
  const tags: { tag: string; line: string }[] = [];
  for (const entry of lines.toSorted((a, b) => -compareVersions(a.line, b.line))) {
    const add = (version: string, variants: readonly string[]): void => {
      for (const variant of variants)
        tags.push({ tag: prefix + (variant === "" ? version : `${version}-${variant}`), line: entry.line });
    };
    add(entry.line, entry.tagVariants);
    for (const version of Object.keys(entry.versions).sort((a, b) => -compareVersions(a, b)))
      add(version, entry.versions[version] ?? []);
  }
  return tags;
}
