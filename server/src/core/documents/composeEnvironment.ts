/**
 * Which values the expressions of a compose file get: the `.env` of its project directory, or, for a file that another
 * one includes, the environment of the including project first and then what the `include` entry gives as defaults
 * (Compose specification, 14-include.md). The shell that will run Compose is not known, so it never counts.
 */
import type { FileSource } from "../files.ts";
import type { Definition, Lookup } from "../parse/interpolation.ts";
import { dirname, resolvePath } from "../paths.ts";
import type { FolderIndex } from "./folderIndex.ts";
import { envFileValues, ownLookup } from "./projectEnvironment.ts";

const NOTHING_KNOWN: Lookup = () => null;
/** Included files include others: the chain is followed this far. */
const MAX_INCLUDES = 5;

/** The lookup for the expressions of one compose file. */
export function composeLookup(path: string, files: FileSource, index: FolderIndex, depth = 0): Lookup {
  const includer = depth < MAX_INCLUDES ? index.includer(path, files) : null;
  if (includer === null) {
    const folder = dirname(path);
    const text = files.read(resolvePath(folder, ".env"));
    return index.lookup(path, [text], () => ownLookup(folder, files, NOTHING_KNOWN));
  }
  const outer = composeLookup(includer.path, files, index, depth + 1);
  const given = includer.envFiles.length > 0 ? includer.envFiles : [resolvePath(includer.projectDirectory, ".env")];
  const texts = given.map((file) => files.read(file));
  return index.lookup(path, [outer, ...given, ...texts], () => {
    const defaults = new Map<string, Definition>();
    for (const file of given)
      for (const [name, definition] of envFileValues(file, files, outer)) defaults.set(name, definition);
    return (name) => outer(name) ?? defaults.get(name) ?? null;
  });
}
