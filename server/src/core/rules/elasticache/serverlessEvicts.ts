import { compareVersions } from "../../catalog/version.ts";
import type { EnvApp } from "../../env/surroundings.ts";
import type { Severity } from "../../finding.ts";
import { roleOf } from "../../platform/connection.ts";
import { type ConnectionRule, userAmong } from "../platform/connectionRule.ts";
import { BULLMQ_ELASTICACHE, ELASTICACHE_CONFIGURATION } from "../platform/sources.ts";

/** Apps that keep jobs in the connection. */
const QUEUES = ["mastodon", "sidekiq", "bullmq", "postiz"];
const NAMES: Readonly<Record<string, string>> = { mastodon: "Mastodon", sidekiq: "Sidekiq", bullmq: "BullMQ" };
/** From this version on Postiz keeps no jobs there. */
const POSTIZ_WITHOUT_JOBS = "2.12";

export const serverlessEvicts: ConnectionRule = {
  meta: {
    id: "elasticache/serverless-evicts",
    title: "Serverless always evicts",
    severity: "error",
    sources: [ELASTICACHE_CONFIGURATION, BULLMQ_ELASTICACHE],
  },
  check: (use) => {
    const { name, provider, hostSpan } = use;
    if (provider?.endpoint.kind !== "serverless" || provider.platform.platform !== "elasticache") return null;
    const user = userAmong(use, QUEUES);
    if (user === undefined || (user.app === "mastodon" && roleOf(use) === "cache")) return null;
    const severity = user.app === "postiz" ? postizSeverity(user) : "error";
    if (severity === null) return null;
    const what =
      user.app !== "postiz"
        ? `${NAMES[user.app]} keeps jobs there`
        : severity === "error"
          ? "this Postiz keeps jobs there"
          : "Postiz keeps login states and limits there";
    return {
      span: hostSpan,
      severity,
      message: `${name} names a serverless cache, and ${what}. Serverless caches run volatile-lru in cluster mode, and nothing of that can be changed: keys may go when memory runs short. Use a node-based cluster with maxmemory-policy noeviction.`,
    };
  },
};

/** `null` while the version is not known. */
function postizSeverity({ version }: EnvApp): Severity | null {
  const series = /^\d+\.\d+/.exec(version ?? "")?.[0];
  if (series === undefined) return null;
  return compareVersions(series, POSTIZ_WITHOUT_JOBS) < 0 ? "error" : "information";
}
