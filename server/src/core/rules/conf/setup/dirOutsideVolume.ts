/** The data folder lies where the service mounts nothing: what is saved there goes away with the container. */
import { isHarmless } from "../../../excerpt.ts";
import type { SetupRule } from "./rule.ts";

/** The official images declare a volume there, so Docker makes one where the service mounts none. */
const VOLUME_OF_IMAGE = "/data";

export const dirOutsideVolume: SetupRule = {
  meta: {
    id: "conf/dir-outside-volume",
    severity: "warning",
    title: "dir is outside the mounted path",
    sources: [
      {
        source:
          "https://github.com/docker-library/redis/blob/e92049967d6baa9b4b3d6fd950553e6458e61f13/Dockerfile.template",
        asOf: "2024-06-28",
      },
    ],
  },
  check: ({ values, service, conf }) => {
    const dir = values.of("dir");
    if (dir === "default" || dir === "unknown" || service === null || service.mounts === null) return [];
    const argument = dir.args[0];
    if (argument === undefined || argument.place.origin !== "file" || conf === null) return [];
    const { value, place } = argument;
    const isSaved = values.value("appendonly") === "yes" || values.takesSnapshots === true;
    if (!value.startsWith("/") || !isSaved || /(?:^|\/)\.{1,2}(?:\/|$)/.test(value)) return [];
    const volumes = service.mounts.map(({ target }) => target);
    if ([...volumes, VOLUME_OF_IMAGE].some((volume) => isBelow(value, volume))) return [];
    const isPlain = value.split("/").every((part) => part === "" || isHarmless(part));
    const shown = isPlain ? `\`${value}\`` : "a folder";
    const message = `Files go to ${shown}, where service ${service.name} mounts nothing: they are lost with the container. Mount a volume there, or set \`dir ${VOLUME_OF_IMAGE}\`.`;
    if (!volumes.some((volume) => isBelow(VOLUME_OF_IMAGE, volume))) return [{ at: place, message }];
    const edits = [{ span: { start: place.start, end: place.end }, newText: VOLUME_OF_IMAGE }];
    return [{ at: place, message, fix: { title: `Change to ${VOLUME_OF_IMAGE}`, preferred: true, edits } }];
  },
};

function isBelow(path: string, folder: string): boolean {
  const clean = folder.replace(/\/+$/, "");
  const trimmed = path.replace(/\/+$/, "");
  return trimmed === clean || trimmed.startsWith(`${clean}/`);
}
