import { compareVersions, satisfies } from "../../catalog/version.ts";
import { matrixReplacements } from "../../model/replacement.ts";
import { tagFixes } from "../imageFixes.ts";
import type { Rule } from "../rule.ts";
import { appText, engineText, MATRIX_SOURCE } from "./matrixRule.ts";

const SIDEKIQ_8 = {
  source: "https://github.com/sidekiq/sidekiq/blob/1bb4aa06e5aa178a114a5e855f9f3d5c24f6c61b/docs/8.0-Upgrade.md",
  asOf: "2026-08-17",
};

/** The table allows Dragonfly 1.26.3, Sidekiq 8 names 1.27 as its minimum: both stand, the stricter one is told softly. */
export const dragonflyBelow127: Rule = {
  meta: {
    id: "mastodon/dragonfly-below-1-27",
    title: "Dragonfly older than Sidekiq 8 asks for",
    severity: "information",
    sources: [SIDEKIQ_8, MATRIX_SOURCE],
  },
  isPerImage: true,
  check: (context) =>
    context.images.flatMap(({ image, verdicts }) =>
      verdicts
        .filter(
          ({ app, state }) =>
            app.app === "mastodon" &&
            app.column !== null &&
            compareVersions(app.column, "4.5") >= 0 &&
            state === "supported",
        )
        .filter(
          () =>
            image.judgedAs === "dragonfly" &&
            image.tag.kind === "release" &&
            satisfies(image.tag.version, ">=1.26.3 <1.27.0"),
        )
        .map((verdict) => {
          const replacements = matrixReplacements(image, verdict.app, context);
          return {
            span: image.span,
            message: `The table allows ${engineText(context, image)} with ${appText(context, verdict)}, but Sidekiq 8 names Dragonfly 1.27 as its minimum. Prefer 1.27 or newer.`,
            fixes: tagFixes(
              context,
              image,
              replacements,
              { preferred: "Sidekiq 8 asks for 1.27 or newer", other: "" },
              false,
            ),
          };
        }),
    ),
};

/** The page that holds the table recommends Dragonfly to experienced administrators only. Below 1.27 the other rule speaks. */
export const dragonflyExperimental: Rule = {
  meta: {
    id: "mastodon/dragonfly-experimental",
    title: "Dragonfly is for experienced administrators",
    severity: "hint",
    sources: [MATRIX_SOURCE],
  },
  isPerImage: true,
  check: (context) =>
    context.images.flatMap(({ image, verdicts }) =>
      verdicts
        .filter(({ app, state }) => app.app === "mastodon" && state === "supported" && image.judgedAs === "dragonfly")
        .filter(() => image.tag.kind === "release" && satisfies(image.tag.version, ">=1.27.0"))
        .map((verdict) => ({
          span: image.span,
          message: `${appText(context, verdict)} supports Dragonfly, and its documentation recommends it to administrators who can report problems. Choose Redis or Valkey if that is not you.`,
        })),
    ),
};
