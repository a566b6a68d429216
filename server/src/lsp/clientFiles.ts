/**
 * Files that only the client can read: those of a virtual file system, of a remote machine, and all of them in a browser. Two
 * questions are enough; walking a folder is made of the second one.
 */
import type { Connection } from "vscode-languageserver";
import { mayBeOurs } from "../core/index.ts";
import { type HostIo, NEVER_WALKED } from "./hostFiles.ts";
import { READ_FILE, READ_FOLDER, type ReadFolderAnswer } from "./protocol.ts";
import { hasScheme, pathToUri } from "./uris.ts";

/** Folders that are being listed at the same time. */
const MAX_LISTINGS = 16;

export function clientIo(connection: Connection): HostIo {
  const ask = async <T>(method: string, path: string, root: string): Promise<T | null> => {
    try {
      return await connection.sendRequest<T | null>(method, { uri: pathToUri(path), root: pathToUri(root) });
    } catch (error) {
      connection.console.log(`${path} could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  const listing = (folder: string, root: string) => ask<ReadFolderAnswer>(READ_FOLDER, folder, root);
  return {
    readFile: (path, root) => ask<string>(READ_FILE, path, root),
    listFolder: async (path, root) => (await listing(path, root))?.files ?? null,
    async findFiles(root, limit) {
      const found: string[] = [];
      const waiting = [root];
      while (waiting.length > 0 && found.length < limit) {
        const folders = waiting.splice(0, MAX_LISTINGS);
        const listings = await Promise.all(folders.map((folder) => listing(folder, root)));
        for (const [i, entries] of listings.entries()) {
          const inside = folders[i] === "/" ? "/" : `${folders[i]}/`;
          for (const name of entries?.files ?? []) if (mayBeOurs(inside + name)) found.push(inside + name);
          for (const name of entries?.folders ?? []) if (!NEVER_WALKED.has(name)) waiting.push(inside + name);
        }
      }
      return found.sort().slice(0, limit);
    },
  };
}

/** Paths of this machine are read here, where there is a file system; every other one by the client, where it offers that. */
export function routedIo(own: HostIo | null, client: () => HostIo | null): HostIo {
  const nothing: HostIo = {
    readFile: async () => null,
    listFolder: async () => null,
    findFiles: async () => [],
  };
  const of = (root: string): HostIo => (hasScheme(root) ? client() : (own ?? client())) ?? nothing;
  return {
    readFile: (path, root) => of(root).readFile(path, root),
    listFolder: (path, root) => of(root).listFolder(path, root),
    findFiles: (root, limit) => of(root).findFiles(root, limit),
  };
}
