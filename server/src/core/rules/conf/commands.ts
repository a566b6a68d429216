/** Command lines of servers in compose files, judged as the server of the service's image reads them. */
import type { ConfChecker } from "../../conf/index.ts";
import { composeLookup } from "../../documents/composeEnvironment.ts";
import { type ComposeService, composeServices } from "../../documents/composeFile.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { FolderIndex } from "../../documents/folderIndex.ts";
import { mountedFile, mountsOf } from "../../documents/mounts.ts";
import { serverCall } from "../../documents/serverCall.ts";
import { FactFromFiles } from "../../fact.ts";
import type { FileSource } from "../../files.ts";
import type { KnownImage } from "../../model/knownImage.ts";
import type { Lookup } from "../../parse/interpolation.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { confDraft } from "./metas.ts";

export function commandDrafts(
  source: SourceText,
  images: readonly KnownImage[],
  files: FileSource,
  index: FolderIndex,
  conf: ConfChecker,
): Told[] {
  const byService = new Map(images.flatMap((image) => image.use.services.map((service) => [service, image] as const)));
  if (byService.size === 0 || !/command|entrypoint|EXTRA_FLAGS/.test(source.text)) return [];
  const lookup = composeLookup(source.path, files, index);
  const drafts: Told[] = [];
  const told = new Set<number>();
  for (const service of composeServices(index.yaml(source.path, source.text))) {
    const image = byService.get(service.name);
    if (image === undefined || !ENGINES.has(image.judgedAs)) continue;
    const found = IN_SERVICE.of(service, [image, lookup, conf, source.path], files, (recorded) =>
      draftsOf(service, source, image, lookup, recorded, conf),
    );
    for (const one of found) {
      // A command behind an anchor is told once.
      if (told.has(one.draft.span.start)) continue;
      told.add(one.draft.span.start);
      drafts.push(one);
    }
  }
  return drafts;
}

interface Told {
  readonly meta: RuleMeta;
  readonly draft: Draft;
}

const ENGINES: ReadonlySet<string> = new Set(["redis", "valkey", "keydb"]);
const IN_SERVICE = new FactFromFiles<ComposeService, readonly Told[]>();

function draftsOf(
  service: ComposeService,
  source: SourceText,
  image: KnownImage,
  lookup: Lookup,
  files: FileSource,
  conf: ConfChecker,
): Told[] {
  const command = serverCall(service, source, lookup, files, image.repository.repository);
  if (command === null) return [];
  const version = image.tag.kind === "release" && image.tag.version.pre === null ? image.tag.version : null;
  const named = command.args[0]?.value ?? "";
  const mounted = mountedFile(mountsOf(service, source.path), named);
  const problems = conf.checkArguments(
    command.args.map(({ value }) => value),
    {
      target: { engine: image.judgedAs, line: version === null ? null : image.line, patch: version?.patch ?? null },
      mode: command.isSentinel ? "sentinel" : "server",
      file: mounted === null ? null : (files.read(mounted) ?? null),
    },
  );
  return problems.flatMap((problem): Told[] => {
    // What stands in the file is told there.
    const word = problem.argument === null ? undefined : command.args[problem.argument];
    if (word === undefined) return [];
    const { meta, draft } = confDraft(source.path, { ...problem, span: word.span, fixes: [], related: [] });
    return [{ meta, draft }];
  });
}
