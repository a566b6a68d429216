/** Flags of Dragonfly on command lines and in `DFLY_` variables of stacks. */
import { type FlagTable, type FlagTrouble, flagTrouble, readFlags } from "../../conf/index.ts";
import type { PlacedWord } from "../../documents/serviceCommand.ts";
import { placeOf } from "../../documents/written.ts";
import type { Place } from "../../finding.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import { type Span, spanOf } from "../../text.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { confDraft } from "./metas.ts";

type Told = { readonly meta: RuleMeta; readonly draft: Draft };

/** What stands in the file at `path`. */
export function dragonflyDrafts(server: StackServer, table: FlagTable, path: string): Told[] {
  const { image } = server;
  if (image.judgedAs !== "dragonfly") return [];
  const isRelease = image.tag.kind === "release" && image.tag.version.pre === null;
  const isCertain = isRelease && image.line === table.line;
  return [...commandDrafts(server, isCertain, table, path), ...variableDrafts(server, isCertain, table, path)];
}

/** Flags that `dragonfly/no-aof` speaks of. */
export const OWN_RULE = new Set(["appendonly", "appendfsync"]);

function commandDrafts({ call }: StackServer, isCertain: boolean, table: FlagTable, path: string): Told[] {
  const words = call?.args ?? [];
  const flags = readFlags(
    words.map(({ value }) => value),
    table,
  );
  return flags.flatMap((flag) => {
    const trouble = OWN_RULE.has(flag.name) ? null : flagTrouble(flag, isCertain, table);
    const word = trouble === null ? undefined : words[trouble.word];
    if (trouble === null || word === undefined || word.place.path !== path) return [];
    return [flagDraft(trouble, word.place, nameSpan(word, flag.name))];
  });
}

/** Where the name of a flag stands in its word; `null` where the word is not written as it reads. */
function nameSpan({ value, place: { span } }: PlacedWord, name: string): Span | null {
  const at = value.indexOf(name);
  return span.end - span.start === value.length && at > 0
    ? spanOf(span.start + at, span.start + at + name.length)
    : null;
}

/** `DFLY_DEV_ENV` is passed over; what becomes of `DFLY_PASSWORD` was not tried. */
const SPARED = new Set(["DFLY_DEV_ENV", "DFLY_PASSWORD"]);

function variableDrafts({ environment }: StackServer, isCertain: boolean, table: FlagTable, path: string): Told[] {
  return [...environment.variables].flatMap(([variable, { key, value, written }]) => {
    if (!variable.startsWith("DFLY_") || SPARED.has(variable) || value === null) return [];
    const rest = variable.slice("DFLY_".length);
    // Whether capitals are lowered was not tried, so they are.
    const name = table.find(rest) === undefined ? rest.toLowerCase() : rest;
    const trouble = flagTrouble({ name, value, word: 0, valueWord: 1 }, isCertain, table);
    if (trouble === null) return [];
    const isName = trouble.word === 0;
    const place = isName || written === null ? key : placeOf(written);
    const isWritten = key.span.end - key.span.start === variable.length;
    const edited = isName && isWritten ? spanOf(key.span.end - rest.length, key.span.end) : null;
    return place.path === path ? [flagDraft(trouble, place, edited)] : [];
  });
}

export function flagDraft({ rule, message, instead }: FlagTrouble, { path, span }: Place, edited: Span | null): Told {
  const fixes =
    instead === undefined || edited === null
      ? []
      : [
          {
            title: instead === "=" ? "Write = in place of the blank" : `Change to ${instead}`,
            edits: [{ start: edited.start, end: edited.end, newText: instead }],
          },
        ];
  return confDraft(path, {
    rule,
    severity: "error",
    span,
    message,
    line: 1,
    stage: "startup",
    reportedLine: null,
    fixes,
    related: [],
  });
}
