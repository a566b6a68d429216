/** What the three rules about cells of the matrix share: texts, related places and fixes. */

import { versionText } from "../../catalog/version.ts";
import type { RelatedPlace } from "../../finding.ts";
import type { AppVerdict, JudgedImage, State } from "../../model/judgement.ts";
import type { KnownImage } from "../../model/knownImage.ts";
import { matrixReplacements } from "../../model/replacement.ts";
import { tagFixes } from "../imageFixes.ts";
import type { Draft, RuleContext } from "../rule.ts";

export const MATRIX_SOURCE = { source: "Mastodon documentation: cache compatibility table", asOf: "2026-11-20" };

/** `Redis 6.2`, `Dragonfly 1.26.2`, `KeyDB`. Dragonfly's rows tell patches apart, so its full version is named. */
export function engineText(context: RuleContext, image: KnownImage): string {
  const name = context.catalog.engineName(image.judgedAs);
  if (image.tag.kind !== "release") return name;
  const { version } = image.tag;
  const number = image.judgedAs === "dragonfly" ? versionText(version) : (image.line ?? "");
  return `${name} ${number}${version.pre === null ? "" : `-${version.pre}`}`;
}

export function appText(context: RuleContext, verdict: AppVerdict): string {
  return `${context.catalog.appName(verdict.app.app)} ${verdict.app.column ?? verdict.app.version}`;
}

/** `Redis 7.0` for a minimum of 7.0.0. */
export function minimumText(version: string): string {
  return `Redis ${version.replace(/\.0$/, "")}`;
}

/** Where the version of the app is declared. */
export function declaredAt(context: RuleContext, verdict: AppVerdict): RelatedPlace[] {
  const { place, origin, version, app } = verdict.app;
  return place === null
    ? []
    : [{ ...place, message: `${context.catalog.appName(app)} ${version} is declared here: ${origin}.` }];
}

/** Why a combination is unlisted, for the middle of a sentence. */
export function whyUnlisted(context: RuleContext, { image }: JudgedImage, verdict: AppVerdict): string {
  const rows = context.catalog.rows(verdict.app.app, image.judgedAs);
  if (rows.length === 0) return "the table has no rows for this engine";
  if (image.tag.kind === "release" && image.tag.version.pre !== null)
    return "the table speaks of releases, and this is a prerelease";
  if (verdict.row !== null) return "the cell of the table is blank";
  return `the table has no row for it (its rows are ${rows.map((row) => row.label).join(", ")})`;
}

/** One draft for every judged image whose cell has the state, with what `describe` says about it. `isMeant`: for which apps. */
export function matrixDrafts(
  context: RuleContext,
  state: State,
  describe: (judged: JudgedImage, verdict: AppVerdict) => string | null,
  isMeant: (app: string) => boolean = (app) => app === "mastodon",
): Draft[] {
  const drafts: Draft[] = [];
  for (const judged of context.images) {
    for (const verdict of judged.verdicts) {
      if (verdict.state !== state || !isMeant(verdict.app.app)) continue;
      const message = describe(judged, verdict);
      if (message === null) continue;
      const app = appText(context, verdict);
      const fixes = tagFixes(context, judged.image, matrixReplacements(judged.image, verdict.app, context), {
        preferred: `${app} supports it`,
        other: `${app} supports it, too`,
      });
      drafts.push({ span: judged.image.span, message, related: declaredAt(context, verdict), fixes });
    }
  }
  return drafts;
}

/** The sentence that tells what to do. */
export function advice(context: RuleContext, judged: JudgedImage, verdict: AppVerdict): string {
  const { preferred } = matrixReplacements(judged.image, verdict.app, context);
  if (preferred !== null) return `Use ${judged.image.reference.repository.split("/").at(-1)}:${preferred.tag}.`;
  if (!context.catalog.hasRows(verdict.app.app, judged.image.judgedAs)) return "Move to Valkey or Redis.";
  const rows =
    verdict.app.column === null
      ? []
      : context.catalog.supportedRows(verdict.app.app, judged.image.judgedAs, verdict.app.column);
  if (rows.length === 0)
    return `The table lists no supported ${context.catalog.engineName(judged.image.judgedAs)} for this version: update ${context.catalog.appName(verdict.app.app)} first.`;
  return `Supported: ${context.catalog.engineName(judged.image.judgedAs)} ${rows.map((row) => row.label).join(", ")}.`;
}
