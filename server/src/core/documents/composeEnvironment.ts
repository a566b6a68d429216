/**
 * Which values the expressions of a compose file get: the `.env` of its project directory, or, for a file that another
 * one includes, the environment of the including project first and then what the `include` entry gives as defaults
 * (Compose specification, 14-include.md). The shell that will run Compose is not known, so it never counts.
 */
import type { FileSource } from "../files.ts";
import type { FolderIndex } from "../model/folderIndex.ts";
import { envDefinitions } from "../parse/envFile.ts";
import type { Definition, Lookup } from "../parse/interpolation.ts";
import { dirname, resolvePath } from "../paths.ts";

const NOTHING_KNOWN: Lookup = () => null;
/** Included files include others: the chain is followed this far. */
const MAX_INCLUDES = 5;

function envFile(path: string, files: FileSource, outer: Lookup): ReadonlyMap<string, Definition> {
  const text = files.read(path);
  return typeof text === "string" ? envDefinitions(path, text, outer) : new Map();
}

/** What the `.env` of a project directory says. */
export function ownLookup(projectDirectory: string, files: FileSource, outer: Lookup): Lookup {
  const own = envFile(resolvePath(projectDirectory, ".env"), files, outer);
  return (name) => own.get(name) ?? null;
}

/** The lookup for the expressions of one compose file. */
export function composeLookup(path: string, files: FileSource, index: FolderIndex, depth = 0): Lookup {
  const includer = depth < MAX_INCLUDES ? index.includer(path, files) : null;
  if (includer === null) return ownLookup(dirname(path), files, NOTHING_KNOWN);
  const outer = composeLookup(includer.path, files, index, depth + 1);
  const given = includer.envFiles.length > 0 ? includer.envFiles : [resolvePath(includer.projectDirectory, ".env")];
  const defaults = new Map<string, Definition>();
  for (const file of given)
    for (const [name, definition] of envFile(file, files, outer)) defaults.set(name, definition);
  return (name) => outer(name) ?? defaults.get(name) ?? null;
}
