/** Files that are read for what they declare and hold no cache: the project file, and the organisation's own tables. */
import type { Catalog } from "../../catalog/catalog.ts";
import { readOwnTable } from "../../catalog/ownTable.ts";
import { readProjectFile } from "../../model/projectFile.ts";
import type { Reading, Telling } from "../../report.ts";
import { CONFIG_SYNTAX, tellSettingProblems } from "./file.ts";
import { tellOwnTable } from "./ownTable.ts";

export function tellProjectFile({ source, vocabulary, ownTables }: Reading, { tell }: Telling): void {
  const { syntax, problems } = readProjectFile(source.path, source.text, vocabulary, ownTables);
  const message = "This is not valid JSON, so none of its settings count. Repair it here first.";
  if (syntax !== null) tell(CONFIG_SYNTAX, [{ span: syntax, message }]);
  tellSettingProblems(problems, tell);
}

export function tellTable({ source, ownTables }: Reading, catalog: Catalog, { tell }: Telling): void {
  const known = ownTables.find(({ path }) => path === source.path)?.reading;
  tellOwnTable(source.text, known ?? readOwnTable(source.text, catalog), tell);
}
