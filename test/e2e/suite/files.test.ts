// Files that come and go beside the open ones, documents without a file, old versions, and very many of them.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, findingOf, has, ruleOf } from "./until.ts";
import { fileUri, hoverText, open, replace, writeToDisk } from "./workspace.ts";

const { fs } = vscode.workspace;
const FOLLOWS = "# cache-compat: mastodon=4.5\nservices:\n  cache:\n    image: redis:${TAG}\n";
const unsupported = has("mastodon/engine-unsupported");
const not =
  (test: (all: readonly vscode.Diagnostic[]) => boolean) =>
  (all: readonly vscode.Diagnostic[]): boolean =>
    !test(all);

describe("files beside the open one", () => {
  it("count from when they are created until they are deleted, under whatever name", async () => {
    await writeToDisk("moving/compose.yaml", FOLLOWS);
    const { document } = await open("moving/compose.yaml");
    await writeToDisk("moving/.env", "TAG=6.2\n");
    await diagnosticsOf(document.uri, unsupported);
    await fs.rename(fileUri("moving/.env"), fileUri("moving/settings.txt"));
    await diagnosticsOf(document.uri, not(unsupported));
    await fs.rename(fileUri("moving/settings.txt"), fileUri("moving/.env"));
    await diagnosticsOf(document.uri, unsupported);
    await writeToDisk("moving/.env", "TAG=8.2\n");
    await diagnosticsOf(document.uri, not(unsupported));
    await writeToDisk("moving/.env", "TAG=6.0\n");
    await diagnosticsOf(document.uri, unsupported);
    await fs.delete(fileUri("moving/.env"));
    await diagnosticsOf(document.uri, not(unsupported));
  });

  it("are told about while they are closed, until they are gone", async () => {
    const uri = fileUri("closed/deep/compose.yaml");
    await writeToDisk("closed/deep/compose.yaml", "services:\n  cache:\n    image: redis:7\n");
    await findingOf(uri, "image/floating-tag");
    await fs.rename(fileUri("closed/deep"), fileUri("closed/deeper"));
    await findingOf(fileUri("closed/deeper/compose.yaml"), "image/floating-tag");
    await diagnosticsOf(uri, (all) => all.length === 0);
    await fs.delete(fileUri("closed"), { recursive: true });
    await diagnosticsOf(fileUri("closed/deeper/compose.yaml"), (all) => all.length === 0);
  });
});

describe("documents that are no files", () => {
  it("are checked before they are saved for the first time", async () => {
    const content = "# cache-compat: mastodon=4.5\nservices:\n  cache:\n    image: redis:6.2\n";
    const document = await vscode.workspace.openTextDocument({ language: "dockercompose", content });
    await vscode.window.showTextDocument(document);
    assert.equal(document.uri.scheme, "untitled");
    const { range } = await findingOf(document.uri, "mastodon/engine-unsupported");
    assert.match(await hoverText(document.uri, range.start), /Redis 6\.2/);
    await replace(document, "redis:6.2", "redis:8.2");
    await diagnosticsOf(document.uri, not(unsupported));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("are left alone when they are old versions", async () => {
    await vscode.extensions.getExtension("cache-compat.tests")?.activate();
    const old = vscode.Uri.from({ scheme: "history", path: "/mastodon/docker-compose.yml" });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(old));
    const text = await hoverText(old, new vscode.Position(24, 20));
    assert.doesNotMatch(text, /Redis/);
    // By the time that a file opened later is judged, this one would have been, too.
    await writeToDisk("later/compose.yaml", "services:\n  cache:\n    image: redis:7\n");
    await findingOf((await open("later/compose.yaml")).document.uri, "image/floating-tag");
    assert.deepEqual(
      vscode.languages.getDiagnostics(old).map((one) => ruleOf(one)),
      [],
    );
  });
});
