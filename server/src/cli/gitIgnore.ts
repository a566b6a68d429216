/** The `.gitignore` files that speak of a folder, as git reads them: one list, the deeper files behind, the last match decides. */
import { lstatSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import process from "node:process";
import ignore, { type Ignore } from "ignore";
import { readText } from "./readFile.ts";

/** As git does when it makes a repository on such a system. */
const IGNORES_CASE = process.platform === "win32" || process.platform === "darwin";

export class GitIgnore {
  readonly #base: string;
  readonly #rules: Ignore;

  private constructor(base: string, rules: Ignore) {
    this.#base = base;
    this.#rules = rules;
  }

  /** What counts in a folder that was named, its own file left out: the files above it, up to its repository. */
  static above(folder: string): GitIgnore {
    const none = (base: string): GitIgnore => new GitIgnore(base, ignore({ ignoreCase: IGNORES_CASE }));
    const repository = repositoryAround(folder);
    if (repository === null || repository === folder) return none(folder);
    let above = none(repository);
    for (const part of foldersBetween(repository, folder)) above = above.in(part);
    // It was named although it is ignored: then it is not.
    return above.ignores(folder, true) ? none(folder) : above;
  }

  /** What counts in a folder that has a file of its own. */
  in(folder: string): GitIgnore {
    const read = readText(join(folder, ".gitignore"));
    if ("why" in read) return this;
    const inside = this.#inside(folder);
    const lines = read.text.split(/\r?\n/).flatMap((line) => seenFromAbove(line, inside) ?? []);
    return new GitIgnore(this.#base, ignore({ ignoreCase: IGNORES_CASE }).add(this.#rules).add(lines));
  }

  /** `path` stands in a folder that is not ignored. */
  ignores(path: string, isFolder: boolean): boolean {
    const inside = this.#inside(path);
    return this.#rules.ignores(isFolder ? `${inside}/` : inside);
  }

  /** The path as seen from the base, above which nobody asks. */
  #inside(path: string): string {
    const inside = path.slice(this.#base.endsWith(sep) ? this.#base.length : this.#base.length + 1);
    return sep === "/" ? inside : inside.replaceAll(sep, "/");
  }
}

/** A line of the file in `folder` as it would stand in one at the base; `null` where it matches nothing. */
function seenFromAbove(line: string, folder: string): string | null {
  if (folder === "" || line.startsWith("#")) return line;
  const [, not = "", pattern = ""] = /^(!?)(.*?)(?<!\\)\s*$/s.exec(line) ?? [];
  const bare = pattern.replace(/^\//, "");
  if (bare === "") return null;
  // A slash anywhere but at the end ties a pattern to the folder of its file.
  const isAnchored = /\/./s.test(pattern);
  return `${not}/${folder.replace(/[\\*?[\]]/g, "\\$&")}/${isAnchored ? "" : "**/"}${bare}`;
}

function repositoryAround(folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (isThere(join(current, ".git"))) return current;
    if (dirname(current) === current) return null;
  }
}

/** From the upper one to the parent of the lower one. */
function foldersBetween(upper: string, lower: string): string[] {
  const parents: string[] = [];
  for (let current = lower; current !== upper; current = dirname(current)) parents.unshift(dirname(current));
  return parents;
}

export function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
