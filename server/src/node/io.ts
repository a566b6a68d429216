/** The file system of this machine for the language server. Links are followed only inside the workspace folder. */
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { isAbsolute, relative, sep } from "node:path";
import process from "node:process";
import { mayBeOurs } from "../core/index.ts";
import { type HostIo, NEVER_WALKED } from "../lsp/hostFiles.ts";
import { hasScheme } from "../lsp/uris.ts";

/** Larger files are not read. Bytes. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** Paths of the core begin with `/`, also in front of a drive letter. */
function toDisk(path: string): string | null {
  if (hasScheme(path)) return null;
  return process.platform === "win32" ? path.slice(1) : path;
}

async function isInside(path: string, root: string): Promise<boolean> {
  const [target, folder] = await Promise.all([realpath(path), realpath(root)]);
  const inside = relative(folder, target);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

export const nodeIo: HostIo = {
  async readFile(path, root) {
    const disk = toDisk(path);
    const diskRoot = toDisk(root);
    if (disk === null || diskRoot === null) return null;
    try {
      const stats = await stat(disk);
      if (!stats.isFile() || stats.size > MAX_FILE_BYTES || !(await isInside(disk, diskRoot))) return null;
      return (await readFile(disk, "utf8")).replace(/^\uFEFF/, "");
    } catch {
      return null;
    }
  },

  async listFolder(path, root) {
    const disk = toDisk(path);
    const diskRoot = toDisk(root);
    if (disk === null || diskRoot === null) return null;
    try {
      if (!(await isInside(disk, diskRoot))) return null;
      const entries = await readdir(disk, { withFileTypes: true });
      return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
    } catch {
      return null;
    }
  },

  async findFiles(root, limit) {
    const found: string[] = [];
    const walk = async (folder: string): Promise<void> => {
      const disk = toDisk(folder);
      if (disk === null || found.length >= limit) return;
      const entries = await readdir(disk, { withFileTypes: true }).catch(() => []);
      for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = folder === "/" ? `/${entry.name}` : `${folder}/${entry.name}`;
        if (entry.isDirectory()) {
          if (!NEVER_WALKED.has(entry.name)) await walk(path);
        } else if (mayBeOurs(path) && found.length < limit) found.push(path);
      }
    };
    await walk(root);
    return found;
  },
};
