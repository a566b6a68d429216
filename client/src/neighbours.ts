/** What other extensions, and other versions of a file, make of our answers: nobody is told the same thing twice. */
import { type Diagnostic, extensions, type TextDocument, type Uri, workspace } from "vscode";
import type { Middleware } from "vscode-languageclient";

/** They tell what is wrong with the YAML of compose files; the first one of every YAML file. */
const YAML_EXTENSION = "redhat.vscode-yaml";
const COMPOSE_EXTENSIONS = ["ms-azuretools.vscode-containers", "ms-azuretools.vscode-docker", "docker.docker"];

function isToldByOthers(languageId: string): boolean {
  if (extensions.getExtension(YAML_EXTENSION) !== undefined) return true;
  return languageId === "dockercompose" && COMPOSE_EXTENSIONS.some((id) => extensions.getExtension(id) !== undefined);
}

function withoutDoubles({ languageId }: TextDocument, items: readonly Diagnostic[]): Diagnostic[] {
  return items.filter(({ code }) => {
    const rule = String(typeof code === "object" ? code.value : code);
    return !rule.startsWith("yaml/") || !isToldByOthers(languageId);
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
