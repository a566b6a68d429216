import { distance } from "../../catalog/dates.ts";
import type { JudgedImage, LifecycleVerdict } from "../../model/judgement.ts";
import { lifecycleReplacements, matrixReplacements, type Replacements } from "../../model/replacement.ts";
import { MAINTAINED, tagFixes } from "../imageFixes.ts";
import { appText } from "../mastodon/matrixRule.ts";
import type { Draft, Rule, RuleContext, RuleMeta } from "../rule.ts";

const SOURCES: RuleMeta["sources"] = [
  {
    source:
      "https://github.com/endoflife-date/endoflife.date/blob/a70eca337600e7d721dc48112c271f98661d208b/products/redis.md",
    asOf: "2026-08-22",
  },
  {
    source:
      "https://github.com/endoflife-date/endoflife.date/blob/a70eca337600e7d721dc48112c271f98661d208b/products/valkey.md",
    asOf: "2026-08-22",
  },
  { source: "https://redis.io/docs/latest/operate/oss_and_stack/install/version-mgmt/", asOf: "2026-08-22" },
];

/** Lines that are right for the app where one is declared, else lines that the publisher maintains. */
function replacementsOf(context: RuleContext, judged: JudgedImage): { replacements: Replacements; why: string } {
  const verdict = judged.verdicts.find(({ app }) => app.column !== null);
  if (verdict === undefined) {
    return {
      replacements: lifecycleReplacements(judged.image, context),
      why: MAINTAINED,
    };
  }
  return {
    replacements: matrixReplacements(judged.image, verdict.app, context),
    why: `${appText(context, verdict)} supports it`,
  };
}

/** The app's table already says it, and that finding is told. */
function isToldByMatrix(context: RuleContext, { verdicts }: JudgedImage): boolean {
  return verdicts.some(
    ({ state, app: { app } }) =>
      (state === "unsupported" || state === "end-of-life") &&
      context.isTold(`${context.catalog.organisationOf(app) === null ? "mastodon" : "app"}/engine-${state}`),
  );
}

/** Drafts for all images whose lifecycle fits; silent where the app's table already says that the engine is past its life. */
function lifecycleDrafts(
  context: RuleContext,
  kind: "ended" | "ends-soon",
  describe: (engine: string, verdict: LifecycleVerdict, advice: string) => string,
): Draft[] {
  if (context.platform !== "self-hosted") return [];
  const drafts: Draft[] = [];
  for (const judged of context.images) {
    const { image, lifecycle } = judged;
    if (lifecycle === null || lifecycle.state.kind !== kind || isToldByMatrix(context, judged)) continue;
    const { replacements, why } = replacementsOf(context, judged);
    const tag = replacements.preferred?.tag;
    const advice =
      tag === undefined
        ? "Plan the move to a maintained line."
        : `Move to ${image.reference.repository.split("/").at(-1)}:${tag}.`;
    drafts.push({
      span: image.span,
      message: describe(`${context.catalog.engineName(image.judgedAs)} ${lifecycle.release.cycle}`, lifecycle, advice),
      // A line that still lives is no reason to prefer another one: the fix is offered, not pushed.
      fixes: tagFixes(context, image, replacements, { preferred: why, other: why }, kind === "ended"),
    });
  }
  return drafts;
}

/** The publisher's own end date is past; independent of any app. */
export const endOfLife: Rule = {
  meta: {
    id: "image/end-of-life",
    title: "Engine release past its end of life",
    severity: "warning",
    sources: SOURCES,
  },
  isPerImage: true,
  check: (context) =>
    lifecycleDrafts(context, "ended", (engine, { state }, advice) => {
      const on =
        state.kind === "ended" && state.on !== null
          ? `on ${state.on} (${distance(context.asOf, state.on)})`
          : "already";
      return `${engine} ended ${on}: its publisher fixes nothing any more, security holes included. ${advice}`;
    }),
};

/** It ends within the notice. Never told once the date is past. */
export const endOfLifeSoon: Rule = {
  meta: { id: "image/end-of-life-soon", title: "Engine release ends soon", severity: "information", sources: SOURCES },
  isPerImage: true,
  check: (context) =>
    lifecycleDrafts(context, "ends-soon", (engine, { state }, advice) => {
      const on = state.kind === "ends-soon" ? `${distance(context.asOf, state.on)}, on ${state.on}` : "soon";
      return `${engine} ends ${on}: after that day its publisher fixes nothing any more. ${advice}`;
    }),
};
