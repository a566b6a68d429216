/**
 * What an organisation says in its own table about the caches of its own app. The rules about Mastodon speak of Mastodon's
 * table only: whoever silences one of them does not silence these.
 */
import type { AppVerdict, JudgedImage, State } from "../../model/judgement.ts";
import { matrixReplacements } from "../../model/replacement.ts";
import { appText, engineText, matrixDrafts, whyUnlisted } from "../mastodon/matrixRule.ts";
import type { Draft, Rule, RuleContext, RuleMeta } from "../rule.ts";

const SOURCES: RuleMeta["sources"] = [
  { source: "https://github.com/cache-compat/cache-compat/blob/main/docs/organisation.md", asOf: "2026-11-20" },
];

type Words = (app: string, engine: string, table: string) => string;

function drafts(context: RuleContext, state: State, words: Words): Draft[] {
  const isOwn = (app: string): boolean => context.catalog.organisationOf(app) !== null;
  const describe = (judged: JudgedImage, verdict: AppVerdict): string | null => {
    // The app has no column for this version: the status says so.
    if (verdict.app.column === null) return null;
    const table = `the table of ${context.catalog.organisationOf(verdict.app.app)}`;
    const why = state === "unlisted" ? `: ${whyUnlisted(context, judged, verdict)}` : "";
    return `${words(appText(context, verdict), engineText(context, judged.image), table)}${why}. ${advice(context, judged, verdict)}`;
  };
  return matrixDrafts(context, state, describe, isOwn);
}

/** A tag to use in the same repository, else what the table supports. */
function advice(context: RuleContext, { image }: JudgedImage, { app }: AppVerdict): string {
  const { catalog } = context;
  const { preferred } = matrixReplacements(image, app, context);
  if (preferred !== null) return `Use ${image.reference.repository.split("/").at(-1)}:${preferred.tag}.`;
  const rows = catalog.engines.flatMap(({ engine }) => catalog.supportedRows(app.app, engine, app.column ?? ""));
  if (rows.length === 0) return "It lists nothing as supported: ask those who keep it.";
  return `Supported: ${rows.map(({ engine, label }) => `${catalog.engineName(engine)} ${label}`).join(", ")}.`;
}

export const appEngineUnsupported: Rule = {
  meta: {
    id: "app/engine-unsupported",
    title: "Cache engine not supported by your app",
    severity: "error",
    sources: SOURCES,
  },
  isPerImage: true,
  check: (context) =>
    drafts(context, "unsupported", (app, engine, table) => `${app} does not support ${engine}: ${table} says so`),
};

export const appEngineEndOfLife: Rule = {
  meta: {
    id: "app/engine-end-of-life",
    title: "Cache engine to be left by your app",
    severity: "warning",
    sources: SOURCES,
  },
  isPerImage: true,
  check: (context) =>
    drafts(
      context,
      "end-of-life",
      (app, engine, table) => `${app} is to leave ${engine}: ${table} marks it as end of life`,
    ),
};

export const appEngineUnlisted: Rule = {
  meta: {
    id: "app/engine-unlisted",
    title: "Combination not in your table",
    severity: "information",
    sources: SOURCES,
  },
  isPerImage: true,
  check: (context) =>
    drafts(
      context,
      "unlisted",
      (app, engine, table) => `${table[0]?.toUpperCase()}${table.slice(1)} says nothing about ${engine} with ${app}`,
    ),
};
