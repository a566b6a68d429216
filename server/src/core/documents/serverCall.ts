/** How a compose service starts its server: the command, and the words that the image adds to it. */
import type { FileSource } from "../files.ts";
import type { Lookup } from "../parse/interpolation.ts";
import { spanOf } from "../text.ts";
import type { ComposeService } from "./composeFile.ts";
import type { SourceText } from "./extraction.ts";
import { ownVariables } from "./ownVariables.ts";
import { type CommandWord, type ServerCommand, serverCommand } from "./serverCommand.ts";
import { environmentOf } from "./serviceEnvironment.ts";

const REDIS = "docker.io/library/redis";
const VALKEY = "docker.io/valkey/valkey";

/** Images whose entrypoint is docker-entrypoint.sh of docker-library/redis or its descendant in valkey-container. */
export function hasOfficialEntrypoint(repository: string): boolean {
  return repository === REDIS || repository === VALKEY;
}

/** `null` where it is not known what the server is started with. */
export function serverCall(
  service: ComposeService,
  source: SourceText,
  lookup: Lookup,
  files: FileSource,
  repository: string,
): ServerCommand | null {
  const isOfficial = hasOfficialEntrypoint(repository);
  const hasEntrypoint = service.reader.get(service.map, "entrypoint") !== null;
  const hasCommand = service.reader.get(service.map, "command") !== null;
  const command =
    isOfficial && !hasEntrypoint && !hasCommand
      ? { args: [], isSentinel: false }
      : serverCommand(service, source.text, lookup, isOfficial);
  if (command === null || repository !== VALKEY || hasEntrypoint) return command;
  const extra = extraFlags(service, source, lookup, files);
  return extra === null ? null : { ...command, args: [...command.args, ...extra] };
}

/** `VALKEY_EXTRA_FLAGS` is split at blanks, whatever its quotes, and put behind the command (valkey-container, docker-entrypoint.sh). */
function extraFlags(
  service: ComposeService,
  { path, text }: SourceText,
  lookup: Lookup,
  files: FileSource,
): CommandWord[] | null {
  const environment = environmentOf(service, path, files, lookup);
  if (environment === null) return null;
  const value = environment.get("VALKEY_EXTRA_FLAGS");
  const own = ownVariables(service, text, lookup).get("VALKEY_EXTRA_FLAGS");
  if (value === undefined) return [];
  if (value === null) return null;
  const written = own?.written ?? null;
  const isPlain = written !== null && text.slice(written.start, written.end) === value;
  return [...value.matchAll(/[^ \t\n]+/g)].map(({ 0: word, index }) => ({
    value: word,
    span: isPlain ? spanOf(written.start + index, written.start + index + word.length) : (own?.key ?? service.key.span),
  }));
}
