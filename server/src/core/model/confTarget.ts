/** Which server reads a configuration file: declared, or the service of a compose file that mounts it, or a hint in its head. */
import type { Catalog } from "../catalog/catalog.ts";
import { isKeydb } from "../conf/template.ts";
import { composeLookup } from "../documents/composeEnvironment.ts";
import { composeServices } from "../documents/composeFile.ts";
import { type FolderIndex, namingFolders } from "../documents/folderIndex.ts";
import { resolveScalar } from "../documents/imageUse.ts";
import { kindOfName } from "../documents/kind.ts";
import { commandWords, type Mount, mountedFile, mountsOf } from "../documents/mounts.ts";
import type { FileSource } from "../files.ts";
import { basename, dirname, isInside, resolvePath } from "../paths.ts";
import { Remember } from "../remember.ts";
import type { KnownImage } from "./knownImage.ts";
import { recogniseImage } from "./knownImage.ts";
import type { LayeredSettings } from "./layers.ts";

export interface ConfTarget {
  readonly engine: string;
  /** `null`: the engine is known, its release line is not. */
  readonly line: string | null;
  readonly patch: number | null;
  /** `the flag --engine`, `service redis in compose.yaml (redis:7.2)`. */
  readonly origin: string;
  /** Concluded from the file alone: nobody says that a server loads it as it stands. */
  readonly isGuess?: true;
}

/** How a server loads the file. */
export interface ConfLoading {
  readonly target: ConfTarget | null;
  readonly isSentinel: boolean;
  /** A file of users. */
  readonly isAcl: boolean;
  /** False where a command line or another file has its say, too: then nothing is told as missing. */
  readonly isWhole: boolean;
  /** Another file names it by `include`. */
  readonly isIncluded?: true;
  /** The services that load it. */
  readonly loaders: readonly { readonly composePath: string; readonly service: string }[];
  /** What they mount, and those that load the file which names this one. */
  readonly mounts: readonly Mount[];
  /** Flags of Dragonfly, one a line: `--flagfile` names it. */
  readonly isFlagFile?: true;
}

/** A service that loads a file of the project. */
interface Loader {
  readonly file: string;
  readonly composePath: string;
  readonly service: string;
  readonly image: KnownImage;
  readonly isSentinel: boolean;
  readonly hasArguments: boolean;
  readonly mounts: readonly Mount[];
  readonly isFlagFile: boolean;
}

/** Files of users are known by their name: what they are called is free, and what ends so holds nothing else. */
export function isAclFile(path: string): boolean {
  return /\.acl$/i.test(path);
}

const MAX_FOLDERS = 500;
const CONFIGURATION = /(?:redis|valkey|keydb|sentinel)[^/]*\.conf$/i;

/** Nothing else hands a configuration to a server. */
const NAMES_CONF = /\.(?:conf|acl)\b|flagfile/;

export class ConfTargets {
  readonly #catalog: Catalog;
  readonly #index: FolderIndex;
  readonly #loaders = new Remember<readonly Loader[]>(MAX_FOLDERS);

  constructor(catalog: Catalog, index: FolderIndex) {
    this.#catalog = catalog;
    this.#index = index;
  }

  /** Files that services of the compose files in a folder load as their configuration. */
  loadedFrom(folder: string, files: FileSource): readonly string[] {
    return this.#read(folder, files).map(({ file }) => file);
  }

  /** Files that the services of one compose file load. */
  loadedBy(path: string, files: FileSource): readonly string[] {
    return this.#read(dirname(path), files)
      .filter(({ composePath }) => composePath === path)
      .map(({ file }) => file);
  }

  /** True when a compose file in this folder or above it loads the file into a server. */
  isLoaded(path: string, files: FileSource): boolean {
    return this.#loadersOf(path, files).length > 0;
  }

  /** What the services mount that load a file. */
  mountsBeside(conf: string, files: FileSource): readonly Mount[] {
    return this.#loadersOf(conf, files).flatMap(({ mounts }) => mounts);
  }

  loading(path: string, text: string, settings: LayeredSettings, files: FileSource): ConfLoading {
    const loaders = this.#loadersOf(path, files);
    const isSentinel = /^sentinel(?:-.*)?\.conf$/i.test(basename(path)) || loaders.some((loader) => loader.isSentinel);
    const isAcl = isAclFile(path);
    const isWhole = !loaders.some(({ hasArguments }) => hasArguments);
    const declared = settings.get("engine");
    const shared = {
      isSentinel,
      isAcl,
      isWhole,
      loaders,
      mounts: loaders.flatMap(({ mounts }) => mounts),
      ...(loaders.some(({ isFlagFile }) => isFlagFile) ? { isFlagFile: true as const } : {}),
    };
    if (declared !== null) return { target: { ...declared, origin: "what is declared" }, ...shared };
    const targets = loaders.map(targetOf);
    const first = targets[0];
    if (first !== undefined) {
      // Services that differ leave the line open, or the engine.
      const isOneEngine = targets.every(({ engine }) => engine === first.engine);
      const isOneLine = isOneEngine && targets.every(({ line }) => line === first.line);
      const target = !isOneEngine ? null : isOneLine ? first : { ...first, line: null, patch: null };
      return { target, ...shared };
    }
    return { target: hint(path, text, this.#index), ...shared };
  }

  #loadersOf(path: string, files: FileSource): Loader[] {
    return namingFolders(path, files).flatMap((folder) =>
      this.#read(folder, files).filter(({ file }) => file === path),
    );
  }

  #read(folder: string, files: FileSource): readonly Loader[] {
    return this.#loaders.get(folder, files, (recorded) => this.#readFolder(folder, recorded));
  }

