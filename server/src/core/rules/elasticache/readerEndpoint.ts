import { type ConnectionRule, userAmong } from "../platform/connectionRule.ts";
import { ELASTICACHE_ENDPOINTS } from "../platform/sources.ts";

/** Apps that write with every connection they have. */
const WRITERS = ["mastodon", "sidekiq", "bullmq", "postiz"];
const FOR_READING = /REPLICA|READ|_RO(?:_|$)/;

export const readerEndpoint: ConnectionRule = {
  meta: {
    id: "elasticache/reader-endpoint",
    title: "Reader endpoint used for writes",
    severity: "error",
    sources: [ELASTICACHE_ENDPOINTS],
  },
  check: (use) => {
    const { name, provider, hostSpan } = use;
    if (provider?.platform.platform !== "elasticache" || provider.endpoint.use !== "reads") return null;
    if (FOR_READING.test(name) || userAmong(use, WRITERS) === undefined) return null;
    return {
      span: hostSpan,
      message: `${name} names a reader endpoint: it leads to replicas, which take no writes. The first write fails. Use the primary endpoint.`,
    };
  },
};
