// platforms/*.json: the name of the file is the platform; forms of host names by kind, each an expression; releases newest first;
// rows do not overlap and name a line that the publisher has.
import type { PlatformTable, Problem, Tables } from "../types.ts";
import { disjoint, inFile, newestFirst, pattern, type Report, sorted } from "./common.ts";

export function platformsRules(tables: Tables): readonly Problem[] {
  return Object.entries(tables.platforms).flatMap(([name, table]) =>
    inFile(`data/platforms/${name}.json`, (report) => {
      if (table.platform !== name) report("$.platform", `${table.platform} is not the name of the file`);
      const kinds = table.endpoints.map(({ kind }) => kind);
      table.endpoints.forEach((endpoint, i) => {
        if (kinds.indexOf(endpoint.kind) < i) report(`$.endpoints[${i}].kind`, `${endpoint.kind} is there twice`);
        pattern(endpoint.pattern, `$.endpoints[${i}].pattern`, { needed: [] }, report);
      });
      engines(tables, table, report);
    }),
  );
}

function engines(tables: Tables, table: PlatformTable, report: Report): void {
  const known = tables.engines.engines.map(({ engine }) => engine);
  table.engines.forEach(({ engine, releases, rows = [] }, i) => {
    const at = `$.engines[${i}]`;
    if (!known.includes(engine)) report(`${at}.engine`, `${engine} is not in the engines table`);
    const cycles = releases.map(({ cycle }) => cycle);
    sorted(cycles, newestFirst, "newest first", (k) => `${at}.releases[${k}].cycle`, report);
    disjoint(
      rows.map(({ range }, k) => ({ range, path: `${at}.rows[${k}].range` })),
      report,
    );
    const lines = tables.lifecycles.products.find(({ product }) => product === engine)?.releases ?? [];
    rows.forEach(({ row }, k) => {
      if (lines.length > 0 && !lines.some(({ cycle }) => cycle === row))
        report(`${at}.rows[${k}].row`, `${engine} has no line ${row}`);
    });
  });
}
