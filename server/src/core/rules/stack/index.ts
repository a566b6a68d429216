/** Rules about whole stacks: what each says is told in the file in which it stands. */
import type { StackServer } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { allowEmptyPassword } from "../bitnami/allowEmptyPassword.ts";
import { dataPath } from "../bitnami/dataPath.ts";
import { bullmqMinimumRedis } from "../bullmq/minimumRedis.ts";
import { commandOverridesConf } from "../compose/commandOverridesConf.ts";
import { configMissing } from "../compose/configMissing.ts";
import { configNotUsed } from "../compose/configNotUsed.ts";
import { dependsOnHealth } from "../compose/dependsOnHealth.ts";
import { healthcheckFalseGreen, healthcheckMissing } from "../compose/healthcheck.ts";
import { memoryLimit } from "../compose/memoryLimit.ts";
import { noDataVolume } from "../compose/noDataVolume.ts";
import { passwordVariableIgnored } from "../compose/passwordVariableIgnored.ts";
import { databaseOutOfRange } from "../connection/databaseOutOfRange.ts";
import { exposedServer } from "../connection/exposedServer.ts";
import { localhostInContainer, unknownHost } from "../connection/host.ts";
import { passwordDiffers, passwordMissing, passwordUnexpected } from "../connection/password.ts";
import { portMismatch, publishedPortUsedInside } from "../connection/portMismatch.ts";
import { tlsPortMissing } from "../connection/tlsPortMissing.ts";
import { cacheModeWithQueue } from "../dragonfly/cacheModeWithQueue.ts";
import { memlock } from "../dragonfly/memlock.ts";
import { noAof } from "../dragonfly/noAof.ts";
import { redisConfNotRead } from "../dragonfly/redisConfNotRead.ts";
import { dragonflyLuaFlags } from "../mastodon/dragonflyLuaFlags.ts";
import { cacheInstanceNoEviction, cacheInstancePersistence, mainInstanceNoPersistence } from "../mastodon/instances.ts";
import { sidekiqUrlOnlyInOneProcess, twoServersOneRedis } from "../mastodon/sharedQueues.ts";
import { redis72ToValkey, redis74ToValkey, redisToOlder } from "../migrate/sharedData.ts";
import { bullmqNeedsNoeviction, minimumRedis } from "../postiz/servers.ts";
import type { Draft, RuleMeta } from "../rule.ts";
import { Said, SaidOfAll } from "../said.ts";
import type { IsTold, StackDraft, StackRule, StackServerRule } from "./rule.ts";

export const STACK_RULES: readonly StackRule[] = [
  allowEmptyPassword,
  dataPath,
  passwordVariableIgnored,
  cacheModeWithQueue,
  memlock,
  noAof,
  redisConfNotRead,
  bullmqMinimumRedis,
  commandOverridesConf,
  configMissing,
  configNotUsed,
  dependsOnHealth,
  healthcheckFalseGreen,
  healthcheckMissing,
  memoryLimit,
  noDataVolume,
  databaseOutOfRange,
  exposedServer,
  localhostInContainer,
  passwordDiffers,
  passwordMissing,
  passwordUnexpected,
  portMismatch,
  publishedPortUsedInside,
  tlsPortMissing,
  unknownHost,
  cacheInstanceNoEviction,
  cacheInstancePersistence,
  dragonflyLuaFlags,
  mainInstanceNoPersistence,
  sidekiqUrlOnlyInOneProcess,
  twoServersOneRedis,
  redis72ToValkey,
  redis74ToValkey,
  redisToOlder,
  bullmqNeedsNoeviction,
  minimumRedis,
];

export const STACK_METAS: readonly RuleMeta[] = STACK_RULES.map(({ meta }) => meta);

/** What a rule says about some stacks in one file; each place once, however many services lead to it. */
export function stackDrafts(
  rule: StackRule,
  stacks: readonly Stack[],
  path: string,
  isTold: (rule: string) => boolean,
): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const stack of stacks) {
    for (const { at, ...draft } of draftsOf(rule, stack, isTold)) {
      const key = `${at.span.start} ${at.span.end}`;
      if (at.path === path && !drafts.has(key)) drafts.set(key, { span: at.span, ...draft });
    }
  }
  return [...drafts.values()];
}

interface SaidOfServer {
  readonly isTold: IsTold;
  readonly said: Said<StackServerRule, StackDraft>;
}

interface SaidInStack {
  readonly isTold: IsTold;
  /** Of each server, in their order. */
  readonly servers: readonly Said<StackServerRule, StackDraft>[];
  readonly all: SaidOfAll<StackServerRule, StackDraft>;
}

const SAID = new WeakMap<StackServer, SaidOfServer>();
const SAID_IN = new WeakMap<Stack, SaidInStack>();

function draftsOf(rule: StackRule, stack: Stack, isTold: IsTold): readonly StackDraft[] {
  if ("check" in rule) return rule.check(stack, isTold);
  if (!isAsked(rule, stack)) return [];
  const { servers, all } = saidIn(stack, isTold);
  const ask = (i: number): readonly StackDraft[] => rule.ofServer(stack.servers[i] as StackServer, isTold);
  return all.drafts(rule, (i) => servers[i]?.of(rule, () => ask(i)) ?? ask(i));
}

function isAsked({ needsWhole }: StackServerRule, { project }: Stack): boolean {
  return needsWhole !== true || project.isWhole;
}

function saidIn(stack: Stack, isTold: IsTold): SaidInStack {
  const known = SAID_IN.get(stack);
  if (known?.isTold === isTold) return known;
  const servers = stack.servers.map((server) => {
    const before = SAID.get(server);
    if (before?.isTold === isTold) return before.said;
    const said = new Said<StackServerRule, StackDraft>();
    SAID.set(server, { isTold, said });
    return said;
  });
  const rules = STACK_RULES.filter((rule) => "ofServer" in rule && isAsked(rule, stack) && isTold(rule.meta.id));
  const found = { isTold, servers, all: new SaidOfAll(servers, rules.length) };
  SAID_IN.set(stack, found);
  return found;
}
