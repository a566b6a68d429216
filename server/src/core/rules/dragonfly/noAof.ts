/** Flags of the append-only file, which Dragonfly does not have. */
import type { StackRule } from "../stack/rule.ts";

export const noAof: StackRule = {
  meta: {
    id: "dragonfly/no-aof",
    severity: "warning",
    title: "Append-only file is not available",
    sources: [
      {
        source:
          "https://github.com/dragonflydb/documentation/blob/61b24fcbf3eb4d2b6d57e3139ed71fd57d2998a1/docs/managing-dragonfly/aof.md",
        asOf: "2026-06-22",
      },
    ],
  },
  ofServer: ({ image, call }) =>
    (image.judgedAs === "dragonfly" ? (call?.args ?? []) : [])
      .filter(({ value }) => /^--?(?:no)?append(?:only|fsync)(?:=|$)/.test(value))
      .map(({ place }) => ({
        at: place,
        message:
          "Dragonfly has no append-only file, so this keeps nothing. Use snapshots in its place: `--snapshot_cron` with a schedule.",
      })),
};
