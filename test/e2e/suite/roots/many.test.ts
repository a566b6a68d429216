// As many open files as people have who never close one.
import * as vscode from "vscode";
import { diagnosticsOf, findingOf, has } from "../until.ts";
import { fileUri, open, replace, writeToDisk } from "../workspace.ts";

const TEXT = "services:\n  cache:\n    image: redis:7\n";

describe("very many open files", () => {
  it("are all judged, the one in front answers, and nothing is told of what is gone", async function () {
    this.timeout(120_000); // opening them takes VS Code most of it
    const names = Array.from({ length: 100 }, (_, n) => `many/stack-${n}/compose.yaml`);
    const uris = names.map((name) => fileUri(name));
    await Promise.all(names.map((name) => writeToDisk(name, TEXT)));
    // As tabs that nobody has looked into yet. One after the other they would take most of a minute.
    const inTab = { preview: false, background: true };
    await Promise.all(uris.map((uri) => vscode.commands.executeCommand("vscode.open", uri, inTab)));
    await Promise.all(uris.map((uri) => findingOf(uri, "image/floating-tag")));
    const { document } = await open("many/stack-0/compose.yaml");
    await replace(document, "redis:7", "redis:8.2");
    await diagnosticsOf(document.uri, (all) => !has("image/floating-tag")(all));
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(fileUri("many"), { recursive: true });
    // The edited one VS Code keeps in memory for a while.
    await Promise.all(uris.slice(1).map((uri) => diagnosticsOf(uri, (all) => all.length === 0)));
  });
});
