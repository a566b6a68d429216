/** The command line that a compose service gives to its server, each word with its place. */
import type { Lookup } from "../parse/interpolation.ts";
import { expandTemplate } from "../parse/interpolation.ts";
import { writtenSpan, type YamlScalar } from "../parse/yamlTree.ts";
import { type Span, spanOf } from "../text.ts";
import type { ComposeService } from "./composeFile.ts";
import { shellWords } from "./shellWords.ts";

export interface CommandWord {
  readonly value: string;
  readonly span: Span;
}

const SERVER = /(?:^|\/)(?:redis|valkey|keydb)-server$/;
const SENTINEL = /(?:^|\/)(?:redis|valkey)-sentinel$/;

export interface ServerCommand {
  /** Behind the program's name. */
  readonly args: readonly CommandWord[];
  readonly isSentinel: boolean;
}

/**
 * `null` where no plain call of a server stands: another program, a shell, a script, a value that nobody knows. The official
 * images put the server in front of a command that begins with an option or a configuration file (docker-entrypoint.sh).
 */
export function serverCommand(
  service: ComposeService,
  text: string,
  lookup: Lookup,
  hasOfficialEntrypoint: boolean,
): ServerCommand | null {
  const words = calledWords(service, text, lookup);
  if (words === null) return null;
  const first = words[0]?.value;
  if (first === undefined) return null;
  if (SERVER.test(first)) return { args: words.slice(1), isSentinel: false };
  if (SENTINEL.test(first)) return { args: words.slice(1), isSentinel: true };
  const isPrepended =
    service.reader.get(service.map, "entrypoint") === null &&
    hasOfficialEntrypoint &&
    (first.startsWith("-") || first.endsWith(".conf"));
  return isPrepended ? { args: words, isSentinel: false } : null;
}

/** Entrypoint and command, word by word; `null` where a word is not known. */
function calledWords(service: ComposeService, text: string, lookup: Lookup): CommandWord[] | null {
  const { reader, map } = service;
  const words: CommandWord[] = [];
  for (const pair of [reader.get(map, "entrypoint"), reader.get(map, "command")]) {
    const node = reader.resolve(pair?.value);
    if (node === null || pair?.value?.tag === "!reset") continue;
    const read =
      node.kind === "seq"
        ? listWords(
            node.items.map((item) => reader.scalar(item)),
            text,
            lookup,
          )
        : node.kind === "scalar"
          ? textWords(node, text, lookup)
          : null;
    if (read === null) return null;
    words.push(...read);
  }
  return words;
}

function resolve(value: string, lookup: Lookup): string | null {
  const resolved = expandTemplate(value, lookup);
  return resolved.unresolved.length > 0 ? null : resolved.value;
}

function listWords(items: readonly (YamlScalar | null)[], text: string, lookup: Lookup): CommandWord[] | null {
  const words: CommandWord[] = [];
  for (const item of items) {
    const value = item === null ? null : resolve(item.value, lookup);
    if (item === null || value === null) return null;
    words.push({ value, span: writtenSpan(item, text) ?? item.span });
  }
  return words;
}

/** The words of one text; a folded text stands on several lines, its words still stand there one after the other. */
function textWords(scalar: YamlScalar, text: string, lookup: Lookup): CommandWord[] | null {
  const split = shellWords(scalar.value);
  if (split === null) return null;
  const words: CommandWord[] = [];
  let at = scalar.span.start;
  for (const { raw, value: written } of split) {
    const value = resolve(written, lookup);
    const found = text.indexOf(raw, at);
    if (value === null) return null;
    const isInside = found >= 0 && found + raw.length <= scalar.span.end;
    words.push({ value, span: isInside ? spanOf(found, found + raw.length) : scalar.span });
    if (isInside) at = found + raw.length;
  }
  return words;
}
