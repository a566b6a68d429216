/** What the shell commands of a file mean at Aptible, judged like anything else: by version, flavour and role. */

import type { PlatformTable } from "../catalog/platformTable.ts";
import { parseVersion, releaseLine, type Version } from "../catalog/version.ts";
import type { SourceText } from "../documents/extraction.ts";
import { ancestors, type FolderIndex } from "../documents/folderIndex.ts";
import type { DocumentKind } from "../documents/kind.ts";
import { commandsOf } from "../documents/shellScript.ts";
import type { FileSource } from "../files.ts";
import type { DeclaredApp } from "../model/appVersion.ts";
import { frameworksAt } from "../model/frameworks.ts";
import { dirname, resolvePath } from "../paths.ts";
import type { Span } from "../text.ts";
import { type DbCreate, dbCreates, promotions } from "./aptibleCommands.ts";
import type { KnownPlatform } from "./detect.ts";
import type { EngineUse } from "./engineUse.ts";

/** A database that a command makes. */
export interface CreatedDatabase {
  readonly command: DbCreate;
  /** `null`: the command gives no version, or only the running shell knows it. */
  readonly use: EngineUse | null;
  /** Jobs or feeds of an app are kept there, as far as anybody can tell. */
  readonly holdsJobs: boolean;
}

export interface ScriptUse {
  readonly databases: readonly CreatedDatabase[];
  readonly promotions: readonly Span[];
}

const NOTHING: ScriptUse = { databases: [], promotions: [] };
/** Frameworks that keep jobs in Redis. */
const QUEUES: readonly string[] = ["sidekiq", "bullmq", "django/celery"];
const SCRIPT = /\.(?:sh|bash)$/i;
const MAKES_REDIS = /\bdb:create\b[^\n]*--type[ =]["']?redis\b|--type[ =]["']?redis\b[^\n]*\bdb:create\b/g;

export interface ScriptRequest {
  readonly source: SourceText;
  readonly kind: DocumentKind;
  readonly known: KnownPlatform;
  readonly apps: readonly DeclaredApp[];
  readonly files: FileSource;
}

export function scriptUse(
  { source, kind, known, apps, files }: ScriptRequest,
  table: PlatformTable,
  index: FolderIndex,
): ScriptUse {
  const commands = commandsOf(source, kind, index);
  if (commands.length === 0) return NOTHING;
  const creates = dbCreates(commands).filter(({ type }) => type === "redis");
  const isOnly = creates.length === 1 && !isMadeElsewhere(source, files);
  const hasJobs = isOnly && (apps.some(holdsJobs) || hasQueueFramework(source.path, files));
  const usesAptible = creates.length > 0 || (known.platform === "aptible" && !known.isMixed);
  return {
    databases: creates.map((command) => {
      const isCache = /cache/i.test(command.handle ?? "") || (known.platform === "aptible" && known.isCacheOnly);
      return { command, use: useOf(command, source, apps, isCache, table), holdsJobs: hasJobs && !isCache };
    }),
    promotions: usesAptible || /\baptible\b/.test(source.text) ? promotions(commands, source.text) : [],
  };
}

/** Mastodon queues with Sidekiq; Postiz queued in Redis up to 2.11. */
function holdsJobs({ app, version }: DeclaredApp): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return app === "mastodon" || (app === "postiz" && (major < 2 || (major === 2 && minor < 12)));
}

function hasQueueFramework(path: string, files: FileSource): boolean {
  return ancestors(path, files).some((folder) =>
    frameworksAt(folder, files, null).some(({ app }) => QUEUES.includes(app)),
  );
}

/** Another script beside it makes one, too: then nobody can tell which of them holds what. */
function isMadeElsewhere({ path }: SourceText, files: FileSource): boolean {
  const folder = dirname(path);
  return (files.list(folder) ?? []).some((name) => {
    const other = resolvePath(folder, name);
    if (other === path || !SCRIPT.test(name)) return false;
    return (files.read(other)?.match(MAKES_REDIS)?.length ?? 0) > 0;
  });
}

function useOf(
  { version: written }: DbCreate,
  source: SourceText,
  apps: readonly DeclaredApp[],
  isCacheOnly: boolean,
  table: PlatformTable,
): EngineUse | null {
  if (written === null) return null;
  const { version, line, suffix } = readVersion(written.text, table);
  const { span } = written;
  if (version === null || span === null) return null;
  return {
    table,
    engine: "redis",
    version,
    line,
    suffix,
    isNew: true,
    span,
    apps,
    isCacheOnly,
    related: [],
    replace: (title, newText, kind) => ({ title, ...kind, edits: [{ path: source.path, span, newText }] }),
  };
}

/** `8.2-aof`; a text of another form is no version of the list, whatever its numbers are. */
function readVersion(
  text: string,
  { flavours = [] }: PlatformTable,
): { readonly version: Version | null; readonly line: string; readonly suffix: string } {
  const [, number = "", suffix = ""] = /^(\d+\.\d+)(-[a-z]+)?$/.exec(text) ?? [];
  const version = parseVersion(number);
  if (version !== null && flavours.some((flavour) => flavour.suffix === suffix))
    return { version, line: releaseLine(version) ?? number, suffix };
  const major = /^(\d{1,9})[\w.-]*$/.exec(text)?.[1];
  const unlisted = major === undefined ? null : { major: Number(major), minor: null, patch: null, pre: null };
  return { version: unlisted, line: text, suffix: "" };
}
