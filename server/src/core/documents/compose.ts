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
  readonly service: ComposeService;
  /** `null`: it names none, or its container is a client. */
  readonly scalar: YamlScalar | null;
  /** `null`: it says nothing about a build. */
  readonly isBuilt: boolean | null;
  readonly isConditional: boolean;
  /** The service of the same file that it extends. */
  readonly extended: string | null;
}

function ownImage(service: ComposeService): OwnImage {
  const { reader, map } = service;
  const pair = reader.get(map, "image");
  const isNamed =
    pair !== null && pair.value?.tag !== "!reset" && !runsClientTool(reader, map, ["entrypoint", "command"]);
  const scalar = isNamed ? reader.scalar(pair.value) : null;
  return {
    service,
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
function isBuilt({ isBuilt: own, extended }: OwnImage, byName: ReadonlyMap<string, OwnImage>, steps = 0): boolean {
  if (own !== null || extended === null) return own === true;
  const base = byName.get(extended);
  return base !== undefined && steps < MAX_EXTENDS && isBuilt(base, byName, steps + 1);
}

/** Of one text, which may be the image of several services. */
function makeUse(scalar: YamlScalar, users: readonly OwnImage[], text: string, lookup: Lookup): ImageUse {
  return {
    ...resolveScalar(scalar, text, { style: "compose", lookup }),
    owner: `service ${users[0]?.service.name}`,
    split: false,
    conditional: users.every(({ isConditional }) => isConditional),
    services: users.map(({ service }) => service.name),
  };
}

/** A use with all that it hangs on. */
interface KnownUse {
  readonly lookup: Lookup;
  readonly users: readonly OwnImage[];
  readonly use: ImageUse;
}

const USES = new WeakMap<YamlScalar, KnownUse>();

/** The same object for as long as nothing that it hangs on changes. */
function useOf(scalar: YamlScalar, users: readonly OwnImage[], text: string, lookup: Lookup): ImageUse {
  const known = USES.get(scalar);
  if (
    known !== undefined &&
    known.lookup === lookup &&
    known.users.length === users.length &&
    known.users.every((user, i) => user === users[i])
  )
    return known.use;
  const use = makeUse(scalar, users, text, lookup);
  USES.set(scalar, { lookup, users, use });
  return use;
}

/** The use of a text that is the image of this service alone; `null` where nobody has asked for the images of its file. */
export function knownUse(scalar: YamlScalar, service: ComposeService, lookup: Lookup): ImageUse | null {
  const known = USES.get(scalar);
  const isAlone = known?.lookup === lookup && known.users.length === 1 && known.users[0]?.service === service;
  return isAlone ? known.use : null;
}

/** Of the services of a file. */
class ServiceImages {
  readonly own = new Mapped<ComposeService, OwnImage>();
  /** Nothing elsewhere in the file has a say about it. */
  readonly alone = new Mapped<OwnImage, boolean>();
  readonly run = new Picked<OwnImage, ImageUse>();
  readonly built = new Picked<OwnImage, ImageUse>();
}

const IMAGES = new Fact<TextSource, ServiceImages>();

export function extractCompose(source: SourceText, files: FileSource, index: FolderIndex): Extraction {
  const { text } = source;
  const file = index.yaml(source.path, text);
  const lookup = composeLookup(source.path, files, index);
  const lists = IMAGES.of(index.source(source.path, text), () => new ServiceImages());
  const own = lists.own.of(composeServices(file), [], ownImage);
  const { problems } = file;
  const areAlone = lists.alone.of(own, [], ({ extended }) => extended === null).every((isAlone) => isAlone);
  if (file.documents.length === 1 && file.documents[0]?.anchors.length === 0 && areAlone) {
    const pick = (isOfBuilt: boolean) => (one: OwnImage) =>
      one.scalar === null || (one.isBuilt === true) !== isOfBuilt ? null : useOf(one.scalar, [one], text, lookup);
    const images = lists.run.of(own, [lookup], pick(false));
    const built = lists.built.of(own, [lookup], pick(true));
    // A key that stands twice counts where it stood first.
    return { images: areInOrder(file) ? images : images.toSorted(byPlace), built, problems, numberTags: [] };
  }
  const byName = new Map(own.map((one) => [one.service.name, one]));
  const runners = new Map<YamlScalar, OwnImage[]>();
  const builders = new Map<YamlScalar, OwnImage[]>();
  for (const one of own) {
    if (one.scalar === null) continue;
    const users = isBuilt(one, byName) ? builders : runners;
    const known = users.get(one.scalar);
    if (known === undefined) users.set(one.scalar, [one]);
    else known.push(one);
  }
  const toUse = ([scalar, users]: [YamlScalar, OwnImage[]]): ImageUse => useOf(scalar, users, text, lookup);
  const images = [...runners].map(toUse).sort(byPlace);
  return { images, built: [...builders].map(toUse), problems, numberTags: [] };
}

function byPlace(a: ImageUse, b: ImageUse): number {
  return a.span.start - b.span.start;
}
