import { offeredEngine, releaseOf } from "../../platform/engineUse.ts";
import type { EngineRule } from "../platform/engineRule.ts";
import { APTIBLE_PAGE } from "../platform/sources.ts";
import { useAnother } from "./replacement.ts";

export const versionNotOffered: EngineRule = {
  meta: {
    id: "aptible/version-not-offered",
    title: "Version not in the Aptible list",
    severity: "warning",
    sources: [APTIBLE_PAGE],
  },
  check: (use, judging) => {
    if (use.table.platform !== "aptible" || releaseOf(use) !== null) return null;
    const name = judging.catalog.engineName(use.engine);
    const offered = offeredEngine(use);
    const listed = use.table.engines[0]?.releases.map(({ cycle }) => cycle).toReversed() ?? [];
    const list = `${listed.slice(0, -1).join(", ")} and ${listed.at(-1)}`;
    const { fixes } = useAnother(use, judging);
    return {
      message:
        offered === null
          ? `Aptible lists no ${name}: of these servers it offers Redis ${list} only. Declare the version that runs there.`
          : `Aptible lists Redis ${list} only, not ${use.line}. ${use.isNew ? "The command probably fails" : "Such a database can hardly be there"}. \`aptible db:versions\` prints the list as it is today.`,
      ...(use.isNew ? { fixes } : {}),
    };
  },
};
