/** The cache servers of a compose file with all that rules about services ask. */
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
import type { KnownImage } from "./knownImage.ts";
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
  /** What a Redis or Valkey has in effect. */
  readonly setup: ServerSetup | null;
}

export function runningServers(
  source: SourceText,
  images: readonly KnownImage[],
  setups: readonly ServerSetup[],
  files: FileSource,
  index: FolderIndex,
): RunningServer[] {
  const byService = new Map(images.flatMap((image) => image.use.services.map((name) => [name, image] as const)));
  if (byService.size === 0) return [];
  const lookup = composeLookup(source.path, files, index);
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
        setup: setups.find((setup) => setup.service?.name === service.name) ?? null,
      },
    ];
  });
}
