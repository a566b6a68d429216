/** Paths as the core, the disk and a reader of the output write them. */
import { isAbsolute, relative, sep } from "node:path";
import process from "node:process";

/** A path as the core writes it: `/` between the parts, also on Windows. */
export function toCorePath(path: string): string {
  const forward = process.platform === "win32" ? path.replaceAll("\\", "/") : path;
  return forward.startsWith("/") ? forward : `/${forward}`;
}

/** The way back from `toCorePath`. */
export function toDiskPath(path: string): string {
  return process.platform === "win32" ? path.slice(1) : path;
}

/** True for the folder itself and what lies below it. Both are paths of the disk without links in them. */
export function isBelow(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** A path of the core as seen from a folder, with `/`. */
export function displayPath(path: string, folder: string): string {
  const shown = toForward(relative(folder, toDiskPath(path))) || ".";
  // Two colons at the start of a line are a command to GitHub's runner.
  return /^\s*::/.test(shown) ? `./${shown}` : shown;
}

function toForward(path: string): string {
  return sep === "\\" ? path.replaceAll("\\", "/") : path;
}
