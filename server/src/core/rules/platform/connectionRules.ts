/** Rules about addresses at a provider, sorted by id. */
import { credentialTypeAsScheme } from "../aptible/credentialTypeAsScheme.ts";
import { plaintextUrl } from "../aptible/plaintextUrl.ts";
import { clusterMode } from "../elasticache/clusterMode.ts";
import { memcachedEndpoint } from "../elasticache/memcachedEndpoint.ts";
import { readerEndpoint } from "../elasticache/readerEndpoint.ts";
import { serverlessEvicts } from "../elasticache/serverlessEvicts.ts";
import { tlsUrlMismatch } from "../elasticache/tlsUrlMismatch.ts";
import type { ConnectionRule } from "./connectionRule.ts";

export const CONNECTION_RULES: readonly ConnectionRule[] = [
  credentialTypeAsScheme,
  plaintextUrl,
  clusterMode,
  memcachedEndpoint,
  readerEndpoint,
  serverlessEvicts,
  tlsUrlMismatch,
];
