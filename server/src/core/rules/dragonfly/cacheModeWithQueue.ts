/** A Dragonfly that may drop keys when memory is short, and holds jobs. */
import { FlagTable, readFlags } from "../../conf/index.ts";
import type { RunningServer } from "../../model/runningServers.ts";
import type { Span } from "../../text.ts";
import type { ServiceRule } from "../services/rule.ts";

const TRUE = /^(?:true|t|yes|y|1)$/i;

export const cacheModeWithQueue: ServiceRule = {
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
  check: (server) => {
    const { image, isAlone, roles, holdsJobsOfPostiz } = server;
    if (image.judgedAs !== "dragonfly" || !isAlone) return [];
    if (roles?.has("main") !== true && roles?.has("queue") !== true && !holdsJobsOfPostiz) return [];
    const span = cacheMode(server);
    if (span === null) return [];
    const message =
      "With `cache_mode` Dragonfly drops keys when memory is short, and this server holds queued jobs. Remove it, or point only the cache at this service.";
    return [{ span, message }];
  },
};

/** Where cache mode is switched on; a flag wins over the variable. */
function cacheMode({ dragonfly, own }: RunningServer): Span | null {
  if (dragonfly === null) return null;
  const words = dragonfly.args.map(({ value }) => value);
  const flag = readFlags(words, new FlagTable())
    .filter(({ name }) => /^(?:no)?cache_mode$/.test(name))
    .at(-1);
  if (flag !== undefined) {
    const isOn = flag.name === "cache_mode" && (flag.value === null || TRUE.test(flag.value));
    return isOn ? (dragonfly.args[flag.word]?.span ?? null) : null;
  }
  const variable = own.get("DFLY_cache_mode");
  return variable !== undefined && TRUE.test(variable.value ?? "") ? (variable.written ?? variable.key) : null;
}
