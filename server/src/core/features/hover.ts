/** What a hover over an image tells: states per version of the app, the publisher's calendar, the licence, sources with dates. */
import type { Catalog } from "../catalog/catalog.ts";
import { distance } from "../catalog/dates.ts";
import { lifecycleState } from "../catalog/lifecycles.ts";
import type { Release, Sourced } from "../catalog/tables.ts";
import { describeCachePage } from "../env/cachePage.ts";
import type { AppImage } from "../model/appVersion.ts";
import type { State } from "../model/judgement.ts";
import type { KnownImage } from "../model/knownImage.ts";
import { movingTarget } from "../model/replacement.ts";
import type { Report } from "../report.ts";
import { type Span, touches } from "../text.ts";
import { disagreementsText } from "./managed/disagreements.ts";
import { code, link, type RichText, richText, table, words } from "./markdown.ts";

export interface Hover extends RichText {
  readonly span: Span;
}

/** Words and shapes, not colour alone. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  supported: "✓ supported",
  "end-of-life": "⚠ end of life, use with caution",
  unsupported: "✗ not supported",
  unlisted: "– not listed",
  floating: "~ moves, so nobody can say",
  unknown: "? not known",
};

export function hoverAt(report: Report, catalog: Catalog, offset: number): Hover | null {
  const image = report.recognised.find(({ use, span }) => touches(span, offset) || touches(use.span, offset));
  if (image !== undefined) {
    return { span: touches(image.span, offset) ? image.span : image.use.span, ...imageHover(image, report, catalog) };
  }
  const appImage = report.appImages.find(({ use }) => touches(use.span, offset));
  return appImage === undefined ? null : { span: appImage.use.span, ...appHover(appImage, report, catalog) };
}

export function imageHover(image: KnownImage, report: Report, catalog: Catalog): RichText {
  const name = catalog.engineName(image.judgedAs);
  const title =
    image.tag.kind === "release"
      ? `${name} ${image.line}${image.tag.version.pre === null ? "" : ` (prerelease ${image.tag.version.pre})`}`
      : name;
  const sources = new Map<string, Sourced>();
  const cite = (source: Sourced): void => {
    sources.set(source.source, source);
  };
  const sections = [
    `**${words(title)}** ${code(image.name)}`,
    floatingText(image, catalog),
    pinnedText(image),
    lifecycleText(image, report, catalog, cite),
    ...calendarTexts(image, report, catalog, cite),
    ...matrixSections(image, report, catalog, cite),
    ...disagreements(image, catalog),
    licenceText(image, catalog, cite),
    repositoryText(image),
  ];
  sections.push(sourcesText([...sources.values()]));
  return richText(sections);
}

function floatingText(image: KnownImage, catalog: Catalog): string {
  if (image.tag.kind !== "floating" || image.pinned) return "";
  const meant = movingTarget(image, catalog);
  const what = meant === null ? "" : ` On ${meant.asOf} it meant ${words(meant.version)}.`;
  return `This tag moves: it names no release line.${what}`;
}

function pinnedText(image: KnownImage): string {
  return image.pinned ? "A digest pins what runs; the tag beside it is only a label." : "";
}

/** A table of the states per version of each app that has a matrix; the declared version is marked. */
function matrixSections(
  image: KnownImage,
  report: Report,
  catalog: Catalog,
  cite: (source: Sourced) => void,
): string[] {
  if (!catalog.engine(image.engine)?.speaksRedis) return [];
  const sections: string[] = [];
  for (const app of catalog.apps) {
    if (app.matrix === undefined) continue;
    const verdict = report.images
      .find((judged) => judged.image === image)
      ?.verdicts.find((candidate) => candidate.app.app === app.app);
    const rows = app.matrix.columns.map((column) => {
      const declared = verdict?.app.column === column;
      const state: State = image.withoutTable
        ? "unlisted"
        : image.tag.kind === "release"
          ? catalog.matrix(app.app, image.judgedAs, image.tag.version, column).state
          : image.tag.kind === "floating" && !image.pinned
            ? "floating"
            : "unknown";
      return [declared ? `**${column}** (yours)` : column, declared ? `**${STATE_WORDS[state]}**` : STATE_WORDS[state]];
    });
    const header = [
      app.name,
      image.line === null ? catalog.engineName(image.judgedAs) : `${catalog.engineName(image.judgedAs)} ${image.line}`,
    ];
    sections.push(table(header.map(words), rows));
    const row =
      image.tag.kind === "release" ? catalog.matrix(app.app, image.judgedAs, image.tag.version, null).row : null;
    const source = row ?? catalog.rows(app.app, image.judgedAs)[0] ?? app.matrix.rows[0];
    if (source !== undefined) cite(source);
    if (verdict !== undefined) sections.push(declaredText(app.name, verdict.app, app.matrix.columns));
    const refusal = verdict?.bootRefusal;
    if (refusal != null) {
      sections.push(
        `At boot: Sidekiq ${refusal.minimum.sidekiq} asks for Redis ${refusal.minimum.reportedRedis}, this server reports ${refusal.reported}, so jobs do not run.`,
      );
      cite(refusal.minimum);
    }
  }
  return sections;
}

function declaredText(
  name: string,
  app: { version: string; column: string | null; origin: string },
  columns: readonly string[],
): string {
  const missing = app.column === null ? ` The table has columns for ${columns.join(", ")} only.` : "";
  return `${words(name)} ${words(app.version)} comes from ${words(app.origin)}.${missing}`;
}

