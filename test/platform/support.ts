// What is told of small folders, one line a finding: `.env:1 "host" rule severity`.
import type { SettingsLayer } from "../../server/src/core/index.ts";
import { checkMemory } from "../support/inProcess.ts";
import { textAt } from "../support/json.ts";
import { must } from "../support/must.ts";

export type Files = Readonly<Record<string, string>>;

const OURS = /^(?:aptible|elasticache)\/|^mastodon\/(?:engine-|sidekiq-)|^image\/|^env\/url-scheme/;

export function told(files: Files, settings: SettingsLayer = {}, only = OURS): string[] {
  const { json, texts } = checkMemory(files, { settings });
  return json.files.flatMap(({ path, findings }) =>
    findings
      .filter(({ rule }) => only.test(rule))
      .map(
        (finding) =>
          `${path}:${finding.line} ${textAt(must(texts.get(path)), finding)} ${finding.rule} ${finding.severity}`,
      ),
  );
}

export function engine(text: string): Pick<SettingsLayer, "engine"> {
  const [name = "", version = ""] = text.split("@");
  const [major, minor, patch] = version.split(".");
  return { engine: { engine: name, line: `${major}.${minor}`, patch: patch === undefined ? null : Number(patch) } };
}

export const MASTODON = { apps: { mastodon: "4.5" } };
export const ELASTICACHE = "master.town.qw34er.use1.cache.amazonaws.com";
export const APTIBLE = "db-town-30111.aptible.in";
export const AT_ELASTICACHE = `REDIS_URL=rediss://:s3cretWord@${ELASTICACHE}:6379\nREDIS_DRIVER=ruby\n`;
export const AT_APTIBLE = `REDIS_URL=rediss://aptible:s3cretWord@${APTIBLE}:20112\nREDIS_DRIVER=ruby\n`;
