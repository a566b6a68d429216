import type { YamlReader } from "../parse/yamlReader.ts";
import type { YamlMap } from "../parse/yamlTree.ts";

/** Programs of the server images that are clients: a container that starts one runs no server. */
const CLIENT = /(?:^|\/)(?:redis|valkey|keydb)-(?:cli|benchmark|check-aof|check-rdb)$/;

/** True when the first word of a container's command is a client: `keys` in the order in which they decide. */
export function runsClientTool(reader: YamlReader, container: YamlMap | null, keys: readonly string[]): boolean {
  for (const key of keys) {
    const node = reader.resolve(reader.get(container, key)?.value);
    const first =
      node?.kind === "seq" ? reader.scalar(node.items[0])?.value : node?.kind === "scalar" ? node.value : undefined;
    if (first === undefined || first === "") continue;
    return CLIENT.test(first.trim().split(/\s+/)[0] ?? "");
  }
  return false;
}
