import { type ConnectionRule, userAmong } from "../platform/connectionRule.ts";
import { ELASTICACHE_CONFIGURATION, ELASTICACHE_ENDPOINTS, SIDEKIQ_ADAPTER } from "../platform/sources.ts";

/** Apps whose clients know nothing of slots. */
const WITHOUT_CLUSTER = ["mastodon", "sidekiq", "postiz"];
const NAMES: Readonly<Record<string, string>> = { mastodon: "Mastodon", sidekiq: "Sidekiq", postiz: "Postiz" };

export const clusterMode: ConnectionRule = {
  meta: {
    id: "elasticache/cluster-mode",
    title: "Cluster mode does not fit",
    severity: "error",
    sources: [SIDEKIQ_ADAPTER, ELASTICACHE_CONFIGURATION, ELASTICACHE_ENDPOINTS],
  },
  check: (use) => {
    const { name, provider, hostSpan } = use;
    const user = userAmong(use, WITHOUT_CLUSTER);
    if (user === undefined || provider?.platform.platform !== "elasticache") return null;
    if (!provider.endpoint.kind.startsWith("clustercfg")) return null;
    return {
      span: hostSpan,
      message: `${name} names the configuration endpoint of a cluster, and ${NAMES[user.app]} has no support for Redis Cluster: keys of other shards are out of its reach. Use a replication group with cluster mode disabled, and its primary endpoint.`,
    };
  },
};
