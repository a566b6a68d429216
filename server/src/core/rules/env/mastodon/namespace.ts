import type { EnvContext } from "../../../env/context.ts";
import type { EnvLine } from "../../../env/entry.ts";
import { commentOut, deleteLines, replace } from "../../../env/fixes.ts";
import { Mastodon } from "../../../env/mastodon.ts";
import type { Fix } from "../../../finding.ts";
import type { EnvRule } from "../rule.ts";
import { CHANGELOG, CONFIG_DOCS, CONFIGURATION, CONFIGURATION_4_3, NAMESPACE_MIGRATION } from "../sources.ts";

/** 4.4 and newer abort at boot with it, even empty; 4.3 warns; 4.2 uses it. */
export const redisNamespaceRemoved: EnvRule = {
  meta: {
    id: "mastodon/redis-namespace-removed",
    title: "REDIS_NAMESPACE stops Mastodon 4.4 and newer",
    severity: "error",
    sources: [CHANGELOG, NAMESPACE_MIGRATION, CONFIG_DOCS],
  },
  check: (context) => {
    const mastodon = Mastodon.among(context);
    const line = context.line("REDIS_NAMESPACE");
    if (mastodon === null || line === undefined || !mastodon.railsReads || mastodon.isAtLeast("4.3") === false)
      return [];
    const isRefused = mastodon.isAtLeast("4.4") === true;
    const what = isRefused
      ? `${mastodon.name} does not start while REDIS_NAMESPACE is set, even to nothing`
      : "REDIS_NAMESPACE is deprecated in Mastodon 4.3, and newer versions do not start with it";
    return [
      {
        span: line.keySpan,
        severity: isRefused ? "error" : "warning",
        message: `${what}. The keys in Redis still carry the prefix, so without a migration they are lost from sight. Migrate the keys first (github.com/mastodon/redis_namespace_migration), then remove the line.`,
        fixes: [
          deleteLines(context, "Remove REDIS_NAMESPACE, after the keys were migrated", [line], { preferred: true }),
          ...commentOut(context, line, "Comment REDIS_NAMESPACE out, after the keys were migrated"),
          ...keepSearchPrefix(context, line),
        ],
        tag: "deprecated",
      },
    ];
  },
};

/** The prefix of the search index took its default from here: without it the index would be built anew. */
function keepSearchPrefix(context: EnvContext, line: EnvLine): Fix[] {
  if (context.value("ES_ENABLED") !== "true" || context.isSet("ES_PREFIX") || line.isBlank) return [];
  return [replace(context, "Rename to ES_PREFIX: the search index keeps its name", line.keySpan, "ES_PREFIX")];
}

/** Documented, but no version of the code looks at them. */
export const prefixedNamespaceNotRead: EnvRule = {
  meta: {
    id: "mastodon/prefixed-namespace-not-read",
    title: "Variable is never read",
    severity: "warning",
    sources: [CONFIG_DOCS, CONFIGURATION_4_3, CONFIGURATION],
  },
  check: (context) => {
    if (Mastodon.among(context) === null) return [];
    return ["CACHE_REDIS_NAMESPACE", "SIDEKIQ_REDIS_NAMESPACE"].flatMap((name) => {
      const line = context.line(name);
      if (line === undefined || context.isUsedElsewhere(name)) return [];
      return [
        {
          span: line.keySpan,
          message: `No version of Mastodon reads ${name}, although the documentation names it. The keys get no prefix from it. Remove the line.`,
          fixes: [deleteLines(context, `Remove ${name}`, [line], { preferred: true })],
          tag: "unnecessary" as const,
        },
      ];
    });
  },
};
