/** Reads files for the server where it has no file system of its own: in a browser, and on virtual file systems everywhere. */
import { type FileStat, FileType, Uri, workspace } from "vscode";
import type { BaseLanguageClient, ClientCapabilities } from "vscode-languageclient";
import { READ_FILE, READ_FOLDER, type ReadFolderAnswer, type ReadParams } from "../../server/src/lsp/protocol.ts";

/** Larger files are not read. Bytes. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

export function serveFiles(client: BaseLanguageClient): void {
  client.registerFeature({
    fillClientCapabilities(capabilities: ClientCapabilities): void {
      capabilities.experimental = { ...capabilities.experimental, cacheCompat: { files: true } };
    },
    initialize: () => undefined,
    getState: () => ({ kind: "static" }),
    clear: () => undefined,
  });
  const types = new Types();
  client.onRequest(READ_FILE, ({ uri, root }: ReadParams) => readFile(Uri.parse(uri), Uri.parse(root), types));
  client.onRequest(READ_FOLDER, ({ uri, root }: ReadParams) => readFolder(Uri.parse(uri), Uri.parse(root), types));
}

/** What files and folders are. Many of one folder are asked for together: each folder above them is looked at once for all of them. */
class Types {
  readonly #underWay = new Map<string, Promise<FileStat>>();

  async of(uri: Uri): Promise<FileStat> {
    const key = uri.toString();
    const look = this.#underWay.get(key) ?? Promise.resolve(workspace.fs.stat(uri));
    this.#underWay.set(key, look);
    try {
      return await look;
    } finally {
      this.#underWay.delete(key);
    }
  }
}

async function readFile(uri: Uri, root: Uri, types: Types): Promise<string | null> {
  try {
    const [{ type, size }, isReached] = await Promise.all([types.of(uri), isReachedDirectly(uri, root, types)]);
    if (type !== FileType.File || size > MAX_FILE_BYTES || !isReached) return null;
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

async function readFolder(uri: Uri, root: Uri, types: Types): Promise<ReadFolderAnswer | null> {
  try {
    if (!(await isReachedDirectly(uri, root, types))) return null;
    const entries = await workspace.fs.readDirectory(uri);
    const names = (wanted: FileType): string[] => entries.filter(([, type]) => type === wanted).map(([name]) => name);
    return { files: names(FileType.File), folders: names(FileType.Directory) };
  } catch {
    return null;
  }
}

/** Where a link leads cannot be asked of a virtual file system; it might be out of the workspace. */
async function isReachedDirectly(uri: Uri, root: Uri, types: Types): Promise<boolean> {
  if (uri.scheme !== root.scheme || uri.authority !== root.authority) return false;
  const folders: Uri[] = [];
  for (let folder = uri; folder.path.length > root.path.length; folder = Uri.joinPath(folder, ".."))
    folders.push(folder);
  const stats = await Promise.all(folders.map((folder) => types.of(folder)));
  return stats.every(({ type }) => (type & FileType.SymbolicLink) === 0);
}
