/**
 * Compose files by the Compose specification: services with anchors, merges, `extends` inside the file, `!reset` and
 * `!override`, several documents in one stream. An image text is told once, where it is written, however many services
 * use it; a text that no service uses is not told.
 */
import { Fact } from "../fact.ts";
import type { FileSource } from "../files.ts";
import { Mapped, Picked } from "../mapped.ts";
import type { Lookup } from "../parse/interpolation.ts";
import type { YamlReader } from "../parse/yamlReader.ts";
import type { YamlMap, YamlPair, YamlScalar } from "../parse/yamlTree.ts";
import { runsClientTool } from "./clientTool.ts";
import { composeLookup } from "./composeEnvironment.ts";
import { areInOrder, type ComposeService, composeServices } from "./composeFile.ts";
import type { Extraction, SourceText } from "./extraction.ts";
import type { FolderIndex, TextSource } from "./folderIndex.ts";
import { type ImageUse, resolveScalar } from "./imageUse.ts";

/** `extends` chains longer than this are circular or absurd. */
const MAX_EXTENDS = 20;

/** What a service alone says about its image. */
interface OwnImage {
  /** `null`: it names none, or its container is a client. */
  readonly scalar: YamlScalar | null;
  /** `null`: it says nothing about a build. */
  readonly isBuilt: boolean | null;
  readonly isConditional: boolean;
  /** The service of the same file that it extends. */
  readonly extended: string | null;
}

const OWN_IMAGE = new Fact<ComposeService, OwnImage>();

function ownImage({ reader, map }: ComposeService): OwnImage {
  const pair = reader.get(map, "image");
  const isNamed =
    pair !== null && pair.value?.tag !== "!reset" && !runsClientTool(reader, map, ["entrypoint", "command"]);
  const scalar = isNamed ? reader.scalar(pair.value) : null;
  return {
    scalar: scalar?.value === "" ? null : scalar,
    isBuilt: builds(reader.get(map, "build"), reader),
    isConditional: reader.get(map, "profiles") !== null,
    extended: extendedName(reader, map),
  };
}

function builds(build: YamlPair | null, reader: YamlReader): boolean | null {
  if (build === null) return null;
  if (build.value?.tag === "!reset") return false;
  const node = reader.resolve(build.value);
  return node !== null && !(node.kind === "scalar" && /^(?:|~|null)$/i.test(node.value) && node.style === "plain");
}

function extendedName(reader: YamlReader, map: YamlMap): string | null {
  const extended = reader.get(map, "extends")?.value;
  const name = reader.scalar(extended);
  if (name !== null) return name.value;
  const long = reader.map(extended);
  return long === null || reader.get(long, "file") !== null ? null : (reader.text(long, "service")?.value ?? "");
}

/** True when the service, or the service of the same file that it extends, builds its image. */
function isBuilt(service: ComposeService, byName: ReadonlyMap<string, ComposeService>, steps = 0): boolean {
  const { isBuilt: own, extended } = OWN_IMAGE.of(service, ownImage);
  if (own !== null || extended === null) return own === true;
  const base = byName.get(extended);
  return base !== undefined && steps < MAX_EXTENDS && isBuilt(base, byName, steps + 1);
}

/** A use with all that it hangs on. */
interface KnownUse {
  readonly lookup: Lookup;
  readonly services: readonly ComposeService[];
  readonly use: ImageUse;
}

const USES = new WeakMap<YamlScalar, KnownUse>();

/** The same object for as long as nothing that it hangs on changes. */
function useOf(scalar: YamlScalar, services: readonly ComposeService[], text: string, lookup: Lookup): ImageUse {
  const known = USES.get(scalar);
  if (
    known !== undefined &&
    known.lookup === lookup &&
    known.services.length === services.length &&
    known.services.every((service, i) => service === services[i])
  )
    return known.use;
  const use = {
    ...resolveScalar(scalar, text, { style: "compose", lookup }),
    owner: `service ${services[0]?.name}`,
    split: false,
    conditional: services.every((service) => OWN_IMAGE.of(service, ownImage).isConditional),
    services: services.map(({ name }) => name),
  };
  USES.set(scalar, { lookup, services, use });
  return use;
}

/** Of the services of a file, by what each of them alone says. */
class ServiceImages {
  readonly #alone = new Mapped<ComposeService, boolean>();
  readonly #run = new Picked<ComposeService, ImageUse>();
  readonly #built = new Picked<ComposeService, ImageUse>();

  /** Nothing elsewhere in the file has a say about the image of any of them. */
  areAlone(services: readonly ComposeService[]): boolean {
    return this.#alone
      .of(services, [], (service) => OWN_IMAGE.of(service, ownImage).extended === null)
      .every((isAlone) => isAlone);
  }

  of(
    services: readonly ComposeService[],
    text: string,
    lookup: Lookup,
  ): { readonly images: readonly ImageUse[]; readonly built: readonly ImageUse[] } {
    const pick =
      (isOfBuilt: boolean) =>
      (service: ComposeService): ImageUse | null => {
        const { scalar, isBuilt: isOwn } = OWN_IMAGE.of(service, ownImage);
        return scalar === null || (isOwn === true) !== isOfBuilt ? null : useOf(scalar, [service], text, lookup);
      };
    return {
      images: this.#run.of(services, [lookup], pick(false)),
      built: this.#built.of(services, [lookup], pick(true)),
    };
  }
}

const IMAGES = new Fact<TextSource, ServiceImages>();

export function extractCompose(source: SourceText, files: FileSource, index: FolderIndex): Extraction {
  const file = index.yaml(source.path, source.text);
  const lookup = composeLookup(source.path, files, index);
  const services = composeServices(file);
  const own = IMAGES.of(index.source(source.path, source.text), () => new ServiceImages());
  const { problems } = file;
  if (file.documents.length === 1 && file.documents[0]?.anchors.length === 0 && own.areAlone(services)) {
    const { images, built } = own.of(services, source.text, lookup);
    // A key that stands twice counts where it stood first.
    return { images: areInOrder(file) ? images : images.toSorted(byPlace), built, problems, numberTags: [] };
  }
  const byName = new Map(services.map((service) => [service.name, service]));
  // One text may be the image of several services, behind an anchor.
  const runners = new Map<YamlScalar, ComposeService[]>();
  const builders = new Map<YamlScalar, ComposeService[]>();
  for (const service of services) {
    const { scalar } = OWN_IMAGE.of(service, ownImage);
    if (scalar === null) continue;
    const users = isBuilt(service, byName) ? builders : runners;
    const known = users.get(scalar);
    if (known === undefined) users.set(scalar, [service]);
    else known.push(service);
  }
  const toUse = ([scalar, list]: [YamlScalar, ComposeService[]]): ImageUse => useOf(scalar, list, source.text, lookup);
  const images = [...runners].map(toUse);
  return { images: images.sort(byPlace), built: [...builders].map(toUse), problems, numberTags: [] };
}

function byPlace(a: ImageUse, b: ImageUse): number {
  return a.span.start - b.span.start;
}
