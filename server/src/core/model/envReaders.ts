/** Who reads a `.env` file, and what else those processes get: from the compose files around it, and from the app's own files. */
import type { Catalog } from "../catalog/catalog.ts";
import { composeLookup } from "../documents/composeEnvironment.ts";
import { type ComposeService, composeServices } from "../documents/composeFile.ts";
import { mayNameFile } from "../documents/envFileNames.ts";
import type { SourceText } from "../documents/extraction.ts";
import { type FolderIndex, namingFolders } from "../documents/folderIndex.ts";
import { type ImageUse, resolveScalar } from "../documents/imageUse.ts";
import { kindOfName } from "../documents/kind.ts";
import { commandWords } from "../documents/mounts.ts";
import { ownVariables } from "../documents/ownVariables.ts";
import { envFilesOf, environmentOf } from "../documents/serviceEnvironment.ts";
import type { EngineHost, EnvApp, EnvSurroundings, OutsideValue, Overruling, Process } from "../env/index.ts";
import type { FileSource } from "../files.ts";
import type { Lookup } from "../parse/interpolation.ts";
import { basename, dirname, resolvePath } from "../paths.ts";
import type { AppDetector, DeclaredApp } from "./appVersion.ts";
import { djangoEnvironAt, frameworksAt, laravelAt } from "./frameworks.ts";
import { recogniseImage } from "./knownImage.ts";

export interface EnvReaders {
  readonly apps: readonly EnvApp[];
  readonly around: EnvSurroundings;
}

/** A service of a compose file around the `.env` file, with its image as far as it is known. */
interface Neighbour {
  readonly composePath: string;
  readonly service: ComposeService;
  readonly lookup: Lookup;
  readonly use: ImageUse | null;
}

/** The name under which the table of variables knows an image's own ones. */
const IMAGE_APPS: Readonly<Record<string, string>> = {
  "docker.io/library/redis": "docker:redis",
  "docker.io/valkey/valkey": "docker:valkey",
  "docker.dragonflydb.io/dragonflydb/dragonfly": "docker:dragonfly",
  "docker.io/bitnami/redis": "docker:bitnami/redis",
  "docker.io/bitnamilegacy/redis": "docker:bitnami/redis",
  "docker.io/bitnami/valkey": "docker:bitnami/valkey",
  "docker.io/bitnamilegacy/valkey": "docker:bitnami/valkey",
  "docker.io/redis/redis-stack": "docker:redis-stack",
  "docker.io/redis/redis-stack-server": "docker:redis-stack",
};

export class EnvReaderFinder {
  readonly #catalog: Catalog;
  readonly #index: FolderIndex;
  readonly #detector: AppDetector;

  constructor(catalog: Catalog, index: FolderIndex, detector: AppDetector) {
    this.#catalog = catalog;
    this.#index = index;
    this.#detector = detector;
  }

