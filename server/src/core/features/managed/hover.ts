/** What a hover tells of a server that a provider runs: over its host, its declared version, or a command that makes one. */

import type { Catalog } from "../../catalog/catalog.ts";
import type { Sourced } from "../../catalog/tables.ts";
import type { Checker } from "../../checker.ts";
import { EnvContext } from "../../env/context.ts";
import { platformName } from "../../platform/calendar.ts";
import {
  type EngineUse,
  engineTitle,
  judgeEngine,
  offeredEngine,
  publisherRelease,
  releaseOf,
} from "../../platform/engineUse.ts";
import type { Report } from "../../report.ts";
import { composeConnections } from "../../rules/platform/composeConnections.ts";
import { type ConnectionUse, connectionUses } from "../../rules/platform/connectionRule.ts";
import { type Span, touches } from "../../text.ts";
import { endText, STATE_WORDS, sourcesText } from "../hover.ts";
import { table, words } from "../markdown.ts";
import { credentialsText, flavourText, notesText, releasesTable, releaseText, tlsText } from "./calendar.ts";
import { disagreementsText } from "./disagreements.ts";

export interface ManagedSections {
  readonly span: Span;
  readonly sections: readonly string[];
}

/** Told of every version there. */
const ALWAYS = [
  "new-databases",
  "existing-databases",
  "restores",
  "newest",
  "dates",
  "highest",
  "upgrade",
  "extended-support",
];
const OF_HOSTS = [
  ...ALWAYS,
  "tls",
  "auth",
  "parameter-group",
  "configuration",
  "backups",
  "promotion",
  "replicas",
  "live-list",
];

/** `null` where nothing at the offset is about a managed server. */
export function managedSections(checker: Checker, report: Report, offset: number): ManagedSections | null {
  const { catalog } = checker;
  const use = report.engines.find(({ span }) => touches(span, offset));
  const host = hostSections(checker, report, offset);
  if (host !== null) return host;
  return use === undefined ? null : { span: use.span, sections: engineSections(use, report, catalog, ALWAYS) };
}

/** The addresses of a `.env` file or of a compose file. */
function connectionsOf({ catalog, folderIndex }: Checker, report: Report): readonly ConnectionUse[] {
  const { env, kind, source, appImages, platform } = report;
  if (env !== null) return connectionUses(EnvContext.of(env));
  if (kind !== "compose" || !folderIndex.searches.has(source.path, source.text, catalog.platforms.names)) return [];
  return composeConnections(source, appImages, platform.platform, catalog.platforms, folderIndex);
}

function hostSections(checker: Checker, report: Report, offset: number): ManagedSections | null {
  const { catalog } = checker;
  const connection = connectionsOf(checker, report).find(({ hostSpan }) => touches(hostSpan, offset));
  const declared = report.engines.find(({ isNew }) => !isNew);
  if (connection === undefined || (connection.provider === null && declared?.span !== connection.hostSpan)) return null;
  const platform = connection.provider?.platform ?? declared?.table;
  if (platform === undefined) return null;
  const endpoint = connection.provider?.endpoint;
  const head = `**${words(platform.name)}**${endpoint === undefined ? "" : `: ${words(endpoint.name)}. ${words(endpoint.text)}`}`;
  const known = report.platform;
  const origin = known.platform === platform.platform ? `Platform ${known.platform}, from ${words(known.origin)}.` : "";
  const serverless = endpoint?.kind === "serverless" ? ["serverless"] : [];
  const rest =
    declared !== undefined && declared.table === platform
      ? engineSections(declared, report, catalog, [...OF_HOSTS, ...serverless])
      : [
          "No version is declared (`engine`), so nothing is told of its calendar.",
          ...platform.engines.map(releasesTable),
          ...platform.engines.flatMap(({ engine }) => disagreementsText(catalog, engine, null, platform.platform)),
          notesText(platform, [...OF_HOSTS, ...serverless]),
          sourcesText(
            sourcesOf([...platform.engines, ...platform.notes, ...(endpoint === undefined ? [] : [endpoint])]),
          ),
        ];
  return { span: connection.hostSpan, sections: [head, origin, credentialsText(platform), ...rest] };
}

