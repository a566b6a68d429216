/**
 * The heart: one text in, a report out. No file system, no clock, no protocol: other files come through `FileSource`,
 * the day through `today`. Remembers parsed neighbours between calls, and nothing that a call could not rebuild.
 */
import type { Catalog } from "./catalog/catalog.ts";
import { ConfChecker } from "./conf/index.ts";
import { Extractor } from "./documents/extractor.ts";
import { FolderIndex } from "./documents/folderIndex.ts";
import type { DocumentKind } from "./documents/kind.ts";
import { tooMuch } from "./documents/tooLarge.ts";
import { checkEnv, mayConcernCaches } from "./env/index.ts";
import { type FileSource, lookedAt, RecordingFiles } from "./files.ts";
import type { Finding } from "./finding.ts";
import { Interned } from "./interned.ts";
import { Memo } from "./memo.ts";
import { AppDetector } from "./model/appVersion.ts";
import { NO_COMMENTS, OUR_NAME, readComments } from "./model/comments.ts";
import { EnvReaderFinder } from "./model/envReaders.ts";
import { ImageReader } from "./model/imageReader.ts";
import { LayeredSettings } from "./model/layers.ts";
import { NamedFiles } from "./model/namedFiles.ts";
import { type NamedTable, OwnTables, type OwnTablesRequest } from "./model/ownTables.ts";
import { projectLayer } from "./model/projectFile.ts";
import type { Replacements } from "./model/replacement.ts";
import { mastodonRoles } from "./model/roles.ts";
import { keepersIn } from "./model/stack/keepers.ts";
import { type DeclaredVersion, Stacks } from "./model/stack/stack.ts";
import { once } from "./once.ts";
import { NOBODY } from "./platform/detect.ts";
import {
  attempt,
  type CheckRequest,
  type Content,
  NO_CONTENT,
  type Reading,
  type Report,
  type Telling,
  withText,
} from "./report.ts";
import { TOO_LARGE, tellSettingProblems, tooLargeMessage } from "./rules/document/file.ts";
import { tellProjectFile, tellTable } from "./rules/document/settingsFile.ts";
import { offIn, RULE_IDS, RULES } from "./rules/index.ts";
import { ImageRules } from "./rules/perImage.ts";
import { PlatformRules } from "./rules/platformRules.ts";
import { RestingRules } from "./rules/resting.ts";
import type { Rule, RuleContext } from "./rules/rule.ts";
import { type RuleRun, ServerRules, type Surrounded } from "./rules/serverRules.ts";
import { settle, sorted } from "./rules/settle.ts";
import { applySuppressions, EXPIRED, UNUSED } from "./rules/suppressions.ts";
import type { SettingVocabulary } from "./settingValues.ts";
import { LineIndex, spanOf } from "./text.ts";

/** Different tags, not images. */
const MAX_REPLACEMENTS = 2000;

export class Checker {
  readonly catalog: Catalog;
  readonly vocabulary: SettingVocabulary;
  readonly #rules: readonly Rule[];
  /** The reading of server configurations, for features that describe directives. */
  readonly conf: ConfChecker;
  readonly #index = new FolderIndex();
  readonly #extractor: Extractor;
  readonly #named: NamedFiles;
  readonly #envReaders: EnvReaderFinder;
  readonly #detector: AppDetector;
  readonly #stacks: Stacks;
  readonly #servers: ServerRules;
  readonly #platforms: PlatformRules;
  readonly #ownTables: OwnTables<Checker>;
  readonly #resting = new RestingRules();
  readonly #replacements = new Memo<Replacements>(MAX_REPLACEMENTS);
  readonly #interned = new Interned();
  readonly #images: ImageReader;

