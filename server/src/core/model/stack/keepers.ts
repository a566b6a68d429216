/** Services that keep their data in a volume or a folder. */
import type { TextSource } from "../../documents/folderIndex.ts";
import { Fact } from "../../fact.ts";
import { Mapped } from "../../mapped.ts";
import { dataMount, type StackServer } from "./servers.ts";
import type { Stack } from "./stack.ts";

const NAMES = new Fact<TextSource, Mapped<StackServer, string | null>>();
const KEEPERS = new WeakMap<readonly (string | null)[], ReadonlySet<string>>();
const NOBODY: ReadonlySet<string> = new Set();

/** Their names: the same set for as long as they stay the same. */
export function keepersIn(stack: Stack | undefined): ReadonlySet<string> {
  if (stack === undefined) return NOBODY;
  const names = NAMES.of(stack.project.source, () => new Mapped()).of(stack.servers, [], nameOfKeeper);
  const known = KEEPERS.get(names) ?? new Set(names.filter((name) => name !== null));
  KEEPERS.set(names, known);
  return known;
}

function nameOfKeeper(server: StackServer): string | null {
  return dataMount(server) === null ? null : server.name;
}
