/** A volume where the Bitnami images keep nothing. */
import type { ServiceMount } from "../../documents/serviceVolumes.ts";
import type { Fix } from "../../finding.ts";
import { bitnamiDataPath } from "../../model/stack/bitnamiSettings.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import { spanOf } from "../../text.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const ELSEWHERE = "/data";

export const dataPath: StackRule = {
  meta: {
    id: "bitnami/data-path",
    severity: "warning",
    title: "Wrong data path",
    sources: [
      { source: "https://github.com/bitnami/containers/blob/main/bitnami/redis/README.md", asOf: "2026-11-20" },
    ],
  },
  ofServer: (server): StackDraft[] => {
    const path = bitnamiDataPath(server.image.repository.repository);
    if (path === null || !server.service.isWhole || isMoved(server) || server.mounts === null) return [];
    const wrong = server.mounts.find(({ target }) => target === ELSEWHERE);
    // A configuration of one's own may name another folder.
    const isRight = server.mounts.some(({ target }) => /^\/(?:bitnami|opt\/bitnami)(?:\/|$)/.test(target));
    if (wrong === undefined || isRight) return [];
    const message = `Bitnami keeps data in ${path}: nothing of it lands in this volume, and it goes away with the container. Mount the volume there.`;
    return [{ at: wrong.place, message, fixes: fixesOf(wrong, path, server) }];
  },
};

/** A variable, the command or a script may move the data. */
function isMoved({ environment, hasEntrypoint, hasCommand }: StackServer): boolean {
  if (!environment.isComplete || hasEntrypoint || hasCommand) return true;
  return ["DATA_DIR", "EXTRA_FLAGS", "BASE_DIR", "VOLUME_DIR", "CONF_FILE", "OVERRIDES_FILE"].some(
    (name) => environment.variables.has(`REDIS_${name}`) || environment.variables.has(`VALKEY_${name}`),
  );
}

function fixesOf({ place }: ServiceMount, path: string, { service }: StackServer): Fix[] {
  const text = service.layers.find((layer) => layer.path === place.path)?.text ?? "";
  const written = text.slice(place.span.start, place.span.end);
  const at = written.startsWith(ELSEWHERE) ? 0 : written.indexOf(`:${ELSEWHERE}`) + 1;
  if (at === 0 && !written.startsWith(ELSEWHERE)) return [];
  const start = place.span.start + at;
  const edits = [{ path: place.path, span: spanOf(start, start + ELSEWHERE.length), newText: path }];
  return [{ title: `Change to ${path}`, safe: false, preferred: true, edits }];
}
