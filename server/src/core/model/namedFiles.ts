/** Files that are ours because another file names them: parts of a compose project, configurations, files of users, environments. */
import type { Catalog } from "../catalog/catalog.ts";
import { EnvFileNames } from "../documents/envFileNames.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import { type DocumentKind, kindOf } from "../documents/kind.ts";
import { mayConcernCaches } from "../env/index.ts";
import type { FileSource } from "../files.ts";
import { dirname } from "../paths.ts";
import { ConfNames } from "./confNames.ts";
import { ConfTargets } from "./confTarget.ts";

export class NamedFiles {
  readonly confNames: ConfNames;
  readonly #index: FolderIndex;
  readonly #confTargets: ConfTargets;
  readonly #envFileNames: EnvFileNames;

  constructor(catalog: Catalog, index: FolderIndex) {
    this.#index = index;
    this.#confTargets = new ConfTargets(catalog, index);
    this.confNames = new ConfNames(this.#confTargets, index);
    this.#envFileNames = new EnvFileNames(index);
  }

  /** What compose files and server configurations of a folder name: by `extends`, `include`, `env_file` or `aclfile`, or as a configuration. */
  namedFrom(folder: string, files: FileSource): ReadonlySet<string> {
    const loaded = this.#confTargets.loadedFrom(folder, files);
    const read = [...this.#envFileNames.namedFrom(folder, files).values()].flat();
    const named = [...this.#index.named(folder, files), ...this.confNames.namedFrom(folder, files)];
    return new Set([...named, ...loaded, ...read]);
  }

  /** What one compose file hands to its services: as environment, or as the configuration of a server. */
  handedOutBy(path: string, files: FileSource): ReadonlySet<string> {
    const loaded = this.#confTargets.loadedBy(path, files);
    return new Set([...(this.#envFileNames.namedFrom(dirname(path), files).get(path) ?? []), ...loaded]);
  }

  /** By language, name and content; a YAML file that a compose file includes is a compose file, whatever its name. */
  kindOf(source: SourceText, files: FileSource): DocumentKind | null {
    const kind = kindOf(source.path, source.languageId, source.text);
    if (
      (kind === null || kind === "helm-values") &&
      /\.ya?ml$/i.test(source.path) &&
      /^[^\S\r\n]*["']?(?:services|include)\b/m.test(source.text) &&
      this.#index.isNamedByCompose(source.path, files)
    ) {
      return "compose";
    }
    if (kind !== null) return kind;
    if (this.confNames.isNamed(source.path, files)) return "server-config";
    // A compose file may hand out any file as environment; one without a word about caches is not asked about.
    const mayBeEnvironment = mayConcernCaches(source.text) && !/\.(?:ya?ml|json|md|conf)$/i.test(source.path);
    return mayBeEnvironment && this.#envFileNames.isNamed(source.path, files) ? "environment" : null;
  }
}
