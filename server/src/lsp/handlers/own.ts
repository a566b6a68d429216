/** Answers to our own requests: what the status item, the table and "check workspace" show. */
import {
  type Catalog,
  freshness,
  LineIndex,
  type NamedTable,
  overview,
  type Place,
  type Report,
  type SettingsLayer,
  unknownApp,
  type ViewPlace,
} from "../../core/index.ts";
import { uriOf } from "../convert.ts";
import type { OpenDocument } from "../documents.ts";
import type { LongWork } from "../longWork.ts";
import type { MatrixAnswer, StatusAnswer, WorkspaceAnswer } from "../protocol.ts";
import type { Session } from "../session.ts";
import type { FileLook, WorkspaceCheck } from "../workspaceCheck.ts";

export async function status(session: Session, document: OpenDocument): Promise<StatusAnswer> {
  const report = await session.reportOf(document);
  const { catalog } = report;
  const settings = await session.configuration.of(document.uri, session.files.root(document.path));
  const notChecked: string[] = [...settings.problems, ...unknownApps(settings.layer, report), ...ownTables(report)];
  const data = freshness(catalog.dataAsOf, catalog.dataFrom, report.asOf);
  const judged = new Set(report.apps.map(({ app }) => app));
  if (report.kind === null) notChecked.push("This file is none that Cache Compat reads.");
  else if (report.env !== null) {
    if (report.env.apps.length === 0)
      notChecked.push("What the variables mean: no app is declared or found that reads this file.");
  } else if (report.kind === "server-config") {
    if (report.conf?.target == null)
      notChecked.push(
        'The version of the server: none is declared or found, so only what every version refuses is an error. A comment such as "# cache-compat: engine=redis@7.2" declares it.',
      );
    else if (report.conf.target.line === null)
      notChecked.push(`The release line of the server: ${report.conf.target.origin} names none.`);
  } else if (report.images.length === 0) notChecked.push("No cache image was found in this file.");
  else if (![...judged].some((app) => catalog.app(app)?.matrix !== undefined)) {
    notChecked.push(
      "Compatibility with Mastodon: no version is declared or found. Set it, and the images are held against its table; lifecycles are told without it.",
    );
  }
  for (const { app, version, column } of report.apps) {
    const columns = catalog.app(app)?.matrix?.columns;
    if (columns !== undefined && column === null)
      notChecked.push(
        `Compatibility with ${catalog.appName(app)} ${version}: its table has columns for ${columns.join(", ")} only.`,
      );
  }
  for (const { image } of report.images) {
    if (image.tag.kind === "unknown") notChecked.push(`${image.name}: the release line cannot be read from this tag.`);
    else if (image.pinned && image.tag.kind === "floating")
      notChecked.push(`${image.name}: the digest decides what runs, and no release line can be read from it.`);
  }
  if (session.files.root(document.path) === undefined)
    notChecked.push(
      "Files beside this one: it is not in a workspace folder, so .env files and neighbours are not read.",
    );
  for (const { rule } of report.failed) notChecked.push(`The rule ${rule} failed and was left out.`);
  const target = report.conf?.target;
  return {
    kind: report.kind,
    images: report.images.length,
    server:
      target == null
        ? null
        : `${catalog.engineName(target.engine)}${target.line === null ? "" : ` ${target.line}`} (${target.origin})`,
    asOf: report.asOf,
    data: data.words,
    isDataOld: data.isOld,
    platform: {
      name: report.platform.platform,
      origin: report.platform.origin,
      isKnown: report.platform.from !== "default",
      ...placeOf(session, report, report.platform.place),
    },
    apps: report.apps.map(({ app, version, column, origin, place }) => ({
      name: catalog.appName(app),
      version,
      column,
      origin,
      ...placeOf(session, report, place),
    })),
    notChecked: [...new Set(notChecked)],
  };
}

function placeOf(session: Session, report: Report, place: Place | null): { uri: string | null; line: number } {
  if (place === null) return { uri: null, line: 0 };
  const isHere = place.path === report.source.path;
  const lines = isHere ? report.lines : new LineIndex(session.files.read(place.path) ?? "");
  return { uri: uriOf(session, place.path), line: lines.position(place.span.start).line };
}

/** Names in the settings that no table brings. Where a table cannot be read, it may be the one. */
function unknownApps({ apps = {} }: SettingsLayer, { catalog, ownTables: tables }: Report): string[] {
  if (tables.some(({ state }) => state !== "used")) return [];
  const known = catalog.apps.map(({ app }) => app);
  return Object.keys(apps)
    .filter((app) => !known.includes(app))
    .map((app) => `cacheCompat.apps.${app}: ${unknownApp(app, known)}`);
}

const TABLE_TROUBLES: Readonly<Partial<Record<NamedTable["state"], string>>> = {
  wrong: "it has problems, which are told in it, and has no say until they are repaired",
  missing: "there is no such file",
  outside: "it lies outside of the workspace and is never read",
  untrusted: "the workspace is not trusted, so its tables have no say",
};

/** Tables of the organisation that do not count, and why. */
function ownTables({ ownTables: tables }: Report): string[] {
  return tables.flatMap(({ name, state }) => {
    const trouble = TABLE_TROUBLES[state];
    return trouble === undefined ? [] : [`What the table ${name} says: ${trouble}.`];
  });
}

/** Of the tables that files are judged by those that hold most apps: an organisation's own are among them. */
function widest(builtIn: Catalog, files: readonly FileLook[]): Catalog {
  return files.reduce((most, { catalog }) => (catalog.apps.length > most.apps.length ? catalog : most), builtIn);
}

export async function matrix(
  session: Session,
  workspace: WorkspaceCheck,
  today: string,
  work: LongWork,
): Promise<MatrixAnswer> {
  const files = await workspace.looks(work);
  const asOf = files[0]?.asOf ?? today;
  const noticeDays = files[0]?.noticeDays ?? 90;
  const view = overview(
    widest(session.checker.catalog, files),
    files.map(({ use }) => use),
    asOf,
    noticeDays,
  );
  const withUri = <P extends ViewPlace>(place: P): P => ({ ...place, path: uriOf(session, place.path) });
  return {
    ...view,
    tables: view.tables.map((table) => ({
      ...table,
      grids: table.grids.map((grid) => ({
        ...grid,
        groups: grid.groups.map((group) => ({
          ...group,
          rows: group.rows.map((row) => ({ ...row, places: row.places.map(withUri) })),
        })),
      })),
    })),
    elsewhere: view.elsewhere.map(withUri),
  };
}

export async function workspaceSummary(workspace: WorkspaceCheck, work: LongWork): Promise<WorkspaceAnswer> {
  const files = await workspace.looks(work);
  const sum = (count: (file: FileLook) => number): number => files.reduce((total, file) => total + count(file), 0);
  return {
    files: files.length,
    images: sum(({ use }) => use.caches.length),
    error: sum(({ told }) => told.error),
    warning: sum(({ told }) => told.warning),
    information: sum(({ told }) => told.information),
  };
}
