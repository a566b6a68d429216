/** Which version to use instead at Aptible, with the same flavour. */
import { compareVersions } from "../../catalog/version.ts";
import type { Fix } from "../../finding.ts";
import { creatableLines } from "../../platform/calendar.ts";
import { type EngineJudging, type EngineUse, judgeEngine, offeredEngine } from "../../platform/engineUse.ts";

export interface Another {
  /** A sentence that says what to do. */
  readonly advice: string;
  readonly fixes: readonly Fix[];
}

const UP = "Plan the move to a newer version.";

/**
 * Versions that can be made on the day, never a lower one; where an app has a table, only those that it supports. Preferred is
 * the highest of the same major, else the highest.
 */
export function useAnother(use: EngineUse, judging: EngineJudging): Another {
  const offered = offeredEngine(use);
  if (offered === null) return { advice: UP, fixes: [] };
  const app = use.apps.find(({ column }) => column !== null);
  const isHigher = (line: string): boolean => compareVersions(line, use.line) > 0;
  const lines = creatableLines(offered, judging.asOf).filter((line) => {
    if (!isHigher(line) || app === undefined) return isHigher(line);
    const [major, minor] = line.split(".").map(Number);
    const version = { major: major as number, minor: minor ?? null, patch: null, pre: null };
    return judgeEngine({ ...use, version, line }, app, judging.catalog).state === "supported";
  });
  const preferred = lines.find((line) => Number(line.split(".")[0]) === use.version.major) ?? lines[0];
  if (preferred === undefined) return { advice: UP, fixes: [] };
  const why =
    app === undefined
      ? "Aptible offers it, with no end announced"
      : `${judging.catalog.appName(app.app)} ${app.column} supports it`;
  const { replace, suffix } = use;
  const ordered = [preferred, ...lines.filter((line) => line !== preferred)];
  const fixes =
    replace === null
      ? []
      : ordered.map((line) =>
          replace(`Use ${line}${suffix ?? ""} (${why})`, `${line}${suffix ?? ""}`, {
            safe: true,
            preferred: line === preferred,
          }),
        );
  return { advice: `${use.isNew ? "Use" : "Plan the move to"} ${preferred}${use.isNew ? (suffix ?? "") : ""}.`, fixes };
}