  constructor(catalog: Catalog, rules: readonly Rule[] = RULES, conf: ConfChecker = new ConfChecker()) {
    this.catalog = catalog;
    this.conf = conf;
    this.#rules = rules;
    this.vocabulary = {
      apps: catalog.apps.map((app) => app.app),
      engines: catalog.engines.map((engine) => engine.engine),
      rules: RULE_IDS,
    };
    this.#extractor = new Extractor(this.#index, catalog.words);
    this.#named = new NamedFiles(catalog, this.#index);
    this.#images = new ImageReader(catalog, this.#interned);
    this.#detector = new AppDetector(catalog, this.#index, (source, kind, files) =>
      this.#extractor.extract(source, kind, files),
    );
    this.#stacks = new Stacks(catalog, this.#index, this.conf, this.#detector);
    this.#servers = new ServerRules(this.conf, this.#index);
    this.#platforms = new PlatformRules(catalog, this.#index);
    this.#envReaders = new EnvReaderFinder(catalog, this.#index, this.#detector);
    this.#ownTables = new OwnTables(catalog, (withOwn) => new Checker(withOwn, rules, conf));
  }

  /** For settings that are read before the organisation's tables are. */
  get openVocabulary(): SettingVocabulary {
    return { ...this.vocabulary, areAppsOpen: true };
  }

  /** The organisation's own tables that a file's settings name, and the checker that judges by them; `made` is null where none counts. */
  ownTablesOf(
    request: Omit<OwnTablesRequest, "isTrusted"> & Pick<CheckRequest, "isTrusted">,
    files: FileSource,
  ): { readonly named: readonly NamedTable[]; readonly made: Checker | null } {
    return this.#ownTables.of({ isTrusted: true, ...request }, files, this.openVocabulary);
  }

  /** What is remembered of files, for features that read beyond a report. */
  get folderIndex(): FolderIndex {
    return this.#index;
  }

  /** Files that the files of a folder name, and that are ours for that. */
  namedByCompose(folder: string, files: FileSource): ReadonlySet<string> {
    return this.#named.namedFrom(folder, files);
  }

  /** Files that one compose file hands to its services: as environment, or as the configuration of a server. */
  handedOutBy(path: string, files: FileSource): ReadonlySet<string> {
    return this.#named.handedOutBy(path, files);
  }

  /** Drops what is kept of a file; it is read again when it is needed. `isClosed`: nobody looks at it now, so what was made of it with others goes, too. */
  forget(path: string, isClosed = false): void {
    this.#index.forget(path);
    this.#extractor.forget(path);
    this.conf.forget(path);
    this.#resting.forget(path);
    if (isClosed) this.#stacks.forgetMadeOf(path);
    for (const checker of this.#ownTables.all) checker.forget(path, isClosed);
  }

  check(request: CheckRequest): Report {
    const { source } = request;
    const isOnDisk = request.files.isStill === true && request.files.read(source.path) === source.text;
    const files = isOnDisk ? request.files : new RecordingFiles(withText(request.files, source));
    const { named, made } = this.ownTablesOf({ ...request, path: source.path }, files);
    return (made ?? this).#judge(request, files, named);
  }

  #judge(request: CheckRequest, files: FileSource, ownTables: readonly NamedTable[]): Report {
    const { source } = request;
    const lines = source.lines ?? new LineIndex(source.text);
    const kind = ownTables.some(({ path }) => path === source.path) ? "own-table" : this.#named.kindOf(source, files);
    // A table that cannot be read may be the one that brings an app: its name is no second fault.
    const vocabulary = ownTables.every(({ state }) => state === "used") ? this.vocabulary : this.openVocabulary;
    const isSpokenTo = this.#index.searches.has(source.path, source.text, OUR_NAME);
    const comments = isSpokenTo ? readComments(source.path, source.text, lines, vocabulary) : NO_COMMENTS;
    // A project file is judged by its own settings, too.
    const project = request.useProjectFile ? projectLayer(source.path, files, vocabulary) : null;
    const layers = [...request.layers, ...[comments.layer, project].filter((layer) => layer !== null)];
    const settings = new LayeredSettings(layers);
    const asOf = settings.get("asOf") ?? request.today;
    const noticeDays = settings.get("noticeDays");
    const isIgnored = settings.isIgnored(source.path);
    const much = kind === null || isIgnored ? null : tooMuch(source.path, source.text, kind, this.#index.searches);
    const isRead = !isIgnored && much === null;
    const platform = kind === null || !isRead ? NOBODY : this.#platforms.platformOf(source, kind, settings, files);

    const findings: Finding[] = [];
    const told: Telling = {
      tell: (meta, drafts) => {
        findings.push(...settle(meta, drafts, settings));
      },
      tellImage: (meta, drafts) => {
        const isBeside = platform.platform !== "self-hosted" && !platform.isMixed;
        findings.push(...settle(meta, drafts, settings, isBeside));
      },
      failed: [],
      path: source.path,
      resting: this.#resting,
    };
    const own = { ownTables, vocabulary, withFindings: request.withFindings !== false };
    const reading: Reading = { ...own, source, files, lines, settings, asOf, noticeDays, platform };
    const read = isRead ? this.#withPlatform(kind, reading, this.#read(kind, reading, told), told) : null;
    if (much !== null) told.tell(TOO_LARGE, [{ span: spanOf(0, lines.lineEnd(0)), message: tooLargeMessage(much) }]);
    if (kind !== "project-file" && read !== null) tellSettingProblems(comments.problems, told.tell);

    const isSilent = (rule: string): boolean =>
      settings.severity(rule) === "off" || told.failed.some((failure) => failure.rule === rule);
    const suppressions = read === null ? [] : comments.suppressions;
    const { kept, expired, unused } = applySuppressions(findings, suppressions, source, lines, asOf, isSilent);
    const about = [...settle(EXPIRED, expired, settings), ...settle(UNUSED, unused, settings)];
    return {
      ...(read ?? NO_CONTENT),
      source,
      kind: isIgnored ? null : kind,
      lines,
      asOf,
      noticeDays,
      platform,
      catalog: this.catalog,
      ownTables,
      suppressions,
      findings: sorted([...kept, ...about]),
      names: kind === "compose" && isRead ? [...this.handedOutBy(source.path, files)] : [],
      failed: told.failed,
      ...lookedAt(files),
    };
  }

  /** `null`: nothing was read, so comments in the file do not count either. */
  #read(kind: DocumentKind | null, reading: Reading, told: Telling): Content | null {
    if (kind === null) return null;
    if (kind === "project-file" || kind === "own-table") {
      if (kind === "project-file") tellProjectFile(reading, told);
      else tellTable(reading, this.catalog, told);
      return { ...NO_CONTENT };
    }
    if (kind === "server-config") return this.#readConf(reading, told);
    return kind === "environment" ? this.#readEnv(reading, told) : this.#readImages(kind, reading, told);
  }

  #readImages(kind: DocumentKind, reading: Reading, told: Telling): Content {
    const { source, files, settings, asOf, noticeDays, platform } = reading;
    const extraction = this.#extractor.extract(source, kind, files);
    const textSource = this.#index.source(source.path, source.text);
    const { used, recognised, judged, invalid } = this.#images.read(textSource, extraction.images);
    const appImages = this.#detector.appImagesOf(textSource, extraction);
    const apps = this.#detector.allDeclared(
      { source, kind, images: extraction.images, own: appImages },
      settings,
      files,
    );
    const surrounded = this.#surrounded(reading);
    const stacks = kind === "compose" && recognised.length > 0 ? surrounded.stacks() : [];
    const [stack] = stacks;
    const roles = stack === undefined ? null : mastodonRoles(stack);
    const images = this.#images.judge(textSource, judged, { apps, roles, asOf, noticeDays });
    const tree = kind === "dockerfile" ? null : () => this.#index.yaml(source.path, source.text);
    const content = { ...NO_CONTENT, images, recognised, used, appImages, apps, stacks, tree };
    if (!reading.withFindings) return content;
    const switchedOff = this.catalog.apps.filter(({ app }) => settings.app(app)?.value === "off").map(({ app }) => app);
    const context: RuleContext = {
      source,
      kind,
      catalog: this.catalog,
      replacements: this.#replacements,
      extraction,
      invalid,
      images,
      appImages,
      apps,
      keepers: keepersIn(stack),
      switchedOff,
      isTold: (rule) => settings.severity(rule) !== "off",
      platform: platform.isMixed ? "self-hosted" : platform.platform,
      asOf,
      noticeDays,
    };
    const rules = this.#rules.filter(({ meta }) => meta.offByDefault !== true || settings.isSwitchedOn(meta.id));
    const scope = this.#interned.same([
      kind,
      rules.map(({ meta }) => meta.id),
      source.path,
      context.platform,
      asOf,
      noticeDays,
      switchedOff,
      offIn(settings),
    ]);
    const imageRules = new ImageRules(context, textSource, scope, rules);
    for (const rule of rules) {
      attempt(rule.meta.id, told, () => told.tellImage(rule.meta, imageRules.drafts(rule)));
    }
    if (kind === "compose") {
      runAll(this.#servers.ofCompose(surrounded, recognised), told);
      runAll(this.#platforms.ofCompose(source, appImages, platform), told);
    }
    return content;
  }

  #readConf(reading: Reading, told: Telling): Content {
    const { source, files, settings } = reading;
    const loading = this.#named.confNames.loading(source.path, source.text, settings, files);
    if (!reading.withFindings) return { ...NO_CONTENT, conf: loading };
    const surrounded = this.#surrounded(reading);
    runAll(this.#servers.ofConf(surrounded, loading), told);
    runAll(this.#platforms.ofConf(source, reading.platform, loading, files), told);
    return { ...NO_CONTENT, conf: loading, stacks: loading.loaders.length > 0 ? surrounded.stacks() : [] };
  }

  #readEnv(reading: Reading, told: Telling): Content | null {
    const { source, files, settings, withFindings, platform } = reading;
    // A file without a word about caches costs a look at its text.
    if (!mayConcernCaches(source.text)) return null;
    const apps = this.#detector.allDeclared({ source, kind: "environment", images: [], own: [] }, settings, files);
    const readers = this.#envReaders.readersOf(source, apps, files);
    const around = { ...readers.around, platform: platform.platform, hostTable: this.catalog.platforms };
    const input = { path: source.path, text: source.text, apps: readers.apps, around };
    const { told: found, failed } = withFindings
      ? checkEnv(input, undefined, this.#index.env)
      : { told: [], failed: [] };
    for (const { meta, drafts } of found) told.tell(meta, drafts);
    told.failed.push(...failed);
    if (!withFindings) return { ...NO_CONTENT, apps, env: input };
    const surrounded = this.#surrounded(reading);
    const known = readers.apps.map(({ app }) => app);
    runAll(this.#servers.ofEnv(surrounded, known), told);
    return { ...NO_CONTENT, apps, env: input, stacks: surrounded.stacks() };
  }

  /** A file with the stacks in which it has a say. */
  #surrounded({ source, files, settings }: Reading): Surrounded {
    const declared = this.catalog.apps.flatMap(({ app }): DeclaredVersion[] => {
      const set = settings.app(app);
      return set === null ? [] : [{ app, version: set.value }];
    });
    const stacks = once(() => this.#stacks.around(source.path, declared, files));
    return { source, files, stacks, isTold: this.#interned.isToldIn(settings) };
  }

  /** Adds what is known and told of servers that a provider runs: in shell commands, and by a declared version. */
  #withPlatform(kind: DocumentKind | null, reading: Reading, content: Content | null, told: Telling): Content | null {
    const { source, files, settings, platform } = reading;
    if (kind === null || content === null) return content;
    const isProjectFile = kind === "project-file";
    const isDeclared = platform.platform !== "self-hosted" && settings.declared("engine") !== null;
    const apps =
      isProjectFile && isDeclared
        ? this.#detector.allDeclared({ source, kind, images: [], own: [] }, settings, files)
        : content.apps;
    const request = { source, kind, platform, settings, apps, env: content.env, files };
    const judging = { asOf: reading.asOf, noticeDays: reading.noticeDays, isTold: this.#interned.isToldIn(settings) };
    const answers = [
      ...(kind === "workflow" || kind === "shell-script" ? [this.#platforms.ofCommands(request, judging)] : []),
      ...(isDeclared ? [this.#platforms.ofDeclared(request, judging)] : []),
    ];
    if (reading.withFindings) for (const { runs } of answers) runAll(runs, told);
    return answers.length === 0 ? content : { ...content, engines: answers.flatMap(({ engines }) => engines) };
  }
}

function runAll(runs: readonly RuleRun[], told: Telling): void {
  for (const { id, drafts } of runs) {
    attempt(id, told, () => {
      for (const { meta, draft } of drafts()) told.tell(meta, [draft]);
    });
  }
}
