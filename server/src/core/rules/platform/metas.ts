/** Rules about managed servers that no list of another kind holds. */
import { DATABASE_RULES, REPLICAOF } from "../aptible/flavours.ts";
import { REDIS_CONF_UNUSED } from "../aptible/redisConfUnused.ts";
import { TLS_PROTOCOL } from "../aptible/tlsProtocol.ts";
import type { RuleMeta } from "../rule.ts";
import { ENGINE_RULES } from "./engineRules.ts";

export const PLATFORM_METAS: readonly RuleMeta[] = [
  ...ENGINE_RULES.map(({ meta }) => meta),
  ...DATABASE_RULES.map(({ meta }) => meta),
  REDIS_CONF_UNUSED,
  REPLICAOF,
  TLS_PROTOCOL,
];
