/** What a provider offers, on its own calendar, and which row of the apps' tables a version of it is. */
import type { Catalog } from "../../catalog/catalog.ts";
import { dateText } from "../../catalog/dates.ts";
import { platformRelease, platformRow } from "../../catalog/platforms.ts";
import type { PlatformDate, PlatformEngineTable, PlatformRelease, PlatformTable } from "../../catalog/platformTable.ts";
import { parseVersion } from "../../catalog/version.ts";
import { endWords, isCreationOver, isPast } from "../../platform/calendar.ts";
import { column, distinct, stateCell, wordGrid, words } from "./cells.ts";
import type { Used, UsedEngine } from "./used.ts";
import type { ViewCell, ViewGrid, ViewRow, ViewTable } from "./view.ts";

export function platformTable(
  catalog: Catalog,
  table: PlatformTable,
  used: Used,
  asOf: string,
  noticeDays: number,
): ViewTable {
  const { platform, name, flavours = [], tls = [], credentials = [], endpoints } = table;
  const grids = [offerGrid(catalog, table, used, asOf, noticeDays)];
  if (flavours.length > 0)
    grids.push(
      wordGrid(
        "What a version keeps",
        "Flavour",
        ["Example", "Persistence", "Remarks"],
        flavours.map(({ flavour, example, persistence, dashboardLabel, note }) => [
          flavour,
          example,
          persistence,
          [dashboardLabel, note].filter((text) => text !== undefined).join(". "),
        ]),
      ),
    );
  if (tls.length > 0)
    grids.push(
      wordGrid(
        "TLS by version",
        "Versions",
        ["Protocols", "Remarks"],
        tls.map(({ versions, protocols, note = "" }) => [
          versions.join(", "),
          protocols === null ? "not known" : protocols.join(", "),
          note,
        ]),
      ),
    );
  if (credentials.length > 0)
    grids.push(
      wordGrid(
        "Credentials",
        "Type",
        ["Address", "Transport", "Regulated data", "Remarks"],
        credentials.map(({ type, urlScheme, transport, regulatedData, note = "" }) => [
          type,
          urlScheme,
          transport,
          regulatedData ? "allowed" : "not allowed",
          note,
        ]),
      ),
    );
  if (endpoints.length > 1)
    grids.push(
      wordGrid(
        "Endpoints",
        "Endpoint",
        ["What it is"],
        endpoints.map((endpoint) => [endpoint.name, endpoint.text]),
      ),
    );
  return {
    id: platform,
    name,
    isYours: used.platforms.has(platform),
    summary: `${name} has versions and a calendar of its own; they count for what it runs, whatever the publisher says.`,
    grids,
    notes: table.notes,
    sources: distinct([
      ...table.engines,
      ...flavours,
      ...tls,
      ...credentials,
      ...(endpoints.length > 1 ? endpoints : []),
    ]),
  };
}

function offerGrid(catalog: Catalog, table: PlatformTable, used: Used, asOf: string, noticeDays: number): ViewGrid {
  const hasCreation = table.engines.some(({ releases }) =>
    releases.some(({ deprecation }) => deprecation !== undefined),
  );
  const hasPaid = table.engines.some(({ releases }) => releases.some((release) => "extendedSupportEnds" in release));
  const apps = catalog.apps.flatMap(({ app, matrix }) => (matrix === undefined ? [] : [{ app, matrix }]));
  /** The versions that the workspace declares, else the newest. */
  const judged = apps.flatMap(({ app, matrix }) => {
    const declared = matrix.columns.filter((version) => used.series.get(app)?.has(version) === true);
    return (declared.length > 0 ? declared : matrix.columns.slice(0, 1)).map((version) => ({ app, version }));
  });
  const rowOf = (engine: PlatformEngineTable, release: PlatformRelease): ViewRow => {
    const uses = used.engines.filter((one) => isOf(one, table, engine, release));
    const cells: ViewCell[] = [statusCell(engine, release, asOf), words(endWords(release.endOfLife, asOf, noticeDays))];
    if (hasCreation) cells.push(words(creationWords(engine, release, asOf)));
    if (hasPaid) cells.push(words(dateWords(release.extendedSupportEnds)));
    for (const { app, version } of judged) cells.push(judgedCell(catalog, engine, release, app, version, uses));
    cells.push(words([release.note].filter(Boolean).join(" ")));
    const upTo = /\./.test(release.cycle) || release.latest === undefined ? "" : ` (up to ${release.latest})`;
    return { label: `${engine.name} ${release.cycle}${upTo}`, cells, places: uses.map(({ place }) => place) };
  };
  return {
    title: `What ${table.name} offers`,
    rowHeader: "Version",
    columns: [
      column("Status"),
      column(hasPaid ? "Standard support" : "End of life"),
      ...(hasCreation ? [column("New databases")] : []),
      ...(hasPaid ? [column("Paid support until")] : []),
      ...judged.map(({ app, version }) =>
        column(`${catalog.appName(app)} ${version}`, version, used.series.get(app)?.has(version) === true),
      ),
      column("Remarks"),
    ],
    groups: table.engines.map((engine) => ({
      name: engine.name,
      rows: engine.releases.map((release) => rowOf(engine, release)),
    })),
  };
}

function isOf(
  { use, platform }: UsedEngine,
  table: PlatformTable,
  engine: PlatformEngineTable,
  release: PlatformRelease,
): boolean {
  return (
    platform === table.platform &&
    use.engine === engine.engine &&
    platformRelease(engine, use.version)?.cycle === release.cycle
  );
}

function statusCell(engine: PlatformEngineTable, release: PlatformRelease, asOf: string): ViewCell {
  if (isPast(release.endOfLife, asOf)) return stateCell("end-of-life");
  if (release.status === "deprecated" || isCreationOver(engine, release, asOf))
    return stateCell("end-of-life", false, "deprecated");
  return stateCell("supported", false, "offered");
}

function creationWords(engine: PlatformEngineTable, release: PlatformRelease, asOf: string): string {
  const until = dateWords(release.deprecation);
  if (isCreationOver(engine, release, asOf)) return `refused since ${until}`;
  return typeof release.deprecation === "string" ? `until ${until}` : "possible, no end announced";
}

function dateWords(date: PlatformDate | undefined): string {
  if (typeof date === "string") return dateText(date);
  return date === false ? "no end announced" : "";
}

/** By the upstream line that the provider's version behaves like; a provider that keeps a line alive takes its end away. */
function judgedCell(
  catalog: Catalog,
  engine: PlatformEngineTable,
  release: PlatformRelease,
  app: string,
  columnName: string,
  uses: readonly UsedEngine[],
): ViewCell {
  const isYours = uses.some(({ columns }) => columns.get(app) === columnName);
  const version = parseVersion(/\./.test(release.cycle) ? release.cycle : (release.latest ?? release.cycle));
  const mapped = version === null ? null : platformRow(engine, version);
  const upstream = engine.rows === undefined ? version : mapped === null ? null : parseVersion(mapped.row);
  if (upstream === null) return stateCell("unlisted", isYours);
  const { state } = catalog.matrix(app, engine.engine, upstream, columnName);
  const line =
    engine.rows === undefined || mapped === null || mapped.row === release.cycle ? "" : ` (as ${mapped.row})`;
  if (state === "end-of-life" && mapped?.supportedHere === true)
    return stateCell("supported", isYours, `kept alive here${line}`);
  const cell = stateCell(state, isYours);
  return { ...cell, text: `${cell.text}${line}` };
}
