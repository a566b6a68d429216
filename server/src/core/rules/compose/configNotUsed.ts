/** A configuration that is mounted, and a server that starts without it. */
import { hasOfficialEntrypoint } from "../../documents/serverCall.ts";
import type { ServiceMount } from "../../documents/serviceVolumes.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import { appendWord, fixOf, insertKey, topLayer } from "../stack/insert.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const configNotUsed: StackRule = {
  meta: {
    id: "compose/config-not-used",
    severity: "warning",
    title: "redis.conf is not loaded",
    sources: [
      {
        source:
          "https://github.com/docker-library/redis/blob/e92049967d6baa9b4b3d6fd950553e6458e61f13/docker-entrypoint.sh",
        asOf: "2024-06-28",
      },
    ],
  },
  ofServer: (server): StackDraft[] => {
    const { image, call, mounts } = server;
    if (!hasOfficialEntrypoint(image.repository.repository) || server.isSentinel) return [];
    if (call === null || mounts === null) return [];
    const wrong = mounts.filter((mount) => isConfiguration(mount) && !isUsed(mount, server));
    return wrong.map((mount) => draftOf(mount, server));
  },
};

function isConfiguration({ kind, target }: ServiceMount): boolean {
  return (kind === "bind" || kind === "config") && target.endsWith(".conf");
}

/** An argument names it, or its folder, or the configuration that is loaded does. */
function isUsed({ target }: ServiceMount, { call, conf }: StackServer): boolean {
  const folder = target.slice(0, target.lastIndexOf("/"));
  const words = (call?.args ?? []).map(({ value }) => value);
  if (words.some((word) => word.includes(target) || (folder !== "" && word === folder))) return true;
  // A configuration that cannot be read may include it.
  if (conf === undefined) return true;
  return conf?.text.includes(target.slice(target.lastIndexOf("/") + 1)) === true;
}

function draftOf({ target, place }: ServiceMount, server: StackServer): StackDraft {
  const program = `${server.image.judgedAs}-server`;
  const message = `The image starts its server without a configuration, and nothing in this service names \`${target}\`: none of its lines has an effect. Start it with \`command: ["${program}", "${target}"]\`.`;
  const insertion = server.hasCommand ? null : insertKey(topLayer(server), [`command: ["${program}", "${target}"]`]);
  const isBare = server.hasCommand && server.call?.args.length === 0;
  const edit = isBare ? appendWord(server, target) : insertion;
  return { at: place, message, fixes: fixOf("Start the server with this file", [edit]) };
}
