/** Where the declared version of a managed server is told: at its host in the `.env` file, else where somebody declared it. */
import type { Catalog } from "../catalog/catalog.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { DocumentKind } from "../documents/kind.ts";
import { kindOfName } from "../documents/kind.ts";
import type { FileSource } from "../files.ts";
import type { RelatedPlace } from "../finding.ts";
import type { DeclaredApp } from "../model/appVersion.ts";
import type { LayeredSettings } from "../model/layers.ts";
import { dirname } from "../paths.ts";
import type { Span } from "../text.ts";
import { isNearby, roleOf } from "./connection.ts";
import type { FoundConnection, KnownPlatform, PlatformDetector } from "./detect.ts";
import type { EngineUse } from "./engineUse.ts";

const ORDER = ["main", "queue", "cache"];

/** Connections that lead to the server of the platform, the main one first. */
function serversOf(found: readonly FoundConnection[], known: KnownPlatform, catalog: Catalog): FoundConnection[] {
  return found
    .filter(({ platform, host }) => {
      if (platform === known.platform) return catalog.platforms.host(host)?.endpoint.use !== "memcached";
      // A name of one's own may stand for the server, when somebody says who runs it.
      return platform === null && known.from !== "detected" && !isNearby(host);
    })
    .toSorted((a, b) => ORDER.indexOf(roleOf(a)) - ORDER.indexOf(roleOf(b)));
}

export interface DeclaredEngineRequest {
  readonly source: SourceText;
  readonly kind: DocumentKind;
  readonly known: KnownPlatform;
  readonly settings: LayeredSettings;
  readonly apps: readonly DeclaredApp[];
  readonly files: FileSource;
}

/** The declared engine as this file has to tell it; `null` where another file does, or where nothing is declared. */
export function declaredEngine(
  { source, kind, known, settings, apps, files }: DeclaredEngineRequest,
  detector: PlatformDetector,
  catalog: Catalog,
): EngineUse | null {
  const table = catalog.platforms.table(known.platform);
  const declared = settings.declared("engine");
  if (table === undefined || declared === null) return null;
  const { engine, line, patch } = declared.value;
  const [major = 0, minor = 0] = line.split(".").map(Number);
  const use = (span: Span, isCacheOnly: boolean, related: readonly RelatedPlace[]): EngineUse => ({
    table,
    engine,
    version: { major, minor, patch, pre: null },
    line,
    suffix: null,
    isNew: false,
    span,
    apps,
    isCacheOnly,
    related,
    replace: null,
  });
  const own = serversOf(detector.connectionsOf(source, kind, files), known, catalog).filter(
    ({ path }) => path === source.path,
  );
  const isHere = declared.place?.path === source.path;
  const [first, ...others] = own;
  if (first !== undefined && (kind === "environment" || (!isHere && isSpokenFor(declared.from)))) {
    if (kind === "compose" && hasHostBeside(source, known, files, detector, catalog)) return null;
    const place = declared.place;
    const related = [
      ...(place === null ? [] : [{ ...place, message: `${catalog.engineName(engine)} ${line} is declared here.` }]),
      ...others
        .filter(({ host }) => host !== first.host)
        .map(({ name, hostSpan }) => ({ path: source.path, span: hostSpan, message: `${name} leads there, too.` })),
    ];
    return use(
      first.hostSpan,
      own.every((connection) => roleOf(connection) === "cache"),
      related,
    );
  }
  if (!isHere || declared.place === null) return null;
  if (kind === "project-file" && hasHostBeside(source, known, files, detector, catalog)) return null;
  return use(declared.place.span, false, []);
}

/** Nobody can point at a flag or at an editor's setting, so the host has to serve. */
function isSpokenFor(from: string): boolean {
  return from === "flag" || from === "setting";
}

/** A `.env` file of the same folder names the host, and tells it. */
function hasHostBeside(
  { path }: SourceText,
  known: KnownPlatform,
  files: FileSource,
  detector: PlatformDetector,
  catalog: Catalog,
): boolean {
  const found = detector.connectionsIn(dirname(path), files);
  return serversOf(found, known, catalog).some((connection) => kindOfName(connection.path) === "environment");
}
