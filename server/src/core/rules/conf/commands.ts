/** Command lines of servers in compose files, judged as the server of the service's image reads them. */
import type { ConfChecker } from "../../conf/index.ts";
import { composeLookup } from "../../documents/composeEnvironment.ts";
import { composeServices } from "../../documents/composeFile.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { FolderIndex } from "../../documents/folderIndex.ts";
import { mountedFile, mountsOf } from "../../documents/mounts.ts";
import { serverCall } from "../../documents/serverCall.ts";
import type { FileSource } from "../../files.ts";
import type { KnownImage } from "../../model/knownImage.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { confDraft } from "./metas.ts";

export function commandDrafts(
  source: SourceText,
  images: readonly KnownImage[],
  files: FileSource,
  index: FolderIndex,
  conf: ConfChecker,
): { readonly meta: RuleMeta; readonly draft: Draft }[] {
  const byService = new Map(images.flatMap((image) => image.use.services.map((service) => [service, image] as const)));
  if (byService.size === 0 || !/command|entrypoint|EXTRA_FLAGS/.test(source.text)) return [];
  const lookup = composeLookup(source.path, files, index);
  const drafts: { meta: RuleMeta; draft: Draft }[] = [];
  const told = new Set<number>();
  for (const service of composeServices(index.yaml(source.path, source.text))) {
    const image = byService.get(service.name);
    if (image === undefined || !["redis", "valkey", "keydb"].includes(image.judgedAs)) continue;
    const command = serverCall(service, source, lookup, files, image.repository.repository);
    if (command === null) continue;
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
    for (const problem of problems) {
      const word = problem.argument === null ? undefined : command.args[problem.argument];
      // What stands in the file is told there; a command behind an anchor is told once.
      if (word === undefined || told.has(word.span.start)) continue;
      told.add(word.span.start);
      const { meta, draft } = confDraft(source.path, { ...problem, span: word.span, fixes: [], related: [] });
      drafts.push({ meta, draft });
    }
  }
  return drafts;
}
