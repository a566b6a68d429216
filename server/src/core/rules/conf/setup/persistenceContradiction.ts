/** The append-only file without snapshots on a server of Postiz, whose page asks for both. Anywhere else that is a normal setup. */
import { lineBreak, linesSpan } from "./lines.ts";
import type { SetupRule } from "./rule.ts";

const SAVE_POINTS = ["save 900 1", "save 300 10", "save 60 10000"];

export const persistenceContradiction: SetupRule = {
  meta: {
    id: "conf/persistence-contradiction",
    severity: "hint",
    title: "AOF on, snapshots off",
    sources: [{ source: "Postiz documentation: caching (page of 2025-01-09)", asOf: "2025-01-09" }],
  },
  check: ({ values, use, conf }) => {
    if (use?.apps.has("postiz") !== true || values.value("appendonly") !== "yes" || values.takesSnapshots !== false)
      return [];
    const off = values.linesOf("save").at(-1);
    if (off === undefined) return [];
    const message =
      'The append-only file is on and `save ""` turns snapshots off. Postiz asks for both, so that a restart has a second copy: add save points.';
    if (off.whole.origin !== "file" || conf === null) return [{ at: off.args[0]?.place ?? off.place, message }];
    const line = linesSpan(off.whole, conf.text);
    const newText = `${SAVE_POINTS.join(lineBreak(conf.text))}`;
    const span = { start: Math.max(line.start, off.whole.start), end: off.whole.end };
    return [
      {
        at: off.args[0]?.place ?? off.place,
        message,
        fix: { title: "Write the save points of the page", preferred: true, edits: [{ span, newText }] },
      },
    ];
  },
};
