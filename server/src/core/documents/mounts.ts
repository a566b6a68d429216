/** Files of the project that a compose service sees, and which of them its command names. */
import type { YamlReader } from "../parse/yamlReader.ts";
import type { YamlNode } from "../parse/yamlTree.ts";
import { dirname, resolvePath } from "../paths.ts";
import type { ComposeService } from "./composeFile.ts";

export interface Mount {
  /** In the project; a folder or a file. */
  readonly source: string;
  /** In the container. */
  readonly target: string;
}

function texts(reader: YamlReader, node: YamlNode | null | undefined): string[] {
  const resolved = reader.resolve(node);
  if (resolved?.kind === "scalar") return [resolved.value];
  return resolved?.kind === "seq" ? resolved.items.flatMap((item) => reader.scalar(item)?.value ?? []) : [];
}

/** `./redis.conf:/etc/redis.conf:ro`; named volumes and absolute host paths are no files of the project. */
function shortMount(text: string, folder: string): Mount | null {
  const match = /^(\.{1,2}(?:[/\\][^:]*)?):([^:]+)(?::[^:]*)?$/.exec(text);
  return match === null ? null : { source: resolvePath(folder, match[1] as string), target: match[2] as string };
}

/** Bind mounts and `configs` of a service; `composePath` is the file that it stands in. */
export function mountsOf(service: ComposeService, composePath: string): Mount[] {
  const { reader, map } = service;
  const folder = dirname(composePath);
  const mounts: Mount[] = [];
  for (const item of reader.seq(reader.get(map, "volumes")?.value)?.items ?? []) {
    const short = reader.scalar(item)?.value;
    const long = reader.map(item);
    const source = reader.text(long, "source")?.value;
    const target = reader.text(long, "target")?.value;
    if (short !== undefined) mounts.push(...[shortMount(short, folder)].filter((mount) => mount !== null));
    else if (source?.startsWith(".") && target !== undefined)
      mounts.push({ source: resolvePath(folder, source), target });
  }
  const configs = reader.map(reader.get(reader.root, "configs")?.value);
  for (const item of reader.seq(reader.get(map, "configs")?.value)?.items ?? []) {
    const long = reader.map(item);
    const name = reader.scalar(item)?.value ?? reader.text(long, "source")?.value;
    const file =
      name === undefined ? undefined : reader.text(reader.map(reader.get(configs, name)?.value), "file")?.value;
    if (name === undefined || file === undefined) continue;
    mounts.push({ source: resolvePath(folder, file), target: reader.text(long, "target")?.value ?? `/${name}` });
  }
  return mounts;
}

/** The file of the project behind a path in the container; `null` where none is mounted there. */
export function mountedFile(mounts: readonly Mount[], path: string): string | null {
  for (const { source, target } of mounts) {
    const place = target.replace(/\/$/, "");
    if (path === place) return source;
    if (path.startsWith(`${place}/`)) return resolvePath(source, `.${path.slice(place.length)}`);
  }
  return null;
}

/** The words of entrypoint and command, as far as they stand there one by one; a text is split at blanks. */
export function commandWords({ reader, map }: ComposeService): string[] {
  return ["entrypoint", "command"].flatMap((key) => {
    const node = reader.resolve(reader.get(map, key)?.value);
    const words = texts(reader, node);
    return node?.kind === "scalar" ? words.flatMap((word) => word.split(/\s+/).filter((part) => part !== "")) : words;
  });
}
