/**
 * The organisation's own tables that count for a file: which ones its settings name, what can be read of them, and the
 * checker that judges by them. A table that is wrong is left out as a whole; its problems are told in the table itself.
 */
import type { Catalog } from "../catalog/catalog.ts";
import { type OwnTable, type OwnTableReading, readOwnTable } from "../catalog/ownTable.ts";
import type { FileSource } from "../files.ts";
import { isInside, resolvePath } from "../paths.ts";
import type { SettingVocabulary } from "../settingValues.ts";
import { type Layer, ORIGINS } from "./layers.ts";
import { nearestProjectFile, readProjectSettings } from "./projectFile.ts";

/** `outside`: beyond the workspace, never read; `untrusted`: the user does not trust the workspace, so its tables have no say. */
export type OwnTableState = "used" | "wrong" | "missing" | "outside" | "untrusted" | "unread";

/** A table that the settings of a file name. */
export interface NamedTable {
  readonly path: string;
  /** As it is written. */
  readonly name: string;
  readonly state: OwnTableState;
  readonly reading: OwnTableReading | null;
}

export interface OwnTablesRequest {
  /** The file that is judged. */
  readonly path: string;
  readonly layers: readonly Layer[];
  readonly useProjectFile: boolean;
  readonly isTrusted: boolean;
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly isOutside: boolean;
}

/** Sets of tables that are kept; while somebody edits a table each keystroke makes one. */
const MAX_KEPT = 8;

/** `T`: what is made for a set of tables; made again only when one of their texts changes. */
export class OwnTables<T> {
  readonly #catalog: Catalog;
  readonly #make: (catalog: Catalog) => T;
  readonly #readings = new Map<string, { readonly named: readonly NamedTable[]; readonly made: T | null }>();

  /** `make` takes the catalogue with the tables in it. */
  constructor(catalog: Catalog, make: (catalog: Catalog) => T) {
    this.#catalog = catalog;
    this.#make = make;
  }

  /** What was made so far. */
  get all(): readonly T[] {
    return [...this.#readings.values()].map(({ made }) => made).filter((made) => made !== null);
  }

  /** `made` is null where no table counts. */
  of(
    request: OwnTablesRequest,
    files: FileSource,
    vocabulary: SettingVocabulary,
  ): { named: readonly NamedTable[]; made: T | null } {
    const entries = entriesOf(request, files, vocabulary);
    if (entries.length === 0) return { named: [], made: null };
    const texts = entries.map(({ path, isOutside }) => (isOutside || !request.isTrusted ? null : files.read(path)));
    const key = JSON.stringify([request.isTrusted, entries, texts.map((text) => (text === undefined ? 0 : text))]);
    let known = this.#readings.get(key);
    if (known === undefined) {
      known = this.#read(entries, texts, request.isTrusted);
      this.#readings.set(key, known);
      if (this.#readings.size > MAX_KEPT) this.#readings.delete(this.#readings.keys().next().value as string);
    }
    return known;
  }

  #read(entries: readonly Entry[], texts: readonly (string | null | undefined)[], isTrusted: boolean) {
    const used: OwnTable[] = [];
    const named = entries.map(({ name, path, isOutside }, at): NamedTable => {
      const text = texts[at];
      if (isOutside) return { name, path, state: "outside", reading: null };
      if (!isTrusted) return { name, path, state: "untrusted", reading: null };
      if (text === undefined) return { name, path, state: "unread", reading: null };
      if (text === null) return { name, path, state: "missing", reading: null };
      const reading = readOwnTable(text, used.length === 0 ? this.#catalog : this.#catalog.with(used));
      if (reading.kind === "table") used.push(reading.table);
      return { name, path, state: reading.kind === "table" ? "used" : "wrong", reading };
    });
    return { named, made: used.length === 0 ? null : this.#make(this.#catalog.with(used)) };
  }
}

/** The tables of the strongest layer that names any, each once. */
function entriesOf(
  { path, layers, useProjectFile }: OwnTablesRequest,
  files: FileSource,
  vocabulary: SettingVocabulary,
): readonly Entry[] {
  const root = files.root(path);
  const project = useProjectFile ? projectLayerWithData(path, files, vocabulary) : null;
  const all = project === null ? layers : [...layers, project];
  const layer = all
    .toSorted((a, b) => ORIGINS.indexOf(a.from) - ORIGINS.indexOf(b.from))
    .find(({ settings }) => settings.data !== undefined && settings.data.length > 0);
  const folder = layer?.folder ?? root;
  if (layer === undefined || folder === undefined) return [];
  const entries = (layer.settings.data ?? []).map((name) => {
    const target = resolvePath(folder, name);
    const isOurs = isInside(folder, target) || (root !== undefined && isInside(root, target));
    return { name, path: target, isOutside: !isOurs };
  });
  return entries.filter((entry, at) => entries.findIndex((other) => other.path === entry.path) === at);
}

/** Most project files name no table: a look at the text answers for them. */
function projectLayerWithData(path: string, files: FileSource, vocabulary: SettingVocabulary): Layer | null {
  const project = nearestProjectFile(path, files);
  if (project === null || !project.text.includes('"data"')) return null;
  return readProjectSettings(project.path, project.text, vocabulary);
}
