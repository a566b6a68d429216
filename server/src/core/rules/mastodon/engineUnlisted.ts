import type { Rule } from "../rule.ts";
import { advice, appText, engineText, MATRIX_SOURCE, matrixDrafts, whyUnlisted } from "./matrixRule.ts";

/**
 * A blank cell or no row: nobody said that it works, nobody said that it does not. Silent where the app's version has no
 * column at all, where Sidekiq's minimum is told (the harder fact), and for KeyDB, which has a rule of its own.
 */
export const engineUnlisted: Rule = {
  meta: {
    id: "mastodon/engine-unlisted",
    title: "Combination not in Mastodon's table",
    severity: "information",
    sources: [MATRIX_SOURCE],
  },
  isPerImage: true,
  check: (context) =>
    matrixDrafts(context, "unlisted", (judged, verdict) => {
      if (verdict.app.column === null || verdict.bootRefusal !== null || judged.image.engine === "keydb") return null;
      return `The table says nothing about ${engineText(context, judged.image)} with ${appText(context, verdict)}: ${whyUnlisted(context, judged, verdict)}. It may work, but Mastodon does not promise it. ${advice(context, judged, verdict)}`;
    }),
};
