/** The Redis of Postiz: its policy while jobs are queued in it, and its version. */
import { compareVersions } from "../../catalog/version.ts";
import type { Severity } from "../../finding.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { rewritingAt } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

/** From this version on Temporal holds the jobs. */
const WITHOUT_BULLMQ = "2.12";
const EVICTING = /^(?:allkeys|volatile)-(?:lru|lfu|lrm|random|ttl)$/;

export const bullmqNeedsNoeviction: StackRule = {
  meta: {
    id: "postiz/bullmq-needs-noeviction",
    severity: "error",
    title: "Evicting policy breaks BullMQ",
    sources: [
      {
        source:
          "https://github.com/taskforcesh/bullmq/blob/352d3c72bf2bc5ec851630a4cdcba7d44c313ed0/docs/gitbook/guide/going-to-production.md",
        asOf: "2026-08-21",
      },
      {
        source:
          "https://github.com/taskforcesh/bullmq/blob/352d3c72bf2bc5ec851630a4cdcba7d44c313ed0/src/classes/redis-connection.ts",
        asOf: "2026-08-21",
      },
      { source: "003_174f6fcb8794606c.txt", asOf: "2025-01-09" },
    ],
  },
  check: (stack) => [
    ...serversOfPostiz(stack).flatMap(([server, version, isLatest]) => policyDraft(server, version, isLatest)),
    ...stack.bullmq.flatMap(({ server, service }) => otherAppDraft(server, service)),
  ],
};

/** Whether a version keeps its jobs in Redis; `null` = nobody knows which one it is. */
export function hasBullmq(version: string | null, isLatest: boolean): boolean | null {
  if (isLatest) return false;
  return version === null ? null : compareVersions(version, WITHOUT_BULLMQ) < 0;
}

function policyDraft(server: StackServer, version: string | null, isLatest: boolean): StackDraft[] {
  const { policy, maxmemory } = server.settings;
  if (policy === null || policy.place === null || !EVICTING.test(policy.value)) return [];
  const isOver = hasBullmq(version, isLatest) === false;
  const severity: Severity = isOver
    ? "information"
    : version !== null && maxmemory !== null && maxmemory.value > 0n
      ? "error"
      : "warning";
  const why = isOver
    ? "Postiz keeps no jobs in Redis since 2.12, but sessions and limits that may be dropped at any time"
    : "BullMQ, with which Postiz queues its jobs, loses or corrupts them under any other policy than noeviction";
  const message = `\`${policy.value}\` may drop any key when the memory is full; ${why}. Set \`maxmemory-policy noeviction\`.`;
  return [
    {
      at: policy.place,
      message,
      severity,
      fixes: rewritingAt("Change to noeviction", policy.place, policy.value, "noeviction"),
    },
  ];
}

/** Another app whose own package.json depends on BullMQ. */
function otherAppDraft({ settings: { policy, maxmemory } }: StackServer, service: string): StackDraft[] {
  if (policy === null || policy.place === null || !EVICTING.test(policy.value)) return [];
  const severity = maxmemory !== null && maxmemory.value > 0n ? "error" : "warning";
  const message = `\`${policy.value}\` may drop any key when the memory is full; BullMQ, with which service ${service} queues its jobs, loses or corrupts them under any other policy than noeviction. Set \`maxmemory-policy noeviction\`.`;
  const fixes = rewritingAt("Change to noeviction", policy.place, policy.value, "noeviction");
  return [{ at: policy.place, message, severity, fixes }];
}

export const minimumRedis: StackRule = {
  meta: {
    id: "postiz/minimum-redis",
    severity: "warning",
    title: "Redis too old for Postiz",
    sources: [
      {
        source:
          "https://github.com/gitroomhq/postiz-docs/blob/f4a631a3a58ee1b084f8352cd55e960211380c21/self-host/installation/system-requirements.mdx",
        asOf: "2026-08-20",
      },
    ],
  },
  check: (stack) =>
    serversOfPostiz(stack).flatMap(([{ image, imagePlace }]): StackDraft[] => {
      const { tag } = image;
      const major = tag.kind === "release" ? tag.version.major : tag.kind === "floating" ? tag.major : null;
      if (image.judgedAs !== "redis" || major === null || major >= 6) return [];
      const message = `Postiz asks for Redis 6 or newer, and this is Redis ${image.line ?? major}. Use redis:7.2 or newer.`;
      return [{ at: { path: imagePlace.path, span: image.span }, message }];
    }),
};

/**
 * Each server that a Postiz of the stack reaches, with the version of that Postiz, and whether its tag is `latest`. A project with one
 * server and no app is that of the app that somebody declared.
 */
export function serversOfPostiz({
  connections,
  clients,
  declared,
  servers,
}: Stack): [StackServer, string | null, boolean][] {
  const found = new Map<StackServer, [StackServer, string | null, boolean]>();
  for (const { client, target } of connections) {
    if (client.app !== "postiz" || target.kind !== "server") continue;
    found.set(target.server, [target.server, client.version, client.isLatest]);
  }
  const [only, ...more] = servers;
  const version = declared.find(({ app }) => app === "postiz")?.version ?? "off";
  const isAlone = only !== undefined && more.length === 0 && clients.length === 0;
  if (isAlone && version !== "off" && declared.length === 1) found.set(only, [only, version, false]);
  return [...found.values()];
}
