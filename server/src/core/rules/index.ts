/** The list of rules. A new rule is one module, one line here, and one page in `data/rules`. */

import type { LayeredSettings } from "../model/layers.ts";
import { appEngineEndOfLife, appEngineUnlisted, appEngineUnsupported } from "./app/engine.ts";
import { INCLUDE_NOT_READ } from "./conf/includeNotRead.ts";
import { CONF_METAS } from "./conf/metas.ts";
import { SETUP_METAS } from "./conf/setup/index.ts";
import { CONFIG_SYNTAX, DUPLICATE_KEY, INVALID_VALUE, TOO_LARGE, UNKNOWN_KEY } from "./document/file.ts";
import { TABLE_SYNTAX, TABLE_VALUE } from "./document/ownTable.ts";
import { helmNumberTag, yamlDuplicateKey, yamlSyntax } from "./document/yaml.ts";
import { ENV_RULES } from "./env/index.ts";
import { endOfLife, endOfLifeSoon } from "./image/endOfLife.ts";
import { floatingTag } from "./image/floatingTag.ts";
import { invalidReference } from "./image/invalidReference.ts";
import { licence } from "./image/licence.ts";
import { movedRepository } from "./image/movedRepository.ts";
import { outdatedPatch } from "./image/outdatedPatch.ts";
import { keydbNotInMatrix } from "./keydb/notInMatrix.ts";
import { dragonflyBelow127, dragonflyExperimental } from "./mastodon/dragonfly.ts";
import { endOfSupport } from "./mastodon/endOfSupport.ts";
import { engineEndOfLife } from "./mastodon/engineEndOfLife.ts";
import { engineUnlisted } from "./mastodon/engineUnlisted.ts";
import { engineUnsupported } from "./mastodon/engineUnsupported.ts";
import { mixedImageTags } from "./mastodon/mixedImageTags.ts";
import { sidekiqMinimumRedis } from "./mastodon/sidekiqMinimumRedis.ts";
import { versionUnresolved } from "./mastodon/versionUnresolved.ts";
import { organisationEndOfLife, organisationEndOfLifeSoon } from "./organisation/endOfLife.ts";
import { PLATFORM_METAS } from "./platform/metas.ts";
import type { Rule, RuleMeta } from "./rule.ts";
import { STACK_METAS } from "./stack/index.ts";
import { EXPIRED, UNUSED } from "./suppressions.ts";

export const RULES: readonly Rule[] = [
  appEngineEndOfLife,
  appEngineUnlisted,
  appEngineUnsupported,
  organisationEndOfLife,
  organisationEndOfLifeSoon,
  helmNumberTag,
  endOfLife,
  endOfLifeSoon,
  floatingTag,
  invalidReference,
  licence,
  movedRepository,
  outdatedPatch,
  keydbNotInMatrix,
  dragonflyBelow127,
  dragonflyExperimental,
  endOfSupport,
  engineEndOfLife,
  engineUnlisted,
  engineUnsupported,
  mixedImageTags,
  sidekiqMinimumRedis,
  versionUnresolved,
  yamlDuplicateKey,
  yamlSyntax,
];

/** Rules that other parts tell: the reading of server configurations and `.env` files, the project file, suppressions, the size of a file. */
const TOLD_ELSEWHERE: readonly RuleMeta[] = [
  ...PLATFORM_METAS,
  ...CONF_METAS,
  INCLUDE_NOT_READ,
  ...SETUP_METAS,
  ...STACK_METAS,
  ...ENV_RULES.map(({ meta }) => meta),
  TABLE_SYNTAX,
  TABLE_VALUE,
  CONFIG_SYNTAX,
  INVALID_VALUE,
  DUPLICATE_KEY,
  UNKNOWN_KEY,
  TOO_LARGE,
  EXPIRED,
  UNUSED,
];

/** Every rule there is, sorted by id. */
export const RULE_METAS: readonly RuleMeta[] = [...RULES.map((rule) => rule.meta), ...TOLD_ELSEWHERE].sort((a, b) =>
  a.id < b.id ? -1 : 1,
);

export const RULE_IDS: readonly string[] = RULE_METAS.map((meta) => meta.id);

/** The rules that settings switch off. */
export function offIn(settings: LayeredSettings): readonly string[] {
  return RULE_IDS.filter((rule) => settings.severity(rule) === "off");
}
