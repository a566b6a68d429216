/** The declared version of an app, and how it is found in the workspace when nobody declares it (ranked signals, strongest first). */
import type { Catalog } from "../catalog/catalog.ts";
import type { AppTable } from "../catalog/tables.ts";
import type { Extraction, SourceText } from "../documents/extraction.ts";
import { ancestors, type FolderIndex, type TextSource } from "../documents/folderIndex.ts";
import type { ImageUse } from "../documents/imageUse.ts";
import { locate } from "../documents/imageUse.ts";
import { type DocumentKind, kindOfName, looksLikeKubernetes } from "../documents/kind.ts";
import { Fact } from "../fact.ts";
import type { FileSource } from "../files.ts";
import type { Place } from "../finding.ts";
import { Picked } from "../mapped.ts";
import { fullName } from "../parse/imageReference.ts";
import { YamlReader } from "../parse/yamlReader.ts";
import { parseYaml } from "../parse/yamlTree.ts";
import { basename, dirname, isInside, resolvePath } from "../paths.ts";
import { Remember } from "../remember.ts";
import type { Span } from "../text.ts";
import { readImage } from "./knownImage.ts";
import type { LayeredSettings, Origin } from "./layers.ts";
import { COMPANIONS, neighbourNames } from "./neighbours.ts";
import { readVersionFile } from "./versionFile.ts";

export interface DeclaredApp {
  readonly app: string;
  /** As declared, without `v`: `4.5`, `4.5.1`, `4.6.0-beta.2`. */
  readonly version: string;
  /** Column of the app's matrix; `null` where it has none for this version. */
  readonly column: string | null;
  readonly from: Origin | "detected";
  /** Where it is written, when it is written in a file. */
  readonly place: Place | null;
  /** `the flag --app`, `the image tag v4.5.1 in docker-compose.yml`. */
  readonly origin: string;
}

/** An image of the app itself. */
export interface AppImage {
  readonly app: string;
  readonly use: ImageUse;
  readonly span: Span;
  readonly tag: string | null;
  /** Without `v`, build and variant; `null` where the tag names no version. */
  readonly version: string | null;
  /** A helper image of the app (Mastodon's streaming server): its version counts after the main image's. */
  readonly secondary: boolean;
}

/** Folders beyond this many are read again when they are needed. */
const MAX_FOLDERS = 500;

/** The file that is judged, as far as it was read. */
export interface ReadFile {
  readonly source: SourceText;
  readonly kind: DocumentKind;
  readonly images: readonly ImageUse[];
  /** Those of `images` that are an app's. */
  readonly own: readonly AppImage[];
}

/** How an app is found: by the whole name of its image, and by files that carry its version. */
interface Found {
  readonly version: string;
  readonly place: Place;
  readonly origin: string;
}

export class AppDetector {
  readonly #catalog: Catalog;
  readonly #extract: (source: SourceText, kind: DocumentKind, files: FileSource) => Extraction;
  readonly #patterns = new Map<string, { image: RegExp; tag: RegExp; word: RegExp }>();
  readonly #folders = new Remember<readonly Found[]>(MAX_FOLDERS);
  readonly #index: FolderIndex;
  readonly #appImages = new Fact<ImageUse, readonly AppImage[]>();
  /** Of what a file runs, and of what it builds. */
  readonly #lists = new Fact<TextSource, readonly Picked<ImageUse, readonly AppImage[]>[]>();

