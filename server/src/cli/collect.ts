/** Finds the files to check: walks folders, respects `.gitignore` and the globs to ignore, follows no links out of the tree. */
import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import process from "node:process";
import ignore, { type Ignore } from "ignore";
import { matchesGlob, mayBeOurs } from "../core/index.ts";
import { isBelow, toCorePath } from "./paths.ts";
import { kindOf, readText, reasonOf, type Unread } from "./readFile.ts";

/** As git does when it makes a repository on such a system. */
const IGNORES_CASE = process.platform === "win32" || process.platform === "darwin";
const NEVER_WALKED = new Set([".git", "node_modules"]);

/** The rules of one `.gitignore`, which speak of paths below its folder. */
interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

export interface Collecting {
  readonly cwd: string;
  readonly isIgnored: (path: string) => boolean;
  /** Told of everything that is not checked although its name says that it is ours. */
  readonly leaveOut: (path: string, unread: Unread) => void;
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
        new Walk(realpathSync(absolute), files, collecting).folder(absolute, ignoreFilesAbove(absolute));
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

  folder(folder: string, ignoreFiles: readonly IgnoreFile[]): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      this.#collecting.leaveOut(folder, { why: reasonOf(error), isTrouble: true });
      return;
    }
    const here = entries.some(({ name }) => name === ".gitignore")
      ? [...ignoreFiles, ...readIgnoreFile(folder)]
      : ignoreFiles;
    for (const entry of entries) this.#entry(join(folder, entry.name), entry, here);
    this.#collecting.found(this.#files.size);
  }

  #entry(path: string, entry: Dirent, ignoreFiles: readonly IgnoreFile[]): void {
    const isFolder = entry.isDirectory();
    if (isFolder ? NEVER_WALKED.has(entry.name) : !mayBeOurs(toCorePath(path))) return;
    if (this.#collecting.isIgnored(path) || isGitIgnored(path, isFolder, ignoreFiles)) return;
    if (entry.name.includes("\uFFFD") && !isThere(path))
      this.#collecting.leaveOut(path, { why: "its name is not UTF-8", isTrouble: false });
    else if (isFolder) this.folder(path, ignoreFiles);
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

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function readIgnoreFile(folder: string): IgnoreFile[] {
  const read = readText(join(folder, ".gitignore"));
  return "why" in read ? [] : [{ folder, rules: ignore({ ignorecase: IGNORES_CASE }).add(read.text) }];
}

/** `.gitignore` files above a folder, up to its repository, the topmost first; none for a folder that they ignore: it was named all the same. */
function ignoreFilesAbove(folder: string): IgnoreFile[] {
  const above: IgnoreFile[] = [];
  for (let current = folder; ; current = dirname(current)) {
    if (current !== folder) above.unshift(...readIgnoreFile(current));
    if (isThere(join(current, ".git"))) return current !== folder && isGitIgnored(folder, true, above) ? [] : above;
    if (dirname(current) === current) return [];
  }
}

/** The deepest `.gitignore` that speaks of a path decides, as in git. */
function isGitIgnored(path: string, isFolder: boolean, ignoreFiles: readonly IgnoreFile[]): boolean {
  for (const { folder, rules } of ignoreFiles.toReversed()) {
    const inside = forward(relative(folder, path)) + (isFolder ? "/" : "");
    const { ignored, unignored } = rules.test(inside);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

function forward(path: string): string {
  return sep === "\\" ? path.replaceAll("\\", "/") : path;
}