  /** `declared`: versions of the apps that count for this file. */
  readersOf(source: SourceText, declared: readonly DeclaredApp[], files: FileSource): EnvReaders {
    const folder = dirname(source.path);
    const around = composeFilesAround(source.path, files);
    const beside = around.filter((path) => dirname(path) === folder);
    const name = basename(source.path);
    const candidates = this.#neighbours(
      around.filter((path) => mayNameFile(files.read(path) ?? "", name)),
      files,
    );
    const naming = candidates.filter(({ service, composePath, lookup }) =>
      envFilesOf(service, composePath, lookup).some(({ path }) => path === source.path),
    );
    const neighbours = naming.length > 0 ? candidates : this.#neighbours(beside, files);
    const isProjectEnv = name === ".env" && beside.length > 0;
    const apps =
      naming.length > 0 ? this.#appsOf(naming, declared) : declared.map(({ app, version }) => ({ app, version }));
    const laravel = laravelAt(folder, files);
    const djangoEnviron = djangoEnvironAt(folder, files);
    const frameworks = [
      ...frameworksAt(folder, files, laravel),
      ...(djangoEnviron ? [{ app: "django (django-environ)", version: null }] : []),
    ].filter(
      ({ app }) => !apps.some((known) => known.app === "mastodon" || known.app === app || isPartOf(app, known.app)),
    );
    const project = new Set(naming.length > 0 ? naming.map(({ composePath }) => composePath) : beside);
    const mastodon = naming.filter(
      ({ use }) => use !== null && this.#detector.appImages([use]).some(({ app }) => app === "mastodon"),
    );
    const environments = naming.map(({ service, composePath, lookup }) =>
      environmentOf(service, composePath, files, lookup, source.path),
    );
    return {
      apps: [...apps, ...frameworks],
      around: {
        processes: mastodon.length === 0 ? null : new Set(mastodon.map(processOf)),
        composeReads: naming.length > 0 || isProjectEnv,
        ...(naming.length > 0 ? { complete: environments.every((environment) => environment !== null) } : {}),
        outside: outsideOf(environments),
        overruled: overrulingsOf(naming, files),
        services: naming.map(({ service }) => service.name),
        interpolated: isProjectEnv ? namesIn(beside.map((path) => files.read(path) ?? "")) : new Set(),
        hosts: neighbours
          .filter(({ composePath }) => project.has(composePath))
          .flatMap((neighbour) => this.#hostOf(neighbour)),
        oldCompose: [...project].some((path) => /^version:[ \t]*["']?[23]/m.test(files.read(path) ?? "")),
        laravel,
        djangoEnviron,
      },
    };
  }

  /** The services of some compose files. */
  #neighbours(paths: readonly string[], files: FileSource): Neighbour[] {
    const found: Neighbour[] = [];
    for (const composePath of paths) {
      const text = files.read(composePath);
      if (typeof text !== "string") continue;
      const lookup = composeLookup(composePath, files, this.#index);
      for (const service of composeServices(this.#index.yaml(composePath, text))) {
        const scalar = service.reader.text(service.map, "image");
        const isBuilt = service.reader.get(service.map, "build") !== null;
        const use =
          scalar === null || isBuilt
            ? null
            : {
                ...resolveScalar(scalar, text, { style: "compose", lookup }),
                owner: service.name,
                split: false,
                conditional: false,
                services: [service.name],
              };
        found.push({ composePath, service, lookup, use });
      }
    }
    return found;
  }

  /** Apps and images of the services that name the file; a service that nobody recognises may be any declared app. */
  #appsOf(naming: readonly Neighbour[], declared: readonly DeclaredApp[]): EnvApp[] {
    const apps = new Map<string, EnvApp>();
    for (const { use } of naming) {
      const images = use === null ? [] : this.#detector.appImages([use]);
      for (const { app, version } of images) {
        const known = declared.find((candidate) => candidate.app === app)?.version ?? version;
        if (apps.get(app)?.version == null) apps.set(app, { app, version: known });
      }
      const engine = use === null ? null : recogniseImage(use, this.#catalog);
      const imageApp = engine === null ? undefined : IMAGE_APPS[engine.repository.repository];
      if (imageApp !== undefined) apps.set(imageApp, { app: imageApp, version: null });
      if (images.length === 0 && engine === null) {
        for (const { app, version, from } of declared)
          if (from !== "detected" && !apps.has(app)) apps.set(app, { app, version });
      }
    }
    return [...apps.values()];
  }

  #hostOf({ composePath, service, use }: Neighbour): EngineHost[] {
    const image = use === null ? null : recogniseImage(use, this.#catalog);
    if (image === null) return [];
    const words = commandWords(service);
    const isPlain =
      !words.some((word) => /port|\.conf$|\bsh\b|flagfile/.test(word)) &&
      service.reader.get(service.map, "environment") === null;
    const usual = image.engine === "memcached" ? 11211 : 6379;
    const place = { path: composePath, span: service.key.span };
    return [{ host: service.name, engine: image.judgedAs, port: isPlain ? usual : null, place }];
  }
}

/** Postiz brings BullMQ along, and reads its own variables. */
function isPartOf(app: string, whole: string): boolean {
  return app === "bullmq" && whole === "postiz";
}

/** Compose files that may name a file. */
function composeFilesAround(path: string, files: FileSource): string[] {
  return namingFolders(path, files).flatMap((folder) =>
    (files.list(folder) ?? [])
      .map((name) => resolvePath(folder, name))
      .filter((composePath) => kindOfName(composePath) === "compose" && typeof files.read(composePath) === "string"),
  );
}

function processOf({ service, use }: Neighbour): Process {
  const command = commandWords(service).join(" ");
  if (/streaming/.test(command) || /-streaming(?:[:@]|$)/.test(use?.resolved.value ?? "")) return "streaming";
  return /sidekiq/.test(command) ? "sidekiq" : "rails";
}

/** Values that stand in `environment` as they are: an expression may well lead back to the file. */
function overrulingsOf(naming: readonly Neighbour[], files: FileSource): ReadonlyMap<string, readonly Overruling[]> {
  const overrulings = new Map<string, Overruling[]>();
  for (const { service, composePath, lookup } of naming) {
    const text = files.read(composePath) ?? "";
    for (const [name, { value, key, written }] of ownVariables(service, text, lookup)) {
      if (value === null || written === null || text.slice(written.start, written.end).includes("$")) continue;
      const overruling = { service: service.name, value, place: { path: composePath, span: key } };
      overrulings.set(name, [...(overrulings.get(name) ?? []), overruling]);
    }
  }
  return overrulings;
}

/** What every reader of the file gets from elsewhere; unknown where they differ. */
function outsideOf(
  environments: readonly (ReadonlyMap<string, string | null> | null)[],
): ReadonlyMap<string, OutsideValue> {
  const outside = new Map<string, OutsideValue>();
  for (const environment of environments) {
    for (const [name, value] of environment ?? []) {
      const known = outside.get(name);
      outside.set(name, { value: known === undefined || known.value === value ? value : null, place: null });
    }
  }
  return outside;
}

/** Names in `$NAME` and `${NAME…}`. */
function namesIn(texts: readonly string[]): Set<string> {
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].map((match) => match[1] as string)),
  );
}
