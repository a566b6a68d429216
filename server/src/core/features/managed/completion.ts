/** Versions of databases for the command that makes one: those that can be made first, each with its flavours. */
import { parseVersion } from "../../catalog/version.ts";
import type { Checker } from "../../checker.ts";
import { commandsOf } from "../../documents/shellScript.ts";
import { dbCreates } from "../../platform/aptibleCommands.ts";
import { creatableLines, endWords, isCreationOver } from "../../platform/calendar.ts";
import { type EngineUse, judgeEngine } from "../../platform/engineUse.ts";
import type { Report } from "../../report.ts";
import { type Span, spanOf, touches } from "../../text.ts";
import { type CompletionItem, PLACEHOLDER } from "../completion.ts";
import { STATE_WORDS } from "../hover.ts";
import { type RichText, richText } from "../markdown.ts";
import { engineSections } from "./hover.ts";

/** What stands before a version in the details of an item. */
const PREFIX = "aptible/redis:";

/** `null`: no version is being written here. */
export function versionItems(checker: Checker, report: Report, offset: number): readonly CompletionItem[] | null {
  const { kind, source } = report;
  if (kind !== "shell-script" && kind !== "workflow") return null;
  const written = spanOfVersion(checker, report, offset);
  const table = checker.catalog.platforms.table("aptible");
  const offered = table?.engines.find(({ engine }) => engine === "redis");
  if (written === null || table === undefined || offered === undefined) return null;
  const creatable = creatableLines(offered, report.asOf);
  // The append-only file is the default of the dashboard.
  const ordered = (table.flavours ?? []).toSorted((a, b) => rank(a.suffix) - rank(b.suffix));
  const items = offered.releases.flatMap((release) =>
    ordered.map(({ suffix, persistence }) => {
      const version = parseVersion(release.cycle);
      const use = version === null ? null : { ...useOf(table, release.cycle, suffix, written), version };
      const app = report.apps.find(({ column }) => column !== null);
      const state = use === null || app === undefined ? null : judgeEngine(use, app, checker.catalog).state;
      const isOver = isCreationOver(offered, release, report.asOf);
      const detail = [
        ...(state === null
          ? []
          : [
              `${STATE_WORDS[state]} ${state === "unlisted" ? "for" : "by"} ${checker.catalog.appName(app?.app ?? "")} ${app?.column}`,
            ]),
        isOver ? "no new database can be made" : endWords(release.endOfLife, report.asOf, report.noticeDays),
        persistence,
      ].join("; ");
      const place =
        (state === "supported" ? 0 : state === "unlisted" || state === null ? 1 : 2) +
        (creatable.includes(release.cycle) ? 0 : 4);
      return { text: release.cycle + suffix, detail, isOver, place };
    }),
  );
  const isEmpty = source.text.slice(written.start, written.end) === "";
  return items
    .toSorted((a, b) => a.place - b.place)
    .map(({ text, detail, isOver }, at) => ({
      label: text,
      newText: text,
      span: isEmpty ? spanOf(offset, offset) : written,
      detail,
      isEnded: isOver,
      sortText: String(at).padStart(3, "0"),
      reference: PREFIX + text,
    }));
}

function rank(suffix: string): number {
  return ["-aof", "", "-nordb"].indexOf(suffix);
}

/** The version under the caret; while none is written, a character stands in for it. */
function spanOfVersion({ folderIndex }: Checker, report: Report, offset: number): Span | null {
  const { source, kind } = report;
  if (kind === null) return null;
  const find = (text: string): Span | null =>
    dbCreates(commandsOf({ ...source, text }, kind, folderIndex))
      .filter(({ type }) => type === "redis")
      .map(({ version }) => version?.span ?? null)
      .find((span) => span !== null && touches(span, offset)) ?? null;
  const here = find(source.text);
  if (here !== null) return here;
  const patched = find(source.text.slice(0, offset) + PLACEHOLDER + source.text.slice(offset));
  return patched === null ? null : spanOf(patched.start, patched.end - PLACEHOLDER.length);
}

type Table = EngineUse["table"];

function useOf(table: Table, line: string, suffix: string, span: Span): Omit<EngineUse, "version"> {
  return {
    table,
    engine: "redis",
    line,
    suffix,
    isNew: true,
    span,
    apps: [],
    isCacheOnly: false,
    related: [],
    replace: null,
  };
}

/** The details of an item; `null` for an image. */
export function describeVersion(checker: Checker, reference: string, report: Report): RichText | null {
  const [, line = "", suffix = ""] = reference.startsWith(PREFIX)
    ? (/^(\d+\.\d+)(-[a-z]+)?$/.exec(reference.slice(PREFIX.length)) ?? [])
    : [];
  const table = checker.catalog.platforms.table("aptible");
  const version = parseVersion(line);
  if (table === undefined || version === null) return null;
  const use = { ...useOf(table, line, suffix, spanOf(0, 0)), version, apps: report.apps };
  return richText(engineSections(use, report, checker.catalog, []));
}
