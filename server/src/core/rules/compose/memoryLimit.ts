/** A container that may use no more memory than its server wants for the data alone. */
import { memoryLimitOf } from "../../documents/serviceVolumes.ts";
import type { Severity } from "../../finding.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import { related } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const memoryLimit: StackRule = {
  meta: {
    id: "compose/memory-limit",
    severity: "warning",
    title: "Container limit leaves no room",
    sources: [
      { source: "003_174f6fcb8794606c.txt", asOf: "2025-01-09" },
      {
        source:
          "https://github.com/valkey-io/valkey-doc/blob/fe8f96a2985efbae06a03805cd3f86811907d26a/topics/lru-cache.md",
        asOf: "2026-06-18",
      },
    ],
  },
  ofServer: (server): StackDraft[] => {
    const limit = memoryLimitOf(server.service);
    const { maxmemory } = server.settings;
    if (limit === null || maxmemory === null || maxmemory.value <= 0n || server.isSentinel) return [];
    const severity = severityOf(limit.bytes, maxmemory.value, server);
    if (severity === null) return [];
    const has = `maxmemory is ${amount(maxmemory.value)} and the container may use ${amount(limit.bytes)}`;
    const message = `${has}: buffers and saving need memory on top, and a container at its limit is killed. Raise the limit to about ${amount((maxmemory.value * 3n) / 2n)}, or lower maxmemory.`;
    const { path, span } = limit.written;
    return [{ at: { path, span }, message, severity, related: related(maxmemory.place, "maxmemory is set here") }];
  },
};

/** `null`: there is room enough. Three quarters are a rule of thumb, so they are a hint only. */
function severityOf(limit: bigint, maxmemory: bigint, { settings }: StackServer): Severity | null {
  if (limit < maxmemory) return "error";
  if (limit === maxmemory) return "warning";
  const saves = settings.snapshots === true || settings.appendOnly === true;
  return saves && maxmemory * 4n > limit * 3n ? "hint" : null;
}

function amount(bytes: bigint): string {
  const mib = Number(bytes) / 1024 ** 2;
  return mib >= 1024 && Number.isInteger(mib / 1024) ? `${mib / 1024} GiB` : `${Math.round(mib * 10) / 10} MiB`;
}
