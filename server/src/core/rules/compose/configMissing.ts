/** A configuration that the command names, and that is not there to be read: what it says is not known. */
import { hasOfficialEntrypoint } from "../../documents/serverCall.ts";
import { COMPOSE_SERVICES } from "../stack/parts.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

export const configMissing: StackRule = {
  meta: {
    id: "compose/config-missing",
    severity: "information",
    title: "Mounted configuration cannot be read",
    sources: [COMPOSE_SERVICES],
  },
  ofServer: ({ missingConf, image }): StackDraft[] => {
    if (missingConf === null || !hasOfficialEntrypoint(image.repository.repository)) return [];
    const { mount, isOutside } = missingConf;
    const message = isOutside
      ? "This file lies outside of the workspace and is not read, so nothing is told about what the server makes of it. Open the folder that holds both to have it checked."
      : "This file is not here: where it is missing, Docker makes a folder of that name and the server stops at its start. Add the file, or correct the path.";
    return [{ at: mount.place, message }];
  },
};
