/**
 * A compose project: the files that Compose loads together, with the definitions of each service in the order in which they are merged
 * (Compose specification, 13-merge.md, 14-include.md; `extends` in 05-services.md). Definitions are kept apart, so that every value
 * leads back to its own file.
 */
import { Fact } from "../fact.ts";
import type { FileSource } from "../files.ts";
import { Mapped } from "../mapped.ts";
import { expandTemplate, type Lookup } from "../parse/interpolation.ts";
import type { YamlReader } from "../parse/yamlReader.ts";
import type { YamlAlias, YamlMap, YamlNode, YamlScalar } from "../parse/yamlTree.ts";
import { basename, dirname, resolvePath } from "../paths.ts";
import { composeLookup } from "./composeEnvironment.ts";
import { type ComposeService, composeReferences, composeServices } from "./composeFile.ts";
import type { FolderIndex, TextSource } from "./folderIndex.ts";
import { kindOfName } from "./kind.ts";
import { ownLookup } from "./projectEnvironment.ts";

/** One definition of a service. The same object for as long as the definition stays the same. */
export class ServiceLayer implements ComposeService {
  readonly service: ComposeService;
  readonly source: TextSource;
  /** Against which its relative paths count. */
  readonly folder: string;

  constructor(service: ComposeService, source: TextSource, folder: string) {
    this.service = service;
    this.source = source;
    this.folder = folder;
  }

  get name(): string {
    return this.service.name;
  }

  get key(): YamlScalar {
    return this.service.key;
  }

  get map(): YamlMap {
    return this.service.map;
  }

  get reader(): YamlReader {
    return this.service.reader;
  }

  get path(): string {
    return this.source.path;
  }

  /** Of the whole file. */
  get text(): string {
    return this.source.text;
  }
}

/** The same object for as long as its definitions and its variables stay the same: what is found out about it is remembered. */
export interface ProjectService {
  readonly name: string;
  /** The weakest first. */
  readonly layers: readonly ServiceLayer[];
  readonly lookup: Lookup;
  /** Every definition was read. */
  readonly isWhole: boolean;
}

export interface ComposeProject {
  /** The file that stands for the project. */
  readonly path: string;
  /** Of that file: the same object for as long as the file is open, so that what is found out about lists can be remembered by it. */
  readonly source: TextSource;
  readonly files: readonly string[];
  readonly services: readonly ProjectService[];
  /** Every file was read, each service can run, and nobody says that more files are loaded. */
  readonly isWhole: boolean;
  /** Top-level entries of a section (`networks`, `volumes`), the last file wins. */
  readonly section: (name: string) => ReadonlyMap<string, SectionEntry>;
}

export interface SectionEntry {
  readonly map: YamlMap | null;
  readonly reader: YamlReader;
}

/** A value of a service where one of its definitions has it. */
export interface Field {
  readonly layer: ServiceLayer;
  readonly node: Exclude<YamlNode, YamlAlias> | null;
}

/** Projects of a folder lead to this many files; more are followed no further. */
const MAX_FILES = 100;
/** `extends` chains longer than this are circular or absurd. */
const MAX_EXTENDS = 20;
const BASES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const OVERRIDES = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

const NO_FIELDS: readonly Field[] = [];

/** What the definitions say about a key, the weakest first; `!reset` and `!override` end what stands below them. */
export function fieldsOf(service: ProjectService, ...keys: readonly string[]): readonly Field[] {
  let fields = NO_FIELDS;
  for (const layer of service.layers) {
    const { reader } = layer;
    let map: YamlMap | null = layer.map;
    for (let depth = 0; depth < keys.length; depth++) {
      const pair = reader.get(map, keys[depth] as string);
      if (pair === null) break;
      const tag = pair.value?.tag ?? null;
      if (tag === "!reset" || tag === "!override") fields = NO_FIELDS;
      if (tag === "!reset") break;
      if (depth === keys.length - 1) fields = [...fields, { layer, node: reader.resolve(pair.value) }];
      else map = reader.map(pair.value);
    }
  }
  return fields;
}

/** The definition of a key that counts where the last one replaces the others. */
export function fieldOf(service: ProjectService, ...keys: readonly string[]): Field | null {
  return fieldsOf(service, ...keys).at(-1) ?? null;
}

