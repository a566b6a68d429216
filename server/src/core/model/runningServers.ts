/** The cache servers of a compose file with all that rules about services ask. */
import { composeLookup } from "../documents/composeEnvironment.ts";
import { composeServices } from "../documents/composeFile.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import { ownVariables } from "../documents/ownVariables.ts";
import { dragonflyCommand } from "../documents/serverCommand.ts";
import { environmentOf } from "../documents/serviceEnvironment.ts";
import type { FileSource } from "../files.ts";
import type { RunningServer } from "../rules/services/rule.ts";
import { isAlone } from "./aloneService.ts";
import type { KnownImage } from "./knownImage.ts";
import type { ServerSetup } from "./serverSetup.ts";

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
