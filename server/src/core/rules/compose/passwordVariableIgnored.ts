/** A password in a variable that the image does not read: the server has none. */
import { FlagTable, readFlags } from "../../conf/index.ts";
import type { RunningServer } from "../../model/runningServers.ts";
import type { YamlNode } from "../../parse/yamlTree.ts";
import type { Draft } from "../rule.ts";
import type { ServiceRule } from "../services/rule.ts";

const NAMES = ["REDIS_PASSWORD", "VALKEY_PASSWORD"];

export const passwordVariableIgnored: ServiceRule = {
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
  check: (server) => {
    if (!server.isAlone || server.hasEntrypoint || hasPassword(server) !== false) return [];
    const names = NAMES.filter((name) => (server.own.get(name)?.value ?? "").trim() !== "");
    return names.filter((name) => !isUsed(server, name)).map((name) => draftOf(server, name));
  },
};

/** `null` = unknown. */
function hasPassword({ setup, image, dragonfly, environment }: RunningServer): boolean | null {
  if (setup !== null) return setup.values.hasPassword;
  if (image.judgedAs !== "dragonfly" || dragonfly === null || environment === null) return null;
  const flags = readFlags(
    dragonfly.args.map(({ value }) => value),
    new FlagTable(),
  ).map(({ name }) => name);
  const variables = [...environment.keys()].map((name) => name.toLowerCase());
  const isOpen = ["requirepass", "aclfile", "flagfile", "password"];
  return isOpen.some((name) => flags.includes(name) || variables.includes(`dfly_${name}`));
}

/** The variable stands in what the service runs, where a shell may read it. */
function isUsed({ service: { reader, map } }: RunningServer, name: string): boolean {
  const holds = (node: YamlNode | null | undefined, depth: number): boolean => {
    const resolved = reader.resolve(node);
    if (resolved === null || depth > 5) return false;
    if (resolved.kind === "scalar") return resolved.value.includes(name);
    if (resolved.kind === "seq") return resolved.items.some((item) => holds(item, depth + 1));
    return reader.entries(resolved).some(({ value }) => holds(value, depth + 1));
  };
  return ["command", "entrypoint", "healthcheck"].some((key) => holds(reader.get(map, key)?.value, 0));
}

function draftOf({ own, image, source, hasCommand, service }: RunningServer, name: string): Draft {
  const variable = own.get(name);
  const span = variable?.key ?? service.key.span;
  const flag = image.judgedAs === "dragonfly" ? "--requirepass=..." : "--requirepass ...";
  const draft = {
    span,
    message: `The image does not read ${name}, so the server has no password. Give it on the command line: \`${flag}\`.`,
  };
  const written = variable?.written ?? null;
  const expression = written === null ? "" : source.text.slice(written.start, written.end);
  const key = service.map.pairs[0]?.key;
  // The value itself is not copied: it would stand in the file twice.
  if (hasCommand || key === undefined || !/^\$\{\w+[^"\\]*\}$/.test(expression) || source.text.includes("\r"))
    return draft;
  const lineStart = source.text.lastIndexOf("\n", key.span.start - 1) + 1;
  const indent = source.text.slice(lineStart, key.span.start);
  if (!/^ +$/.test(indent)) return draft;
  const program = image.judgedAs === "dragonfly" ? [] : [`${image.judgedAs}-server`];
  const words = [...program, "--requirepass", expression].map((word) => `"${word}"`).join(", ");
  const edits = [
    {
      path: source.path,
      span: { start: key.span.start, end: key.span.start },
      newText: `command: [${words}]\n${indent}`,
    },
  ];
  return { ...draft, fixes: [{ title: "Give the password on the command line", safe: false, preferred: true, edits }] };
}
