import { compareVersions } from "../../catalog/version.ts";
import { offeredEngine, releaseOf } from "../../platform/engineUse.ts";
import type { EngineRule } from "../platform/engineRule.ts";
import { ELASTICACHE_VERSIONS } from "../platform/sources.ts";

export const valkeyBelow72: EngineRule = {
  meta: {
    id: "elasticache/valkey-below-7-2",
    title: "Valkey starts at 7.2",
    severity: "error",
    sources: [ELASTICACHE_VERSIONS],
  },
  check: (use) => {
    const lowest = use.table.platform === "elasticache" ? offeredEngine(use)?.lowest : undefined;
    if (lowest === undefined || compareVersions(use.line, lowest) >= 0) return null;
    return {
      message: `There is no Valkey ${use.line} on ElastiCache: Valkey starts at ${lowest}. Declare the version that runs there, for example valkey@8.1.`,
    };
  },
};

/** A number that Valkey itself never used, so no table of an app can have a row for it. */
export const valkeyVersion: EngineRule = {
  meta: {
    id: "elasticache/valkey-version",
    title: "Valkey number only AWS has",
    severity: "information",
    sources: [ELASTICACHE_VERSIONS],
  },
  check: (use, { catalog }) => {
    const app = use.apps.find((one) => one.app === "mastodon");
    if (app === undefined || use.table.platform !== "elasticache" || releaseOf(use)?.onlyHere !== true) return null;
    return {
      message: `ElastiCache alone has a Valkey ${use.line}: there is no such release upstream, so Mastodon's table has no row for it. It may work, but Mastodon does not promise it. Its rows for Valkey are ${catalog
        .rows("mastodon", "valkey")
        .map(({ label }) => label)
        .join(", ")}.`,
    };
  },
};
