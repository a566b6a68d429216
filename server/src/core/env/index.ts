/**
 * Everything about `.env` files, as pure functions over one text and what is known around it. Nothing here reads a file;
 * no message, hover, title or completion contains a value of the file.
 */
import { ENV_RULES as RULES } from "../rules/env/index.ts";
import type { RuleMeta } from "../rules/rule.ts";

export { type CacheUrl, parseCacheUrl, type UrlPart } from "./cacheUrl.ts";
export { checkEnv, type EnvCheck, type EnvFindings } from "./check.ts";
export { completeEnv, type EnvCompletionItem } from "./completion.ts";
export { type EnvInput, isSampleFile, mayConcernCaches } from "./context.ts";
export { definitionEnv } from "./definition.ts";
export { type EnvHover, hoverEnv, hoverVariable } from "./hover.ts";
export { type EnvRewrite, rewritesEnv } from "./rewrites.ts";
export {
  type EngineHost,
  type EnvApp,
  type EnvSurroundings,
  type LaravelFacts,
  type OutsideValue,
  type Overruling,
  readLaravel,
  usesDjangoEnviron,
} from "./surroundings.ts";
export { ENV_VARIABLES, type EnvVariable, EnvVariables, type EnvVariableTable, type Process } from "./variables.ts";

/** Every rule about `.env` files, sorted by id. */
export const ENV_RULES: readonly RuleMeta[] = RULES.map(({ meta }) => meta);
