// Two servers on the same files.
import { compose, lines, type StackCase } from "./stackCase.ts";

const READS = "migrate/redis-7-2-to-valkey information";
const REFUSES = "migrate/redis-7-4-to-valkey error";
const OLDER = "migrate/redis-to-older warning";

/** Two servers, each with an image and the lines of its mount. */
function shared(
  id: string,
  why: string,
  first: readonly string[],
  second: readonly string[],
  told: readonly string[],
  more: Readonly<Record<string, string>> = {},
): StackCase {
  return {
    id,
    why,
    files: { "compose.yaml": compose({ one: first, two: second }, "volumes: {data: {}, more: {}}"), ...more },
    told,
    about: /^migrate\//,
  };
}

const DATA = "volumes: ['data:/data']";

export const SHARED_DATA: readonly StackCase[] = [
  shared(
    "redis-7-4",
    "Valkey does not read it",
    ["image: redis:7.4.11", DATA],
    ["image: ⟦valkey/valkey:8.1⟧", DATA].map((line) => line.replace("⟦valkey/valkey:8.1⟧", "valkey/valkey:⟦8.1⟧")),
    [REFUSES],
  ),
  shared(
    "redis-8",
    "nor what newer ones write",
    ["image: valkey/valkey:⟦9.0⟧", "volumes: ['./data:/data']"],
    ["image: redis:8.2-alpine", "volumes: ['./data/:/data:rw']"],
    [REFUSES],
  ),
  shared(
    "redis-7-2",
    "Valkey reads it",
    ["image: redis:7.2", DATA],
    ["image: valkey/valkey:⟦8.1-alpine⟧", DATA],
    [READS],
  ),
  shared("redis-6-2", "older ones, too", ["image: redis:6.2", DATA], ["image: valkey/valkey:⟦7.2⟧", DATA], [READS]),
  shared(
    "long-form",
    "the long form",
    ["image: redis:7.4", "volumes: [{type: volume, source: data, target: /data}]"],
    ["image: valkey/valkey:⟦8.1⟧", DATA],
    [REFUSES],
  ),
  shared(
    "other-volumes",
    "each has its own",
    ["image: redis:7.4", DATA],
    ["image: valkey/valkey:8.1", "volumes: ['more:/data']"],
    [],
  ),
  shared(
    "anonymous",
    "volumes without a name",
    ["image: redis:7.4", "volumes: [/data]"],
    ["image: valkey/valkey:8.1", "volumes: [/data]"],
    [],
  ),
  shared(
    "tmpfs",
    "nothing is shared",
    ["image: redis:7.4", "tmpfs: /data"],
    ["image: valkey/valkey:8.1", "tmpfs: /data"],
    [],
  ),
  shared(
    "subpaths",
    "different parts of one volume",
    ["image: redis:7.4", "volumes: [{type: volume, source: data, target: /data, volume: {subpath: a}}]"],
    ["image: valkey/valkey:8.1", "volumes: [{type: volume, source: data, target: /data, volume: {subpath: b}}]"],
    [],
  ),
  shared(
    "elsewhere",
    "not where the data is",
    ["image: redis:7.4", "volumes: ['data:/backup']"],
    ["image: valkey/valkey:8.1", DATA],
    [],
  ),
  shared(
    "saves-nothing",
    "the Redis saves nothing",
    ["image: redis:7.4", DATA, 'command: redis-server --save ""'],
    ["image: valkey/valkey:8.1", DATA],
    [],
  ),
  shared("no-line", "a tag that names no line", ["image: redis:7", DATA], ["image: valkey/valkey:8.1", DATA], []),
  shared("older", "an older one does not read it", ["image: redis:⟦7.2⟧", DATA], ["image: redis:8.2", DATA], [OLDER]),
  shared("same-format", "7.4 to 8.4 write the same", ["image: redis:7.4", DATA], ["image: redis:8.4", DATA], []),
  shared("same-format-6", "6.0 and 6.2, too", ["image: redis:6.0", DATA], ["image: redis:6.2", DATA], []),
  shared(
    "valkey-older",
    "the same for Valkey",
    ["image: valkey/valkey:9.0", DATA],
    ["image: valkey/valkey:⟦8.1⟧", DATA],
    [OLDER],
  ),
  shared("same-line", "two of one line", ["image: redis:7.4", DATA], ["image: redis:7.4-alpine", DATA], []),
  shared(
    "newer",
    "the newer one reads it, and writes what the older does not",
    ["image: redis:8.6", DATA],
    ["image: redis:⟦8.4⟧", DATA],
    [OLDER],
  ),
  {
    id: "override",
    why: "an image that the override changes is no second server",
    files: {
      "compose.yaml": compose({ redis: ["image: redis:7.4", DATA] }),
      "compose.override.yaml": lines("services:", "  redis:", "    image: valkey/valkey:8.1"),
    },
    about: /^migrate\//,
  },
  {
    id: "two-projects",
    why: "volumes of two projects have two names",
    files: {
      "a/compose.yaml": compose({ redis: ["image: redis:7.4", DATA] }),
      "b/compose.yaml": compose({ redis: ["image: valkey/valkey:8.1", DATA] }),
    },
    about: /^migrate\//,
  },
];
