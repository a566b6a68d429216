import { distance } from "../../catalog/dates.ts";
import { lifecycleState } from "../../catalog/lifecycles.ts";
import type { Draft, Rule, RuleContext, RuleMeta } from "../rule.ts";

const SOURCES: RuleMeta["sources"] = [
  { source: "https://github.com/cache-compat/cache-compat/blob/main/docs/organisation.md", asOf: "2026-11-20" },
];

/**
 * The organisation's own calendar, apart from the publisher's. Silent where the publisher's own end is told: that is the
 * harder fact, and the advice is the same.
 */
function calendarDrafts(
  context: RuleContext,
  kind: "ended" | "ends-soon",
  describe: (engine: string, organisation: string, on: string | null) => string,
): Draft[] {
  if (context.platform !== "self-hosted") return [];
  const drafts: Draft[] = [];
  for (const { image, lifecycle } of context.images) {
    if (image.tag.kind !== "release" || image.tag.version.pre !== null) continue;
    if (lifecycle?.state.kind === "ended" && context.isTold("image/end-of-life")) continue;
    for (const { organisation, lifecycles } of context.catalog.calendars) {
      const release = lifecycles.release(image.judgedAs, image.tag.version);
      const state = release === null ? null : lifecycleState(release, context.asOf, context.noticeDays);
      if (release === null || state?.kind !== kind) continue;
      const engine = `${context.catalog.engineName(image.judgedAs)} ${release.cycle}`;
      drafts.push({
        span: image.span,
        message: `${describe(engine, organisation, state.on)} Plan the move to a line that it still runs.`,
      });
    }
  }
  return drafts;
}

export const organisationEndOfLife: Rule = {
  meta: {
    id: "organisation/end-of-life",
    title: "Engine release past your own end date",
    severity: "warning",
    sources: SOURCES,
  },
  isPerImage: true,
  check: (context) =>
    calendarDrafts(context, "ended", (engine, organisation, on) => {
      const when = on === null ? "is over" : `ended on ${on} (${distance(context.asOf, on)})`;
      return `${engine} ${when} in the calendar of ${organisation}.`;
    }),
};

export const organisationEndOfLifeSoon: Rule = {
  meta: {
    id: "organisation/end-of-life-soon",
    title: "Engine release near your own end date",
    severity: "information",
    sources: SOURCES,
  },
  isPerImage: true,
  check: (context) =>
    calendarDrafts(context, "ends-soon", (engine, organisation, on) => {
      const when = on === null ? "soon" : `${distance(context.asOf, on)}, on ${on},`;
      return `${engine} ends ${when} in the calendar of ${organisation}.`;
    }),
};
