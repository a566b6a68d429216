/** A password in a variable that the image does not read: the server has none. */
import { hasOfficialEntrypoint } from "../../documents/serverCall.ts";
import type { ServiceVariable } from "../../documents/serviceVariables.ts";
import type { Fix } from "../../finding.ts";
import type { StackServer } from "../../model/stack/servers.ts";
import type { YamlNode } from "../../parse/yamlTree.ts";
import { fixOf, insertKey, topLayer } from "../stack/insert.ts";
import type { StackDraft, StackRule } from "../stack/rule.ts";

const NAMES = ["REDIS_PASSWORD", "VALKEY_PASSWORD"];

export const passwordVariableIgnored: StackRule = {
  meta: {
    id: "compose/password-variable-ignored",
    severity: "warning",
    title: "Image ignores the password variable",
    sources: [
      {
        source:
          "https://github.com/docker-library/redis/blob/e92049967d6baa9b4b3d6fd950553e6458e61f13/docker-entrypoint.sh",
        asOf: "2024-06-28",
      },
      {
        source:
          "https://github.com/valkey-io/valkey-container/blob/ae6141ea5d62c775b8bdb9be7396b951da435673/docker-entrypoint.sh",
        asOf: "2025-01-08",
      },
    ],
  },
  ofServer: (server): StackDraft[] => {
    const { environment, hasEntrypoint, image, settings } = server;
    const isOfficial = hasOfficialEntrypoint(image.repository.repository) || image.judgedAs === "dragonfly";
    if (hasEntrypoint || !isOfficial) return [];
    // Without a password and without users, for certain.
    if (settings.password?.value !== "" || settings.hasUsers !== false) return [];
    return NAMES.flatMap((name): StackDraft[] => {
      const variable = environment.variables.get(name);
      const isSet = variable?.isOwn === true && (variable.value ?? "").trim() !== "";
      return variable === undefined || !isSet || isUsed(server, name) ? [] : [draftOf(server, name, variable)];
    });
  },
};

/** The variable stands in what the service runs, where a shell may read it. */
function isUsed({ service: { layers } }: StackServer, name: string): boolean {
  return layers.some(({ reader, map }) => {
    const holds = (node: YamlNode | null | undefined, depth: number): boolean => {
      const resolved = reader.resolve(node);
      if (resolved === null || depth > 5) return false;
      if (resolved.kind === "scalar") return resolved.value.includes(name);
      if (resolved.kind === "seq") return resolved.items.some((item) => holds(item, depth + 1));
      return reader.entries(resolved).some(({ value }) => holds(value, depth + 1));
    };
    return ["command", "entrypoint", "healthcheck"].some((key) => holds(reader.get(map, key)?.value, 0));
  });
}

function draftOf(server: StackServer, name: string, variable: ServiceVariable): StackDraft {
  const flag = server.image.judgedAs === "dragonfly" ? "--requirepass=..." : "--requirepass ...";
  const message = `The image does not read ${name}, so the server has no password. Give it on the command line: \`${flag}\`.`;
  return { at: variable.key, message, fixes: commandFix(server, variable) };
}

/** The value itself is not copied: it would stand in the file twice. */
function commandFix(server: StackServer, { written }: ServiceVariable): Fix[] {
  const expression = written === null ? "" : written.source.text.slice(written.span.start, written.span.end);
  if (server.hasCommand || !/^\$\{\w+[^"\\]*\}$/.test(expression)) return [];
  const { judgedAs } = server.image;
  const program = judgedAs === "dragonfly" ? [] : [`${judgedAs}-server`];
  const words = [...program, "--requirepass", expression].map((word) => `"${word}"`).join(", ");
  return fixOf("Give the password on the command line", [insertKey(topLayer(server), [`command: [${words}]`])]);
}
