/** A volume where the Bitnami images keep nothing. */
import { type PlacedMount, resolvedMounts, volumeTargets } from "../../documents/serviceFacts.ts";
import type { RunningServer } from "../../model/runningServers.ts";
import { spanOf } from "../../text.ts";
import type { Draft } from "../rule.ts";
import type { ServiceRule } from "../services/rule.ts";

const BITNAMI = /\/bitnami(?:legacy|secure)?\/(redis|valkey)$/;
const ELSEWHERE = "/data";

export const dataPath: ServiceRule = {
  meta: {
    id: "bitnami/data-path",
    severity: "warning",
    title: "Wrong data path",
    sources: [
      { source: "https://github.com/bitnami/containers/blob/main/bitnami/redis/README.md", asOf: "2026-11-20" },
    ],
  },
  check: (server) => {
    const engine = BITNAMI.exec(server.image.repository.repository)?.[1];
    if (engine === undefined || !server.isAlone || isMoved(server)) return [];
    const mounts = resolvedMounts(server.service, server.lookup);
    const targets = volumeTargets(server.service, server.lookup);
    const wrong = mounts.find(({ target }) => clean(target) === ELSEWHERE);
    // A configuration of one's own may name another folder.
    const isRight = targets?.some((target) => /^\/(?:bitnami|opt\/bitnami)(?:\/|$)/.test(target)) ?? true;
    if (wrong === undefined || isRight) return [];
    return [draftOf(wrong, `/bitnami/${engine}/data`, server)];
  },
};

/** A variable, the command or a script may move the data. */
function isMoved({ environment, hasEntrypoint, hasCommand }: RunningServer): boolean {
  if (environment === null || hasEntrypoint || hasCommand) return true;
  return ["DATA_DIR", "EXTRA_FLAGS", "BASE_DIR", "VOLUME_DIR", "CONF_FILE", "OVERRIDES_FILE"].some(
    (name) => environment.has(`REDIS_${name}`) || environment.has(`VALKEY_${name}`),
  );
}

function clean(path: string): string {
  return path.replace(/\/+$/, "");
}

function draftOf({ span }: PlacedMount, path: string, { source }: RunningServer): Draft {
  const draft: Draft = {
    span,
    message: `Bitnami keeps data in ${path}: nothing of it lands in this volume, and it goes away with the container. Mount the volume there.`,
  };
  const written = source.text.slice(span.start, span.end);
  const at = written.startsWith(ELSEWHERE) ? 0 : written.indexOf(`:${ELSEWHERE}`) + 1;
  if (at === 0 && !written.startsWith(ELSEWHERE)) return draft;
  const start = span.start + at;
  const edits = [{ path: source.path, span: spanOf(start, start + ELSEWHERE.length), newText: path }];
  return { ...draft, fixes: [{ title: `Change to ${path}`, safe: false, preferred: true, edits }] };
}
