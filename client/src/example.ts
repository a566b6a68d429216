/** A workspace to try things out in: a Mastodon stack that has grown for years. */

import files from "example-files";
import { commands, type ExtensionContext, env, type QuickPickItem, UIKind, Uri, window, workspace } from "vscode";

/** What is looked at first. */
const FIRST = "docker-compose.yml";

interface Choice extends QuickPickItem {
  readonly where: "here" | "window";
}

const CHOICES: readonly Choice[] = [
  { where: "here", label: "Look at it here", description: "opens its compose file beside what you have open" },
  { where: "window", label: "Open it in a new window", description: "as a workspace, with the files beside it" },
];

/** `where` is asked for when nobody says it, and where there is a choice: a browser has no windows for local folders. */
export async function openExample(context: ExtensionContext, where?: unknown): Promise<void> {
  const hasWindows = env.uiKind === UIKind.Desktop || env.remoteName !== undefined;
  const isAsked = where === undefined && hasWindows;
  const chosen = isAsked ? (await window.showQuickPick(CHOICES, { title: "Open an example" }))?.where : "here";
  if (chosen === undefined) return;
  const folder = Uri.joinPath(context.globalStorageUri, "example", "mastodon");
  await write(folder);
  if (chosen === "window") await commands.executeCommand("vscode.openFolder", folder, { forceNewWindow: true });
  else await window.showTextDocument(Uri.joinPath(folder, FIRST), { preview: false });
}

/** As it was, except for what somebody is editing. */
async function write(folder: Uri): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const uri = Uri.joinPath(folder, ...path.split("/"));
    const isEdited = workspace.textDocuments.some((open) => open.isDirty && open.uri.toString() === uri.toString());
    if (!isEdited) await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  }
}
