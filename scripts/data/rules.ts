// The rules that a schema cannot say, because they need a calendar, an order or a second table. Pure: tables in,
// problems out, so that a test can plant a fault in a copy.
import path from "node:path";
import { appsRules } from "./rules/apps.ts";
import { inFile, isRealDay, type Report } from "./rules/common.ts";
import { enginesRules } from "./rules/engines.ts";
import { imagesRules } from "./rules/images.ts";
import { lifecyclesRules } from "./rules/lifecycles.ts";
import { platformsRules } from "./rules/platforms.ts";
import type { Problem, Tables } from "./types.ts";

export function crossProblems(tables: Tables): readonly Problem[] {
  return [
    ...everyTable(tables).flatMap(({ file, table }) => [...schemaFile(tables, file, table), ...days(file, table)]),
    ...enginesRules(tables),
    ...lifecyclesRules(tables),
    ...imagesRules(tables),
    ...appsRules(tables),
    ...platformsRules(tables),
  ];
}

/** How many records the tables hold: everything that says where and when it was read. */
export function countRecords(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = "source" in value && "asOf" in value ? 1 : 0;
  return Object.values(value).reduce((sum: number, child: unknown) => sum + countRecords(child), own);
}

type OneTable = Tables["engines" | "lifecycles" | "images"] | Tables["apps" | "platforms"][string];

function everyTable(tables: Tables): readonly { readonly file: string; readonly table: OneTable }[] {
  return [
    { file: "data/engines.json", table: tables.engines },
    { file: "data/lifecycles.json", table: tables.lifecycles },
    { file: "data/images.json", table: tables.images },
    ...Object.entries(tables.apps).map(([name, table]) => ({ file: `data/apps/${name}.json`, table })),
    ...Object.entries(tables.platforms).map(([name, table]) => ({ file: `data/platforms/${name}.json`, table })),
  ];
}

function schemaFile({ files }: Tables, file: string, { $schema }: OneTable): readonly Problem[] {
  return inFile(file, (report) => {
    if ($schema === undefined) report("$", "$schema is missing, so no editor can help");
    else if (!files.has(path.posix.join(path.posix.dirname(file), $schema))) {
      report("$.$schema", `${$schema} does not exist`);
    }
  });
}

/** Every text of the form of a day, wherever it stands; the schemas say where one must stand. */
function days(file: string, table: OneTable): readonly Problem[] {
  const walk = (value: unknown, at: string, report: Report): void => {
    if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !isRealDay(value)) {
      report(at, `${value} is not in the calendar`);
    } else if (Array.isArray(value)) {
      value.forEach((child: unknown, i) => {
        walk(child, `${at}[${i}]`, report);
      });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, child] of Object.entries(value)) walk(child, `${at}.${key}`, report);
    }
  };
  return inFile(file, (report) => {
    walk(table, "$", report);
  });
}
