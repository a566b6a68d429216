/** What the `.env` of a project directory gives to the expressions of its compose files. */
import type { FileSource } from "../files.ts";
import { envDefinitions } from "../parse/envFile.ts";
import type { Definition, Lookup } from "../parse/interpolation.ts";
import { resolvePath } from "../paths.ts";

/** The variables of one file; none where there is no such file. */
export function envFileValues(path: string, files: FileSource, outer: Lookup): ReadonlyMap<string, Definition> {
  const text = files.read(path);
  return typeof text === "string" ? envDefinitions(path, text, outer) : new Map();
}

/** Reads the file only for a name that stands in it: most that is asked for does not. */
export function ownLookup(projectDirectory: string, files: FileSource, outer: Lookup): Lookup {
  const path = resolvePath(projectDirectory, ".env");
  const text = files.read(path) ?? "";
  let own: ReadonlyMap<string, Definition> | null = null;
  return (name) => {
    if (!text.includes(name)) return null;
    own ??= envDefinitions(path, text, outer);
    return own.get(name) ?? null;
  };
}
