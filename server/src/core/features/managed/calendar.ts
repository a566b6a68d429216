/** What a provider's table says, in Markdown: its versions with their dates, flavours, TLS, notes. */
import { dateText, distance, lastDay } from "../../catalog/dates.ts";
import type {
  Flavour,
  PlatformDate,
  PlatformEngineTable,
  PlatformRelease,
  PlatformTable,
} from "../../catalog/platformTable.ts";
import { endWords, isCreationOver, platformName } from "../../platform/calendar.ts";
import { table, words } from "../markdown.ts";

/** The day to judge on. */
export interface OnDay {
  readonly asOf: string;
  readonly noticeDays: number;
}

/** `May 2026 (5 months ago)`, `N/A (no date announced)`: what is printed, and what it means on the day. */
function printedDate(printed: string, date: PlatformDate | undefined, { asOf }: OnDay): string {
  const on = typeof date === "string" ? lastDay(date) : null;
  if (on === null) return `${printed} (no date announced)`;
  return `${printed} (${asOf.startsWith(String(date)) ? "this month" : distance(asOf, on)})`;
}

/** One line of facts for the version. */
export function releaseText(engine: PlatformEngineTable, release: PlatformRelease, day: OnDay): string {
  const name = `${engine.name} ${release.cycle}`;
  const facts: string[] = [];
  if (release.releaseDate != null) facts.push(`released ${dateText(String(release.releaseDate))}`);
  if (release.status !== undefined) facts.push(`status ${release.status}`);
  if (release.printed !== undefined) {
    facts.push(`end of life: ${printedDate(release.printed.endOfLife, release.endOfLife, day)}`);
    facts.push(`deprecation: ${printedDate(release.printed.deprecation, release.deprecation, day)}`);
    facts.push(isCreationOver(engine, release, day.asOf) ? "no new database can be made" : "new databases can be made");
  } else if (release.extendedSupportEnds !== undefined) {
    facts.push(`standard support: ${endWords(release.endOfLife, day.asOf, day.noticeDays)}`);
    facts.push(
      `extended support, which is charged: ${endWords(release.extendedSupportEnds, day.asOf, day.noticeDays)}`,
    );
  } else facts.push("no end published");
  if (release.latest !== undefined) {
    const on = release.latestReleaseDate == null ? "" : ` of ${String(release.latestReleaseDate)}`;
    facts.push(`newest version ${release.latest}${on}`);
  }
  const note = release.note === undefined ? "" : ` Note: ${release.note}`;
  return `**${words(name)}**: ${words(facts.join("; "))}.${words(note)}`;
}

function cell(date: PlatformDate | undefined, printed?: string): string {
  if (printed !== undefined) return printed;
  if (date === false) return "open";
  return date == null || date === true ? "" : String(date);
}

/** All versions of an engine as a table. */
export function releasesTable(engine: PlatformEngineTable): string {
  const first = engine.releases[0];
  if (first?.printed !== undefined) {
    return table(
      [engine.name, "status", "end of life", "deprecation"],
      engine.releases.map(({ cycle, status = "", printed }) =>
        [cycle, status, printed?.endOfLife ?? "", printed?.deprecation ?? ""].map(words),
      ),
    );
  }
  if (first?.extendedSupportEnds !== undefined) {
    return table(
      [engine.name, "released", "standard support ends", "extended support ends", "newest", "of"],
      engine.releases.map((release) =>
        [
          release.cycle,
          cell(release.releaseDate),
          cell(release.endOfLife),
          cell(release.extendedSupportEnds),
          release.latest ?? "",
          cell(release.latestReleaseDate),
        ].map(words),
      ),
    );
  }
  const listed = engine.releases.map(({ cycle }) => cycle).join(", ");
  const ranges = engine.versions === undefined ? "" : ` (${engine.versions.join("; ")})`;
  return `${words(engine.name)}: ${words(listed + ranges)}.`;
}

export function flavourText(flavour: Flavour, platform: PlatformTable): string {
  const name = flavour.suffix === "" ? "Bare version" : `Suffix ${flavour.suffix}`;
  const facts = [
    `${name} (for example ${flavour.example}) at ${platformName(platform)}: ${flavour.persistence}`,
    ...(flavour.save === undefined ? [] : [`save ${flavour.save.join(", ")}`]),
    ...(flavour.appendfsync === undefined ? [] : [`appendfsync ${flavour.appendfsync}`]),
    ...(flavour.dashboardLabel === undefined ? [] : [`the dashboard calls it "${flavour.dashboardLabel}"`]),
    ...(flavour.recommendedDiskSizeGb === undefined ? [] : [`disk: ${flavour.recommendedDiskSizeGb} GB`]),
  ];
  return words(`${facts.join("; ")}.${flavour.note === undefined ? "" : ` ${flavour.note}`}`);
}

/** What TLS the version speaks; empty where the table has no record. */
export function tlsText(platform: PlatformTable, line: string): string {
  const known = platform.tls?.find(({ versions }) => versions.includes(line));
  if (known === undefined) return "";
  const spoken = known.protocols === null ? "not said" : known.protocols.join(", ");
  return words(
    `TLS of ${line} at ${platformName(platform)}: ${spoken}.${known.note === undefined ? "" : ` ${known.note}`}`,
  );
}

export function credentialsText({ credentials = [] }: PlatformTable): string {
  return credentials
    .map(({ type, urlScheme, transport, regulatedData, note }) => {
      const fit = regulatedData ? "fit for regulated data" : "not for regulated data";
      return `- Credential ${words(type)}: ${words(urlScheme)}, ${words(transport)}, ${fit}.${note === undefined ? "" : ` ${words(note)}.`}`;
    })
    .join("\n");
}

export function notesText({ notes }: PlatformTable, topics: readonly string[]): string {
  return notes
    .filter(({ topic }) => topics.includes(topic))
    .map(({ text }) => `- ${words(text)}`)
    .join("\n");
}
