/** The cache servers of a project: what each runs, how others reach it, and what it has in effect. */
import type { Catalog } from "../../catalog/catalog.ts";
import type { ConfChecker, EffectiveValues, SettingPlace, Target } from "../../conf/index.ts";
import { runsClientTool } from "../../documents/clientTool.ts";
import { knownUse } from "../../documents/compose.ts";
import { type ComposeProject, fieldOf, type ProjectService } from "../../documents/composeProject.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { TextSource } from "../../documents/folderIndex.ts";
import { type ImageUse, resolveScalar } from "../../documents/imageUse.ts";
import { hasOfficialEntrypoint } from "../../documents/serverCall.ts";
import { commandOfService, type PlacedWord } from "../../documents/serviceCommand.ts";
import { namesOf, networkMode, networksOf, type PublishedPort, portsOf } from "../../documents/serviceNetwork.ts";
import {
  environmentOfService,
  type ServiceEnvironment,
  type ServiceVariable,
} from "../../documents/serviceVariables.ts";
import { covers, fileBehind, mountsOfService, type ServiceMount } from "../../documents/serviceVolumes.ts";
import { placeOf } from "../../documents/written.ts";
import { Fact } from "../../fact.ts";
import type { FileSource } from "../../files.ts";
import type { Place } from "../../finding.ts";
import { MappedFromFiles } from "../../mapped.ts";
import { Memo } from "../../memo.ts";
import { isInside } from "../../paths.ts";
import { spanOf } from "../../text.ts";
import { type KnownImage, recogniseImage } from "../knownImage.ts";
import { bitnamiDataPath, bitnamiSettings, isBitnami } from "./bitnamiSettings.ts";
import { type DragonflyFlag, dragonflyFlags, dragonflySettings } from "./dragonflySettings.ts";
import { redisSettings } from "./redisSettings.ts";
import { type ServerSettings, UNKNOWN_SETTINGS } from "./settings.ts";

/** How the program of a server is called. */
export interface ServerCall {
  /** Behind the program's name. */
  readonly args: readonly PlacedWord[];
}

export interface StackServer {
  readonly name: string;
  readonly service: ProjectService;
  readonly image: KnownImage;
  /** The image as written. */
  readonly imagePlace: Place;
  readonly environment: ServiceEnvironment;
  /** `null` where a script or something unknown decides. */
  readonly call: ServerCall | null;
  readonly hasEntrypoint: boolean;
  readonly hasCommand: boolean;
  readonly isSentinel: boolean;
  /** The configuration file that it loads; `null` where it loads none, `undefined` where it cannot be read. */
  readonly conf: SourceText | null | undefined;
  /** Where a configuration that cannot be read should stand in the project; `null` where it comes from elsewhere. */
  readonly missingConf: { readonly mount: ServiceMount; readonly isOutside: boolean } | null;
  /** Directives of a Redis or Valkey; `null` where they are not known. */
  readonly values: EffectiveValues | null;
  /** Flags of a Dragonfly; `null` where they are not known. */
  readonly flags: ReadonlyMap<string, DragonflyFlag> | null;
  readonly settings: ServerSettings;
  readonly names: ReadonlySet<string>;
  readonly networks: ReadonlySet<string>;
  readonly networkMode: string | null | undefined;
  /** `null` where an entry is not known. */
  readonly ports: readonly PublishedPort[] | null;
  readonly mounts: readonly ServiceMount[] | null;
}

/** Where a setting of the configuration stands. */
export function settingPlace(server: Pick<StackServer, "call" | "conf">, place: SettingPlace): Place | null {
  if (place.origin === "command") return server.call?.args[place.argument]?.place ?? null;
  return server.conf == null ? null : { path: server.conf.path, span: spanOf(place.start, place.end) };
}

/** The volume or folder in which the server keeps its files; `null` for none, and where something of its own decides. */
export function dataMount(server: StackServer): ServiceMount | null {
  return DATA_MOUNT.of(server, readDataMount);
}

const DATA_MOUNT = new Fact<StackServer, ServiceMount | null>();

function readDataMount({ mounts, image, values }: StackServer): ServiceMount | null {
  const dir = values?.of("dir");
  if (dir !== undefined && dir !== "default") return null;
  const path = bitnamiDataPath(image.repository.repository) ?? "/data";
  const found = (mounts ?? []).filter((mount) => covers(mount, path)).at(-1);
  return found !== undefined && (found.kind === "volume" || found.kind === "bind") ? found : null;
}

/** The image that a service runs; `null` for what it builds, and for a client. */
export function imageOf(service: ProjectService): ServiceImage | null {
  return IMAGE.of(service, readImageOf);
}