  #readFolder(folder: string, files: FileSource): Loader[] {
    const loaders: Loader[] = [];
    for (const name of files.list(folder) ?? []) {
      const composePath = resolvePath(folder, name);
      if (kindOfName(composePath) !== "compose") continue;
      const text = files.read(composePath);
      if (typeof text !== "string" || !this.#index.searches.has(composePath, text, NAMES_CONF)) continue;
      const lookup = composeLookup(composePath, files, this.#index);
      for (const service of composeServices(this.#index.yaml(composePath, text))) {
        const scalar = service.reader.text(service.map, "image");
        if (scalar === null) continue;
        const use = {
          ...resolveScalar(scalar, text, { style: "compose", lookup }),
          owner: service.name,
          split: false,
          conditional: false,
          services: [service.name],
        };
        const image = recogniseImage(use, this.#catalog);
        if (image === null || image.engine === "memcached") continue;
        const words = commandWords(service);
        const mounts = mountsOf(service, composePath);
        const otherWords = image.judgedAs === "dragonfly" ? [] : words;
        const flagFile = image.judgedAs === "dragonfly" ? flagFileOf(words) : null;
        for (const { source, target } of mounts) {
          const named = otherWords.find((word) => word === target || word.startsWith(`${target.replace(/\/$/, "")}/`));
          const inside = named === undefined ? "" : named.slice(target.replace(/\/$/, "").length);
          const file = inside === "" ? source : resolvePath(source, `.${inside}`);
          if (named === undefined && !CONFIGURATION.test(target)) continue;
          loaders.push({
            file,
            composePath,
            service: service.name,
            image,
            mounts,
            isSentinel: words.some((word) => /(?:^--sentinel$|-sentinel$)/.test(word)),
            hasArguments: words.some((word) => word.startsWith("--") && word !== "--sentinel"),
            isFlagFile: false,
          });
        }
        const flags = flagFile === null ? null : mountedFile(mounts, flagFile);
        if (flags === null) continue;
        const loader = { file: flags, composePath, service: service.name, image, mounts };
        loaders.push({ ...loader, isSentinel: false, hasArguments: true, isFlagFile: true });
      }
    }
    return loaders.filter(({ file }) => isInside(files.root(file) ?? folder, file));
  }
}

/** The last `--flagfile` in the command of a Dragonfly service. */
function flagFileOf(words: readonly string[]): string | null {
  const files = words.flatMap((word, at) => {
    const [, value] = /^--?flagfile(?:=(.*))?$/s.exec(word) ?? [];
    if (value !== undefined) return [value];
    return /^--?flagfile$/.test(word) ? (words[at + 1] ?? []) : [];
  });
  return files.at(-1) ?? null;
}

function targetOf({ image, service, composePath }: Loader): ConfTarget {
  const version = image.tag.kind === "release" && image.tag.version.pre === null ? image.tag.version : null;
  const origin = `service ${service} in ${basename(composePath)} (${image.name.replace(/^docker\.io\/(?:library\/)?/, "")})`;
  // Nobody knows which tables a prerelease or a digest follows.
  return { engine: image.judgedAs, line: version === null ? null : image.line, patch: version?.patch ?? null, origin };
}

/**
 * The head of the stock files names the engine, and KeyDB kept that of Redis; the file's own name says Valkey, while
 * `redis.conf` may feed either.
 */
function hint(path: string, text: string, index: FolderIndex): ConfTarget | null {
  const guess = { line: null, patch: null, isGuess: true } as const;
  if (index.pieces.of(text, path).some(isKeydb))
    return { ...guess, engine: "keydb", origin: "directives that only KeyDB has" };
  const head = /^#[ \t]*(Redis|Valkey) configuration/im.exec(text.slice(0, 2000))?.[1]?.toLowerCase();
  if (head !== undefined) return { ...guess, engine: head, origin: "the first lines of the file" };
  if (/^valkey/i.test(basename(path))) return { ...guess, engine: "valkey", origin: "the name of the file" };
  return null;
}

/** A server is known to load the file, so it reads what stands there. */
export function isServerKnown({ target }: ConfLoading): boolean {
  return target !== null && target.isGuess !== true;
}
