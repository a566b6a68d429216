/** Flags of Dragonfly on command lines and in `DFLY_` variables of compose files. */
import { type FlagTable, type FlagTrouble, flagTrouble, readFlags } from "../../conf/index.ts";
import type { CommandWord } from "../../documents/serverCommand.ts";
import type { RunningServer } from "../../model/runningServers.ts";
import { type Span, spanOf } from "../../text.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { confDraft } from "./metas.ts";

type Told = { readonly meta: RuleMeta; readonly draft: Draft };

export function dragonflyDrafts(server: RunningServer, table: FlagTable): Told[] {
  const { image } = server;
  if (image.judgedAs !== "dragonfly") return [];
  const isRelease = image.tag.kind === "release" && image.tag.version.pre === null;
  const isCertain = isRelease && image.line === table.line;
  return [...commandDrafts(server, isCertain, table), ...variableDrafts(server, isCertain, table)];
}

/** Flags that `dragonfly/no-aof` speaks of. */
const OWN_RULE = new Set(["appendonly", "appendfsync"]);

function commandDrafts({ dragonfly, source }: RunningServer, isCertain: boolean, table: FlagTable): Told[] {
  const words = dragonfly?.args ?? [];
  const flags = readFlags(
    words.map(({ value }) => value),
    table,
  );
  return flags.flatMap((flag) => {
    const trouble = OWN_RULE.has(flag.name) ? null : flagTrouble(flag, isCertain, table);
    const word = trouble === null ? undefined : words[trouble.word];
    if (trouble === null || word === undefined) return [];
    return [told(source.path, trouble, word.span, nameSpan(word, flag.name, source.text))];
  });
}

/** Where the name of a flag stands in its word; `null` where the word is not written as it reads. */
function nameSpan({ value, span }: CommandWord, name: string, text: string): Span | null {
  const at = value.indexOf(name);
  return text.slice(span.start, span.end) === value && at > 0
    ? spanOf(span.start + at, span.start + at + name.length)
    : null;
}

/** `DFLY_DEV_ENV` is passed over; what becomes of `DFLY_PASSWORD` was not tried. */
const SPARED = new Set(["DFLY_DEV_ENV", "DFLY_PASSWORD"]);

function variableDrafts({ own, source }: RunningServer, isCertain: boolean, table: FlagTable): Told[] {
  return [...own].flatMap(([variable, { key, value, written }]) => {
    if (!variable.startsWith("DFLY_") || SPARED.has(variable) || value === null) return [];
    const rest = variable.slice("DFLY_".length);
    // Whether capitals are lowered was not tried, so they are.
    const name = table.find(rest) === undefined ? rest.toLowerCase() : rest;
    const trouble = flagTrouble({ name, value, word: 0, valueWord: 1 }, isCertain, table);
    if (trouble === null) return [];
    const isName = trouble.word === 0;
    const edited =
      isName && source.text.slice(key.start, key.end) === variable ? spanOf(key.end - rest.length, key.end) : null;
    return [told(source.path, trouble, isName ? key : (written ?? key), edited)];
  });
}

function told(path: string, { rule, message, instead }: FlagTrouble, span: Span, edited: Span | null): Told {
  const fixes =
    instead === undefined || edited === null
      ? []
      : [{ title: `Change to ${instead}`, edits: [{ start: edited.start, end: edited.end, newText: instead }] }];
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
