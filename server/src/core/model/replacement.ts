/** Which tag to put in place of a tag: the preferred one and the other honest ones, in the same repository and engine. */
import type { Catalog } from "../catalog/catalog.ts";
import { lifecycleState } from "../catalog/lifecycles.ts";
import type { ImageLine } from "../catalog/tables.ts";
import { compareVersions, parseVersion, satisfies } from "../catalog/version.ts";
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

const NONE: Replacements = { preferred: null, others: [] };

/** The tags that honest fixes may write for the image, given the lines that are right. */
function choose(image: KnownImage, lines: readonly string[]): Replacements {
  if (image.pinned || image.repository.status !== "current" || image.tag.kind === "unknown") return NONE;
  const major = image.tag.kind === "release" ? image.tag.version.major : image.tag.major;
  const present = image.line;
  const candidates: Replacement[] = [];
  for (const line of lines.toSorted((a, b) => -compareVersions(a, b))) {
    if (present !== null ? compareVersions(line, present) <= 0 : major !== null && Number(line.split(".")[0]) < major)
      continue;
    const tag = tagFor(image, line);
    if (tag !== null) candidates.push({ line, tag, safe: image.tag.kind === "release" });
  }
  const preferred =
    candidates.find((candidate) => Number(candidate.line.split(".")[0]) === major) ?? candidates[0] ?? null;
  return { preferred, others: candidates.filter((candidate) => candidate !== preferred) };
}

/** Lines of the image's repository that the app's matrix supports; for an open-ended row its newest known release. */
export function matrixReplacements(image: KnownImage, app: DeclaredApp, catalog: Catalog): Replacements {
  if (app.column === null) return NONE;
  const rows = catalog.supportedRows(app.app, image.judgedAs, app.column);
  const published = image.repository.lines ?? [];
  const lines = rows.flatMap((row) => {
    const fitting = published.filter(({ latest }) => {
      const version = parseVersion(latest);
      return version !== null && satisfies(version, row.range);
    });
    const highest = fitting.toSorted((a, b) => -compareVersions(a.line, b.line))[0];
    return highest === undefined ? [] : [highest.line];
  });
  return choose(image, lines);
}

/** Lines that the publisher maintains beyond the notice, for images that no app judges. */
export function lifecycleReplacements(
  image: KnownImage,
  catalog: Catalog,
  asOf: string,
  noticeDays: number,
): Replacements {
  return choose(image, maintainedLines(image, catalog, asOf, noticeDays));
}

function maintainedLines(image: KnownImage, catalog: Catalog, asOf: string, noticeDays: number): string[] {
  return (image.repository.lines ?? [])
    .filter(({ line, listed }) => {
      const release = listed ? catalog.lifecycles.byLine(image.judgedAs, line) : null;
      const kind = release === null ? "unknown" : lifecycleState(release, asOf, noticeDays).kind;
      return kind === "maintained" || kind === "open";
    })
    .map(({ line }) => line);
}

/** For a floating tag that no app judges: the line it meant on the day of the data, which changes nothing that runs. */
export function pinReplacements(image: KnownImage, catalog: Catalog, asOf: string, noticeDays: number): Replacements {
  const meant = movingTarget(image);
  const line =
    meant === null
      ? null
      : (image.repository.lines ?? []).find((candidate) => meant.version.startsWith(`${candidate.line}.`));
  const tag = line == null ? null : tagFor(image, line.line);
  if (line != null && tag !== null && !image.pinned && image.repository.status === "current") {
    return { preferred: { line: line.line, tag, safe: false }, others: [] };
  }
  return lifecycleReplacements(image, catalog, asOf, noticeDays);
}

/** What a moving tag pointed at on a day; `null` where nobody looked. */
export function movingTarget(image: KnownImage): { readonly version: string; readonly asOf: string } | null {
  const { moving } = image.repository;
  if (moving === undefined || image.tag.kind !== "floating" || image.reference.tagUnknown) return null;
  const version = moving.tags[image.reference.tag ?? "latest"];
  return version === undefined ? null : { version, asOf: moving.asOf };
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
