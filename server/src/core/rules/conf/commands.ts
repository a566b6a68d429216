/** Command lines of servers in compose files, judged as the server of the service's image reads them. */
import type { ConfChecker } from "../../conf/index.ts";
import { composeLookup } from "../../documents/composeEnvironment.ts";
import { type ComposeService, composeServices } from "../../documents/composeFile.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { FolderIndex } from "../../documents/folderIndex.ts";
import { mountedFile, mountsOf } from "../../documents/mounts.ts";
import { serverCall } from "../../documents/serverCall.ts";
import { Fact } from "../../fact.ts";
import type { FileSource } from "../../files.ts";
import { MappedFromFiles } from "../../mapped.ts";
import { Memo } from "../../memo.ts";
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
  if (images.length === 0 || !/command|entrypoint|EXTRA_FLAGS/.test(source.text)) return [];
  const lookup = composeLookup(source.path, files, index);
  const file = index.yaml(source.path, source.text);
  let byName: ReadonlyMap<string, ComposeService> | null = null;
  const ofImage = (image: KnownImage, recorded: FileSource): readonly Told[] => {
    if (!ENGINES.has(image.judgedAs)) return [];
    byName ??= new Map(composeServices(file).map((service) => [service.name, service]));
    const services = image.use.services.map((name) => byName?.get(name)).filter((service) => service !== undefined);
    return services.flatMap((service) => draftsOf(service, source, image, lookup, recorded, conf));
  };
  const frame = file.documents[0]?.frame ?? file;
  const inputs = [lookup, conf, source.path, frame];
  const found = OF_IMAGES.of(frame, () => new MappedFromFiles()).of(images, inputs, files, ofImage);
  const drafts: Told[] = [];
  const told = new Set<number>();
  for (const list of found) {
    for (const one of list) {
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

type Problems = ReturnType<ConfChecker["checkArguments"]>;

const JUDGED = new Fact<ConfChecker, Memo<Problems>>();
const MAX_COMMANDS = 200;

function judgedBy(conf: ConfChecker): Memo<Problems> {
  return JUDGED.of(conf, () => new Memo(MAX_COMMANDS));
}

const ENGINES: ReadonlySet<string> = new Set(["redis", "valkey", "keydb"]);
const OF_IMAGES = new Fact<object, MappedFromFiles<KnownImage, readonly Told[]>>();

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
  const args = command.args.map(({ value }) => value);
  const reading = {
    target: { engine: image.judgedAs, line: version === null ? null : image.line, patch: version?.patch ?? null },
    mode: command.isSentinel ? ("sentinel" as const) : ("server" as const),
    file: mounted === null ? null : (files.read(mounted) ?? null),
  };
  const check = () => conf.checkArguments(args, reading);
  // Many services of a file are started in the same way.
  const problems = reading.file === null ? judgedBy(conf).get(JSON.stringify([args, reading]), check) : check();
  return problems.flatMap((problem): Told[] => {
    // What stands in the file is told there.
    const word = problem.argument === null ? undefined : command.args[problem.argument];
    if (word === undefined) return [];
    const { meta, draft } = confDraft(source.path, { ...problem, span: word.span, fixes: [], related: [] });
    return [{ meta, draft }];
  });
}
