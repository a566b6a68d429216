/** The language status item: for which app the file is judged and why, and what is not being checked and why. */
import { type Disposable, type ExtensionContext, LanguageStatusSeverity, languages, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { STATUS, type StatusAnswer } from "../../server/src/lsp/protocol.ts";
import { DOCUMENTS } from "./documents.ts";

const SET_VERSION = { command: "cacheCompat.setMastodonVersion", title: "Set version" };
/** Where nothing is judged, what is known may help. */
const SHOW_TABLES = { command: "cacheCompat.showMatrix", title: "Show what is known" };

export function registerStatus(context: ExtensionContext, client: BaseLanguageClient): Disposable {
  const item = languages.createLanguageStatusItem(
    "cacheCompat.status",
    DOCUMENTS as Parameters<typeof languages.createLanguageStatusItem>[1],
  );
  item.name = "Cache Compat";
  item.text = "Cache Compat";
  item.command = SET_VERSION;

  let asked = 0;
  const update = async (): Promise<void> => {
    const editor = window.activeTextEditor;
    if (
      editor === undefined ||
      languages.match(DOCUMENTS as Parameters<typeof languages.match>[0], editor.document) === 0 ||
      !client.isRunning()
    )
      return;
    const turn = ++asked;
    const status = await client
      .sendRequest<StatusAnswer | null>(STATUS, { uri: client.code2ProtocolConverter.asUri(editor.document.uri) })
      .catch(() => null);
    // Another editor became active while we waited.
    if (turn !== asked || status === null) return;
    item.text = textOf(status);
    item.detail = detailOf(status);
    item.command = isEmpty(status) ? SHOW_TABLES : SET_VERSION;
    item.severity =
      status.notChecked.length > 0 && status.images > 0
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
  };
  const listen = (): void => void update();
  context.subscriptions.push(
    item,
    window.onDidChangeActiveTextEditor(listen),
    languages.onDidChangeDiagnostics(listen),
    workspace.onDidChangeConfiguration(listen),
    client.onDidChangeState(listen),
  );
  return item;
}

/** Nothing of what the file is read for stands in it. */
function isEmpty({ kind, images }: StatusAnswer): boolean {
  return images === 0 && kind !== "server-config" && kind !== "environment";
}

function textOf(status: StatusAnswer): string {
  if (status.kind === "server-config")
    return status.server === null ? "Server: any version" : `Server: ${status.server.replace(/ \(.*/, "")}`;
  if (status.apps.length === 0) return isEmpty(status) ? "Caches: none here" : "Caches: no app declared";
  return `Caches for ${status.apps.map(({ name, version }) => `${name} ${version}`).join(", ")}`;
}

function detailOf(status: StatusAnswer): string {
  const parts = status.apps.map(({ name, version, origin }) => `${name} ${version}: ${origin}.`);
  if (status.server !== null) parts.push(`Judged for ${status.server}.`);
  if (status.platform.isKnown) parts.push(`Platform ${status.platform.name}: ${status.platform.origin}.`);
  parts.push(`Judged on ${status.asOf}, with ${status.data}.`);
  if (status.isDataOld)
    parts.push('The data is older than 180 days: the command "Cache Compat: Update data" fetches newer tables.');
  if (status.notChecked.length > 0) parts.push(`Not checked: ${status.notChecked.join(" ")}`);
  return parts.join(" ");
}
