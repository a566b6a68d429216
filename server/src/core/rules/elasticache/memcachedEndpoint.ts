import type { ConnectionRule } from "../platform/connectionRule.ts";
import { ELASTICACHE_ENDPOINTS } from "../platform/sources.ts";

const MEMCACHED_PORT = "11211";

export const memcachedEndpoint: ConnectionRule = {
  meta: {
    id: "elasticache/memcached-endpoint",
    title: "Memcached endpoint behind a Redis setting",
    severity: "error",
    sources: [ELASTICACHE_ENDPOINTS],
  },
  check: ({ name, provider, hostSpan, port }) => {
    if (provider?.platform.platform !== "elasticache") return null;
    const isConfiguration = provider.endpoint.use === "memcached";
    if (!isConfiguration && port !== MEMCACHED_PORT) return null;
    const what = isConfiguration ? "the configuration endpoint of a Memcached cluster" : "the port of Memcached";
    return {
      span: hostSpan,
      message: `${name} names ${what}, which does not speak Redis. The connection fails with the first command. Use the endpoint of the Redis or Valkey cluster.`,
    };
  },
};
