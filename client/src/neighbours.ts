/** What other extensions, and other versions of a file, make of our answers: nobody is told the same thing twice. */
import { type Diagnostic, extensions, type TextDocument, type Uri, workspace } from "vscode";
import type { Middleware } from "vscode-languageclient";

/** They tell what is wrong with the YAML of compose files; the first one of every YAML file. */
const YAML_EXTENSION = "redhat.vscode-yaml";
const COMPOSE_EXTENSIONS = ["ms-azuretools.vscode-containers", "ms-azuretools.vscode-docker", "docker.docker"];
/** Comes with VS Code, and tells where a file is no JSON. What the values mean it leaves to us: our schemas for it judge nothing. */
const JSON_EXTENSION = "vscode.json-language-features";
const JSON_RULES = ["config/syntax", "config/duplicate-key", "data/syntax"];

function isYamlToldByOthers({ languageId }: TextDocument): boolean {
  if (extensions.getExtension(YAML_EXTENSION) !== undefined) return true;
  return languageId === "dockercompose" && COMPOSE_EXTENSIONS.some((id) => extensions.getExtension(id) !== undefined);
}

/** Not of JSON with comments, which it takes and we do not; nor of an empty file, about which it says nothing. */
function isJsonToldByOthers(document: TextDocument): boolean {
  return (
    document.languageId === "json" &&
    document.getText().trim() !== "" &&
    extensions.getExtension(JSON_EXTENSION) !== undefined &&
    workspace.getConfiguration("json", document.uri).get("validate.enable", true)
  );
}

function withoutDoubles(document: TextDocument, items: readonly Diagnostic[]): Diagnostic[] {
  return items.filter(({ code }) => {
    const rule = String(typeof code === "object" ? code.value : code);
    if (rule.startsWith("yaml/")) return !isYamlToldByOthers(document);
    return !JSON_RULES.includes(rule) || !isJsonToldByOthers(document);
  });
}
/** The other side of a comparison, an old version in the history: of a file system that nobody can write to, and in no folder of ours. */
function isOldVersion(uri: Uri): boolean {
  return workspace.fs.isWritableFileSystem(uri.scheme) === false && workspace.getWorkspaceFolder(uri) === undefined;
}

export const middleware: Middleware = {
  didOpen: async (document, next) => {
    if (!isOldVersion(document.uri)) await next(document);
  },
  provideDiagnostics: async (document, previousResultId, token, next) => {
    const report = await next(document, previousResultId, token);
    if (report?.kind !== "full" || !("languageId" in document)) return report;
    return { ...report, items: withoutDoubles(document, report.items) };
  },
};
