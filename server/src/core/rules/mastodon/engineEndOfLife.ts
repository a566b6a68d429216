import type { Rule } from "../rule.ts";
import { advice, appText, engineText, MATRIX_SOURCE, matrixDrafts } from "./matrixRule.ts";

/** The table's own word "end of life, use with caution". The publisher's dates may differ; they belong to `image/end-of-life`. */
export const engineEndOfLife: Rule = {
  meta: {
    id: "mastodon/engine-end-of-life",
    title: "Cache engine is end of life for the declared Mastodon",
    severity: "warning",
    sources: [MATRIX_SOURCE],
  },
  isPerImage: true,
  check: (context) =>
    matrixDrafts(context, "end-of-life", (judged, verdict) => {
      const works = verdict.bootRefusal === null ? ": it still works, with care" : "";
      return `The table for ${appText(context, verdict)} marks ${engineText(context, judged.image)} as end of life${works}. ${advice(context, judged, verdict)}`;
    }),
};