interface ServiceImage {
  readonly use: ImageUse;
  readonly path: string;
}

const IMAGE = new Fact<ProjectService, ServiceImage | null>();

function readImageOf(service: ProjectService): ServiceImage | null {
  const field = fieldOf(service, "image");
  if (field === null || field.node?.kind !== "scalar" || field.node.value === "") return null;
  const { layer, node } = field;
  const { lookup, name } = service;
  const use = knownUse(node, layer.service, lookup) ?? {
    ...resolveScalar(node, layer.text, { style: "compose", lookup }),
    owner: `service ${name}`,
    split: false,
    conditional: false,
    services: [name],
  };
  return { use, path: layer.path };
}

export function isBuilt(service: ProjectService): boolean {
  const build = fieldOf(service, "build");
  return build !== null && build.node !== null && !(build.node.kind === "scalar" && build.node.value === "");
}

export function stackServers(
  project: ComposeProject,
  source: TextSource,
  catalog: Catalog,
  conf: ConfChecker,
  files: FileSource,
): StackServer[] {
  const read = (service: ProjectService, recorded: FileSource) => serverOf(service, catalog, conf, recorded);
  const found = SERVERS_OF.of(source, () => new MappedFromFiles()).of(project.services, [catalog, conf], files, read);
  return found.filter((server) => server !== null);
}

/** By the first file of a project. */
const SERVERS_OF = new Fact<TextSource, MappedFromFiles<ProjectService, StackServer | null>>();

/** `null` for a service that runs no server. */
function serverOf(service: ProjectService, catalog: Catalog, conf: ConfChecker, files: FileSource): StackServer | null {
  const found = isBuilt(service) ? null : imageOf(service);
  const image = found === null ? null : recogniseImage(found.use, catalog);
  if (found === null || image === null || image.engine === "memcached") return null;
  const runsTool = service.layers.some(({ reader, map }) => runsClientTool(reader, map, ["entrypoint", "command"]));
  return runsTool ? null : readServer(service, image, { path: found.path, span: found.use.span }, conf, files);
}

function readServer(
  service: ProjectService,
  image: KnownImage,
  imagePlace: Place,
  conf: ConfChecker,
  files: FileSource,
): StackServer {
  const environment = environmentOfService(service, files);
  const command = commandOfService(service, environment);
  const mounts = mountsOfService(service);
  const base = {
    name: service.name,
    service,
    image,
    imagePlace,
    environment,
    hasEntrypoint: fieldOf(service, "entrypoint") !== null,
    hasCommand: fieldOf(service, "command") !== null,
    names: namesOf(service),
    networks: networksOf(service),
    networkMode: networkMode(service),
    ports: portsOf(service),
    mounts,
    call: null,
    isSentinel: (command?.words ?? []).some(({ value }) => /^--sentinel$|-sentinel$/.test(value)),
    conf: null,
    missingConf: null,
    values: null,
    flags: null,
    settings: UNKNOWN_SETTINGS,
  };
  if (command === null || !service.isWhole || base.isSentinel) return base;
  const { repository } = image.repository;
  if (image.judgedAs === "dragonfly") {
    const args = dragonflyArgs(command.words, command.hasEntrypoint);
    if (args === null) return base;
    const flags = dragonflyFlags(args, environment);
    return { ...base, call: { args }, flags, settings: dragonflySettings(flags) };
  }
  if (isBitnami(repository)) {
    const isPlain = command.words.length === 0 && !base.hasEntrypoint && !base.hasCommand;
    const isOverruled = mounts === null || mounts.some(({ target }) => /mounted-etc|\/opt\/bitnami/.test(target));
    if (!isPlain || isOverruled) return base;
    return { ...base, call: { args: [] }, settings: bitnamiSettings(repository, environment) };
  }
  if (REDIS_STACK.test(repository)) {
    const args = base.hasEntrypoint || base.hasCommand ? null : stackArgs(mounts, environment);
    return args === null ? base : withConf(base, args, conf, files);
  }
  if (!hasOfficialEntrypoint(repository)) return base;
  const args = officialArgs(command.words, command.hasEntrypoint, repository, environment);
  return args === null ? base : withConf(base, args, conf, files);
}

const EFFECTIVE = new Fact<ConfChecker, Memo<EffectiveValues | null>>();
const MAX_COMMANDS = 200;

