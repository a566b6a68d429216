/** A Dragonfly that may drop keys when memory is short, and holds jobs. */
import { compareVersions } from "../../catalog/version.ts";
import { isFlagOn } from "../../model/stack/dragonflySettings.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { useOf } from "../../model/stack/use.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const FLAG = "cache_mode";

export const cacheModeWithQueue: StackRule = {
  meta: {
    id: "dragonfly/cache-mode-with-queue",
    severity: "warning",
    title: "Dragonfly cache mode drops queue data",
    sources: [
      {
        source:
          "https://github.com/dragonflydb/documentation/blob/61b24fcbf3eb4d2b6d57e3139ed71fd57d2998a1/docs/managing-dragonfly/flags.md",
        asOf: "2026-06-22",
      },
    ],
  },
  check: (stack) =>
    stack.servers.flatMap((server): StackDraft[] => {
      const { flags } = server;
      const place = flags?.get(FLAG)?.place;
      if (flags === null || place === undefined || !isFlagOn(flags, FLAG) || !holdsJobs(server, stack)) return [];
      const message =
        "With `cache_mode` Dragonfly drops keys when memory is short, and this server holds queued jobs. Remove it, or point only the cache at this service.";
      return [{ at: place, message }];
    }),
};

/** Mastodon's jobs and feeds, or those of a Postiz that queued them in Redis, which it did up to 2.11. */
function holdsJobs(server: StackServer, stack: Stack): boolean {
  const { roles, apps } = useOf(stack, server);
  if (apps.has("mastodon") && (roles.has("main") || roles.has("queue"))) return true;
  return stack.connections.some(
    ({ client: { app, version }, target }) =>
      target.kind === "server" &&
      target.server === server &&
      app === "postiz" &&
      version !== null &&
      compareVersions(version, "2.12") < 0,
  );
}
