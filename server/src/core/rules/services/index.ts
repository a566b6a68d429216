/** Rules about the services of a compose file that run a cache server. */

import type { RunningServer } from "../../model/runningServers.ts";
import { allowEmptyPassword } from "../bitnami/allowEmptyPassword.ts";
import { passwordVariableIgnored } from "../compose/passwordVariableIgnored.ts";
import { memlock } from "../dragonfly/memlock.ts";
import { noAof } from "../dragonfly/noAof.ts";
import { redisConfNotRead } from "../dragonfly/redisConfNotRead.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import type { ServiceRule } from "./rule.ts";

export const SERVICE_RULES: readonly ServiceRule[] = [
  allowEmptyPassword,
  passwordVariableIgnored,
  memlock,
  noAof,
  redisConfNotRead,
];

/** What stands behind an anchor is told once. */
export function serviceDrafts(
  rule: ServiceRule,
  servers: readonly RunningServer[],
  isTold: (rule: string) => boolean,
): Draft[] {
  const told = new Map<number, Draft>();
  for (const server of servers) for (const draft of rule.check(server, isTold)) told.set(draft.span.start, draft);
  return [...told.values()];
}

export const SERVICE_METAS: readonly RuleMeta[] = SERVICE_RULES.map(({ meta }) => meta);
