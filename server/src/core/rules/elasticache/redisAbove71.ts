import { compareVersions } from "../../catalog/version.ts";
import { offeredEngine } from "../../platform/engineUse.ts";
import type { EngineRule } from "../platform/engineRule.ts";
import { ELASTICACHE_RELEASES } from "../platform/sources.ts";

export const redisAbove71: EngineRule = {
  meta: {
    id: "elasticache/redis-above-7-1",
    title: "No such Redis version on ElastiCache",
    severity: "error",
    sources: [ELASTICACHE_RELEASES],
  },
  check: (use) => {
    const highest = use.table.platform === "elasticache" ? offeredEngine(use)?.highest : undefined;
    if (highest === undefined || compareVersions(use.line, highest) <= 0) return null;
    const valkey = use.table.engines.find(({ engine }) => engine === "valkey");
    const same = valkey?.releases.some(({ cycle }) => cycle === use.line) === true;
    return {
      message: `There is no Redis ${use.line} on ElastiCache: Redis OSS ends at ${highest} there, and 7.2 and above exist as Valkey only. ${same ? `Declare valkey@${use.line}, if that is what runs.` : "Declare the version that runs there, for example redis@7.1 or valkey@8.1."}`,
    };
  },
};
