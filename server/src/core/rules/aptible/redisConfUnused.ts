import type { SourceText } from "../../documents/extraction.ts";
import { ancestors } from "../../documents/folderIndex.ts";
import { kindOfName } from "../../documents/kind.ts";
import type { FileSource } from "../../files.ts";
import type { ConfLoading } from "../../model/confTarget.ts";
import { basename, dirname, resolvePath } from "../../paths.ts";
import type { KnownPlatform } from "../../platform/detect.ts";
import { spanOf } from "../../text.ts";
import { APTIBLE_PAGE } from "../platform/sources.ts";
import type { Draft, RuleMeta } from "../rule.ts";

export const REDIS_CONF_UNUSED: RuleMeta = {
  id: "aptible/redis-conf-unused",
  title: "redis.conf has no effect on Aptible",
  severity: "information",
  sources: [APTIBLE_PAGE],
};

const SERVER_FILE = /^(?:redis|valkey)(?:-.+)?\.conf$/i;
/** Files that may load it: images, scripts, processes, development containers. */
const MAY_NAME =
  /^(?:dockerfile.*|.+\.dockerfile|containerfile|procfile.*|makefile|justfile|rakefile|package\.json|devcontainer\.json|.+\.(?:sh|bash|ya?ml|toml|service|json|mk|rb|md))$/i;
const DEVELOPMENT = [".devcontainer/devcontainer.json", ".devcontainer/Dockerfile", ".devcontainer/docker-compose.yml"];

/** Told only where nothing around the file speaks for a server that loads it. */
export function redisConfUnusedDrafts(
  { path, text }: SourceText,
  known: KnownPlatform,
  loading: ConfLoading,
  files: FileSource,
): Draft[] {
  const name = basename(path);
  if (known.platform !== "aptible" || known.isMixed || !SERVER_FILE.test(name)) return [];
  if (loading.isSentinel || loading.isIncluded === true || loading.loaders.length > 0) return [];
  if (isNamed(path, name, files) || hasServerBeside(path, files)) return [];
  // The first directive stands for all of them.
  const [line = "", word = ""] = /^[ \t]*([^\s#]+)/m.exec(text) ?? [];
  const end = text.indexOf(line) + line.length;
  if (word === "") return [];
  return [
    {
      span: spanOf(end - word.length, end),
      message:
        "Aptible runs the cache, and nothing here loads this file: settings there are changed by Aptible support only. What stands here has no effect. Ask their support, or remove the file.",
    },
  ];
}

function isNamed(path: string, name: string, files: FileSource): boolean {
  return ancestors(path, files).some((folder) => {
    const here = (files.list(folder) ?? [])
      .filter((other) => MAY_NAME.test(other))
      .map((other) => resolvePath(folder, other));
    const development = DEVELOPMENT.map((other) => resolvePath(folder, other));
    return [...here, ...development].some((other) => files.read(other)?.includes(name) === true);
  });
}

/** A compose file of the same folder that runs a server is local development. */
function hasServerBeside(path: string, files: FileSource): boolean {
  const folder = dirname(path);
  return (files.list(folder) ?? []).some(
    (name) =>
      kindOfName(`${folder}/${name}`) === "compose" &&
      /image:.*(?:redis|valkey|keydb|dragonfly)/i.test(files.read(resolvePath(folder, name)) ?? ""),
  );
}
