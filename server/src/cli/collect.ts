/** Finds the files to check: walks folders, respects `.gitignore` and the globs to ignore, follows no links out of the tree. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ignore, { type Ignore } from "ignore";
import { matchesGlob, mayBeOurs } from "../core/index.ts";
import { toCorePath } from "./diskFiles.ts";
import { UsageError } from "./usageError.ts";

const NEVER_WALKED = new Set([".git", "node_modules"]);

/** The rules of one `.gitignore`, which speak of paths below its folder. */
interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

export interface Collected {
  /** Absolute paths of this machine, each once, in the order of the walk. */
  readonly files: readonly string[];
  /** Files that were named one by one: they are checked even if their name says nothing. */
  readonly named: ReadonlySet<string>;
  /** Folders that could not be read, each with the reason. */
  readonly unreadable: readonly string[];
  /** Files and folders whose names are no UTF-8: nothing can be said about them by name. */
  readonly unnamable: readonly string[];
}

function readIgnoreFile(folder: string): IgnoreFile[] {
  try {
    return [{ folder, rules: ignore().add(readFileSync(join(folder, ".gitignore"), "utf8")) }];
  } catch {
    return [];
  }
}

/** `.gitignore` files above a folder, up to its repository, the topmost first. */
function ignoreFilesAbove(folder: string): IgnoreFile[] {
  const above: IgnoreFile[] = [];
  for (let current = folder; ; current = dirname(current)) {
    if (current !== folder) above.unshift(...readIgnoreFile(current));
    try {
      statSync(join(current, ".git"));
      return above;
    } catch {
      if (dirname(current) === current) return [];
    }
  }
}

/** The deepest `.gitignore` that speaks of a path decides, as in git. */
function isIgnored(path: string, isFolder: boolean, ignoreFiles: readonly IgnoreFile[]): boolean {
  for (const { folder, rules } of ignoreFiles.toReversed()) {
    const inside = relative(folder, path).replaceAll("\\", "/") + (isFolder ? "/" : "");
    const { ignored, unignored } = rules.test(inside);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

/** A matcher for the globs of `ignore`, which start from the working directory. */
export function ignoreMatcher(globs: readonly string[], cwd: string): (path: string) => boolean {
  return globs.length === 0 ? () => false : (path) => matchesGlob(globs, relative(cwd, path).replaceAll("\\", "/"));
}

/** Throws `UsageError` for a path that is not there or cannot be read. */
export function collect(paths: readonly string[], cwd: string, isGlobIgnored: (path: string) => boolean): Collected {
  const files = new Set<string>();
  const named = new Set<string>();
  const unreadable: string[] = [];
  const unnamable: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const stats = statOf(path, absolute);
    if (stats.isDirectory())
      walk(absolute, realpathSync(absolute), ignoreFilesAbove(absolute), {
        isGlobIgnored,
        files,
        unreadable,
        unnamable,
      });
    else if (stats.isFile()) {
      files.add(absolute);
      named.add(absolute);
    } else throw new UsageError(`${path}: this is neither a file nor a folder.`);
  }
  return { files: [...files], named, unreadable, unnamable };
}

function statOf(path: string, absolute: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(absolute);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") throw new UsageError(`${path}: there is no such file or folder.`);
    throw new UsageError(`${path}: it cannot be read (${code}).`);
  }
}

interface Walk {
  readonly isGlobIgnored: (path: string) => boolean;
  readonly files: Set<string>;
  readonly unreadable: string[];
  readonly unnamable: string[];
}

function walk(folder: string, realRoot: string, ignoreFiles: readonly IgnoreFile[], found: Walk): void {
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(folder);
  } catch (error) {
    found.unreadable.push(`${folder}: it cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return;
  }
  const here = entries.some(({ name }) => name === ".gitignore")
    ? [...ignoreFiles, ...readIgnoreFile(folder)]
    : ignoreFiles;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.includes("\uFFFD")) {
      found.unnamable.push(path);
      continue;
    }
    if (entry.isDirectory()) {
      if (!NEVER_WALKED.has(entry.name) && !found.isGlobIgnored(path) && !isIgnored(path, true, here))
        walk(path, realRoot, here, found);
    } else if (mayBeOurs(toCorePath(path)) && !found.isGlobIgnored(path) && !isIgnored(path, false, here)) {
      if (entry.isFile() || (entry.isSymbolicLink() && isLinkInside(path, realRoot))) found.files.add(path);
    }
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A link to a regular file inside the walked tree. */
function isLinkInside(path: string, realRoot: string): boolean {
  try {
    const target = realpathSync(path);
    return statSync(target).isFile() && !relative(realRoot, target).startsWith("..");
  } catch {
    return false;
  }
}
