import { daysBetween, distance, lastDay } from "../../catalog/dates.ts";
import type { PlatformRelease } from "../../catalog/platformTable.ts";
import { satisfies } from "../../catalog/version.ts";
import { isPast } from "../../platform/calendar.ts";
import { type EngineUse, offeredEngine, releaseOf } from "../../platform/engineUse.ts";
import type { EngineRule } from "../platform/engineRule.ts";
import { ELASTICACHE_RELEASES } from "../platform/sources.ts";

export const STANDARD_OVER = "elasticache/standard-support-over";

const MOVE = "Move to Redis OSS 7.1, or to Valkey";

/** The calendar of Redis OSS counts by major; versions that ElastiCache never had are none of it. */
export function redisRelease(use: EngineUse): PlatformRelease | null {
  if (use.table.platform !== "elasticache" || use.engine !== "redis") return null;
  const release = releaseOf(use);
  return release !== null && typeof release.endOfLife === "string" ? release : null;
}

/** Told in the message, not as a finding of its own. */
export function patchAdvice(use: EngineUse): string {
  const patches = offeredEngine(use)?.deprecatedPatches?.find(({ range }) => satisfies(use.version, range));
  return patches === undefined || use.version.patch === null
    ? ""
    : ` The patch ${use.line}.${use.version.patch} is deprecated there as well: ${patches.use} is the lowest to use.`;
}

export const standardSupportOver: EngineRule = {
  meta: { id: STANDARD_OVER, title: "Standard support is over", severity: "warning", sources: [ELASTICACHE_RELEASES] },
  check: (use, { asOf }) => {
    const release = redisRelease(use);
    if (release === null || !isPast(release.endOfLife, asOf)) return null;
    const end = String(release.endOfLife);
    const extended = release.extendedSupportEnds;
    const paid =
      typeof extended !== "string"
        ? "Extended support is charged."
        : isPast(extended, asOf)
          ? `The paid extended support ended ${extended} (${distance(asOf, extended)}), too.`
          : `AWS puts the cluster on extended support, which is charged, until ${extended} (${distance(asOf, extended)}).`;
    return {
      message: `Standard support of Redis OSS ${release.cycle} on ElastiCache ended ${end} (${distance(asOf, end)}). ${paid}${patchAdvice(use)} ${MOVE}.`,
    };
  },
};

export const standardSupportEnds: EngineRule = {
  meta: {
    id: "elasticache/standard-support-ends",
    title: "Standard support ends soon",
    severity: "information",
    sources: [ELASTICACHE_RELEASES],
  },
  check: (use, { asOf, noticeDays }) => {
    const release = redisRelease(use);
    const end = release === null ? null : lastDay(String(release.endOfLife));
    if (release === null || end === null || isPast(end, asOf) || daysBetween(asOf, end) > noticeDays) return null;
    return {
      message: `Standard support of Redis OSS ${release.cycle} on ElastiCache ends ${distance(asOf, end)}, on ${end}. After that day AWS charges extended support for the cluster. ${MOVE} before.`,
    };
  },
};
