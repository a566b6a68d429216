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

export function ownLookup(projectDirectory: string, files: FileSource, outer: Lookup): Lookup {
  const own = envFileValues(resolvePath(projectDirectory, ".env"), files, outer);
  return (name) => own.get(name) ?? null;
}
