/** What a path inside a server configuration means in the project. */

import { type Mount, mountedFile } from "../documents/mounts.ts";
import type { FileSource } from "../files.ts";
import { matchesName } from "../globs.ts";
import { basename, dirname, resolvePath } from "../paths.ts";

/**
 * Absolute paths are those of the server's machine: of the container, where a service loads the file, and then a mount may lead back into the
 * project; `null` where none does. Relative ones are looked for beside the file, where people keep them.
 */
export function confPath(conf: string, written: string, mounts: readonly Mount[]): string | null {
  return written.startsWith("/") ? mountedFile(mounts, written) : resolvePath(dirname(conf), written);
}

/** From Redis 7.0 on names of included files may be patterns. Redis 7.0 src/config.c: loadServerConfig. */
export function isPattern(written: string): boolean {
  return /[*?[]/.test(written);
}

/** The files of the project that an `include` names; a pattern names what its folder holds. */
export function includedFiles(path: string, files: FileSource): readonly string[] {
  if (!isPattern(path)) return [path];
  const folder = dirname(path);
  if (isPattern(folder)) return [];
  const pattern = basename(path);
  return (files.list(folder) ?? [])
    .filter((name) => matchesName(pattern, name))
    .map((name) => resolvePath(folder, name));
}
