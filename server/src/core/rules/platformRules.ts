/** Everything that is told about servers that a provider runs, and how it is known that one does. */
import type { Catalog } from "../catalog/catalog.ts";
import type { SourceText } from "../documents/extraction.ts";
import type { FolderIndex } from "../documents/folderIndex.ts";
import type { DocumentKind } from "../documents/kind.ts";
import { mayRunOnCaches } from "../documents/shellScript.ts";
import { EnvContext } from "../env/context.ts";
import type { EnvInput } from "../env/index.ts";
import type { FileSource } from "../files.ts";
import type { AppImage, DeclaredApp } from "../model/appVersion.ts";
import type { ConfLoading } from "../model/confTarget.ts";
import type { LayeredSettings } from "../model/layers.ts";
import { declaredEngine } from "../platform/declaredEngine.ts";
import { type KnownPlatform, PlatformDetector } from "../platform/detect.ts";
import type { EngineJudging, EngineUse } from "../platform/engineUse.ts";
import { scriptUse } from "../platform/scriptUse.ts";
import { REDIS_CONF_UNUSED, redisConfUnusedDrafts } from "./aptible/redisConfUnused.ts";
import { TLS_PROTOCOL, tlsProtocolDrafts } from "./aptible/tlsProtocol.ts";
import { composeConnections } from "./platform/composeConnections.ts";
import type { ConnectionUse } from "./platform/connectionRule.ts";
import { CONNECTION_RULES } from "./platform/connectionRules.ts";
import { engineRuns } from "./platform/engineRules.ts";
import { enginesOf, scriptRuns } from "./platform/scriptRules.ts";
import type { Draft, RuleMeta } from "./rule.ts";
import type { RuleRun } from "./serverRules.ts";

/** A file with what was read of it so far. */
export interface PlatformRequest {
  readonly source: SourceText;
  readonly kind: DocumentKind;
  readonly platform: KnownPlatform;
  readonly settings: LayeredSettings;
  readonly apps: readonly DeclaredApp[];
  readonly env: EnvInput | null;
  readonly files: FileSource;
}

export interface PlatformAnswer {
  /** Versions that stand here, or are told here. */
  readonly engines: readonly EngineUse[];
  readonly runs: readonly RuleRun[];
}

const NOTHING: PlatformAnswer = { engines: [], runs: [] };

export class PlatformRules {
  readonly #catalog: Catalog;
  readonly #index: FolderIndex;
  readonly #detector: PlatformDetector;

  constructor(catalog: Catalog, index: FolderIndex) {
    this.#catalog = catalog;
    this.#index = index;
    this.#detector = new PlatformDetector(catalog, index);
  }

  platformOf(source: SourceText, kind: DocumentKind, settings: LayeredSettings, files: FileSource): KnownPlatform {
    return this.#detector.of(source, kind, settings, files);
  }

  /** What the shell commands of a script or a workflow do with databases. */
  ofCommands(request: PlatformRequest, judging: Omit<EngineJudging, "catalog">): PlatformAnswer {
    const { source, kind, apps, files, platform } = request;
    const table = this.#catalog.platforms.table("aptible");
    if (table === undefined || !mayRunOnCaches(source.text)) return NOTHING;
    const script = scriptUse({ source, kind, known: platform, apps, files }, table, this.#index);
    const runs = scriptRuns(script, { ...judging, catalog: this.#catalog }, source.path);
    return { engines: enginesOf(script), runs };
  }

  /** The version that somebody declares of a managed server, where this file has to tell it. */
  ofDeclared(request: PlatformRequest, judging: Omit<EngineJudging, "catalog">): PlatformAnswer {
    const { source, kind, apps, env, files, platform, settings } = request;
    const readers = env?.apps.map(({ app }) => app);
    const using = readers === undefined ? apps : apps.filter(({ app }) => readers.includes(app));
    const asked = { source, kind, known: platform, settings, apps: using, files };
    const use = declaredEngine(asked, this.#detector, this.#catalog);
    if (use === null) return NOTHING;
    const runs = engineRuns(use, { ...judging, catalog: this.#catalog });
    if (env !== null) runs.push(run(TLS_PROTOCOL, () => tlsProtocolDrafts(EnvContext.of(env), use)));
    return { engines: [use], runs };
  }

  /** Addresses in the variables of compose services: the rules of `.env` files. */
  ofCompose(source: SourceText, appImages: readonly AppImage[], platform: KnownPlatform): RuleRun[] {
    if (!this.#index.searches.has(source.path, source.text, this.#catalog.platforms.names)) return [];
    let uses: readonly ConnectionUse[] | null = null;
    const all = (): readonly ConnectionUse[] => {
      uses ??= composeConnections(source, appImages, platform.platform, this.#catalog.platforms, this.#index);
      return uses;
    };
    return CONNECTION_RULES.map(({ meta, check }) => run(meta, () => all().flatMap((use) => check(use) ?? [])));
  }

  ofConf(source: SourceText, platform: KnownPlatform, loading: ConfLoading, files: FileSource): RuleRun[] {
    return [run(REDIS_CONF_UNUSED, () => redisConfUnusedDrafts(source, platform, loading, files))];
  }
}

function run(meta: RuleMeta, drafts: () => readonly Draft[]): RuleRun {
  return { id: meta.id, drafts: () => drafts().map((draft) => ({ meta, draft })) };
}
