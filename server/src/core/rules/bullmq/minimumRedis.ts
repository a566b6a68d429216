/** A Redis that BullMQ refuses, or accepts with a warning. */
import { compareVersions } from "../../catalog/version.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const bullmqMinimumRedis: StackRule = {
  meta: {
    id: "bullmq/minimum-redis",
    severity: "error",
    title: "Redis too old for BullMQ",
    sources: [
      {
        source:
          "https://github.com/taskforcesh/bullmq/blob/352d3c72bf2bc5ec851630a4cdcba7d44c313ed0/src/classes/redis-connection.ts",
        asOf: "2026-08-21",
      },
    ],
  },
  check: ({ bullmq }) =>
    bullmq.flatMap(({ service, server: { image, imagePlace } }): StackDraft[] => {
      const { line, tag } = image;
      if (image.judgedAs !== "redis" || line === null || tag.kind !== "release") return [];
      if (compareVersions(line, "6.2") >= 0) return [];
      const at = { path: imagePlace.path, span: image.span };
      if (compareVersions(line, "5.0") >= 0) {
        const message = `BullMQ, which service ${service} uses, recommends Redis 6.2 or newer; this is ${line}. Raise the tag.`;
        return [{ at, severity: "hint", message }];
      }
      const message = `BullMQ, which service ${service} uses, needs Redis 5.0 and stops at ${line}. Raise the tag, best to 6.2 or newer.`;
      return [{ at, message }];
    }),
};
