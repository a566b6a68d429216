import { type ComposeService, composeServices } from "../documents/composeFile.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import type { FileSource } from "../files.ts";
import type { Lookup } from "../parse/interpolation.ts";
import { basename, dirname, resolvePath } from "../paths.ts";

/** No other file of the project changes the service, and its image is not built here. */
export function isAlone(
  { name, reader, map }: ComposeService,
  { path }: SourceText,
  lookup: Lookup,
  files: FileSource,
  index: FolderIndex,
): boolean {
  if (reader.get(map, "build") !== null || reader.get(map, "extends") !== null) return false;
  if (lookup("COMPOSE_FILE") !== null || /\.override\.ya?ml$/i.test(path)) return false;
  const folder = dirname(path);
  if (!/^(?:docker-)?compose\.ya?ml$/i.test(basename(path))) return true;
  const overrides = (files.list(folder) ?? []).filter((file) => /^(?:docker-)?compose\.override\.ya?ml$/i.test(file));
  return overrides.every((file) => {
    const other = resolvePath(folder, file);
    const text = files.read(other);
    if (typeof text !== "string") return false;
    return composeServices(index.yaml(other, text)).every((service) => service.name !== name);
  });
}
