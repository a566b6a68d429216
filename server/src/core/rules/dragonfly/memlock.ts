/** The limit on locked memory, which the project's own compose file lifts. */
import { fieldOf, fieldsOf, type ProjectService } from "../../documents/composeProject.ts";
import { fixOf, insertKey, topLayer } from "../stack/insert.ts";
import { nameOf } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const memlock: StackRule = {
  meta: {
    id: "dragonfly/memlock",
    severity: "hint",
    title: "memlock limit missing",
    sources: [
      {
        source:
          "https://github.com/dragonflydb/dragonfly/blob/f8eca6d0b05c915cee9439036b5b04aebbb973bb/contrib/docker/docker-compose.yml",
        asOf: "2026-08-22",
      },
    ],
  },
  needsWhole: true,
  ofServer: (server): StackDraft[] => {
    const { image, service } = server;
    if (image.judgedAs !== "dragonfly" || !service.isWhole || isLifted(service)) return [];
    const message =
      "The compose file of Dragonfly sets `memlock` to -1, so that its memory may be locked; here the limit of Docker counts. Add it to `ulimits`.";
    const edit =
      fieldOf(service, "ulimits") === null ? insertKey(topLayer(server), ["ulimits:", "  memlock: -1"]) : null;
    return [{ at: nameOf(server), message, fixes: fixOf("Add ulimits with memlock -1", [edit]) }];
  },
};

/** A limit from a variable is not known, so it counts as lifted. */
function isLifted(service: ProjectService): boolean {
  const limits = [["memlock"], ["memlock", "soft"], ["memlock", "hard"]].flatMap((keys) =>
    fieldsOf(service, "ulimits", ...keys).flatMap(({ node }) => (node?.kind === "scalar" ? [node.value] : [])),
  );
  return limits.length > 0 && limits.every((limit) => limit === "-1" || limit.includes("$"));
}
