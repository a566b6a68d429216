import { catalogTables } from "./catalog/builtIn.ts";
import { Catalog } from "./catalog/catalog.ts";
import type { TablesInUse } from "./catalog/inUse.ts";
import { Checker } from "./checker.ts";
import { ConfChecker, confTables } from "./conf/index.ts";
import { RULES } from "./rules/index.ts";

/** A checker that judges by these tables, and by nothing of others. */
export function checkerOf({ tables, from }: Pick<TablesInUse, "tables" | "from">): Checker {
  return new Checker(new Catalog(catalogTables(tables), from), RULES, new ConfChecker(confTables(tables)));
}
