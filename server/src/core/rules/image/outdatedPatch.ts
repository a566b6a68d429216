import { daysBetween } from "../../catalog/dates.ts";
import { compareVersions, versionText } from "../../catalog/version.ts";
import { tagFor } from "../../model/replacement.ts";
import { tagFixes } from "../imageFixes.ts";
import type { Rule } from "../rule.ts";

/** Older data would call a patch the newest that has long been replaced. */
const MAX_DATA_AGE_DAYS = 180;

/** A full version older than the newest patch of its line. A hint: patches are the reader's own rhythm. */
export const outdatedPatch: Rule = {
  meta: {
    id: "image/outdated-patch",
    title: "Newer patch exists",
    severity: "hint",
    sources: ["redis", "valkey"].map((product) => ({
      source: `https://github.com/endoflife-date/endoflife.date/blob/a70eca337600e7d721dc48112c271f98661d208b/products/${product}.md`,
      asOf: "2026-08-22",
    })),
  },
  isPerImage: true,
  check: (context) =>
    context.images.flatMap(({ image, lifecycle, verdicts }) => {
      if (lifecycle === null || image.pinned || image.tag.kind !== "release" || image.tag.version.patch === null)
        return [];
      const { release, state } = lifecycle;
      // Beside a finding that moves the line, or for a line that gets no patches, a newer patch is no advice.
      const isElsewhere = verdicts.some(
        (verdict) => verdict.state === "unsupported" || verdict.state === "end-of-life" || verdict.bootRefusal !== null,
      );
      if (isElsewhere || state.kind === "ended" || image.repository.status !== "current") return [];
      const isOld = daysBetween(release.asOf, context.asOf) > MAX_DATA_AGE_DAYS;
      // The number in a stack or bundle tag is not the engine's own.
      if (
        isOld ||
        image.repository.bundle ||
        image.judgedAs !== image.engine ||
        compareVersions(versionText(image.tag.version), release.latest) >= 0
      )
        return [];
      const tag = tagFor(image, image.tag.line);
      const isPublished =
        tag !== null && image.repository.lines?.find(({ line }) => line === image.line)?.latest === release.latest;
      const since = release.latestReleaseDate === null ? "" : ` since ${release.latestReleaseDate}`;
      return [
        {
          span: image.span,
          message: `${context.catalog.engineName(image.judgedAs)} ${release.latest} is out${since}; patches of a line fix faults and security holes. Raise the patch.`,
          fixes: isPublished
            ? tagFixes(
                context,
                image,
                { preferred: { line: image.tag.line, tag, safe: true }, others: [] },
                { preferred: "newest patch of the line", other: "" },
                false,
              )
            : [],
        },
      ];
    }),
};
