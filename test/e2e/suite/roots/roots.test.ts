// Several folders in one window: each is judged for its own app, also the one that is on a file system in memory.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, findingOf, has } from "../until.ts";
import { fileUri, open, writeToDisk } from "../workspace.ts";

describe("several folders", () => {
  it("are judged each for the version that it declares", async () => {
    const text = "services:\n  cache:\n    image: valkey/valkey:9.1\n";
    const declared = async (root: number): Promise<string> => {
      await writeToDisk("roots/compose.yaml", text, root);
      const { document } = await open("roots/compose.yaml", root);
      const { message } = await findingOf(document.uri, "mastodon/engine-unlisted");
      return /Mastodon \d+\.\d+/.exec(message)?.[0] ?? message;
    };
    await writeToDisk("roots/cache-compat.json", '{ "apps": { "mastodon": "4.5" } }');
    await writeToDisk("roots/cache-compat.json", '{ "apps": { "mastodon": "4.6" } }', 2);
    assert.deepEqual(
      [await declared(0), await declared(1), await declared(2)],
      ["Mastodon 4.5", "Mastodon 4.3", "Mastodon 4.6"],
    );
  });

  it("take settings each for itself", async () => {
    const [, older] = vscode.workspace.workspaceFolders ?? [];
    assert(older);
    const section = vscode.workspace.getConfiguration("cacheCompat", older.uri);
    const { document } = await open("compose.yaml", 1);
    await section.update("rules", { "image/*": "hint" }, vscode.ConfigurationTarget.WorkspaceFolder);
    try {
      await writeToDisk("compose.yaml", "services:\n  cache:\n    image: redis:7\n", 1);
      await diagnosticsOf(document.uri, (all) =>
        all.some(({ severity }) => severity === vscode.DiagnosticSeverity.Hint),
      );
      await writeToDisk("roots/floating.compose.yaml", "services:\n  cache:\n    image: redis:7\n");
      const { severity } = await findingOf(fileUri("roots/floating.compose.yaml"), "image/floating-tag");
      assert.equal(severity, vscode.DiagnosticSeverity.Warning);
    } finally {
      await section.update("rules", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    }
  });

  it("are read through the editor where there is no disk, but never through a link", async () => {
    await writeToDisk(
      "linked/compose.yaml",
      "# cache-compat: mastodon=4.5\nservices:\n  c:\n    image: redis:${TAG}\n",
      2,
    );
    await writeToDisk("linked/.env", "TAG=6.2\n", 2);
    const { document } = await open("linked/compose.yaml", 2);
    await findingOf(document.uri, "mastodon/engine-unsupported");
    await writeToDisk("linked/.env", "TAG=6.0\n", 2);
    await vscode.commands.executeCommand("cacheCompatTests.markAsLink", fileUri("linked/.env", 2));
    await diagnosticsOf(document.uri, (all) => !has("mastodon/engine-unsupported")(all));
  });
});
