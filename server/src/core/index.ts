/** The only door of the core: what adapters (language server, command line, browser) may use. */
export { BUILT_IN, builtInCatalog, catalogTables } from "./catalog/builtIn.ts";
export { writeBundle } from "./catalog/bundle.ts";
export { Catalog } from "./catalog/catalog.ts";
export {
  type DataOrigin,
  type Freshness,
  freshness,
  judgeOffer,
  type Offer,
  OLD_AFTER_DAYS,
  type TablesInUse,
  tablesInUse,
} from "./catalog/inUse.ts";
export { Checker } from "./checker.ts";
export { checkerOf } from "./checkerOf.ts";
export type { SourceText } from "./documents/extraction.ts";
export { kindOfName, mayBeOurs, OWN_TABLE, PROJECT_FILE } from "./documents/kind.ts";
export {
  completeEnv,
  definitionEnv,
  type EnvCompletionItem,
  type EnvInput,
  hoverVariable,
  rewritesEnv,
} from "./env/index.ts";
export { excerpt, isShareable } from "./excerpt.ts";
export { hoverOf } from "./features/anyHover.ts";
export { type Completion, completeAt, describeReference } from "./features/completion.ts";
export { type ConfCompletionItem, confCompletion, confCompletionFolder } from "./features/conf/completion.ts";
export {
  confDefinition,
  confLinkAt,
  confLinks,
  confOutline,
  confSections,
  type OutlineItem,
} from "./features/conf/outline.ts";
export { confTokens, TOKEN_MODIFIERS, TOKEN_TYPES } from "./features/conf/tokens.ts";
export { definitionAt } from "./features/definition.ts";
export { applyEdits, editsOf, type Fixable, type Mended, safeFix, safeFixesOf } from "./features/fixAll.ts";
export { holdingTogether, Tally } from "./features/fixesTogether.ts";
export { imageStates } from "./features/imageStates.ts";
export { inlayHints } from "./features/inlayHints.ts";
export type { RichText } from "./features/markdown.ts";
export { overview } from "./features/overview/index.ts";
export { type FileUse, usedIn } from "./features/overview/used.ts";
export type {
  Overview,
  ViewBar,
  ViewCell,
  ViewGrid,
  ViewPhase,
  ViewPlace,
  ViewRow,
  ViewTable,
  ViewTimeline,
} from "./features/overview/view.ts";
export { FixTrial } from "./features/provenFixes.ts";
export { settled } from "./features/settledEdit.ts";
export { stackDefinition, stackLinks, stackReferences } from "./features/stack/navigation.ts";
export { type SuppressAction, suppressActions } from "./features/suppress/index.ts";
export { isTypedKey } from "./features/typedKey.ts";
export { type FileSource, NO_FILES } from "./files.ts";
export { type Finding, type Fix, type Place, SEVERITIES, type Severity, type TextEdit } from "./finding.ts";
export { splice, withGaps, withoutGaps } from "./gaps.ts";
export { matchesGlob } from "./globs.ts";
export { describeError } from "./internalError.ts";
export type { DeclaredApp } from "./model/appVersion.ts";
export type { Layer } from "./model/layers.ts";
export type { NamedTable } from "./model/ownTables.ts";
export { readProjectSettings } from "./model/projectFile.ts";
export { dirname, resolvePath } from "./paths.ts";
export { PRODUCT, REPOSITORY, ruleDocs } from "./product.ts";
export type { CheckRequest, Report } from "./report.ts";
export type { CheckResult, FileResult, FindingResult, FixResult, TextRange } from "./result.ts";
export { RULE_IDS, RULE_METAS } from "./rules/index.ts";
export type { RuleMeta } from "./rules/rule.ts";
export { readSettings, SETTINGS, type SettingsLayer } from "./settings.ts";
export { DEFAULT_SETTINGS, unknownApp } from "./settingValues.ts";
export { LineIndex, type Span, touches } from "./text.ts";
export { countSeverities, toFileResults, toResult } from "./toResult.ts";