/** `ends in 11 days, on 2026-12-01`. */
export function endText(release: Release, asOf: string, noticeDays: number): string {
  const state = lifecycleState(release, asOf, noticeDays);
  switch (state.kind) {
    case "ended":
      return state.on === null ? "its end of life is past" : `ended ${distance(asOf, state.on)}, on ${state.on}`;
    case "ends-soon":
      return `ends ${distance(asOf, state.on)}, on ${state.on}`;
    case "maintained":
      return `maintained until ${state.until} (${distance(asOf, state.until)})`;
    case "open":
      return "maintained, no end of life announced";
    case "unknown":
      return "no published end of life";
  }
}

function lifecycleText(image: KnownImage, report: Report, catalog: Catalog, cite: (source: Sourced) => void): string {
  if (image.tag.kind !== "release" || image.tag.version.pre !== null) return "";
  const release = catalog.lifecycles.release(image.judgedAs, image.tag.version);
  if (release === null) return "";
  cite(release);
  const name = `${catalog.engineName(image.judgedAs)} ${release.cycle}`;
  const released = release.releaseDate === null ? "" : `, released ${release.releaseDate}`;
  const latestOn = release.latestReleaseDate === null ? "" : ` of ${release.latestReleaseDate}`;
  const note = release.note === undefined ? "" : ` Note: ${words(release.note)}.`;
  return `Publisher: **${words(name)}** ${endText(release, report.asOf, report.noticeDays)}${released}. Newest patch ${words(release.latest)}${latestOn}.${note}`;
}

/** Sources that say something else of the same line stand beside it. */
function disagreements(image: KnownImage, catalog: Catalog): string[] {
  return image.line === null ? [] : disagreementsText(catalog, image.judgedAs, image.line, null);
}

/** What the organisation's own calendars say, beside the publisher's. */
function calendarTexts(image: KnownImage, report: Report, catalog: Catalog, cite: (source: Sourced) => void): string[] {
  if (image.tag.kind !== "release" || image.tag.version.pre !== null) return [];
  const { version } = image.tag;
  return catalog.calendars.flatMap(({ organisation, lifecycles }) => {
    const release = lifecycles.release(image.judgedAs, version);
    if (release === null) return [];
    cite(release);
    const note = release.note === undefined ? "" : ` Note: ${words(release.note)}.`;
    const name = `${catalog.engineName(image.judgedAs)} ${release.cycle}`;
    return [`${words(organisation)}: **${words(name)}** ${endText(release, report.asOf, report.noticeDays)}.${note}`];
  });
}

/** Told for engines whose licence changed from one line to another. */
function licenceText(image: KnownImage, catalog: Catalog, cite: (source: Sourced) => void): string {
  if (image.tag.kind !== "release") return "";
  const licences = catalog.lifecycles.product(image.judgedAs)?.licences ?? [];
  const licence = catalog.lifecycles.licence(image.judgedAs, image.tag.version);
  if (licence === null || licences.length < 2) return "";
  cite(licence);
  const next = licences[licences.indexOf(licence) + 1];
  const change =
    next === undefined ? "" : `; from ${/\d+\.\d+/.exec(next.range)?.[0] ?? "later"} on ${words(next.licence)}`;
  return `Licence: ${words(licence.licence)}${change}.`;
}

function repositoryText(image: KnownImage): string {
  const { status, movedTo, since } = image.repository;
  const carried = image.reference.tag === null ? undefined : image.repository.carries?.[image.reference.tag];
  const carries = carried === undefined ? "" : `This tag carries Redis ${words(carried)}. `;
  if (status === "moved")
    return `${carries}The version tags of this repository moved to ${code(movedTo ?? "")}${since === undefined ? "" : ` on ${since}`} and get no updates.`;
  if (status === "frozen") return `${carries}This repository is frozen: no updates, security fixes included.`;
  if (status === "ended") return `${carries}This image gets no new releases.`;
  return carries.trimEnd();
}

export function sourcesText(sources: readonly Sourced[]): string {
  if (sources.length === 0) return "";
  return `Sources: ${sources.map(({ source, asOf }) => `${link(shortName(source), source)} (${asOf})`).join(", ")}`;
}

/** `endoflife.date: redis.md` for a long address; documents keep their name. */
function shortName(source: string): string {
  const match = /^https:\/\/([^/]+)\/(.*)$/.exec(source);
  if (match === null) return source;
  const [, host = "", rest = ""] = match;
  const parts = rest.split("/").filter((part) => part !== "");
  return host === "github.com" ? `${parts.slice(0, 2).join("/")}: ${parts.at(-1) ?? ""}` : host;
}

/** The app's own image: its version, its support, and where the version that counts comes from. */
function appHover(image: AppImage, report: Report, catalog: Catalog): RichText {
  const name = catalog.appName(image.app);
  const declared = report.apps.find(({ app }) => app === image.app);
  const number = image.version === null ? null : /^\d+(?:\.\d+){0,2}/.exec(image.version)?.[0];
  const series = number == null ? null : catalog.lifecycles.byLine(image.app, number.split(".").slice(0, 2).join("."));
  const sections = [`**${words(name)}${image.version === null ? "" : ` ${words(image.version)}`}**`];
  if (image.version === null) sections.push("The tag names no version, so it tells nothing about the caches here.");
  if (series !== null) {
    sections.push(
      `Support for ${words(name)} ${series.cycle}: ${endText(series, report.asOf, report.noticeDays)}. Newest release ${words(series.latest)}.`,
    );
    sections.push(sourcesText([series]));
  }
  const app = catalog.app(image.app);
  if (app !== undefined) sections.push(...describeCachePage("REDIS_URL", app));
  if (declared !== undefined)
    sections.splice(
      1,
      0,
      `Caches are judged for ${words(name)} ${words(declared.version)}, from ${words(declared.origin)}.`,
    );
  return richText(sections);
}
