/** The only door of the core: what adapters (language server, command line, browser) may use. */
export { builtInCatalog } from "./catalog/builtIn.ts";
export { Catalog } from "./catalog/catalog.ts";
export { Checker, type CheckRequest, type Report } from "./checker.ts";
export type { SourceText } from "./documents/extraction.ts";
export { kindOfName, mayBeOurs, PROJECT_FILE } from "./documents/kind.ts";
export { type FileSource, NO_FILES } from "./files.ts";
export { type Finding, type Fix, type Place, SEVERITIES, type Severity, type TextEdit } from "./finding.ts";
export type { DeclaredApp } from "./model/appVersion.ts";
export type { Layer } from "./model/layers.ts";
export { PRODUCT, REPOSITORY, ruleDocs } from "./product.ts";
export { RULE_IDS, RULE_METAS } from "./rules/index.ts";
export type { RuleMeta } from "./rules/rule.ts";
export { readSettings, SETTINGS, type SettingsLayer } from "./settings.ts";
export { LineIndex, type Span } from "./text.ts";
