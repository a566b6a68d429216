// A server's configuration as a language of its own.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { findingOf } from "./until.ts";
import { fileUri, open, rangeOf, writeToDisk } from "./workspace.ts";

const TEXT = `# cache-compat: engine=redis@7.2
################################## NETWORK #####################################
bind 127.0.0.1
port 6379
################################# SNAPSHOTTING ################################
dbfilename dump.rdb
slave-read-only yes
include other.conf
`;

const ask = <T>(command: string, uri: vscode.Uri, ...rest: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(command, uri, ...rest);

describe("redis.conf in the editor", () => {
  it("strikes through what is deprecated", async () => {
    await writeToDisk("language/redis.conf", TEXT);
    await writeToDisk("language/other.conf", "maxmemory 1gb\n");
    const { document } = await open("language/redis.conf");
    const { tags, range } = await findingOf(document.uri, "conf/deprecated-directive");
    assert.deepEqual(tags, [vscode.DiagnosticTag.Deprecated]);
    assert.equal(document.getText(range), "slave-read-only");
  });

  it("has an outline, folds by section, and leads to what it includes", async () => {
    const { document } = await open("language/redis.conf");
    const symbols = await ask<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", document.uri);
    const names = symbols.flatMap(({ name, children }) => [name, ...children.map((child) => child.name)]);
    for (const name of ["bind", "port", "dbfilename"]) assert(names.includes(name), names.join(" "));
    const ranges = await ask<vscode.FoldingRange[]>("vscode.executeFoldingRangeProvider", document.uri);
    assert(ranges.length > 0);
    const links = await ask<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri);
    assert.deepEqual(
      links.map(({ target }) => target?.toString()),
      [fileUri("language/other.conf").toString()],
    );
    const [place] = await ask<(vscode.Location | vscode.LocationLink)[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      rangeOf(document, "other.conf").start,
    );
    assert(place);
    assert.equal(
      ("targetUri" in place ? place.targetUri : place.uri).toString(),
      fileUri("language/other.conf").toString(),
    );
  });

  it("has words in colour by the version that reads them", async () => {
    const { document } = await open("language/redis.conf");
    const legend = await ask<vscode.SemanticTokensLegend>("vscode.provideDocumentSemanticTokensLegend", document.uri);
    const tokens = await ask<vscode.SemanticTokens>("vscode.provideDocumentSemanticTokens", document.uri);
    assert.deepEqual(legend.tokenTypes, ["keyword", "enumMember"]);
    assert(tokens.data.length >= 5 && tokens.data.length % 5 === 0);
  });

  it("completes directives, with their description when one is looked at", async () => {
    const { document } = await open("language/redis.conf");
    const end = new vscode.Position(document.lineCount - 1, 0);
    const list = await ask<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      end,
      undefined,
      1000,
    );
    const item = list.items.find(
      ({ label }) => (typeof label === "string" ? label : label.label) === "maxmemory-policy",
    );
    assert(item?.documentation);
  });
});

describe("inlay hints", () => {
  it("show what a floating tag stood for, where they are switched on", async () => {
    await writeToDisk("hints/compose.yaml", "services:\n  cache:\n    image: redis:7-alpine\n");
    const { document } = await open("hints/compose.yaml");
    await findingOf(document.uri, "image/floating-tag");
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = () => ask<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, all);
    assert.equal((await hints()).length, 0);
    const section = vscode.workspace.getConfiguration("cacheCompat", document.uri);
    const changed = new Promise((resolve) => {
      const subscription = vscode.workspace.onDidChangeConfiguration(() => resolve(subscription.dispose()));
    });
    await section.update("inlayHints.enabled", true, vscode.ConfigurationTarget.Workspace);
    await changed;
    // Messages are answered in order: the setting has arrived before this question does.
    const [hint] = await hints();
    await section.update("inlayHints.enabled", undefined, vscode.ConfigurationTarget.Workspace);
    assert.match(String(typeof hint?.label === "string" ? hint.label : hint?.label[0]?.value), /7\.\d/);
  });
});