/** The projects whose first file stands in a folder: what Compose loads by itself, what `COMPOSE_FILE` names, every other file alone. */
export function projectFilesIn(folder: string, files: FileSource, index: FolderIndex): string[][] {
  const names = (files.list(folder) ?? []).filter((name) => kindOfName(resolvePath(folder, name)) === "compose");
  const paths = names.map((name) => resolvePath(folder, name));
  const named = index.named(folder, files);
  const projects: string[][] = [];
  const declared = composeFileVariable(folder, files);
  if (declared !== null) projects.push(declared);
  else {
    const base = BASES.find((name) => names.includes(name));
    const override = OVERRIDES.find((name) => names.includes(name));
    if (base !== undefined) {
      projects.push([base, ...(override === undefined ? [] : [override])].map((name) => resolvePath(folder, name)));
    }
  }
  const taken = new Set(projects.flat());
  for (const path of paths) if (!taken.has(path) && !named.has(path)) projects.push([path]);
  return projects;
}

/** `COMPOSE_FILE` of the `.env` beside: paths with a colon or what `COMPOSE_PATH_SEPARATOR` says; `null` where it is not set. */
function composeFileVariable(folder: string, files: FileSource): string[] | null {
  const lookup = ownLookup(folder, files, () => null);
  const value = lookup("COMPOSE_FILE")?.value ?? "";
  if (value === "") return null;
  const separator = lookup("COMPOSE_PATH_SEPARATOR")?.value ?? (value.includes(";") ? ";" : ":");
  return value.split(separator === "" ? ":" : separator).map((name) => resolvePath(folder, name));
}

/** Reads a project; `paths` are its files in the order in which Compose merges them. */
export function readProject(paths: readonly string[], files: FileSource, index: FolderIndex): ComposeProject {
  return new ProjectReader(files, index).read(paths);
}

interface Building {
  readonly name: string;
  readonly layers: ServiceLayer[];
  readonly lookup: Lookup;
  isWhole: boolean;
}

const LAYERS = new WeakMap<ComposeService, ServiceLayer>();
/** By their strongest definition. */
const PROJECT_SERVICES = new WeakMap<ServiceLayer, ProjectService>();
const RUNNABLE = new Fact<TextSource, Mapped<ProjectService, boolean>>();
const ALONE = new Fact<TextSource, Mapped<ComposeService, Extended | null>>();
const SERVICES_OF = new Fact<TextSource, Mapped<ComposeService, ProjectService>>();
const EXTENDED = new Fact<ComposeService, Extended | null>();

interface Extended {
  /** `undefined`: what it extends cannot be read. */
  readonly name: string | undefined;
  readonly file: string | undefined;
}

function extendedBy({ reader, map }: ComposeService): Extended | null {
  const extended = reader.get(map, "extends")?.value;
  if (extended === undefined) return null;
  const long = reader.map(extended);
  const name = reader.scalar(extended)?.value ?? reader.text(long, "service")?.value;
  return { name, file: reader.text(long, "file")?.value };
}

function layerOf(service: ComposeService, source: TextSource, folder: string): ServiceLayer {
  const known = LAYERS.get(service);
  if (known !== undefined && known.source === source && known.folder === folder) return known;
  const layer = new ServiceLayer(service, source, folder);
  LAYERS.set(service, layer);
  return layer;
}

function asService({ name, layers, lookup, isWhole }: Building): ProjectService {
  const strongest = layers.at(-1);
  const known = strongest && PROJECT_SERVICES.get(strongest);
  if (
    known !== undefined &&
    known.name === name &&
    known.lookup === lookup &&
    known.isWhole === isWhole &&
    known.layers.length === layers.length &&
    known.layers.every((layer, i) => layer === layers[i])
  )
    return known;
  const service = { name, layers, lookup, isWhole };
  if (strongest !== undefined) PROJECT_SERVICES.set(strongest, service);
  return service;
}

/** It has an image, or something to make one of. */
function isRunnable(service: ProjectService): boolean {
  return ["image", "build", "extends"].some((key) => fieldOf(service, key) !== null);
}

class ProjectReader {
  readonly #files: FileSource;
  readonly #index: FolderIndex;
  readonly #services = new Map<string, Building>();
  readonly #read = new Set<string>();
  readonly #sections: { readonly root: YamlMap | null; readonly reader: YamlReader }[] = [];
  #isWhole = true;

  constructor(files: FileSource, index: FolderIndex) {
    this.#files = files;
    this.#index = index;
  }

