/** Files that server configurations name: by `include`, and files of users by `aclfile`. They belong to the server that reads the naming file. */
import { parseConf } from "../conf/index.ts";
import { ancestors, type FolderIndex } from "../documents/folderIndex.ts";
import { kindOfName } from "../documents/kind.ts";
import type { Mount } from "../documents/mounts.ts";
import type { FileSource } from "../files.ts";
import { dirname, isInside, resolvePath } from "../paths.ts";
import type { PiecedText } from "../pieces.ts";
import { Remember } from "../remember.ts";
import { confPath, includedFiles } from "./confPaths.ts";
import { type ConfLoading, type ConfTargets, isAclFile } from "./confTarget.ts";
import type { LayeredSettings } from "./layers.ts";

const MAX_FOLDERS = 500;
/** Included files include others: the chain is followed this far. */
const MAX_DEPTH = 5;
const NAMING = /^[ \t]*["']?(?:include|aclfile)\b/im;

export class ConfNames {
  readonly #targets: ConfTargets;
  readonly #index: FolderIndex;
  readonly #folders = new Remember<ReadonlyMap<string, string>>(MAX_FOLDERS);

  constructor(targets: ConfTargets, index: FolderIndex) {
    this.#targets = targets;
    this.#index = index;
  }

  /** What the configurations of a folder name, and those that its compose files load. */
  namedFrom(folder: string, files: FileSource): readonly string[] {
    return [...this.#read(folder, files).keys()];
  }

  /** The configuration that names a file; `null` where none does. */
  namer(path: string, files: FileSource): string | null {
    for (const folder of ancestors(path, files)) {
      const namer = this.#read(folder, files).get(path);
      if (namer !== undefined) return namer;
    }
    return null;
  }

  /** True for a file that a server reads, whatever it is called. */
  isNamed(path: string, files: FileSource): boolean {
    const mayBe = /\.(?:conf|acl|flags?|cfg|txt)$/i.test(path);
    return mayBe && (this.#targets.isLoaded(path, files) || this.namer(path, files) !== null);
  }

  /** How a server loads a file: by itself, or because another file names it. */
  loading(path: string, text: string, settings: LayeredSettings, files: FileSource, depth = 0): ConfLoading {
    const own = this.#targets.loading(path, text, settings, files);
    const namer = depth < MAX_DEPTH && own.loaders.length === 0 ? this.namer(path, files) : null;
    const naming = namer === null ? null : files.read(namer);
    if (namer === null || typeof naming !== "string") return own;
    const outer = this.loading(namer, naming, settings, files, depth + 1);
    const target = outer.target ?? own.target;
    const { mounts } = outer;
    if (!own.isAcl) return { ...own, target, mounts, isSentinel: outer.isSentinel, isWhole: false, isIncluded: true };
    // Modules bring commands of their own, which rules may name.
    const isWhole = outer.isWhole && !/^[ \t]*["']?(?:include|loadmodule)\b/im.test(naming);
    return { ...own, target, mounts, isWhole };
  }

  #read(folder: string, files: FileSource): ReadonlyMap<string, string> {
    return this.#folders.get(folder, files, (recorded) => this.#readFolder(folder, recorded));
  }

  #readFolder(folder: string, files: FileSource): ReadonlyMap<string, string> {
    const named = new Map<string, string>();
    const here = (files.list(folder) ?? []).map((name) => resolvePath(folder, name));
    const queue = [
      ...here.filter((path) => kindOfName(path) === "server-config"),
      ...this.#targets.loadedFrom(folder, files),
    ].filter((path) => !isAclFile(path));
    const seen = new Set(queue);
    const mounts = new Map(queue.map((path) => [path, this.#targets.mountsBeside(path, files)] as const));
    for (let at = 0; at < queue.length && at < MAX_FOLDERS; at++) {
      const namer = queue[at] as string;
      const text = files.read(namer);
      if (typeof text !== "string") continue;
      const mounted = mounts.get(namer) ?? [];
      for (const file of namedBy(namer, this.#index.pieces.of(text, namer), mounted, files)) {
        if (!named.has(file)) named.set(file, namer);
        if (!mounts.has(file)) mounts.set(file, mounted);
        if (seen.has(file) || isAclFile(file)) continue;
        seen.add(file);
        queue.push(file);
      }
    }
    return named;
  }
}

interface Naming {
  readonly directive: string;
  readonly argument: string;
}

/** Lines of a piece that name files. */
function namingIn(text: string): readonly Naming[] {
  if (!NAMING.test(text)) return [];
  return parseConf(text).lines.flatMap(({ words: [name, argument] }) => {
    const directive = name?.value.toLowerCase() ?? "";
    const isNaming = directive === "include" || directive === "aclfile";
    return isNaming && argument !== undefined && argument.value !== "" ? [{ directive, argument: argument.value }] : [];
  });
}

function namedBy(namer: string, text: PiecedText, mounts: readonly Mount[], files: FileSource): string[] {
  const root = files.root(namer) ?? dirname(namer);
  const naming = text.placed.flatMap(({ piece }) => piece.fact(namingIn));
  return naming.flatMap(({ directive, argument }) => {
    const path = confPath(namer, argument, mounts);
    if (path === null || !isInside(root, path)) return [];
    const named = directive === "include" ? includedFiles(path, files) : [path];
    return named.filter((file) => file !== namer && (directive === "include") === !isAclFile(file));
  });
}
