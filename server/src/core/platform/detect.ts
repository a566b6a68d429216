/**
 * Who runs the cache: declared, else told by the host names of the `.env` and compose files around. The nearest folder that
 * names any cache decides; two providers side by side tell nothing.
 */
import type { Catalog } from "../catalog/catalog.ts";
import { composeServices } from "../documents/composeFile.ts";
import { NAMES_ENV_FILE } from "../documents/envFileNames.ts";
import type { SourceText } from "../documents/extraction.ts";
import { ancestors, type FolderIndex } from "../documents/folderIndex.ts";
import { type DocumentKind, kindOfName } from "../documents/kind.ts";
import { ownVariables } from "../documents/ownVariables.ts";
import { envFilesOf } from "../documents/serviceEnvironment.ts";
import { parseCacheUrl } from "../env/cacheUrl.ts";
import { isSampleFile } from "../env/context.ts";
import { type EnvGroup, lastOfEach, type PlacedGroup } from "../env/reading.ts";
import type { FileSource } from "../files.ts";
import type { Place } from "../finding.ts";
import type { LayeredSettings, Origin } from "../model/layers.ts";
import { basename, resolvePath } from "../paths.ts";
import { Remember } from "../remember.ts";
import { PLATFORMS, type Platform } from "../settingValues.ts";
import { type Connection, connectionIn, connectionOfValue, isNearby, movedConnection, roleOf } from "./connection.ts";

export interface KnownPlatform {
  readonly platform: Platform;
  readonly from: Origin | "detected" | "default";
  /** `the flag --platform`, `the host of REDIS_URL in .env.production`. */
  readonly origin: string;
  /** Where it is declared or told, when that is in a file. */
  readonly place: Place | null;
  /** The file that tells it names a cache of somebody else, too: an image beside it may be that one. */
  readonly isMixed: boolean;
  /** Every connection to the provider that was found is one for a cache alone. */
  readonly isCacheOnly: boolean;
}

/** A connection with the file it stands in. */
export interface FoundConnection extends Connection {
  readonly path: string;
  /** The key of the provider; `null` for anybody else's host. */
  readonly platform: string | null;
}

/** Connections whose places count from somewhere in their file. */
interface Found {
  readonly connections: readonly FoundConnection[];
  readonly start: number;
}

function placedConnections({ connections, start }: Found): FoundConnection[] {
  return connections.map((connection) => movedConnection(connection, start));
}

const MAX_FOLDERS = 500;
/** Nothing else names a cache. */
const MAY_NAME_CACHE = /redis|valkey|elasticache/i;

export const NOBODY: KnownPlatform = {
  platform: "self-hosted",
  from: "default",
  origin: "nothing that names a provider",
  place: null,
  isMixed: false,
  isCacheOnly: false,
};

export class PlatformDetector {
  readonly #catalog: Catalog;
  readonly #index: FolderIndex;
  readonly #folders = new Remember<readonly Found[]>(MAX_FOLDERS);
  readonly #groups = new WeakMap<
    EnvGroup,
    { readonly path: string; readonly connections: readonly FoundConnection[] }
  >();

  constructor(catalog: Catalog, index: FolderIndex) {
    this.#catalog = catalog;
    this.#index = index;
  }

  of(source: SourceText, kind: DocumentKind, settings: LayeredSettings, files: FileSource): KnownPlatform {
    const declared = settings.declared("platform");
    if (declared !== null) {
      return {
        platform: declared.value,
        from: declared.from,
        origin: originOf(declared.from),
        place: declared.place,
        isMixed: false,
        isCacheOnly: false,
      };
    }
    const own = decide(this.#connectionsOf(source, kind, files), this.#catalog);
    if (own !== null) return own;
    for (const folder of ancestors(source.path, files)) {
      const decided = decide(this.#connectionsIn(folder, files), this.#catalog);
      if (decided !== null) return decided;
    }
    return NOBODY;
  }

  /** What a file connects to by its own values, and for a compose file by the `env_file`s of its services. */
  connectionsOf(source: SourceText, kind: DocumentKind, files: FileSource): FoundConnection[] {
    return this.#connectionsOf(source, kind, files).flatMap(placedConnections);
  }

  #connectionsOf({ path, text }: SourceText, kind: DocumentKind, files: FileSource): readonly Found[] {
    if (kind === "environment") return isSampleFile(path) ? [] : this.#ofText(path, kind, text);
    if (kind !== "compose") return [];
    return [...this.#ofText(path, kind, text), ...this.#ofEnvFiles(path, text, files)];
  }

  /** What the `.env` and compose files of a folder connect to. */
  connectionsIn(folder: string, files: FileSource): readonly FoundConnection[] {
    return this.#connectionsIn(folder, files).flatMap(placedConnections);
  }

  #connectionsIn(folder: string, files: FileSource): readonly Found[] {
    return this.#folders.get(folder, files, (recorded) =>
      (recorded.list(folder) ?? []).flatMap((name) => {
        const kind = kindOfName(`${folder}/${name}`);
        const path = resolvePath(folder, name);
        if ((kind !== "environment" && kind !== "compose") || isSampleFile(path)) return [];
        return this.#ofText(path, kind, recorded.read(path) ?? "");
      }),
    );
  }

