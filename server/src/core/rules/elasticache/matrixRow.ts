import { platformRow } from "../../catalog/platforms.ts";
import { judgeEngine, offeredEngine } from "../../platform/engineUse.ts";
import type { EngineRule } from "../platform/engineRule.ts";
import { ELASTICACHE_RELEASES } from "../platform/sources.ts";

/** Says why nothing is told of a line that the matrix calls past: the provider keeps it alive. */
export const matrixRow: EngineRule = {
  meta: {
    id: "elasticache/matrix-row",
    title: "Which matrix row ElastiCache means",
    severity: "hint",
    sources: [ELASTICACHE_RELEASES],
  },
  check: (use, { catalog }) => {
    const app = use.apps.find((one) => one.app === "mastodon");
    const offered = use.table.platform === "elasticache" ? offeredEngine(use) : null;
    const row = offered === null ? null : platformRow(offered, use.version);
    if (app === undefined || row?.supportedHere !== true) return null;
    const { bootRefusal, state } = judgeEngine(use, app, catalog);
    if (bootRefusal !== null || state === "unsupported") return null;
    return {
      message: `ElastiCache ${use.line} behaves like Redis ${row.row}, so that row of Mastodon's table counts. The table calls it end of life; AWS still supports it and names no end, so nothing has to be done.`,
    };
  },
};
