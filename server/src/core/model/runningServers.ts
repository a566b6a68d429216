/** The cache servers of a compose file with all that rules about services ask. */
import { compareVersions } from "../catalog/version.ts";
import { composeLookup } from "../documents/composeEnvironment.ts";
import { type ComposeService, composeServices } from "../documents/composeFile.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import { type OwnVariable, ownVariables } from "../documents/ownVariables.ts";
import { dragonflyCommand, type ServerCommand } from "../documents/serverCommand.ts";
import { type Environment, environmentOf } from "../documents/serviceEnvironment.ts";
import type { FileSource } from "../files.ts";
import type { Lookup } from "../parse/interpolation.ts";
import { isAlone } from "./aloneService.ts";
import type { AppImage } from "./appVersion.ts";
import type { KnownImage } from "./knownImage.ts";
import { mastodonRoles, postizServers, type Role } from "./roles.ts";
import type { ServerSetup } from "./serverSetup.ts";

/** A compose service that runs a cache server, as far as it is known. */
export interface RunningServer {
  readonly source: SourceText;
  readonly service: ComposeService;
  readonly image: KnownImage;
  readonly lookup: Lookup;
  /** No other file changes it, and nothing is built. */
  readonly isAlone: boolean;
  readonly hasEntrypoint: boolean;
  readonly hasCommand: boolean;
  /** The flags of Dragonfly; `null` for other engines, and where a script or a variable decides. */
  readonly dragonfly: ServerCommand | null;
  /** `environment` over `env_file`s; `null` where a file is missing. */
  readonly environment: Environment | null;
  /** Only `environment`, with its places. */
  readonly own: ReadonlyMap<string, OwnVariable>;
  /** What Mastodon uses it for; `null` = unknown, or nothing. */
  readonly roles: ReadonlySet<Role> | null;
  /** Postiz of a version that still queues jobs in it. */
  readonly holdsJobsOfPostiz: boolean;
  /** What a Redis or Valkey has in effect. */
  readonly setup: ServerSetup | null;
}

export function runningServers(
  source: SourceText,
  { images, appImages }: { readonly images: readonly KnownImage[]; readonly appImages: readonly AppImage[] },
  setups: readonly ServerSetup[],
  files: FileSource,
  index: FolderIndex,
): RunningServer[] {
  const byService = new Map(images.flatMap((image) => image.use.services.map((name) => [name, image] as const)));
  if (byService.size === 0) return [];
  const lookup = composeLookup(source.path, files, index);
  const roles = mastodonRoles(source, appImages, files, index);
  const queues = queuesInServer(appImages) ? postizServers(source, appImages, files, index) : new Set<string>();
  return composeServices(index.yaml(source.path, source.text)).flatMap((service): RunningServer[] => {
    const image = byService.get(service.name);
    if (image === undefined) return [];
    const { reader, map } = service;
    return [
      {
        source,
        service,
        image,
        lookup,
        isAlone: isAlone(service, source, lookup, files, index),
        hasEntrypoint: reader.get(map, "entrypoint") !== null,
        hasCommand: reader.get(map, "command") !== null,
        dragonfly: image.judgedAs === "dragonfly" ? dragonflyCommand(service, source.text, lookup) : null,
        environment: environmentOf(service, source.path, files, lookup),
        own: ownVariables(service, source.text, lookup),
        roles: roles?.get(service.name) ?? null,
        holdsJobsOfPostiz: queues.has(service.name),
        setup: setups.find((setup) => setup.service?.name === service.name) ?? null,
      },
    ];
  });
}

/** Postiz queued its jobs in Redis up to 2.11; a version that nobody knows counts as newer. */
function queuesInServer(appImages: readonly AppImage[]): boolean {
  const versions = appImages.filter(({ app }) => app === "postiz").map(({ version }) => version);
  return versions.length > 0 && versions.every((version) => version !== null && compareVersions(version, "2.12") < 0);
}
