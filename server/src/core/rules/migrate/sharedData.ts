/** Two servers of a project on the same files: what one writes the other may refuse to read. */
import { readsDumpOf } from "../../catalog/dumps.ts";
import { compareVersions } from "../../catalog/version.ts";
import type { TextSource } from "../../documents/folderIndex.ts";
import { Fact } from "../../fact.ts";
import { Mapped } from "../../mapped.ts";
import { dataMount, type StackServer } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import type { RuleMeta } from "../rule.ts";
import { related } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const MIGRATION = {
  source: "https://github.com/valkey-io/valkey-doc/blob/fe8f96a2985efbae06a03805cd3f86811907d26a/topics/migration.md",
  asOf: "2026-06-18",
};

export const redis74ToValkey: StackRule = rule(
  {
    id: "migrate/redis-7-4-to-valkey",
    severity: "error",
    title: "Valkey cannot read these files",
    sources: [MIGRATION],
  },
  (writer, reader) => {
    if (writer.engine !== "redis" || reader.engine !== "valkey" || compareVersions(writer.line, "7.4") < 0) return null;
    return `Files of Redis 7.4 and newer do not load in Valkey, and this service keeps its data where Redis ${writer.line} does: it stops at its start. Keep Redis, or move the data in another way into an empty volume.`;
  },
);

export const redis72ToValkey: StackRule = rule(
  {
    id: "migrate/redis-7-2-to-valkey",
    severity: "information",
    title: "Drop-in move",
    sources: [MIGRATION],
  },
  (writer, reader) => {
    if (writer.engine !== "redis" || reader.engine !== "valkey" || compareVersions(writer.line, "7.2") > 0) return null;
    return `Valkey reads the files of Redis ${writer.line}, which this service shares. With the append-only file on, load the snapshot with AOF off first, and never run both servers at once.`;
  },
);

export const redisToOlder: StackRule = rule(
  {
    id: "migrate/redis-to-older",
    severity: "warning",
    title: "Downgrade on the same data",
    sources: [{ source: "https://github.com/Snapchat/KeyDB/issues/764", asOf: "2023-12-26" }],
  },
  (writer, reader) => {
    if (writer.engine !== reader.engine || compareVersions(reader.line, writer.line) >= 0) return null;
    if (readsDumpOf(reader, writer) !== false) return null;
    const { name } = writer;
    return `${name} ${reader.line} does not read the dump files of ${name} ${writer.line}, and both keep their data in the same place: the older one stops at its start. Start it with an empty volume.`;
  },
);

interface Release {
  readonly engine: string;
  readonly name: string;
  readonly line: string;
}

function rule(meta: RuleMeta, say: (writer: Release, reader: Release) => string | null): StackRule {
  return {
    meta,
    check: (stack) =>
      pairsOnOneMount(stack).flatMap(([writer, reader]): StackDraft[] => {
        const [from, to] = [releaseOf(writer), releaseOf(reader)];
        const message = from === null || to === null || !isSaved(writer) ? null : say(from, to);
        if (message === null) return [];
        const other = { path: writer.imagePlace.path, span: writer.image.span };
        const about = `Service ${writer.name} keeps its data in the same place`;
        return [
          { at: { path: reader.imagePlace.path, span: reader.image.span }, message, related: related(other, about) },
        ];
      }),
  };
}

function releaseOf({ image }: StackServer): Release | null {
  const { judgedAs, line, tag } = image;
  const isRelease = tag.kind === "release" && tag.version.pre === null;
  const name = judgedAs === "redis" ? "Redis" : judgedAs === "valkey" ? "Valkey" : null;
  return name === null || line === null || !isRelease ? null : { engine: judgedAs, name, line };
}

/** Not certainly kept in memory alone. */
function isSaved({ settings }: StackServer): boolean {
  return settings.snapshots !== false || settings.appendOnly !== false;
}

/** Servers with the same volume or folder at their data path; both orders. */
function pairsOnOneMount(stack: Stack): [StackServer, StackServer][] {
  const known = PAIRS.get(stack);
  if (known !== undefined) return known;
  const byMount = new Map<string, StackServer[]>();
  const mounts = MOUNTS.of(stack.project.source, () => new Mapped()).of(stack.servers, [], mountKey);
  for (const [i, server] of stack.servers.entries()) {
    const key = mounts[i] ?? null;
    if (key === null) continue;
    const others = byMount.get(key);
    if (others === undefined) byMount.set(key, [server]);
    else others.push(server);
  }
  const sharing = [...byMount.values()].filter((servers) => servers.length > 1);
  const pairs = sharing.flatMap((servers) =>
    servers.flatMap((a) => servers.flatMap((b): [StackServer, StackServer][] => (a === b ? [] : [[a, b]]))),
  );
  PAIRS.set(stack, pairs);
  return pairs;
}

const MOUNTS = new Fact<TextSource, Mapped<StackServer, string | null>>();

/** Where it keeps its data; `null` where that is not known. */
function mountKey(server: StackServer): string | null {
  const mount = dataMount(server);
  return mount?.source == null ? null : JSON.stringify([mount.kind, mount.source, mount.subpath]);
}

/** Three rules ask for them. */
const PAIRS = new WeakMap<Stack, [StackServer, StackServer][]>();
