/** The limit on locked memory, which the project's own compose file lifts. */

import type { RunningServer } from "../../model/runningServers.ts";
import { type Span, spanOf } from "../../text.ts";
import type { Draft } from "../rule.ts";
import type { ServiceRule } from "../services/rule.ts";

export const memlock: ServiceRule = {
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
  check: (server) => {
    const { image, service, isAlone } = server;
    const { reader, map } = service;
    if (image.judgedAs !== "dragonfly" || !isAlone) return [];
    const ulimits = reader.map(reader.get(map, "ulimits")?.value);
    const pair = reader.get(ulimits, "memlock");
    const long = reader.map(pair?.value);
    const limits =
      long === null ? [reader.scalar(pair?.value)] : [reader.text(long, "soft"), reader.text(long, "hard")];
    // A limit from a variable is not known.
    if (limits.every((limit) => limit !== null && (limit.value === "-1" || limit.value.includes("$")))) return [];
    const draft: Draft = {
      span: service.key.span,
      message:
        "The compose file of Dragonfly sets `memlock` to -1, so that its memory may be locked; here the limit of Docker counts. Add it to `ulimits`.",
    };
    const at = reader.get(map, "ulimits") === null ? firstKey(server) : null;
    if (at === null) return [draft];
    const indent = " ".repeat(at.indent);
    const newText = `ulimits:\n${indent}  memlock: -1\n${indent}`;
    const edits = [{ path: server.source.path, span: spanOf(at.span.start, at.span.start), newText }];
    return [{ ...draft, fixes: [{ title: "Add ulimits with memlock -1", safe: false, preferred: true, edits }] }];
  },
};

/** The first key of the service, where it stands at the start of its line. */
function firstKey({ service, source }: RunningServer): { readonly span: Span; readonly indent: number } | null {
  const key = service.map.pairs[0]?.key;
  if (key === undefined || source.text.includes("\r")) return null;
  const lineStart = source.text.lastIndexOf("\n", key.span.start - 1) + 1;
  const before = source.text.slice(lineStart, key.span.start);
  return /^ +$/.test(before) ? { span: key.span, indent: before.length } : null;
}
