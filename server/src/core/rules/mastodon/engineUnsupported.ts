import type { Rule } from "../rule.ts";
import { advice, appText, engineText, MATRIX_SOURCE, matrixDrafts, minimumText } from "./matrixRule.ts";

/** A cross in the compatibility table. What Sidekiq enforces at boot is told in the same breath, not as a second finding. */
export const engineUnsupported: Rule = {
  meta: {
    id: "mastodon/engine-unsupported",
    title: "Cache engine not supported by the declared Mastodon",
    severity: "error",
    sources: [MATRIX_SOURCE],
  },
  isPerImage: true,
  check: (context) =>
    matrixDrafts(context, "unsupported", (judged, verdict) => {
      const refusal = verdict.bootRefusal;
      const boot =
        refusal === null ? "" : ` Sidekiq stops at boot below ${minimumText(refusal.minimum.reportedRedis)}.`;
      return `${appText(context, verdict)} does not support ${engineText(context, judged.image)}: its compatibility table has a cross here.${boot} ${advice(context, judged, verdict)}`;
    }),
};
