/**
 * Compose files by the Compose specification: services with anchors, merges, `extends` inside the file, `!reset` and
 * `!override`, several documents in one stream. An image text is told once, where it is written, however many services
 * use it; a text that no service uses is not told.
 */
import type { FileSource } from "../files.ts";
import type { YamlScalar } from "../parse/yamlTree.ts";
import { runsClientTool } from "./clientTool.ts";
import { composeLookup } from "./composeEnvironment.ts";
import { type ComposeService, composeServices } from "./composeFile.ts";
import type { Extraction, SourceText } from "./extraction.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { type ImageUse, type Interpolation, resolveScalar } from "./imageUse.ts";

/** `extends` chains longer than this are circular or absurd. */
const MAX_EXTENDS = 20;

/** True when the service, or the service of the same file that it extends, builds its image. */
function isBuilt(service: ComposeService, byName: ReadonlyMap<string, ComposeService>, steps = 0): boolean {
  const build = service.reader.get(service.map, "build");
  if (build !== null) {
    if (build.value?.tag === "!reset") return false;
    const node = service.reader.resolve(build.value);
    return node !== null && !(node.kind === "scalar" && /^(?:|~|null)$/i.test(node.value) && node.style === "plain");
  }
  const base = extendedService(service, byName);
  return base !== undefined && steps < MAX_EXTENDS && isBuilt(base, byName, steps + 1);
}

function extendedService(
  service: ComposeService,
  byName: ReadonlyMap<string, ComposeService>,
): ComposeService | undefined {
  const extended = service.reader.get(service.map, "extends")?.value;
  const name = service.reader.scalar(extended);
  if (name !== null) return byName.get(name.value);
  const map = service.reader.map(extended);
  if (map === null || service.reader.get(map, "file") !== null) return undefined;
  return byName.get(service.reader.text(map, "service")?.value ?? "");
}

export function extractCompose(source: SourceText, files: FileSource, index: FolderIndex): Extraction {
  const file = index.yaml(source.path, source.text);
  const interpolation: Interpolation = { style: "compose", lookup: composeLookup(source.path, files, index) };
  const services = composeServices(file);
  const byName = new Map(services.map((service) => [service.name, service]));
  // One text may be the image of several services, behind an anchor.
  const runners = new Map<YamlScalar, ComposeService[]>();
  const builders = new Map<YamlScalar, ComposeService[]>();
  for (const service of services) {
    const pair = service.reader.get(service.map, "image");
    if (pair === null || pair.value?.tag === "!reset") continue;
    if (runsClientTool(service.reader, service.map, ["entrypoint", "command"])) continue;
    const scalar = service.reader.scalar(pair.value);
    const users = isBuilt(service, byName) ? builders : runners;
    if (scalar !== null && scalar.value !== "") users.set(scalar, [...(users.get(scalar) ?? []), service]);
  }
  const toUse = ([scalar, list]: [YamlScalar, ComposeService[]]): ImageUse => ({
    ...resolveScalar(scalar, source.text, interpolation),
    owner: `service ${list[0]?.name}`,
    split: false,
    conditional: list.every(({ reader, map }) => reader.get(map, "profiles") !== null),
    services: list.map(({ name }) => name),
  });
  const images = [...runners].map(toUse);
  images.sort((a, b) => a.span.start - b.span.start);
  return { images, built: [...builders].map(toUse), problems: file.problems, numberTags: [] };
}
