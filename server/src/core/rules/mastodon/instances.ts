/** What the servers of Mastodon should do by what they are used for: keep jobs and feeds, drop what is cached. */
import type { SettingLine } from "../../conf/index.ts";
import { memoryLimitOf } from "../../documents/serviceVolumes.ts";
import type { Place } from "../../finding.ts";
import { type StackServer, settingPlace } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { useOf } from "../../model/stack/use.ts";
import { nameOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const SCALING = {
  source:
    "https://github.com/mastodon/documentation/blob/2903485da54a20f1da5e7dfb8b34712e6196e8f7/content/en/admin/scaling.md",
  asOf: "2026-07-02",
};
const BACKUPS = {
  source:
    "https://github.com/mastodon/documentation/blob/2903485da54a20f1da5e7dfb8b34712e6196e8f7/content/en/admin/backups.md",
  asOf: "2026-07-02",
};

/** None where no Mastodon was found. */
function serversOfMastodon({ clients, servers }: Stack): readonly StackServer[] {
  return clients.some(({ client }) => client.app === "mastodon") ? servers : [];
}

/** Certainly the cache of Mastodon and nothing else. */
function isCacheOnly(server: StackServer, stack: Stack): boolean {
  const use = useOf(stack, server);
  const { roles, apps } = use;
  return apps.size === 1 && apps.has("mastodon") && roles.size === 1 && roles.has("cache") && use.isCertain;
}

function written(server: StackServer, name: string): SettingLine | null {
  const found = server.values?.of(name);
  return found === undefined || found === "default" || found === "unknown" ? null : found;
}

/** Where the first value of a line stands; the name where it is empty. */
function valuePlace(server: StackServer, line: SettingLine): Place {
  const value = line.args[0];
  const place = value === undefined ? null : settingPlace(server, value.place);
  const isEmpty = place === null || place.span.start === place.span.end;
  return (isEmpty ? settingPlace(server, line.place) : place) ?? nameOf(server);
}

export const cacheInstanceNoEviction: StackRule = {
  meta: {
    id: "mastodon/cache-instance-no-eviction",
    severity: "hint",
    title: "Cache-only Redis should evict",
    sources: [SCALING],
  },
  check: (stack) =>
    serversOfMastodon(stack).flatMap((server): StackDraft[] => {
      const { policy, maxmemory } = server.settings;
      if (!isCacheOnly(server, stack) || policy === null || maxmemory === null) return [];
      const isBounded = memoryLimitOf(server.service) !== null;
      const never = policy.value === "noeviction" || (maxmemory.value === 0n && !isBounded);
      if (!never) return [];
      const line = written(server, "maxmemory-policy");
      const message = `Service ${server.name} is Mastodon's cache alone, and it never drops a key: it grows until the memory is full. Set \`maxmemory\` and \`maxmemory-policy allkeys-lru\`.`;
      return [{ at: line === null ? nameOf(server) : valuePlace(server, line), message }];
    }),
};

export const cacheInstancePersistence: StackRule = {
  meta: {
    id: "mastodon/cache-instance-persistence",
    severity: "hint",
    title: "Cache-only Redis need not save",
    sources: [SCALING],
  },
  check: (stack) =>
    serversOfMastodon(stack).flatMap((server): StackDraft[] => {
      const { snapshots, appendOnly } = server.settings;
      if (!isCacheOnly(server, stack)) return [];
      const line =
        appendOnly === true ? written(server, "appendonly") : snapshots === true ? written(server, "save") : null;
      // Defaults are nobody's choice.
      if (line === null) return [];
      const message = `Service ${server.name} is Mastodon's cache alone: what it saves is made anew after a restart anyway. Turn saving off with \`save ""\` and \`appendonly no\`.`;
      return [{ at: valuePlace(server, line), message }];
    }),
};

export const mainInstanceNoPersistence: StackRule = {
  meta: {
    id: "mastodon/main-instance-no-persistence",
    severity: "warning",
    title: "Jobs are lost at restart",
    sources: [BACKUPS],
  },
  check: (stack) =>
    serversOfMastodon(stack).flatMap((server): StackDraft[] => {
      const { roles, apps } = useOf(stack, server);
      if (!apps.has("mastodon") || (!roles.has("main") && !roles.has("queue"))) return [];
      const line = written(server, "save");
      if (line === null) return [];
      if (server.settings.snapshots !== false || server.settings.appendOnly !== false) return [];
      if (hasReplica(server, stack)) return [];
      const message = `Service ${server.name} keeps nothing on disk: queued and retrying jobs vanish at a restart, and the feeds must be rebuilt. Turn on \`appendonly yes\`, or give \`save\` a schedule.`;
      return [{ at: valuePlace(server, line), message }];
    }),
};

/** Another service follows this one, and may save what it copies. */
function hasReplica(server: StackServer, { servers }: Stack): boolean {
  return servers.some((other) => {
    const source = written(other, "replicaof")?.args[0]?.value ?? written(other, "slaveof")?.args[0]?.value;
    return source !== undefined && server.names.has(source.toLowerCase());
  });
}
