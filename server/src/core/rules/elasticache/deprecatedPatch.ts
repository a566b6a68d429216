import { satisfies } from "../../catalog/version.ts";
import { isPast } from "../../platform/calendar.ts";
import { offeredEngine } from "../../platform/engineUse.ts";
import type { EngineRule } from "../platform/engineRule.ts";
import { ELASTICACHE_PATCHES } from "../platform/sources.ts";
import { redisRelease, STANDARD_OVER } from "./standardSupport.ts";

/** Told only where the patch is known, and where the whole line is not over. */
export const deprecatedPatch: EngineRule = {
  meta: {
    id: "elasticache/deprecated-patch",
    title: "Deprecated patch",
    severity: "warning",
    sources: [ELASTICACHE_PATCHES],
  },
  check: (use, { asOf, isTold }) => {
    const { version, line, table, engine } = use;
    if (table.platform !== "elasticache" || engine !== "redis" || version.patch === null) return null;
    const patches = offeredEngine(use)?.deprecatedPatches?.find(({ range }) => satisfies(version, range));
    if (patches === undefined) return null;
    if (isTold(STANDARD_OVER) && isPast(redisRelease(use)?.endOfLife, asOf)) return null;
    return {
      message: `ElastiCache has deprecated Redis OSS ${line}.${version.patch}. Running clusters go on, but without what the later patches repair. Use ${patches.use} at least, better 7.1.`,
    };
  },
};
