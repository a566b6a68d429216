/** The command line that a service of a project starts, word by word, with the place of each word; a plain call behind `sh -c` is one. */
import type { Place } from "../finding.ts";
import { writtenSpan } from "../parse/yamlTree.ts";
import { spanOf } from "../text.ts";
import { type Field, fieldOf, type ProjectService } from "./composeProject.ts";
import type { ServiceEnvironment } from "./serviceVariables.ts";
import { shellWords } from "./shellWords.ts";
import { type Written, writtenScalar } from "./written.ts";

export interface PlacedWord {
  readonly value: string;
  readonly place: Place;
  /** As written, with its quotes. */
  readonly raw: string;
  /** With its way back, where the word is a text of its own. */
  readonly written: Written | null;
}

export interface ServiceCommand {
  readonly words: readonly PlacedWord[];
  readonly hasEntrypoint: boolean;
  readonly hasCommand: boolean;
}

const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:sh|ash|bash|dash)$/;
/** What a shell does more with than to pass it on. */
const SHELL_MAGIC = /[`*?~(){}[\]<>|&;#!\\]/;

/** `null`: a word that nobody knows, or a shell that does more than one plain call. */
export function commandOfService(service: ProjectService, environment: ServiceEnvironment): ServiceCommand | null {
  const entrypoint = fieldOf(service, "entrypoint");
  const command = fieldOf(service, "command");
  const first = wordsOf(entrypoint, service);
  const second = wordsOf(command, service);
  if (first === null || second === null) return null;
  const words = throughShell([...first, ...second], environment);
  return words === null ? null : { words, hasEntrypoint: entrypoint !== null, hasCommand: command !== null };
}

function wordsOf(field: Field | null, { lookup }: ProjectService): PlacedWord[] | null {
  if (field === null || field.node === null) return [];
  const { layer, node } = field;
  if (node.kind === "map") return null;
  if (node.kind === "seq") {
    const words: PlacedWord[] = [];
    for (const item of node.items) {
      const scalar = layer.reader.scalar(item);
      const written = scalar === null ? null : writtenScalar(scalar, layer, lookup);
      if (written === null || written.value === null) return null;
      const { path, span } = written;
      words.push({ value: written.value, place: { path, span }, raw: layer.text.slice(span.start, span.end), written });
    }
    return words;
  }
  const split = shellWords(node.value);
  if (split === null) return null;
  const words: PlacedWord[] = [];
  let at = node.span.start;
  for (const { raw, value: text } of split) {
    const found = layer.text.indexOf(raw, at);
    const isInside = found >= 0 && found + raw.length <= node.span.end;
    const span = isInside ? spanOf(found, found + raw.length) : node.span;
    if (isInside) at = found + raw.length;
    const plain = { kind: "scalar" as const, tag: null, anchor: null, style: "plain" as const, value: text, span };
    const written = writtenScalar(plain, layer, lookup);
    if (written.value === null) return null;
    const isPlain = writtenSpan(plain, layer.text) !== null;
    const place = { path: layer.path, span };
    words.push({ value: written.value, place, raw: isInside ? raw : "", written: isPlain ? written : null });
  }
  return words;
}

/** `sh -c "exec redis-server --port 6380"` starts what stands in the text; a variable of the container is looked up. */
function throughShell(words: readonly PlacedWord[], environment: ServiceEnvironment): PlacedWord[] | null {
  const at = words.findIndex(({ value }) => SHELL.test(value));
  if (at !== 0) return [...words];
  const [, flag, script, ...rest] = words;
  if (flag?.value !== "-c" || script === undefined || rest.length > 0) return null;
  const split = shellWords(script.value);
  if (split === null) return null;
  const called: PlacedWord[] = [];
  for (const { raw, value } of split) {
    const expanded = expand(value, environment);
    if (expanded === null) return null;
    called.push({ value: expanded, place: partOf(script, raw), raw, written: null });
  }
  return called[0]?.value === "exec" ? called.slice(1) : called;
}

/** Where a word of a script stands, when it stands there once. */
function partOf({ place: { path, span }, raw: script }: PlacedWord, raw: string): Place {
  const at = script.indexOf(raw);
  const isOnce = at >= 0 && script.indexOf(raw, at + 1) < 0;
  return { path, span: isOnce ? spanOf(span.start + at, span.start + at + raw.length) : span };
}

function expand(word: string, { variables }: ServiceEnvironment): string | null {
  const [, name] = /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(word) ?? [];
  if (name !== undefined) return variables.get(name)?.value || null;
  return word.includes("$") || SHELL_MAGIC.test(word) ? null : word;
}
