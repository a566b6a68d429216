/** What is wrong in an organisation's own table, told where it stands. Such a table is left out as a whole. */
import type { OwnTableReading } from "../../catalog/ownTable.ts";
import { JsonPlaces } from "../../parse/jsonPlaces.ts";
import type { Draft, RuleMeta } from "../rule.ts";

const SOURCES: RuleMeta["sources"] = [
  { source: "https://github.com/cache-compat/cache-compat/blob/main/docs/organisation.md", asOf: "2026-11-20" },
];

export const TABLE_SYNTAX: RuleMeta = {
  id: "data/syntax",
  title: "Own table is not JSON",
  severity: "error",
  sources: [{ source: "https://www.rfc-editor.org/rfc/rfc8259", asOf: "2017-12-01" }],
};

export const TABLE_VALUE: RuleMeta = {
  id: "data/invalid-value",
  title: "Own table says something that cannot be used",
  severity: "error",
  sources: SOURCES,
};

export function tellOwnTable(
  text: string,
  reading: OwnTableReading,
  tell: (meta: RuleMeta, drafts: readonly Draft[]) => void,
): void {
  if (reading.kind === "table") return;
  const json = new JsonPlaces(text);
  if (reading.kind === "no-json") {
    const message = "This is not valid JSON, so nothing of this table counts. Repair it here first.";
    tell(TABLE_SYNTAX, [{ span: json.syntaxSpan, message }]);
    return;
  }
  const drafts = reading.problems.map(({ path, at, message }) => ({
    span: json.placeAt(path, at),
    message: `${message} Until then nothing of this table counts.`,
  }));
  tell(TABLE_VALUE, drafts);
}
