// Beside an extension for YAML (a stand-in with the name of the usual one): each says what it knows, nobody says it twice.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, findingOf, has, ruleOf } from "./until.ts";
import { fileUri, open, rangeOf, writeToDisk } from "./workspace.ts";

const TEXT = "services:\n  cache:\n    image: redis:7\n    restart: always\n    restart: always\n";

describe("beside the YAML extension", () => {
  it("leaves to it what is wrong with the YAML", async () => {
    assert(vscode.extensions.getExtension("redhat.vscode-yaml"));
    await writeToDisk("neighbours/compose.yaml", TEXT);
    const { document } = await open("neighbours/compose.yaml");
    // While the file was closed the other extension said nothing about it, so we may have said it: that goes when the file is open.
    await diagnosticsOf(
      document.uri,
      (all) => has("image/floating-tag")(all) && !all.some((one) => ruleOf(one).startsWith("yaml/")),
    );
  });

  it("adds no outline, no links, no hover and no words to what is YAML's", async () => {
    const { document } = await open("neighbours/compose.yaml");
    const { uri } = document;
    await findingOf(uri, "image/floating-tag");
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      uri,
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ["yaml"],
    );
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", uri);
    assert.equal(links.length, 1);
    const hovers = (position: vscode.Position): Thenable<vscode.Hover[]> =>
      vscode.commands.executeCommand("vscode.executeHoverProvider", uri, position);
    assert.equal((await hovers(rangeOf(document, "services").start)).length, 1);
    assert.equal((await hovers(rangeOf(document, "redis:7").start)).length, 2);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      uri,
      rangeOf(document, "services").end,
    );
    const others = items.filter(
      ({ label, kind }) => label !== "what YAML completes" && kind !== vscode.CompletionItemKind.Text,
    );
    assert.deepEqual(
      others.map(({ label }) => label),
      [],
    );
    assert.equal(fileUri("neighbours/compose.yaml").toString(), uri.toString());
  });
});
