import { basename } from "../paths.ts";
import { mayRunOnCaches } from "./shellScript.ts";

export type DocumentKind =
  | "compose"
  | "dockerfile"
  | "workflow"
  | "kubernetes"
  | "helm-values"
  | "server-config"
  | "environment"
  | "shell-script"
  | "project-file"
  | "own-table";

export const PROJECT_FILE = "cache-compat.json";

/** Stands where an editor's language stands, for an organisation's own table. */
export const OWN_TABLE = "cache-compat-table";

const COMPOSE = /^(?:(?:docker-)?compose(?:\..+)?|docker-compose-.+|.+\.compose|stack)\.ya?ml$/i;
const DOCKERFILE = /^(?:dockerfile(?:\..+)?|.+\.dockerfile|containerfile)$/i;
const WORKFLOW = /\/\.github\/workflows\/[^/]+\.ya?ml$/i;
const HELM_VALUES = /^values(?:[.-].+)?\.ya?ml$/i;
const SERVER_CONFIG = /^(?:(?:redis|valkey|sentinel)(?:-.+)?\.conf|users\.acl)$/i;
const ENVIRONMENT = /^(?:\.env(?:\..+)?|.+\.env)$/i;
const SHELL_SCRIPT = /\.(?:sh|bash)$/i;
const YAML = /\.ya?ml$/i;

/** Language ids of editors that decide the kind where the name does not say otherwise. */
const LANGUAGES: Readonly<Record<string, DocumentKind>> = {
  dockercompose: "compose",
  dockerfile: "dockerfile",
  "redis-conf": "server-config",
  dotenv: "environment",
  shellscript: "shell-script",
  // Not an editor's language: the command line names a project file so that has another name.
  "cache-compat": "project-file",
  // Nor this: adapters name a table that the settings of other files name.
  [OWN_TABLE]: "own-table",
};

export function kindOfName(path: string): DocumentKind | null {
  const name = basename(path);
  if (name === PROJECT_FILE) return "project-file";
  if (WORKFLOW.test(path)) return "workflow";
  if (COMPOSE.test(name)) return "compose";
  if (DOCKERFILE.test(name)) return "dockerfile";
  if (HELM_VALUES.test(name)) return "helm-values";
  if (SERVER_CONFIG.test(name)) return "server-config";
  if (ENVIRONMENT.test(name)) return "environment";
  if (SHELL_SCRIPT.test(name)) return "shell-script";
  return null;
}

/** A YAML document with `apiVersion` and `kind`; templates of Helm look the same and are read as far as they are YAML. */
export function looksLikeKubernetes(text: string): boolean {
  return (
    /^[ \t]*(?:\{[ \t]*)?["']?apiVersion["']?[ \t]*:/m.test(text) && /(?:^|[,{])[ \t]*["']?kind["']?[ \t]*:/m.test(text)
  );
}

/** What a file is, by language, name and, for other YAML files, content. `null`: none of ours. */
export function kindOf(path: string, languageId: string | null, text: string): DocumentKind | null {
  const byLanguage = languageId === null ? undefined : LANGUAGES[languageId];
  const byName = kindOfName(path);
  if (isForeignAcl(path, text)) return null;
  const isByLanguage = byLanguage !== undefined && !contradicts(path, byName, byLanguage);
  // Scripts that do nothing with caches are none of ours.
  if ((isByLanguage ? byLanguage : byName) === "shell-script" && !mayRunOnCaches(text)) return null;
  if (isByLanguage) return byLanguage;
  if (byName !== null) {
    // A Helm values file named like a manifest, or the other way round: the content decides.
    return byName === "helm-values" && looksLikeKubernetes(text) ? "kubernetes" : byName;
  }
  const isYaml = languageId === "yaml" || YAML.test(path);
  return isYaml && looksLikeKubernetes(text) ? "kubernetes" : null;
}

/** Only a compose file is YAML of its own language; `values.yaml` may be one. */
const ENDINGS: readonly (readonly [ending: RegExp, kind: DocumentKind])[] = [
  [YAML, "compose"],
  [/\.(?:conf|acl)$/i, "server-config"],
];

/** Eglot 1.9 sends the language of the first file for all of a project: a name that says otherwise counts before it. */
function contradicts(path: string, byName: DocumentKind | null, byLanguage: DocumentKind): boolean {
  if (byLanguage === "project-file") return false;
  if (byName !== null && byName !== "helm-values") return byName !== byLanguage;
  return ENDINGS.some(([ending, kind]) => ending.test(path) && kind !== byLanguage);
}

/** Other programs have files of users of that name, too: theirs have no line that begins with `user`. */
function isForeignAcl(path: string, text: string): boolean {
  return /\.acl$/i.test(path) && /\S/.test(text) && !/^[ \t]*user(?:[ \t]|$)/im.test(text);
}

/** Names that may turn out to be ours once their text is known. */
export function mayBeOurs(path: string): boolean {
  return kindOfName(path) !== null || YAML.test(path);
}
