// engines.json: its order is the order of all other tables, so only keys and references are looked at.
import type { Problem, Tables } from "../types.ts";
import { disjoint, inFile } from "./common.ts";

export function enginesRules({ engines: { engines } }: Tables): readonly Problem[] {
  const keys = engines.map(({ engine }) => engine);
  return inFile("data/engines.json", (report) => {
    engines.forEach(({ engine, sameReleaseLinesAs, reportedRedisVersion }, i) => {
      const at = `$.engines[${i}]`;
      if (keys.indexOf(engine) < i) report(`${at}.engine`, `${engine} is there twice`);
      if (sameReleaseLinesAs !== undefined && (sameReleaseLinesAs === engine || !keys.includes(sameReleaseLinesAs))) {
        report(`${at}.sameReleaseLinesAs`, `${sameReleaseLinesAs} is no other engine`);
      }
      const ranges = reportedRedisVersion.map(({ range }, k) => ({
        range,
        path: `${at}.reportedRedisVersion[${k}].range`,
      }));
      disjoint(ranges, report);
    });
  });
}
