/** A server that holds Sidekiq's jobs or the feeds, and may drop them when its memory is full. */
import type { SetupRule } from "../conf/setup/rule.ts";

const SOURCES = [
  {
    source: "https://github.com/sidekiq/sidekiq/blob/1bb4aa06e5aa178a114a5e855f9f3d5c24f6c61b/lib/sidekiq/cli.rb",
    asOf: "2026-08-17",
  },
  {
    source:
      "https://github.com/mastodon/redis_namespace_migration/blob/47c6bd9757e7a40f7091b5692d78aef992ea8bf2/README.md",
    asOf: "2025-05-05",
  },
  {
    source:
      "https://github.com/mastodon/documentation/blob/2903485da54a20f1da5e7dfb8b34712e6196e8f7/content/en/admin/scaling.md",
    asOf: "2026-07-02",
  },
];

export const evictingPolicy: SetupRule = {
  meta: {
    id: "mastodon/evicting-policy",
    severity: "error",
    title: "Sidekiq and feed data can be evicted",
    sources: SOURCES,
  },
  check: ({ values, use }) => {
    const policy = values.of("maxmemory-policy");
    if (policy === "default" || policy === "unknown" || use === null) return [];
    const { roles, apps } = use;
    if (!apps.has("mastodon")) return [];
    if (!roles.has("main") && !roles.has("queue")) return [];
    const name = values.value("maxmemory-policy") ?? "";
    const bytes = values.bytes("maxmemory");
    const isEvicting = /^(?:allkeys|volatile)-(?:lru|lfu|lrm|random|ttl)$/.test(name);
    if (!isEvicting || bytes === null || bytes === 0n) return [];
    const value = policy.args[0]?.value ?? "";
    return [
      {
        at: policy.args[0]?.place ?? policy.place,
        severity: name.startsWith("allkeys") ? "error" : "warning",
        message: `\`${name}\` can delete queued jobs and home feeds when the memory is full; only \`noeviction\` keeps them. Set it, or give the cache a server of its own with CACHE_REDIS_URL.`,
        replace: { title: "Change to noeviction", value, newText: "noeviction" },
      },
    ];
  },
};
