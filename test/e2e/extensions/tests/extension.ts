// Carries the tests into VS Code, with the example workspace on a file system in memory: `memory:/mastodon`.
import * as vscode from "vscode";
import { MemoryFileSystem } from "./memory.ts";

export async function activate({ subscriptions, extensionUri }: vscode.ExtensionContext): Promise<void> {
  const memory = new MemoryFileSystem();
  const example = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "example.json"));
  const texts = JSON.parse(new TextDecoder().decode(example)) as Record<string, string>;
  for (const [path, text] of Object.entries(texts))
    await memory.writeFile(
      vscode.Uri.from({ scheme: "memory", path: `/mastodon/${path}` }),
      new TextEncoder().encode(text),
    );
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider("memory", memory, { isCaseSensitive: true }),
    // The same files as old versions in a history, which nobody can write to.
    vscode.workspace.registerFileSystemProvider("history", memory, { isCaseSensitive: true, isReadonly: true }),
    vscode.commands.registerCommand("cacheCompatTests.markAsLink", (uri: vscode.Uri) => memory.markAsLink(uri)),
  );
}
