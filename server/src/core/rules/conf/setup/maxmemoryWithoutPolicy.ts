/** A limit on memory for a server that only caches, without a word on what to drop: the default refuses writes instead. */
import { lineBreak } from "./lines.ts";
import type { SetupRule } from "./rule.ts";

export const maxmemoryWithoutPolicy: SetupRule = {
  meta: {
    id: "conf/maxmemory-without-policy",
    severity: "hint",
    title: "Limit without policy",
    sources: [
      {
        source:
          "https://github.com/valkey-io/valkey-doc/blob/fe8f96a2985efbae06a03805cd3f86811907d26a/topics/lru-cache.md",
        asOf: "2026-06-18",
      },
    ],
  },
  check: ({ values, use, conf }) => {
    const limit = values.of("maxmemory");
    if (limit === "default" || limit === "unknown" || values.of("maxmemory-policy") !== "default") return [];
    const bytes = values.bytes("maxmemory");
    // Queues and feeds want the default, and of other servers nobody knows what they hold.
    const isCacheOnly = use?.roles.size === 1 && use.roles.has("cache") && use.isCertain;
    if (bytes === null || bytes === 0n || !isCacheOnly) return [];
    const message =
      "No `maxmemory-policy` is set, and the default `noeviction` refuses writes once the memory is full. A cache should drop old keys: add a policy such as `allkeys-lru`.";
    if (limit.whole.origin !== "file" || conf === null) return [{ at: limit.place, message }];
    const { end } = limit.whole;
    const newText = `${lineBreak(conf.text)}maxmemory-policy allkeys-lru`;
    const fix = {
      title: "Add maxmemory-policy allkeys-lru",
      preferred: true,
      edits: [{ span: { start: end, end }, newText }],
    };
    return [{ at: limit.place, message, fix }];
  },
};