export function engineSections(
  use: EngineUse,
  report: Pick<Report, "asOf" | "noticeDays">,
  catalog: Catalog,
  topics: readonly string[],
): string[] {
  const { table: platform, line } = use;
  const offered = offeredEngine(use);
  const release = releaseOf(use);
  const flavour = platform.flavours?.find(({ suffix }) => suffix === use.suffix);
  const publisher = publisherRelease(use, catalog);
  const row = catalog.apps.flatMap(({ matrix }) => matrix?.rows ?? []).find(({ engine }) => engine === use.engine);
  return [
    `**${words(`${engineTitle(use, catalog)} at ${platformName(platform)}`)}**`,
    offered !== null && release !== null
      ? releaseText(offered, release, report)
      : `${words(platformName(platform))} does not list this version.`,
    flavour === undefined ? "" : flavourText(flavour, platform),
    tlsText(platform, line),
    publisher === null
      ? ""
      : `Publisher: **${words(`${catalog.engineName(use.engine)} ${publisher.cycle}`)}** ${endText(publisher, report.asOf, report.noticeDays)}.`,
    ...matrixTables(use, catalog),
    ...disagreementsText(catalog, use.engine, line, platform.platform),
    offered === null ? "" : releasesTable(offered),
    ...pastText(use),
    notesText(platform, topics),
    sourcesText(
      sourcesOf([
        ...(release === null ? [] : [release]),
        ...(flavour === undefined ? [] : [flavour]),
        ...(publisher === null ? [] : [publisher]),
        ...(row === undefined ? [] : [row]),
        ...platform.notes.filter(({ topic }) => topics.includes(topic)),
      ]),
    ),
  ];
}

/** The states for each version of an app, by the upstream line that the version behaves like. */
function matrixTables(use: EngineUse, catalog: Catalog): string[] {
  return catalog.apps.flatMap(({ app, name, matrix }) => {
    if (matrix === undefined || !catalog.hasRows(app, use.engine)) return [];
    const verdicts = matrix.columns.map((column) =>
      judgeEngine(use, { app, version: column, column, from: "detected", place: null, origin: "" }, catalog),
    );
    const rows = verdicts.map(({ state, isAliveHere, app: { column } }) => {
      const isYours = use.apps.some((declared) => declared.app === app && declared.column === column);
      const said = isAliveHere
        ? `${STATE_WORDS[state]}; ${platformName(use.table)} still supports it`
        : STATE_WORDS[state];
      return isYours ? [`**${column}** (yours)`, `**${said}**`] : [String(column), said];
    });
    const row = verdicts[0]?.row;
    const like = row != null && row.label !== use.line ? ` (row ${row.label})` : "";
    return [table([words(name), words(`${engineTitle(use, catalog)}${like}`)], rows)];
  });
}

function pastText(use: EngineUse): string[] {
  const { deprecatedPatches = [], past = [] } = offeredEngine(use) ?? {};
  const of = (major: string): boolean => Number(major) === use.version.major;
  return [
    ...deprecatedPatches
      .filter(() => use.version.major === 5)
      .map(({ range, use: lowest }) => words(`Deprecated patches: ${range}; use ${lowest} or later.`)),
    ...past
      .filter(({ major }) => of(major))
      .map(({ major, versions, endOfLife }) =>
        words(`Redis ${major} (${versions.join(", ")}) ended there on ${String(endOfLife)}.`),
      ),
  ];
}

/** Each once, in the order they are named. */
function sourcesOf(all: readonly Sourced[]): Sourced[] {
  return [...new Map(all.map((one) => [one.source, one])).values()];
}
