/** The append-only file is on, and the system decides when it reaches the disk. */
import type { SetupRule } from "./rule.ts";

export const appendfsync: SetupRule = {
  meta: {
    id: "conf/appendfsync",
    severity: "hint",
    title: "appendfsync no risks more data",
    sources: [
      { source: "https://github.com/redis/redis/blob/unstable/redis.conf", asOf: "2026-11-20" },
      { source: "Postiz documentation: caching (page of 2025-01-09)", asOf: "2025-01-09" },
    ],
  },
  check: ({ values, conf }) => {
    const sync = values.of("appendfsync");
    if (sync === "default" || sync === "unknown") return [];
    if (values.value("appendonly") !== "yes" || values.value("appendfsync") !== "no") return [];
    const at = sync.args[0]?.place ?? sync.place;
    const message =
      "With `appendfsync no` the system decides when writes reach the disk, and a crash can lose half a minute of them. `everysec` loses one second at most.";
    if (at.origin !== "file" || conf === null) return [{ at, message }];
    const edits = [{ span: { start: at.start, end: at.end }, newText: "everysec" }];
    return [{ at, message, fix: { title: "Change to everysec", preferred: true, edits } }];
  },
};
