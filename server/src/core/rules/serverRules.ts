/** Everything that is told about servers: their files, their command lines, the services that run them, and the stacks around those. */
import { type ConfChecker, FlagTable } from "../conf/index.ts";
import { isKeydb, isTemplate } from "../conf/template.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex, TextSource } from "../documents/folderIndex.ts";
import { Fact } from "../fact.ts";
import type { FileSource } from "../files.ts";
import { Picked } from "../mapped.ts";
import { type ConfLoading, isServerKnown } from "../model/confTarget.ts";
import type { KnownImage } from "../model/knownImage.ts";
import { setupsOf, setupsOfConf } from "../model/serverSetup.ts";
import type { StackServer } from "../model/stack/servers.ts";
import type { Stack } from "../model/stack/stack.ts";
import { once } from "../once.ts";
import { commandDrafts } from "./conf/commands.ts";
import { flagFileDrafts } from "./conf/dragonflyFile.ts";
import { dragonflyDrafts } from "./conf/dragonflyFlags.ts";
import { ConfFileRule } from "./conf/file.ts";
import { INCLUDE_NOT_READ, includeDrafts } from "./conf/includeNotRead.ts";
import { SETUP_RULES, tellAnySetup, tellEverySetup } from "./conf/setup/index.ts";
import { sharedHostDrafts } from "./mastodon/sharedHost.ts";
import { twoServersOneRedis } from "./mastodon/sharedQueues.ts";
import type { Draft, RuleMeta } from "./rule.ts";
import { STACK_RULES, stackDrafts } from "./stack/index.ts";

/** One part that may fail without the others. */
export interface RuleRun {
  /** Named when it fails. */
  readonly id: string;
  readonly drafts: () => readonly { readonly meta: RuleMeta; readonly draft: Draft }[];
}

/** The file that is told about, with what stands around it. */
export interface Surrounded {
  readonly source: SourceText;
  readonly files: FileSource;
  /** Read by the first part that asks. */
  readonly stacks: () => readonly Stack[];
  /** The rule exists and is not switched off. */
  readonly isTold: (rule: string) => boolean;
}

/** Told by many rules; the reading of the lines is one. */
const READING = "conf/syntax";

export class ServerRules {
  readonly #conf: ConfChecker;
  readonly #index: FolderIndex;
  readonly #flags = new FlagTable();
  readonly #confFile: ConfFileRule;

  constructor(conf: ConfChecker, index: FolderIndex) {
    this.#conf = conf;
    this.#confFile = new ConfFileRule(conf, index);
    this.#index = index;
  }

  ofCompose(file: Surrounded, images: readonly KnownImage[]): RuleRun[] {
    const { source, files, stacks, isTold } = file;
    const setups = once(() => stacks().flatMap(setupsOf));
    const dragonflies = (): readonly StackServer[] => stacks().flatMap(dragonfliesOf);
    return [
      { id: READING, drafts: () => commandDrafts(source, images, files, this.#index, this.#conf) },
      { id: READING, drafts: () => dragonflies().flatMap((one) => dragonflyDrafts(one, this.#flags, source.path)) },
      ...SETUP_RULES.map((rule) => run(rule.meta, () => tellAnySetup(rule, setups(), source.path, isTold))),
      ...this.ofStacks(file),
    ];
  }

  ofEnv(file: Surrounded, apps: readonly string[]): RuleRun[] {
    const { source, files, isTold } = file;
    const isMastodon = apps.includes("mastodon") && isTold(twoServersOneRedis.meta.id);
    const shared = isMastodon ? [run(twoServersOneRedis.meta, () => sharedHostDrafts(source, files))] : [];
    return [...shared, ...this.ofStacks(file)];
  }

  /** What the stacks around a file say in it. */
  ofStacks({ source, stacks, isTold }: Surrounded): RuleRun[] {
    return STACK_RULES.filter(({ meta }) => isTold(meta.id)).map((rule) =>
      run(rule.meta, () => stackDrafts(rule, stacks(), source.path, isTold)),
    );
  }

  ofConf(file: Surrounded, loading: ConfLoading): RuleRun[] {
    const { source, files, stacks, isTold } = file;
    if (loading.isFlagFile === true)
      return [{ id: READING, drafts: () => flagFileDrafts(source, loading, this.#flags) }, ...this.ofStacks(file)];
    const text = this.#index.pieces.of(source.text, source.path);
    // No server reads the file as it stands, or one reads it that has no table of directives.
    if (!isServerKnown(loading) && (text.some(isTemplate) || text.some(isKeydb))) return [];
    const setups = once(() => setupsOfConf(source, loading, stacks(), this.#conf));
    return [
      { id: READING, drafts: () => this.#confFile.drafts(source, loading) },
      run(INCLUDE_NOT_READ, () => includeDrafts(source, text, loading, files)),
      ...SETUP_RULES.map((rule) => run(rule.meta, () => tellEverySetup(rule, setups(), source.path, isTold))),
      ...this.ofStacks(file),
    ];
  }
}

const DRAGONFLIES = new Fact<TextSource, Picked<StackServer, StackServer>>();

function dragonfliesOf({ project, servers }: Stack): readonly StackServer[] {
  return DRAGONFLIES.of(project.source, () => new Picked()).of(servers, [], (server) =>
    server.image.judgedAs === "dragonfly" ? server : null,
  );
}

function run(meta: RuleMeta, drafts: () => readonly Draft[]): RuleRun {
  return { id: meta.id, drafts: () => drafts().map((draft) => ({ meta, draft })) };
}
