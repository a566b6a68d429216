/** The list of rules about `.env` files. A new rule is one module, one line here, and one page in `data/rules`. */

import { overEnv } from "../platform/connectionRule.ts";
import { CONNECTION_RULES } from "../platform/connectionRules.ts";
import { cacheUrlScheme } from "./frameworks/django.ts";
import { cacheDriverRenamed, memcachedHostMissing } from "./frameworks/laravel.ts";
import { redisProvider } from "./frameworks/sidekiq.ts";
import { composeOverridesEnvFile } from "./general/composeOverridesEnvFile.ts";
import { duplicateKey } from "./general/duplicateKey.ts";
import { invalidValue } from "./general/invalidValue.ts";
import { defaultSecret, nullPassword, quotesVerbatim } from "./general/passwords.ts";
import { envSyntax } from "./general/syntax.ts";
import { urlPasswordEncoding } from "./general/urlPassword.ts";
import { urlScheme } from "./general/urlScheme.ts";
import { redisDriverValue } from "./mastodon/driverValue.ts";
import { emptyUrl } from "./mastodon/emptyUrl.ts";
import { prefixedNamespaceNotRead, redisNamespaceRemoved } from "./mastodon/namespace.ts";
import { databaseNumber, ipv6NeedsBrackets, portNotClean } from "./mastodon/parts.ts";
import { prefixedHostInheritsNothing, prefixedPartsWithoutHost } from "./mastodon/prefixedParts.ts";
import { redisUserBefore43, sentinelBefore43, sentinelPair } from "./mastodon/sentinel.ts";
import { tlsBefore43, tlsNeedsRubyDriver } from "./mastodon/tls.ts";
import { urlOverridesParts } from "./mastodon/urlOverridesParts.ts";
import { redisUserUsername } from "./mastodon/userNames.ts";
import { backendNotAvailable, seedBackendStatus } from "./postiz/backends.ts";
import { redisUrlMissing } from "./postiz/redisUrlMissing.ts";
import { redisUrlScheme, urlTrailingParts } from "./postiz/url.ts";
import { variableNotRead } from "./postiz/variableNotRead.ts";
import type { EnvRule } from "./rule.ts";

/** Sorted by id. */
export const ENV_RULES: readonly EnvRule[] = [
  ...CONNECTION_RULES.filter(({ meta }) => meta.id.startsWith("aptible/")).map(overEnv),
  cacheUrlScheme,
  ...CONNECTION_RULES.filter(({ meta }) => meta.id.startsWith("elasticache/")).map(overEnv),
  composeOverridesEnvFile,
  defaultSecret,
  duplicateKey,
  invalidValue,
  nullPassword,
  quotesVerbatim,
  envSyntax,
  urlPasswordEncoding,
  urlScheme,
  cacheDriverRenamed,
  memcachedHostMissing,
  databaseNumber,
  emptyUrl,
  ipv6NeedsBrackets,
  portNotClean,
  prefixedHostInheritsNothing,
  prefixedNamespaceNotRead,
  prefixedPartsWithoutHost,
  redisDriverValue,
  redisNamespaceRemoved,
  redisUserBefore43,
  redisUserUsername,
  sentinelBefore43,
  sentinelPair,
  tlsBefore43,
  tlsNeedsRubyDriver,
  urlOverridesParts,
  backendNotAvailable,
  redisUrlMissing,
  redisUrlScheme,
  seedBackendStatus,
  urlTrailingParts,
  variableNotRead,
  redisProvider,
];