  #ofEnvFiles(path: string, text: string, files: FileSource): readonly Found[] {
    if (!this.#index.searches.has(path, text, NAMES_ENV_FILE)) return [];
    const named = composeServices(this.#index.yaml(path, text)).flatMap((service) =>
      envFilesOf(service, path, () => null).flatMap((file) => (file.path === null ? [] : [file.path])),
    );
    return [...new Set(named)]
      .filter((file) => !isSampleFile(file))
      .flatMap((file) => this.#ofText(file, "environment", files.read(file) ?? ""));
  }

  #ofText(path: string, kind: DocumentKind, text: string): readonly Found[] {
    if (kind === "environment") return this.#ofEnvironment(path, text);
    if (!this.#index.searches.has(path, text, MAY_NAME_CACHE)) return [];
    return [{ connections: this.#ofCompose(path, text).map((connection) => this.#found(path, connection)), start: 0 }];
  }

  #found(path: string, connection: Connection): FoundConnection {
    const platform = this.#catalog.platforms.host(connection.host)?.platform.platform ?? null;
    return { ...connection, path, platform };
  }

  #ofEnvironment(path: string, text: string): readonly Found[] {
    const groups = this.#index.env.of(text, "compose", path);
    return groups.flatMap(({ group, start }, at) => {
      let found = this.#groups.get(group);
      if (found?.path !== path) {
        const connections = MAY_NAME_CACHE.test(group.text) ? group.fact(connectionsIn) : [];
        found = { path, connections: connections.map((connection) => this.#found(path, connection)) };
        this.#groups.set(group, found);
      }
      const connections = found.connections.filter(({ name }) => !isSetBelow(name, groups, at));
      return connections.length === 0 ? [] : [{ connections, start }];
    });
  }

  /** Only values that stand in the file itself: what a variable gives them stands in another one, which is read as well. */
  #ofCompose(path: string, text: string): Connection[] {
    if (!this.#index.searches.has(path, text, this.#catalog.platforms.names)) return [];
    return composeServices(this.#index.yaml(path, text)).flatMap((service) =>
      [...ownVariables(service, text, () => null)].flatMap(([name, { written }]) => {
        if (written === null) return [];
        const value = text.slice(written.start, written.end);
        const connection = connectionIn(name, value, written, parseCacheUrl(value, written.start));
        return connection === null ? [] : [connection];
      }),
    );
  }
}

/** Of a name that stands more than once the last line counts, for every reader. */
function connectionsIn(group: EnvGroup): Connection[] {
  return [...group.fact(lastOfEach).values()].map(connectionOfValue).filter((connection) => connection !== null);
}

function isSetBelow(name: string, groups: readonly PlacedGroup[], at: number): boolean {
  for (let below = at + 1; below < groups.length; below++)
    if ((groups[below] as PlacedGroup).group.fact(lastOfEach).has(name)) return true;
  return false;
}

/** `null` where no cache is named at all. */
function decide(found: readonly Found[], { platforms }: Catalog): KnownPlatform | null {
  const names = new Set(found.flatMap(({ connections }) => connections.map(({ platform }) => platform)));
  if (names.size === 0) return null;
  const [name, other] = [...names].filter((one) => one !== null);
  const known = PLATFORMS.find((platform) => platform === name);
  if (known === undefined || other !== undefined) return NOBODY;
  const there = found.flatMap(placedConnections).filter(({ platform }) => platform === known);
  const first = there[0] as FoundConnection;
  const files = new Set(there.map(({ path }) => path));
  const isBeside = ({ path, platform, host }: FoundConnection): boolean =>
    platform === null && files.has(path) && isNearby(host);
  return {
    platform: known,
    from: "detected",
    origin: `the host of ${first.name} in ${basename(first.path)}, which is one of ${platforms.table(known)?.name ?? known}`,
    place: { path: first.path, span: first.hostSpan },
    isMixed: found.some(({ connections }) => connections.some(isBeside)),
    isCacheOnly: there.every((connection) => roleOf(connection) === "cache"),
  };
}

function originOf(from: Origin): string {
  return {
    flag: "the flag --platform",
    comment: "a comment in this file",
    config: "cache-compat.json",
    setting: "the editor setting",
  }[from];
}
