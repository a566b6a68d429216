/** Addresses of managed servers that stand in `environment` of compose services. */
import type { Platforms } from "../../catalog/platforms.ts";
import { composeServices } from "../../documents/composeFile.ts";
import type { SourceText } from "../../documents/extraction.ts";
import type { FolderIndex } from "../../documents/folderIndex.ts";
import { ownVariables } from "../../documents/ownVariables.ts";
import { parseCacheUrl } from "../../env/cacheUrl.ts";
import { ENV_VARIABLES } from "../../env/variables.ts";
import type { AppImage } from "../../model/appVersion.ts";
import { connectionIn } from "../../platform/connection.ts";
import type { Platform } from "../../settingValues.ts";
import type { ConnectionUse } from "./connectionRule.ts";

export function composeConnections(
  source: SourceText,
  appImages: readonly AppImage[],
  platform: Platform,
  platforms: Platforms,
  index: FolderIndex,
): ConnectionUse[] {
  const { path, text } = source;
  const seen = new Set<number>();
  return composeServices(index.yaml(path, text)).flatMap((service) => {
    const apps = appImages.filter(({ use }) => use.services.includes(service.name));
    const variables = ownVariables(service, text, () => null);
    return [...variables].flatMap(([name, { written }]): ConnectionUse[] => {
      // A text behind an anchor is told once.
      if (written === null || seen.has(written.start)) return [];
      const value = text.slice(written.start, written.end);
      const connection = connectionIn(name, value, written, parseCacheUrl(value, written.start));
      if (connection === null) return [];
      // The URL of the same connection wins over a host alone.
      if (connection.scheme === null && variables.has(name.replace(/HOST$/, "URL"))) return [];
      seen.add(written.start);
      const reads = apps.filter(({ app }) => {
        const variable = ENV_VARIABLES.of(app, name);
        return variable !== undefined && variable.status !== "not-read" && variable.status !== "look-alike";
      });
      return [
        {
          ...connection,
          provider: platforms.host(connection.host),
          platform,
          users: reads.map(({ app, version }) => ({ app, version })),
          replace: (title, span, newText) => ({
            title,
            safe: false,
            preferred: true,
            edits: [{ path, span, newText }],
          }),
        },
      ];
    });
  });
}
