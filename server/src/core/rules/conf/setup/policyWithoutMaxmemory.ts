/** A policy that drops keys, and no limit at which it would begin. */
import type { SetupRule } from "./rule.ts";

const EVICTING = /^(?:allkeys|volatile)-(?:lru|lfu|lrm|random|ttl)$/;

export const policyWithoutMaxmemory: SetupRule = {
  meta: {
    id: "conf/policy-without-maxmemory",
    severity: "hint",
    title: "Policy without limit",
    sources: [
      {
        source:
          "https://github.com/valkey-io/valkey-doc/blob/fe8f96a2985efbae06a03805cd3f86811907d26a/topics/lru-cache.md",
        asOf: "2026-06-18",
      },
    ],
  },
  check: ({ values }) => {
    const policy = values.of("maxmemory-policy");
    if (policy === "default" || policy === "unknown") return [];
    const name = values.value("maxmemory-policy") ?? "";
    const limit = values.of("maxmemory");
    if (!EVICTING.test(name) || values.bytes("maxmemory") !== 0n) return [];
    return [
      {
        at: policy.args[0]?.place ?? policy.place,
        message: `\`${name}\` never drops a key: without \`maxmemory\` there is no limit at which eviction begins. Set \`maxmemory\`.`,
        ...(limit === "default" || limit === "unknown"
          ? {}
          : { related: [{ at: limit.place, message: "0 means no limit" }] }),
      },
    ];
  },
};
