/** What the process of a compose service gets as its environment, from one compose file. */
import type { FileSource } from "../files.ts";
import { envDefinitions } from "../parse/envFile.ts";
import { expandTemplate, type Lookup } from "../parse/interpolation.ts";
import type { YamlScalar } from "../parse/yamlTree.ts";
import { dirname, resolvePath } from "../paths.ts";
import type { ComposeService } from "./composeFile.ts";

/** `null` where a value is unknown: it comes from the shell, or from a variable that nobody defines. */
export type Environment = ReadonlyMap<string, string | null>;

/**
 * `environment` over the `env_file`s, a later file over an earlier one; `null` when a file that must be there is missing.
 * `without`: a file to leave out, for the question what its readers get from elsewhere.
 */
export function environmentOf(
  service: ComposeService,
  composePath: string,
  files: FileSource,
  lookup: Lookup,
  without: string | null = null,
): Environment | null {
  const { reader, map } = service;
  const environment = new Map<string, string | null>();
  for (const file of envFilesOf(service, composePath, lookup)) {
    if (file.path !== null && file.path === without) continue;
    const target = file.path ?? "";
    const text = file.path === null ? null : files.read(file.path);
    if (typeof text !== "string") {
      if (file.isRequired) return null;
      continue;
    }
    for (const [name, { value }] of envDefinitions(target, text, lookup)) environment.set(name, value);
  }
  const own = reader.resolve(reader.get(map, "environment")?.value);
  const resolve = (scalar: YamlScalar): string | null => {
    const resolved = expandTemplate(scalar.value, lookup);
    return resolved.unresolved.length > 0 ? null : resolved.value;
  };
  if (own?.kind === "map") {
    for (const { key, value } of reader.entries(own)) {
      const scalar = reader.scalar(value);
      // Without a value it comes from the shell.
      environment.set(
        key.value,
        scalar === null || (scalar.style === "plain" && scalar.value === "") ? null : resolve(scalar),
      );
    }
  } else if (own?.kind === "seq") {
    for (const item of own.items) {
      const scalar = reader.scalar(item);
      const [, name, value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(scalar?.value ?? "") ?? [];
      if (scalar !== null && name !== undefined)
        environment.set(name, value === undefined ? null : resolve({ ...scalar, value }));
    }
  }
  return environment;
}

export interface EnvFileEntry {
  /** `null`: the path hangs on a variable that nobody defines. */
  readonly path: string | null;
  readonly isRequired: boolean;
}

/** The files that a service names by `env_file`, in order. */
export function envFilesOf({ reader, map }: ComposeService, composePath: string, lookup: Lookup): EnvFileEntry[] {
  const node = reader.resolve(reader.get(map, "env_file")?.value);
  const items = node?.kind === "seq" ? node.items : node === null ? [] : [node];
  const resolve = (written: string): string | null => {
    const path = expandTemplate(written, lookup);
    return path.unresolved.length > 0 ? null : resolvePath(dirname(composePath), path.value);
  };
  return items.flatMap((item) => {
    const short = reader.scalar(item)?.value;
    if (short !== undefined) return [{ path: resolve(short), isRequired: true }];
    const long = reader.map(item);
    const path = reader.text(long, "path")?.value;
    return path === undefined
      ? []
      : [{ path: resolve(path), isRequired: reader.text(long, "required")?.value !== "false" }];
  });
}