  read(paths: readonly string[]): ComposeProject {
    const [path = ""] = paths;
    const lookup = composeLookup(path, this.#files, this.#index);
    const services = paths.length === 1 ? this.#alone(path, lookup) : null;
    if (services === null) for (const file of paths) this.#add(file, dirname(path), lookup);
    return this.#project(paths, services ?? [...this.#services.values()].map(asService));
  }

  /** The services of a file that needs no other one; `null` where it does. */
  #alone(path: string, lookup: Lookup): readonly ProjectService[] | null {
    const text = this.#files.read(path);
    const file = typeof text === "string" ? this.#index.yaml(path, text) : null;
    if (typeof text !== "string" || file?.documents.length !== 1) return null;
    if (file.problems.some(({ kind }) => kind === "syntax") || composeReferences(file).length > 0) return null;
    const services = composeServices(file);
    const source = this.#index.source(path, text);
    const extended = ALONE.of(source, () => new Mapped()).of(services, [], (service) =>
      EXTENDED.of(service, extendedBy),
    );
    if (extended.some((one) => one !== null)) return null;
    this.#read.add(path);
    for (const { reader } of services.slice(0, 1)) this.#sections.push({ root: reader.root, reader });
    const folder = dirname(path);
    return SERVICES_OF.of(source, () => new Mapped()).of(services, [lookup, folder], (service) =>
      asService({ name: service.name, layers: [layerOf(service, source, folder)], lookup, isWhole: true }),
    );
  }

  #project(paths: readonly string[], services: readonly ProjectService[]): ComposeProject {
    const [path = ""] = paths;
    const source = this.#index.source(path, this.#files.read(path) ?? "");
    const runnable = RUNNABLE.of(source, () => new Mapped()).of(services, [], isRunnable);
    const areRunnable = runnable.every((one) => one);
    const isOverride = paths.length === 1 && OVERRIDES.includes(basename(path));
    return {
      path,
      source,
      files: [...this.#read],
      services,
      isWhole: this.#isWhole && areRunnable && !isOverride,
      section: (name) => this.#section(name),
    };
  }

  #add(path: string, folder: string, lookup: Lookup): void {
    if (this.#read.has(path) || this.#read.size >= MAX_FILES) return;
    this.#read.add(path);
    const text = this.#files.read(path);
    if (typeof text !== "string") {
      this.#isWhole = false;
      return;
    }
    const file = this.#index.yaml(path, text);
    if (file.problems.some(({ kind }) => kind === "syntax")) this.#isWhole = false;
    for (const reference of composeReferences(file)) {
      if (reference.kind !== "include") continue;
      const target = resolvePath(folder, expand(reference.file, lookup));
      const home = reference.projectDirectory;
      const project = home === null ? dirname(target) : resolvePath(folder, expand(home, lookup));
      this.#add(target, project, composeLookup(target, this.#files, this.#index));
    }
    const source = this.#index.source(path, text);
    const services = composeServices(file);
    for (const service of services) {
      const known = this.#services.get(service.name);
      const building = known ?? { name: service.name, layers: [], lookup, isWhole: true };
      if (known === undefined) this.#services.set(service.name, building);
      this.#addLayers(building, layerOf(service, source, folder), services, 0);
    }
    for (const { reader } of services.slice(0, 1)) this.#sections.push({ root: reader.root, reader });
  }

  /** The service that is extended stands below. */
  #addLayers(building: Building, layer: ServiceLayer, siblings: readonly ComposeService[], steps: number): void {
    const extended = EXTENDED.of(layer.service, extendedBy);
    if (extended?.name !== undefined && steps < MAX_EXTENDS) {
      const { name, file } = extended;
      if (file === undefined) {
        const base = siblings.find((service) => service.name === name);
        if (base === undefined) building.isWhole = false;
        else this.#addLayers(building, layerOf(base, layer.source, layer.folder), siblings, steps + 1);
      } else this.#addForeign(building, layer, expand(file, building.lookup), name, steps);
    } else if (extended !== null) building.isWhole = false;
    building.layers.push(layer);
  }

  #addForeign(building: Building, layer: ServiceLayer, file: string, name: string, steps: number): void {
    const path = resolvePath(layer.folder, file);
    const text = this.#files.read(path);
    const services = typeof text === "string" ? composeServices(this.#index.yaml(path, text)) : [];
    const base = services.find((service) => service.name === name);
    if (base === undefined || typeof text !== "string") {
      building.isWhole = false;
      return;
    }
    this.#read.add(path);
    const source = this.#index.source(path, text);
    this.#addLayers(building, layerOf(base, source, dirname(path)), services, steps + 1);
  }

  #section(name: string): ReadonlyMap<string, SectionEntry> {
    const entries = new Map<string, SectionEntry>();
    for (const { root, reader } of this.#sections) {
      for (const { key, value } of reader.entries(reader.map(reader.get(root, name)?.value)))
        entries.set(key.value, { map: reader.map(value), reader });
    }
    return entries;
  }
}

/** A path whose variables nobody knows stays as it is, and leads nowhere. */
function expand(written: string, lookup: Lookup): string {
  const resolved = expandTemplate(written, lookup);
  return resolved.unresolved.length > 0 ? written : resolved.value;
}
