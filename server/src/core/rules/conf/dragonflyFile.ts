/** Files for Dragonfly's `--flagfile`: one flag a line. */
import { type FlagTable, type FlagTrouble, flagTrouble, readFlagFile, readFlags } from "../../conf/index.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { ConfLoading } from "../../model/confTarget.ts";
import { type Span, spanOf } from "../../text.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { flagDraft, OWN_RULE } from "./dragonflyFlags.ts";

export function flagFileDrafts(
  { path, text }: SourceText,
  { target }: ConfLoading,
  table: FlagTable,
): { readonly meta: RuleMeta; readonly draft: Draft }[] {
  const isCertain = target?.engine === "dragonfly" && target.line === table.line;
  const { lines, troubles } = readFlagFile(text);
  const draft = (trouble: FlagTrouble, span: Span, edited: Span | null) => flagDraft(trouble, { path, span }, edited);
  const flags = readFlags(
    lines.map(({ start, end }) => text.slice(start, end)),
    table,
  );
  return [
    ...troubles.map(({ trouble, span, edited }) => draft(trouble, span, edited)),
    ...flags.flatMap((flag) => {
      const trouble = OWN_RULE.has(flag.name) ? null : flagTrouble(flag, isCertain, table);
      const line = trouble === null ? undefined : lines[trouble.word];
      if (trouble === null || line === undefined) return [];
      const at = text.indexOf(flag.name, line.start);
      const name = spanOf(at, at + flag.name.length);
      return [draft(trouble, trouble.rule === "conf/invalid-value" ? line : name, name)];
    }),
  ];
}
