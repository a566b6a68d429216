import type { JudgedImage } from "../../model/judgement.ts";
import type { KnownImage } from "../../model/knownImage.ts";
import { matrixReplacements, movingTarget, pinReplacements, type Replacements } from "../../model/replacement.ts";
import { tagFixes } from "../imageFixes.ts";
import { appText, declaredAt } from "../mastodon/matrixRule.ts";
import type { Draft, Rule, RuleContext } from "../rule.ts";

function described(judged: JudgedImage): string {
  const { image } = judged;
  const { tag } = image.reference;
  if (tag === null) return `${image.use.resolved.value} has no tag and means latest`;
  return image.tag.kind === "floating" && image.tag.major !== null
    ? `The tag ${tag} names only a major version`
    : `The tag ${tag} moves`;
}

/** What the tag stood for on a day, or which lines it may mean. */
function example(context: RuleContext, judged: JudgedImage): string {
  const { image } = judged;
  const meant = movingTarget(image, context.catalog);
  if (meant !== null) return ` On ${meant.asOf} it meant ${meant.version}.`;
  const { tag } = image;
  const major = tag.kind === "floating" ? tag.major : null;
  const lines = (image.repository.lines ?? [])
    .filter(({ line }) => major !== null && Number(line.split(".")[0]) === major)
    .map(({ line }) => line);
  return lines.length > 1 ? ` It has stood for ${context.catalog.engineName(image.judgedAs)} ${lines.join(", ")}.` : "";
}

function replacementsOf(context: RuleContext, judged: JudgedImage): { replacements: Replacements; why: string } {
  const verdict = judged.verdicts[0];
  if (verdict !== undefined && verdict.app.column !== null) {
    return {
      replacements: matrixReplacements(judged.image, verdict.app, context),
      why: `${appText(context, verdict)} supports it`,
    };
  }
  const meant = movingTarget(judged.image, context.catalog);
  const why = meant === null ? "the newest line of this major" : `the line that the tag meant on ${meant.asOf}`;
  return { replacements: pinReplacements(judged.image, context), why };
}

function adviceWithoutTag({ repository }: KnownImage): string {
  if (repository.status === "latest-only") return "Its publisher offers no other tag; pin the digest.";
  if (repository.status === "moved") return "Its version tags are gone; move to redis or valkey/valkey.";
  return "Pin a release line.";
}

/** No tag, `latest`, a variant or distribution alone, one number, a nightly word, and no digest. `7.2` names a line and is fine. */
export const floatingTag: Rule = {
  meta: {
    id: "image/floating-tag",
    title: "Floating image tag",
    severity: "warning",
    sources: [
      {
        source: "https://github.com/docker-library/official-images/blob/37079fb336f5/library/redis",
        asOf: "2026-08-21",
      },
      {
        source:
          "https://github.com/endoflife-date/endoflife.date/blob/a70eca337600e7d721dc48112c271f98661d208b/products/redis.md",
        asOf: "2026-08-22",
      },
    ],
  },
  isPerImage: true,
  check: (context) => {
    const drafts: Draft[] = [];
    for (const judged of context.images) {
      const { image } = judged;
      if (image.tag.kind !== "floating" || image.pinned) continue;
      // An engine without a table is told as unlisted by the app's own rule.
      if (image.withoutTable && judged.verdicts.length > 0) continue;
      const { replacements, why } = replacementsOf(context, judged);
      const advice =
        replacements.preferred === null
          ? adviceWithoutTag(image)
          : `Pin a release line, for example ${replacements.preferred.tag}.`;
      // A service container of a workflow keeps no data, and its next run starts anew.
      const isWorkflow = context.kind === "workflow";
      const files = isWorkflow ? "" : ", whose data files the present one may not read";
      drafts.push({
        span: image.span,
        ...(isWorkflow ? { severity: "information" as const } : {}),
        message: `${described(judged)}: the next pull can bring another release of ${context.catalog.engineName(image.engine)}${files}.${example(context, judged)} ${advice}`,
        related: judged.verdicts.flatMap((verdict) => declaredAt(context, verdict)),
        fixes: tagFixes(context, image, replacements, { preferred: why, other: why }),
      });
    }
    return drafts;
  },
};