  /** `extract` reads the images of a neighbouring file; the caller may remember its results. */
  constructor(
    catalog: Catalog,
    index: FolderIndex,
    extract: (source: SourceText, kind: DocumentKind, files: FileSource) => Extraction,
  ) {
    this.#catalog = catalog;
    this.#index = index;
    this.#extract = extract;
    for (const app of catalog.apps) {
      const { image, tag } = app.detection;
      this.#patterns.set(app.app, {
        image: new RegExp(image, "i"),
        tag: new RegExp(tag, "i"),
        // The image of an organisation's app need not hold the app's name.
        word: catalog.organisationOf(app.app) === null ? new RegExp(app.app, "i") : /(?:)/,
      });
    }
  }

  /** Images of known apps in a document. */
  appImagesOf(source: TextSource, { images, built = [] }: Extraction): AppImage[] {
    const lists = this.#lists.of(source, () => [new Picked(), new Picked()]);
    const pick = (use: ImageUse): readonly AppImage[] | null => {
      const found = this.#appImages.of(use, (one) => this.#appsOf(one));
      return found.length === 0 ? null : found;
    };
    return [images, built].flatMap((uses, i) => lists[i]?.of(uses, [], pick).flat() ?? []);
  }

  appImages(uses: readonly ImageUse[]): AppImage[] {
    const found: AppImage[] = [];
    for (const use of uses) for (const image of this.#appImages.of(use, (one) => this.#appsOf(one))) found.push(image);
    return found;
  }

  #appsOf(use: ImageUse): AppImage[] {
    const read = readImage(use);
    if (read.kind !== "reference") return [];
    const { reference } = read;
    const name = fullName(reference);
    const found: AppImage[] = [];
    for (const [app, patterns] of this.#patterns) {
      if (!patterns.image.test(name)) continue;
      const tag = reference.tagUnknown ? null : reference.tag;
      const span = locate(use, reference.tagRange ?? reference.nameRange);
      const secondary = /-streaming$/.test(name);
      found.push({ app, use, span, tag, version: this.#versionOfTag(app, tag), secondary });
    }
    return found;
  }

  #versionOfTag(app: string, tag: string | null): string | null {
    const groups = tag === null ? undefined : this.#patterns.get(app)?.tag.exec(tag)?.groups;
    if (groups?.major === undefined || groups.minor === undefined) return null;
    const numbers = [groups.major, groups.minor, ...(groups.patch === undefined ? [] : [groups.patch])].join(".");
    return groups.pre === undefined ? numbers : `${numbers}-${groups.pre}`;
  }

  /** The versions to judge by, of all apps that are known. */
  allDeclared(file: ReadFile, settings: LayeredSettings, files: FileSource): DeclaredApp[] {
    return this.#catalog.apps.flatMap((app) => this.declared(app, file, settings, files) ?? []);
  }

  /** The version to judge by; `null` when it is switched off or nobody knows it. */
  declared(app: AppTable, file: ReadFile, settings: LayeredSettings, files: FileSource): DeclaredApp | null {
    const { source, kind, own } = file;
    const set = settings.app(app.app);
    if (set?.value === "off") return null;
    if (set !== null) {
      return {
        app: app.app,
        version: set.value,
        column: this.#catalog.column(app.app, set.value),
        from: set.from,
        place: set.place,
        origin: originOf(set.from),
      };
    }
    // The app's own image here, with a tag that names no version: another file must not speak for it.
    const isOpen = own.some((image) => image.app === app.app && !image.secondary && image.version === null);
    const found =
      this.#versionFile(app, source.path, files) ??
      newest(app.app, own, source.path) ??
      (isOpen ? null : this.#neighbour(app, file, files)) ??
      (isOpen && kind === "compose" ? null : this.#chart(app, source.path, kind, files));
    if (found === null) return null;
    return { app: app.app, column: this.#catalog.column(app.app, found.version), from: "detected", ...found };
  }

  /** `lib/mastodon/version.rb` in the folder of the file or above it: a source checkout. */
  #versionFile(app: AppTable, path: string, files: FileSource): Found | null {
    const detection = app.detection.versionFile;
    const root = files.root(path);
    if (detection === undefined || root === undefined) return null;
    for (let folder = dirname(path); isInside(root, folder); folder = dirname(folder)) {
      const file = resolvePath(folder, detection.path);
      const text = files.read(file);
      if (typeof text === "string" && new RegExp(detection.module).test(text)) {
        const found = readVersionFile(text, detection.number, detection.prerelease);
        if (found !== null)
          return {
            version: found.version,
            place: { path: file, span: found.span },
            origin: `${detection.path} of the source checkout`,
          };
      }
      if (folder === dirname(folder)) break;
    }
    return null;
  }

  /**
   * The app's image in a related file: in what includes this one, what this one includes or overrides, then in a
   * neighbour. A file of another project beside it has no say: one that runs software of its own, which is neither the
   * app nor what commonly stands beside a cache.
   */
  #neighbour(app: AppTable, { source: { path }, kind, images }: ReadFile, files: FileSource): Found | null {
    if (files.root(path) === undefined) return null;
    const related = kind === "compose" ? this.#related(path, files) : [];
    for (const file of related) {
      const found = this.#versionsIn(app, dirname(file), files).find(({ place }) => place.path === file);
      if (found !== undefined) return found;
    }
    if (kind === "compose" && images.some((use) => this.#isOtherSoftware(use))) return null;
    if (kind === "shell-script") return this.#nearest(app, path, files);
    const folder = kind === "workflow" ? resolvePath(dirname(path), "../..") : dirname(path);
    return this.#versionsIn(app, folder, files).find(({ place }) => place.path !== path) ?? null;
  }

  /** Scripts stand in folders of their own: what stands in the nearest folder above speaks for them. */
  #nearest(app: AppTable, path: string, files: FileSource): Found | null {
    for (const folder of ancestors(path, files)) {
      const found = this.#versionsIn(app, folder, files)[0];
      if (found !== undefined) return found;
    }
    return null;
  }

  /** Compose files that are loaded together with this one, for certain. */
  #related(path: string, files: FileSource): string[] {
    const folder = dirname(path);
    const names = files.list(folder) ?? [];
    const stem = basename(path).replace(/(?:\.override)?\.ya?ml$/i, "");
    const partners = names.filter(
      (name) =>
        name !== basename(path) &&
        name.replace(/(?:\.override)?\.ya?ml$/i, "") === stem &&
        kindOfName(`/${name}`) === "compose",
    );
    const includer = this.#index.includer(path, files)?.path;
    return [
      ...(includer === undefined ? [] : [includer]),
      ...partners.map((name) => resolvePath(folder, name)),
      ...this.#index.namedBy(path, files),
    ];
  }

  #isOtherSoftware(use: ImageUse): boolean {
    const read = readImage(use);
    if (read.kind !== "reference") return false;
    const name = fullName(read.reference);
    const { repositories } = this.#catalog;
    if (repositories.find(name) !== undefined || repositories.lookAlike(name) !== undefined) return false;
    return !COMPANIONS.test(name) && ![...this.#patterns.values()].some(({ image }) => image.test(name));
  }

  #versionsIn(app: AppTable, folder: string, files: FileSource): readonly Found[] {
    return this.#folders.get(`${app.app} ${folder}`, files, (recorded) => this.#readVersions(app, folder, recorded));
  }

  #readVersions(app: AppTable, folder: string, files: FileSource): Found[] {
    const patterns = this.#patterns.get(app.app);
    const all: Found[] = [];
    for (const name of neighbourNames(files.list(folder) ?? [])) {
      const path = resolvePath(folder, name);
      const text = files.read(path);
      if (typeof text !== "string" || !patterns?.word.test(text)) continue;
      const kind = kindOfName(path) ?? (looksLikeKubernetes(text) ? "kubernetes" : null);
      if (kind === null) continue;
      const { images } = this.#extract({ path, text, languageId: null }, kind, files);
      const found = newest(app.app, this.appImages(images), path);
      if (found !== null) all.push(found);
    }
    return all;
  }

  /** A Helm chart of the app beside the values, or one that depends on it. */
  #chart(app: AppTable, path: string, kind: DocumentKind, files: FileSource): Found | null {
    const helm = app.detection.helm;
    if (helm === undefined || (kind !== "helm-values" && kind !== "kubernetes")) return null;
    const file = resolvePath(dirname(path), "Chart.yaml");
    const text = files.read(file);
    if (typeof text !== "string") return null;
    for (const document of parseYaml(text).documents) {
      const reader = new YamlReader(document);
      const own =
        reader.text(reader.root, "name")?.value === helm.chart ? reader.text(reader.root, "appVersion") : null;
      const ownVersion = this.#versionOfTag(app.app, own?.value ?? null);
      if (own !== null && ownVersion !== null)
        return { version: ownVersion, place: { path: file, span: own.span }, origin: "appVersion of Chart.yaml" };
      for (const item of reader.seq(reader.get(reader.root, "dependencies")?.value)?.items ?? []) {
        const dependency = reader.map(item);
        const version = reader.text(dependency, "version");
        const appVersion =
          reader.text(dependency, "name")?.value === helm.chart && version !== null
            ? helm.appVersions[version.value]
            : undefined;
        if (version !== null && appVersion !== undefined) {
          return {
            version: appVersion,
            place: { path: file, span: version.span },
            origin: `chart ${helm.chart} ${version.value} in Chart.yaml`,
          };
        }
      }
    }
    return null;
  }
}

function originOf(from: Origin): string {
  return {
    flag: "the flag --app",
    comment: "a comment in this file",
    config: "cache-compat.json",
    setting: "the editor setting",
  }[from];
}

/** Main images before helper images, then in the order of the file. */
function newest(app: string, images: readonly AppImage[], path: string): Found | null {
  const candidates = images.filter((image) => image.app === app && image.version !== null);
  const image = candidates.find((candidate) => !candidate.secondary) ?? candidates[0];
  if (image === undefined || image.version === null) return null;
  return {
    version: image.version,
    place: { path, span: image.span },
    origin: `the image tag ${image.tag} in ${basename(path)}`,
  };
}
