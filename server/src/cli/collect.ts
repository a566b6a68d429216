/** Finds the files to check: walks folders, respects `.gitignore` and the globs to ignore, follows no links out of the tree. */
import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { matchesGlob, mayBeOurs } from "../core/index.ts";
import { GitIgnore, isThere } from "./gitIgnore.ts";
import { isBelow, toCorePath } from "./paths.ts";
import { kindOf, reasonOf, type Unread } from "./readFile.ts";

const NEVER_WALKED = new Set([".git", "node_modules"]);

export interface Collecting {
  readonly cwd: string;
  readonly isIgnored: (path: string) => boolean;
  /** Told of everything that is not checked although its name says that it is ours. */
  readonly leaveOut: (path: string, unread: Unread) => void;
  /** Told what each walked folder holds. */
  readonly listed: (folder: string, entries: readonly Dirent[]) => void;
  /** Told now and then how many files were found. */
  readonly found: (files: number) => void;
}

export interface Collected {
  /** Absolute paths of this machine, each once, in the order of the walk. */
  readonly files: readonly string[];
  /** Files that were named one by one: they are checked even if their name says nothing. */
  readonly named: ReadonlySet<string>;
  /** At least one of the given paths is there. */
  readonly isAnyThere: boolean;
}

/** A matcher for the globs of `ignore`, which start from the working directory. */
export function ignoreMatcher(globs: readonly string[], cwd: string): (path: string) => boolean {
  return globs.length === 0 ? () => false : (path) => matchesGlob(globs, forward(relative(cwd, path)));
}

export function collect(paths: readonly string[], collecting: Collecting): Collected {
  const files = new Set<string>();
  const named = new Set<string>();
  let isAnyThere = false;
  for (const path of paths) {
    const absolute = resolve(collecting.cwd, path);
    try {
      const stats = statSync(absolute);
      if (stats.isDirectory()) {
        isAnyThere = true;
        new Walk(realpathSync(absolute), files, collecting).folder(absolute, GitIgnore.above(absolute));
      } else if (stats.isFile()) {
        isAnyThere = true;
        files.add(absolute);
        named.add(absolute);
      } else
        collecting.leaveOut(absolute, { why: `it is ${kindOf(stats)}, neither a file nor a folder`, isTrouble: true });
    } catch (error) {
      collecting.leaveOut(absolute, { why: reasonOf(error), isTrouble: true });
    }
  }
  return { files: [...files], named, isAnyThere };
}

class Walk {
  readonly #realRoot: string;
  readonly #files: Set<string>;
  readonly #collecting: Collecting;

  constructor(realRoot: string, files: Set<string>, collecting: Collecting) {
    this.#realRoot = realRoot;
    this.#files = files;
    this.#collecting = collecting;
  }

  folder(folder: string, above: GitIgnore): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.#collecting.leaveOut(folder, { why: reasonOf(error), isTrouble: true });
      return;
    }
    this.#collecting.listed(folder, entries);
    const here = entries.some(({ name }) => name === ".gitignore") ? above.in(folder) : above;
    const lead = folder.endsWith(sep) ? folder : folder + sep;
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
      this.#entry(lead + entry.name, entry, here);
    this.#collecting.found(this.#files.size);
  }

  #entry(path: string, entry: Dirent, gitIgnore: GitIgnore): void {
    const isFolder = entry.isDirectory();
    if (isFolder ? NEVER_WALKED.has(entry.name) : !mayBeOurs(toCorePath(path))) return;
    if (this.#collecting.isIgnored(path) || gitIgnore.ignores(path, isFolder)) return;
    if (entry.name.includes("\uFFFD") && !isThere(path))
      this.#collecting.leaveOut(path, { why: "its name is not UTF-8", isTrouble: false });
    else if (isFolder) this.folder(path, gitIgnore);
    else if (entry.isFile()) this.#files.add(path);
    else if (!entry.isSymbolicLink())
      this.#collecting.leaveOut(path, { why: `it is ${kindOf(entry)}, not a file`, isTrouble: false });
    else this.#link(path);
  }

  /** A link counts where it leads to a regular file inside the walked tree. */
  #link(path: string): void {
    try {
      const target = realpathSync(path);
      const stats = statSync(target);
      if (!isBelow(this.#realRoot, target))
        this.#collecting.leaveOut(path, { why: "it is a link out of the tree", isTrouble: false });
      else if (stats.isFile()) this.#files.add(path);
      else if (!stats.isDirectory())
        this.#collecting.leaveOut(path, { why: `it is a link to ${kindOf(stats)}`, isTrouble: false });
    } catch (error) {
      const leads = (error as NodeJS.ErrnoException).code === "ELOOP" ? "in a circle" : "nowhere";
      this.#collecting.leaveOut(path, { why: `it is a link that leads ${leads}`, isTrouble: false });
    }
  }
}

function forward(path: string): string {
  return sep === "\\" ? path.replaceAll("\\", "/") : path;
}
