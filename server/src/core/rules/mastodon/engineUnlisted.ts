import type { AppVerdict, JudgedImage } from "../../model/judgement.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { advice, appText, engineText, MATRIX_SOURCE, matrixDrafts } from "./matrixRule.ts";

function why(context: RuleContext, judged: JudgedImage, verdict: AppVerdict): string {
  const { image } = judged;
  if (image.withoutTable) return "the table has no rows for this engine";
  if (image.tag.kind === "release" && image.tag.version.pre !== null)
    return "the table speaks of releases, and this is a prerelease";
  if (verdict.row !== null) return "the cell of the table is blank";
  return `the table has no row for it (its rows are ${context.catalog
    .rows(verdict.app.app, image.judgedAs)
    .map((row) => row.label)
    .join(", ")})`;
}

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
  check: (context) =>
    matrixDrafts(context, "unlisted", (judged, verdict) => {
      if (verdict.app.column === null || verdict.bootRefusal !== null || judged.image.engine === "keydb") return null;
      return `The table says nothing about ${engineText(context, judged.image)} with ${appText(context, verdict)}: ${why(context, judged, verdict)}. It may work, but Mastodon does not promise it. ${advice(context, judged, verdict)}`;
    }),
};
