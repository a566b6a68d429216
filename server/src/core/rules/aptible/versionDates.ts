import { dateText, distance, lastDay } from "../../catalog/dates.ts";
import { isCreationOver, isPast } from "../../platform/calendar.ts";
import { engineTitle, offeredEngine, releaseOf } from "../../platform/engineUse.ts";
import type { EngineRule } from "../platform/engineRule.ts";
import { APTIBLE_PAGE } from "../platform/sources.ts";
import { useAnother } from "./replacement.ts";

const DEPRECATED = "aptible/version-deprecated";

/** Since when: `December 2025 (11 months ago)`. */
function since(date: string, asOf: string): string {
  return `${dateText(date)} (${distance(asOf, lastDay(date) ?? date)})`;
}

/** Creation is over after the last day of the month; running databases stay as they are. */
export const versionDeprecated: EngineRule = {
  meta: { id: DEPRECATED, title: "Version can no longer be created", severity: "error", sources: [APTIBLE_PAGE] },
  check: (use, judging) => {
    const offered = use.table.platform === "aptible" ? offeredEngine(use) : null;
    const release = releaseOf(use);
    if (offered === null || release === null || !isCreationOver(offered, release, judging.asOf)) return null;
    const title = engineTitle(use, judging.catalog);
    const month = since(String(release.deprecation), judging.asOf);
    const isCertain = release.status === "deprecated";
    const { advice, fixes } = useAnother(use, judging);
    if (!use.isNew) {
      return {
        severity: "warning",
        message: `Aptible creates no new ${title} since ${month}: the version is deprecated. Running databases keep working, and a restored backup comes back on it. ${advice}`,
      };
    }
    return {
      severity: isCertain ? "error" : "warning",
      message: isCertain
        ? `Aptible creates no new ${title} since ${month}, so this command fails; running databases keep working. ${advice}`
        : `Aptible creates no new ${title} since ${month} by its own policy, although its table still says available: this command probably fails. ${advice}`,
      fixes,
    };
  },
};

/** The end of life at Aptible, while new databases can still be made. */
export const versionPastEol: EngineRule = {
  meta: {
    id: "aptible/version-past-eol",
    title: "Version past its EOL month",
    severity: "warning",
    sources: [APTIBLE_PAGE],
  },
  check: (use, judging) => {
    const offered = use.table.platform === "aptible" ? offeredEngine(use) : null;
    const release = releaseOf(use);
    if (offered === null || release === null || !isPast(release.endOfLife, judging.asOf)) return null;
    if (judging.isTold(DEPRECATED) && isCreationOver(offered, release, judging.asOf)) return null;
    const { advice, fixes } = useAnother(use, judging);
    return {
      message: `${engineTitle(use, judging.catalog)} reached its end of life at Aptible in ${since(String(release.endOfLife), judging.asOf)}. Running databases are not affected, but ${use.isNew ? "a new one begins with a version that is past" : "the version gets no further"}. ${advice}`,
      ...(use.isNew ? { fixes } : {}),
    };
  },
};