/** The configuration that the first argument names, and what both say together. */
function withConf(
  base: Omit<StackServer, "call" | "values" | "settings">,
  args: readonly PlacedWord[],
  conf: ConfChecker,
  files: FileSource,
): StackServer {
  const first = args[0]?.value;
  const isNamed = first !== undefined && !first.startsWith("-");
  const path = isNamed && base.mounts !== null ? fileBehind(base.mounts, first) : null;
  const text = path === null ? null : files.read(path);
  const source = path !== null && typeof text === "string" ? { path, text, languageId: null } : null;
  const call = { args };
  const request = {
    target: targetOf(base.image),
    file: isNamed ? source?.text : null,
    args: args.map(({ value }) => value),
  };
  // Many services of a file are started in the same way.
  const values = isNamed
    ? conf.effective(request)
    : EFFECTIVE.of(conf, () => new Memo(MAX_COMMANDS)).get(JSON.stringify(request), () => conf.effective(request));
  const missingConf = path === null || text !== null ? null : missing(path, base.mounts ?? [], files);
  const server = { ...base, call, conf: isNamed ? (source ?? undefined) : null, missingConf, values };
  const settings =
    values === null ? UNKNOWN_SETTINGS : redisSettings(values, base.image, (place) => settingPlace(server, place));
  return { ...server, settings };
}

function missing(path: string, mounts: readonly ServiceMount[], files: FileSource): StackServer["missingConf"] {
  const mount = mounts.find(({ source }) => source !== null && isInside(source, path));
  const root = mount === undefined ? undefined : files.root(mount.place.path);
  return mount === undefined || root === undefined ? null : { mount, isOutside: !isInside(root, path) };
}

const SERVER = /(?:^|\/)(?:redis|valkey)-server$/;
const ENTRYPOINT = /(?:^|\/)docker-entrypoint\.sh$/;
const REDIS_STACK = /^docker\.io\/redis\/redis-stack(?:-server)?$/;
const STACK_CONF = "/redis-stack.conf";
const DRAGONFLY = /(?:^|\/)dragonfly$/;

/** What the official images hand to the server; `null` for another program. Words that begin with a minus or end in `.conf` are its arguments. */
function officialArgs(
  all: readonly PlacedWord[],
  hasEntrypoint: boolean,
  repository: string,
  environment: ServiceEnvironment,
): PlacedWord[] | null {
  const isEntered = !hasEntrypoint || ENTRYPOINT.test(all[0]?.value ?? "");
  const words = hasEntrypoint && isEntered ? all.slice(1) : all;
  const first = words[0]?.value;
  const args =
    first === undefined
      ? isEntered
        ? []
        : null
      : SERVER.test(first)
        ? words.slice(1)
        : isEntered && (first.startsWith("-") || first.endsWith(".conf"))
          ? [...words]
          : null;
  if (args === null || !isEntered || !repository.endsWith("/valkey/valkey")) return args;
  const extra = environment.variables.get("VALKEY_EXTRA_FLAGS");
  if (extra === undefined) return environment.isComplete ? args : null;
  return extra.value === null ? null : [...args, ...flagWords(extra.value, extra)];
}

/** Redis Stack loads a file of its own name where one is mounted, and takes further words from `REDIS_ARGS` (redis-stack, entrypoint.sh). */
function stackArgs(mounts: StackServer["mounts"], environment: ServiceEnvironment): PlacedWord[] | null {
  const more = environment.variables.get("REDIS_ARGS");
  if (mounts === null || !environment.isComplete || more?.value === null) return null;
  const words = more === undefined ? [] : flagWords(more.value, more);
  const mount = mounts.find(({ target }) => target === STACK_CONF);
  return mount === undefined ? words : [{ value: STACK_CONF, place: mount.place, raw: "", written: null }, ...words];
}

/** Split at blanks, whatever its quotes, and put behind the command (valkey-container, docker-entrypoint.sh). */
function flagWords(value: string, { key, written }: ServiceVariable): PlacedWord[] {
  return [...value.matchAll(/[^ \t\n]+/g)].map(({ 0: word, index }) => ({
    value: word,
    place: written === null ? key : placeOf(written, spanOf(index, index + word.length)),
    raw: word,
    written: null,
  }));
}

/** The image of Dragonfly puts the server in front of words that begin with a minus (entrypoint.sh). */
function dragonflyArgs(words: readonly PlacedWord[], hasEntrypoint: boolean): readonly PlacedWord[] | null {
  const first = words[0]?.value;
  if (first === undefined) return hasEntrypoint ? null : [];
  if (DRAGONFLY.test(first)) return words.slice(1);
  return !hasEntrypoint && first.startsWith("-") ? words : null;
}

function targetOf({ tag, judgedAs, line }: KnownImage): Target {
  const version = tag.kind === "release" && tag.version.pre === null ? tag.version : null;
  return { engine: judgedAs, line: version === null ? null : line, patch: version?.patch ?? null };
}
