import { ConfigurationTarget, commands, type ExtensionContext, type QuickPickItem, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { CHECK_WORKSPACE, MATRIX, type MatrixAnswer, type WorkspaceAnswer } from "../../server/src/lsp/protocol.ts";
import { openExample } from "./example.ts";
import { MatrixPanel } from "./matrix/panel.ts";

/** How long a result stays in the status bar. */
const MESSAGE_MS = 6000;

export function registerCommands(context: ExtensionContext, client: BaseLanguageClient): void {
  const matrix = new MatrixPanel(context, client);
  context.subscriptions.push(
    commands.registerCommand("cacheCompat.setMastodonVersion", () => setMastodonVersion(client)),
    commands.registerCommand("cacheCompat.showMatrix", () => matrix.show()),
    commands.registerCommand("cacheCompat.checkWorkspace", () => checkWorkspace(client)),
    commands.registerCommand("cacheCompat.openExample", (where?: unknown) => openExample(context, where)),
    commands.registerCommand("cacheCompat.openWalkthrough", () =>
      commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false),
    ),
    commands.registerCommand("cacheCompat.showOutput", () => client.outputChannel.show()),
  );
}

interface VersionPick extends QuickPickItem {
  readonly value: string | null;
}

/** Writes `cacheCompat.apps` where it serves everybody: into the workspace when there is one. */
async function setMastodonVersion(client: BaseLanguageClient): Promise<void> {
  const overview = await client.sendRequest<MatrixAnswer>(MATRIX, {});
  const versions =
    overview?.tables.find(({ id }) => id === "mastodon")?.grids[0]?.columns.flatMap(({ version }) => version ?? []) ??
    [];
  const section = workspace.getConfiguration("cacheCompat", window.activeTextEditor?.document.uri);
  const apps = section.get<Record<string, string | null>>("apps") ?? {};
  const picks: VersionPick[] = [
    { label: "Detect", description: "from image tags, a source checkout or a Helm chart", value: null },
    ...versions.map((column) => ({
      label: `Mastodon ${column}`,
      description: apps.mastodon === column ? "declared now" : "",
      value: column,
    })),
    { label: "Off", description: "do not hold images against Mastodon's table", value: "off" },
  ];
  const picked = await window.showQuickPick(picks, { title: "Mastodon version of this workspace" });
  if (picked === undefined) return;
  const target = workspace.workspaceFolders === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  await section.update("apps", { ...apps, mastodon: picked.value }, target);
}

async function checkWorkspace(client: BaseLanguageClient): Promise<void> {
  // The server shows how far it is, where that takes longer than a moment.
  const answer = await client.sendRequest<WorkspaceAnswer | null>(CHECK_WORKSPACE, {});
  if (answer === null) return;
  const { files, images, error, warning, information } = answer;
  if (images === 0 && error + warning + information === 0) return tellNothingFound(files);
  const text = `Cache Compat: ${files} files checked, ${error} errors, ${warning} warnings, ${information} to know`;
  window.setStatusBarMessage(text, MESSAGE_MS);
  await commands.executeCommand("workbench.actions.view.problems");
}

/** Nothing found is not nothing wrong: says what was looked for, and where to see it at work. */
async function tellNothingFound(files: number): Promise<void> {
  const looked = files === 0 ? "no file that it reads" : `${files} ${files === 1 ? "file" : "files"} without a cache`;
  const example = "Open an example";
  const picked = await window.showInformationMessage(
    `Cache Compat found ${looked} in this workspace. It reads Compose files, Dockerfiles, workflows, Kubernetes manifests, Helm values, redis.conf, valkey.conf and .env files.`,
    example,
  );
  if (picked === example) await commands.executeCommand("cacheCompat.openExample");
}
