/** A Dragonfly that refuses scripts which touch keys they did not announce. */
import { isFlagOn } from "../../model/stack/dragonflySettings.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { Stack } from "../../model/stack/stack.ts";
import { useOf } from "../../model/stack/use.ts";
import { hasBullmq, serversOfPostiz } from "../postiz/servers.ts";
import { appendWord, fixOf, insertKey, topLayer } from "../stack/insert.ts";
import { nameOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const FLAG = "--default_lua_flags=allow-undeclared-keys";

export const dragonflyLuaFlags: StackRule = {
  meta: {
    id: "mastodon/dragonfly-lua-flags",
    severity: "warning",
    title: "Dragonfly may reject Lua scripts",
    sources: [
      {
        source:
          "https://github.com/dragonflydb/documentation/blob/61b24fcbf3eb4d2b6d57e3139ed71fd57d2998a1/docs/managing-dragonfly/scripting.md",
        asOf: "2026-06-22",
      },
      { source: "https://github.com/zoolutions/sidekiq-unique-jobs/issues/855", asOf: "2024-09-13" },
      {
        source:
          "https://github.com/dragonflydb/documentation/blob/61b24fcbf3eb4d2b6d57e3139ed71fd57d2998a1/docs/integrations/bullmq.md",
        asOf: "2026-06-22",
      },
    ],
  },
  check: (stack) =>
    stack.servers.flatMap((server): StackDraft[] => {
      const app = server.flags === null || allowsUndeclaredKeys(server) ? null : queueOf(server, stack);
      if (app === null) return [];
      const message = `Scripts of ${app}'s queue touch keys that they do not declare, which Dragonfly forbids by default: jobs may fail. Start it with \`${FLAG}\`.`;
      return [{ at: nameOf(server), message, fixes: fixOf("Allow undeclared keys in scripts", [edit(server)]) }];
    }),
};

/** The app whose jobs are queued in the server. */
function queueOf(server: StackServer, stack: Stack): string | null {
  const { roles, apps } = useOf(stack, server);
  if (apps.has("mastodon") && (roles.has("main") || roles.has("queue"))) return "Mastodon";
  const isBullmq = serversOfPostiz(stack).some(
    ([own, version, isLatest]) => own === server && hasBullmq(version, isLatest) === true,
  );
  if (locksOnHashtags(server)) return null;
  if (isBullmq) return "Postiz";
  const other = stack.bullmq.find((use) => use.server === server);
  return other === undefined ? null : `service ${other.service}`;
}

/** The other way for BullMQ, with the names of its queues in braces. */
function locksOnHashtags({ flags }: StackServer): boolean {
  return flags?.get("cluster_mode")?.value === "emulated" && isFlagOn(flags, "lock_on_hashtags");
}

function allowsUndeclaredKeys({ flags }: StackServer): boolean {
  if (flags === null) return true;
  if (flags.has("lua_undeclared_keys_shas") || isFlagOn(flags, "lua_allow_undeclared_auto_correct")) return true;
  return /allow-undeclared-keys/.test(flags.get("default_lua_flags")?.value ?? "");
}

function edit(server: StackServer) {
  if (server.flags?.has("default_lua_flags")) return null;
  if (server.hasCommand) return appendWord(server, FLAG);
  return insertKey(topLayer(server), [`command: ["dragonfly", "--logtostderr", "${FLAG}"]`]);
}
