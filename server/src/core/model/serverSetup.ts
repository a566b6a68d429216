/**
 * A server with all that is known of it: the values in effect, and the compose service that runs it. Made only where nothing is left open:
 * a plain command of an official image, no other file that changes the service.
 */
import type { Catalog } from "../catalog/catalog.ts";
import type { ConfChecker, EffectiveValues, SettingPlace, Target } from "../conf/index.ts";
import { composeLookup } from "../documents/composeEnvironment.ts";
import { type ComposeService, composeServices } from "../documents/composeFile.ts";
import type { Extraction, SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import { mountedFile, mountsOf } from "../documents/mounts.ts";
import { hasOfficialEntrypoint, serverCall } from "../documents/serverCall.ts";
import type { CommandWord } from "../documents/serverCommand.ts";
import { isOnHostNetwork, type PublishedPort, publishedPorts, volumeTargets } from "../documents/serviceFacts.ts";
import type { FileSource } from "../files.ts";
import type { Lookup } from "../parse/interpolation.ts";
import { isAlone } from "./aloneService.ts";
import type { AppDetector } from "./appVersion.ts";
import type { ConfLoading } from "./confTarget.ts";
import { type KnownImage, readImage, recogniseImage } from "./knownImage.ts";
import { mastodonRoles, postizServers, type Role } from "./roles.ts";

/** The compose service that runs a server. */
export interface ServerService {
  readonly name: string;
  readonly composePath: string;
  readonly args: readonly CommandWord[];
  readonly ports: readonly PublishedPort[] | null;
  readonly isOnHostNetwork: boolean | null;
  readonly volumes: readonly string[] | null;
  /** What Mastodon uses it for; `null` = unknown, or nothing. */
  readonly roles: ReadonlySet<Role> | null;
  /** Another app stands in the file, which may use it for something else. */
  readonly hasOtherApps: boolean;
  /** Postiz uses it. */
  readonly isOfPostiz: boolean;
}

export interface ServerSetup {
  readonly values: EffectiveValues;
  /** The configuration file that is loaded. */
  readonly conf: SourceText | null;
  /** `null` for a file that no service of the project loads. */
  readonly service: ServerService | null;
}

/** Where a setting stands: the file of the project, and the range there. */
export function placeIn({ conf, service }: ServerSetup, place: SettingPlace) {
  if (place.origin === "file") return conf === null ? null : { path: conf.path, span: place };
  const word = service?.args[place.argument];
  return service === null || word === undefined ? null : { path: service.composePath, span: word.span };
}

export class ServerSetups {
  readonly #catalog: Catalog;
  readonly #index: FolderIndex;
  readonly #conf: ConfChecker;
  readonly #detector: AppDetector;
  readonly #extract: (source: SourceText, files: FileSource) => Extraction;

  /** `extract` reads the images of a compose file; the caller may remember its results. */
  constructor(
    catalog: Catalog,
    index: FolderIndex,
    conf: ConfChecker,
    detector: AppDetector,
    extract: (source: SourceText, files: FileSource) => Extraction,
  ) {
    this.#extract = extract;
    this.#catalog = catalog;
    this.#index = index;
    this.#conf = conf;
    this.#detector = detector;
  }

  /** The servers of a compose file. */
  ofCompose(source: SourceText, files: FileSource): ServerSetup[] {
    const { images, appImages } = this.imagesOf(source, files);
    const byService = new Map(images.flatMap((image) => image.use.services.map((name) => [name, image] as const)));
    if (byService.size === 0) return [];
    const lookup = composeLookup(source.path, files, this.#index);
    const roles = mastodonRoles(source, appImages, files, this.#index);
    const ofPostiz = postizServers(source, appImages, files, this.#index);
    const hasOtherApps = appImages.some(({ app }) => app !== "mastodon");
    return composeServices(this.#index.yaml(source.path, source.text)).flatMap((service) => {
      const image = byService.get(service.name);
      if (image === undefined || !isAlone(service, source, lookup, files, this.#index)) return [];
      const setup = this.#read(service, image, source, lookup, files);
      if (setup === null) return [];
      const known = { roles: roles?.get(service.name) ?? null, hasOtherApps, isOfPostiz: ofPostiz.has(service.name) };
      return [{ ...setup, service: { ...setup.service, ...known } }];
    });
  }

  /** The servers that load a file: by itself, or as services of the project. `null` = one of them is not known well enough. */
  ofConf(source: SourceText, loading: ConfLoading, files: FileSource): ServerSetup[] | null {
    if (loading.isSentinel || loading.isAcl || loading.isIncluded === true) return null;
    if (loading.loaders.length === 0) {
      const values = this.#conf.effective({ target: loading.target, file: source.text, args: [] });
      return values === null ? null : [{ values, conf: source, service: null }];
    }
    const setups: ServerSetup[] = [];
    for (const { composePath, service } of loading.loaders) {
      const text = files.read(composePath);
      if (typeof text !== "string") return null;
      const found = this.ofCompose({ path: composePath, text, languageId: null }, files).find(
        (setup) => setup.service?.name === service && setup.conf?.path === source.path,
      );
      if (found === undefined) return null;
      setups.push(found);
    }
    return setups;
  }

  imagesOf(source: SourceText, files: FileSource) {
    const { images: uses, built = [] } = this.#extract(source, files);
    const images = uses
      .map((use) => recogniseImage(use, readImage(use), this.#catalog))
      .filter((image) => image !== null);
    return { images, appImages: this.#detector.appImages([...uses, ...built]) };
  }

  #read(service: ComposeService, image: KnownImage, source: SourceText, lookup: Lookup, files: FileSource) {
    const { repository } = image.repository;
    if (!hasOfficialEntrypoint(repository)) return null;
    const call = serverCall(service, source, lookup, files, repository);
    if (call === null || call.isSentinel || call.args.some(({ value }) => value === "--sentinel")) return null;
    const first = call.args[0]?.value;
    const isNamed = first !== undefined && !first.startsWith("-");
    const path = isNamed ? mountedFile(mountsOf(service, source.path), first) : null;
    const text = path === null ? null : files.read(path);
    const conf = path !== null && typeof text === "string" ? { path, text, languageId: null } : null;
    const values = this.#conf.effective({
      target: targetOf(image),
      file: isNamed ? conf?.text : null,
      args: call.args.map(({ value }) => value),
    });
    if (values === null) return null;
    return {
      values,
      conf,
      service: {
        name: service.name,
        composePath: source.path,
        args: call.args,
        ports: publishedPorts(service, lookup),
        isOnHostNetwork: isOnHostNetwork(service, lookup),
        volumes: volumeTargets(service, lookup),
      },
    };
  }
}

function targetOf({ tag, judgedAs, line }: KnownImage): Target {
  const version = tag.kind === "release" && tag.version.pre === null ? tag.version : null;
  return { engine: judgedAs, line: version === null ? null : line, patch: version?.patch ?? null };
}
