// The copy of examples/mastodon which the tests have open, and what one does with a file in an editor.
import assert from "node:assert/strict";
import * as vscode from "vscode";

/** @param root which of the workspace folders */
export function fileUri(path: string, root = 0): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[root];
  assert(folder, "the tests need an open folder");
  return vscode.Uri.joinPath(folder.uri, path);
}

/** Opens a file in the editor. */
export async function open(path: string, root = 0): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(path, root)));
}

/** Writes a file as another program does: not through the editor. */
export async function writeToDisk(path: string, text: string, root = 0): Promise<void> {
  await vscode.workspace.fs.writeFile(fileUri(path, root), new TextEncoder().encode(text));
}

/** The range of the only place in a document with this text. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  assert(
    start >= 0 && document.getText().indexOf(text, start + 1) < 0,
    `${JSON.stringify(text)} must be there exactly once`,
  );
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** The text of all hovers at a place. */
export async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, position);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (typeof content === "string" ? content : content.value)).join("\n");
}

/** Replaces the only place in a document with this text, as typing does. */
export async function replace(document: vscode.TextDocument, text: string, newText: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, text), newText);
  assert(await vscode.workspace.applyEdit(edit));
}

/** The quick fixes offered at a place. Other extensions and VS Code itself add theirs: look for a title, never count. */
export async function quickFixes(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, range, kind);
}

/** Does what a click on the fix does. */
export async function apply(fix: vscode.CodeAction): Promise<void> {
  if (fix.edit) assert(await vscode.workspace.applyEdit(fix.edit), `VS Code refuses the edit of ${fix.title}`);
  if (fix.command) await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
}
