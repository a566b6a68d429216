/** What an app's matrix and its code say of a version at a provider: the same rules as for images, told of the server that counts. */
import type { Catalog } from "../../catalog/catalog.ts";
import { compareVersions, parseVersion } from "../../catalog/version.ts";
import type { DeclaredApp } from "../../model/appVersion.ts";
import { creatableLines, platformName } from "../../platform/calendar.ts";
import {
  type EngineJudging,
  type EngineUse,
  type EngineVerdict,
  engineTitle,
  judgeEngine,
  offeredEngine,
  releaseOf,
} from "../../platform/engineUse.ts";
import { useAnother } from "../aptible/replacement.ts";
import { engineEndOfLife } from "../mastodon/engineEndOfLife.ts";
import { engineUnlisted } from "../mastodon/engineUnlisted.ts";
import { engineUnsupported } from "../mastodon/engineUnsupported.ts";
import { minimumText } from "../mastodon/matrixRule.ts";
import { sidekiqMinimumRedis } from "../mastodon/sidekiqMinimumRedis.ts";
import type { RuleMeta } from "../rule.ts";
import type { EngineDraft } from "./engineRule.ts";

export interface MatrixDraft {
  readonly meta: RuleMeta;
  readonly draft: EngineDraft;
}

export function matrixDraftsOf(use: EngineUse, judging: EngineJudging): MatrixDraft[] {
  if (!mayExist(use) || judging.catalog.engine(use.engine)?.speaksRedis !== true) return [];
  return use.apps
    .filter(({ app }) => app === "mastodon")
    .flatMap((app) => {
      const verdict = judgeEngine(use, app, judging.catalog);
      const told = metaOf(use, verdict);
      if (told === null) return [];
      const { fixes } = useAnother(use, judging);
      const message = `${sentence(use, verdict, told, judging.catalog)} ${advice(use, app, judging)}`;
      const place = app.place;
      const declared =
        place === null ? [] : [{ ...place, message: `Mastodon ${app.version} is declared here: ${app.origin}.` }];
      return [
        { meta: told, draft: { message, related: [...declared, ...use.related], ...(use.isNew ? { fixes } : {}) } },
      ];
    });
}

/** A version that the provider certainly never had is told as that, and what a table says of it does not matter. */
function mayExist(use: EngineUse): boolean {
  const offered = offeredEngine(use);
  if (offered === null) return false;
  const { highest, lowest } = offered;
  if (highest !== undefined && compareVersions(use.line, highest) > 0) return false;
  return lowest === undefined || compareVersions(use.line, lowest) >= 0;
}

function metaOf(use: EngineUse, { state, bootRefusal, isAliveHere, app }: EngineVerdict): RuleMeta | null {
  if (state === "unsupported") return engineUnsupported.meta;
  if (bootRefusal !== null) return sidekiqMinimumRedis.meta;
  if (state === "end-of-life") return isAliveHere ? null : engineEndOfLife.meta;
  if (state !== "unlisted" || app.column === null || releaseOf(use)?.onlyHere === true) return null;
  // At a provider that lists its versions a missing one is told as missing.
  return use.table.platform === "aptible" && releaseOf(use) === null ? null : engineUnlisted.meta;
}

function sentence(use: EngineUse, { app, bootRefusal }: EngineVerdict, meta: RuleMeta, catalog: Catalog): string {
  const title = `${engineTitle(use, catalog)} at ${platformName(use.table)}`;
  const mastodon = `Mastodon ${app.column ?? app.version}`;
  const minimum = bootRefusal === null ? "" : minimumText(bootRefusal.minimum.reportedRedis);
  switch (meta) {
    case engineUnsupported.meta:
      return `${mastodon} does not support ${title}: its compatibility table has a cross here.${bootRefusal === null ? "" : ` Sidekiq stops at boot below ${minimum}.`}`;
    case sidekiqMinimumRedis.meta:
      return `Sidekiq ${bootRefusal?.minimum.sidekiq} in ${mastodon} stops at boot below ${minimum}, and ${title} reports ${bootRefusal?.reported}. Web and streaming start, jobs do not run.`;
    case engineEndOfLife.meta:
      return `The table for ${mastodon} marks ${title} as end of life: it still works, with care.`;
    default:
      return `The table says nothing about ${title} with ${mastodon}. It may work, but Mastodon does not promise it.`;
  }
}

/** What the provider offers that the table supports. */
function advice(use: EngineUse, app: DeclaredApp, judging: EngineJudging): string {
  const offers = use.table.engines.flatMap((offered) => {
    const lines = creatableLines(offered, judging.asOf).flatMap((cycle) => {
      const line = cycle.includes(".") ? cycle : offered.releases.find((one) => one.cycle === cycle)?.latest;
      const version = line === undefined ? null : parseVersion(line);
      if (line === undefined || version === null) return [];
      const { state, isAliveHere, bootRefusal } = judgeEngine(
        { ...use, engine: offered.engine, version, line },
        app,
        judging.catalog,
      );
      return (state === "supported" || isAliveHere) && bootRefusal === null ? [line] : [];
    });
    return lines.length === 0 ? [] : [`${offered.name} ${lines.join(", ")}`];
  });
  const name = platformName(use.table);
  if (offers.length === 0)
    return `${name} offers nothing that the table supports for this version: update Mastodon first.`;
  return `For this version ${name} offers ${offers.join("; ")}.`;
}
