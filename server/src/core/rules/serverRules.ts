/** Everything that is told about servers: their files, their command lines, and the services that run them. */
import { type ConfChecker, FlagTable } from "../conf/index.ts";
import { isKeydb, isTemplate } from "../conf/template.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import type { FileSource } from "../files.ts";
import { type ConfLoading, isServerKnown } from "../model/confTarget.ts";
import type { KnownImage } from "../model/knownImage.ts";
import { runningServers } from "../model/runningServers.ts";
import type { ServerSetups } from "../model/serverSetup.ts";
import type { DeclaredVersion, Stacks } from "../model/stack/stack.ts";
import { commandDrafts } from "./conf/commands.ts";
import { dragonflyDrafts } from "./conf/dragonflyFlags.ts";
import { confFileDrafts } from "./conf/file.ts";
import { SETUP_RULES, tellAnySetup, tellEverySetup } from "./conf/setup/index.ts";
import type { Draft, RuleMeta } from "./rule.ts";
import { SERVICE_RULES, serviceDrafts } from "./services/index.ts";
import { STACK_RULES, stackDrafts } from "./stack/index.ts";

/** One part that may fail without the others. */
export interface RuleRun {
  /** Named when it fails. */
  readonly id: string;
  readonly drafts: () => readonly { readonly meta: RuleMeta; readonly draft: Draft }[];
}

/** Told by many rules; the reading of the lines is one. */
const READING = "conf/syntax";

export class ServerRules {
  readonly #setups: ServerSetups;
  readonly #conf: ConfChecker;
  readonly #index: FolderIndex;
  readonly #flags = new FlagTable();
  readonly #stacks: Stacks;

  constructor(setups: ServerSetups, stacks: Stacks, conf: ConfChecker, index: FolderIndex) {
    this.#stacks = stacks;
    this.#setups = setups;
    this.#conf = conf;
    this.#index = index;
  }

  /** `isTold`: the rule exists and is not switched off. */
  ofCompose(
    source: SourceText,
    images: readonly KnownImage[],
    files: FileSource,
    isTold: (rule: string) => boolean,
  ): RuleRun[] {
    if (images.length === 0) return [];
    const setups = once(() => this.#setups.ofCompose(source, files));
    const servers = once(() =>
      runningServers(source, this.#setups.imagesOf(source, files), setups(), files, this.#index),
    );
    return [
      { id: READING, drafts: () => commandDrafts(source, images, files, this.#index, this.#conf) },
      { id: READING, drafts: () => servers().flatMap((server) => dragonflyDrafts(server, this.#flags)) },
      ...SETUP_RULES.map((rule) => run(rule.meta, () => tellAnySetup(rule, setups(), source.path, isTold))),
      ...SERVICE_RULES.map((rule) => run(rule.meta, () => serviceDrafts(rule, servers(), isTold))),
    ];
  }

  /** What the stacks around a file say in it. */
  ofStacks(path: string, declared: readonly DeclaredVersion[], files: FileSource): RuleRun[] {
    const stacks = once(() => this.#stacks.around(path, declared, files));
    return STACK_RULES.map((rule) => run(rule.meta, () => stackDrafts(rule, stacks(), path)));
  }

  ofConf(source: SourceText, loading: ConfLoading, files: FileSource, isTold: (rule: string) => boolean): RuleRun[] {
    // No server reads the file as it stands, or one reads it that has no table of directives.
    if (!isServerKnown(loading) && (isTemplate(source.text) || isKeydb(source.text))) return [];
    const setups = once(() => this.#setups.ofConf(source, loading, files) ?? []);
    return [
      { id: READING, drafts: () => confFileDrafts(source, loading, this.#conf) },
      ...SETUP_RULES.map((rule) => run(rule.meta, () => tellEverySetup(rule, setups(), source.path, isTold))),
    ];
  }
}

/** Read by the first part that asks: what fails there fails only the parts that ask. */
function once<T extends object>(read: () => T): () => T {
  let known: T | null = null;
  return () => {
    known ??= read();
    return known;
  };
}

function run(meta: RuleMeta, drafts: () => readonly Draft[]): RuleRun {
  return { id: meta.id, drafts: () => drafts().map((draft) => ({ meta, draft })) };
}
