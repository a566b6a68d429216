// The main job, in a real VS Code: the squiggle, the reason, the fix, and the squiggle is gone.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, has, ruleOf, textOf, until } from "./until.ts";
import { apply, fileUri, hoverText, open, quickFixes, rangeOf, writeToDisk } from "./workspace.ts";

describe("a Mastodon stack", () => {
  it("underlines an image that Mastodon does not support, says why, and fixes it", async () => {
    const { document } = await open("docker-compose.yml");
    const [finding] = (await diagnosticsOf(document.uri, has("mastodon/engine-unsupported"))).filter(
      (one) => ruleOf(one) === "mastodon/engine-unsupported",
    );
    assert(finding);
    assert.equal(document.getText(finding.range), "6.2-alpine");
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(finding.message, /^Mastodon 4\.5 does not support Redis 6\.2/);
    assert.match(finding.relatedInformation?.[0]?.message ?? "", /Mastodon 4\.5\.16 is declared here/);

    const hover = await hoverText(document.uri, finding.range.start);
    assert.match(hover, /Redis 6\.2/);
    assert.match(hover, /2027-04-01/);
    assert.match(hover, /4\.5.*yours/);

    const fixes = await quickFixes(document.uri, finding.range);
    const fix = fixes.find(({ title }) => title.startsWith("Use redis 8.2-alpine"));
    assert(fix, fixes.map(({ title }) => title).join("; "));
    assert.equal(fix.isPreferred, true);
    await apply(fix);
    await textOf(document, (text) => text.includes("image: redis:8.2-alpine"));
    await diagnosticsOf(document.uri, (all) => !has("mastodon/engine-unsupported")(all));
  });

  it("follows the .env file: on disk, then edited", async () => {
    const { document } = await open("docker-compose.yml");
    const tag = rangeOf(document, "7-alpine");
    await diagnosticsOf(document.uri, (all) =>
      all.some((one) => ruleOf(one) === "image/floating-tag" && one.range.isEqual(tag)),
    );
    await writeToDisk(".env", "CACHE_TAG=7.0-alpine\n");
    const [ended] = (await diagnosticsOf(document.uri, has("mastodon/engine-end-of-life"))).filter(
      (one) => ruleOf(one) === "mastodon/engine-end-of-life",
    );
    assert(ended);
    assert.equal(document.getText(ended.range), "${CACHE_TAG:-7-alpine}");
    const fix = (await quickFixes(document.uri, ended.range)).find(({ title }) =>
      title.startsWith("Use redis 7.4-alpine"),
    );
    assert(fix);
    await apply(fix);
    const env = await vscode.workspace.openTextDocument(fileUri(".env"));
    await textOf(env, (text) => text === "CACHE_TAG=7.4-alpine\n");
    await diagnosticsOf(document.uri, (all) => !has("mastodon/engine-end-of-life")(all));
  });

  it("completes tags that exist, supported ones first", async () => {
    const { document } = await open("staging/compose.yaml");
    const position = rangeOf(document, "9.1-alpine").start;
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
    );
    const tags = list.items
      .filter(({ detail }) => detail?.includes("Mastodon 4.6"))
      .sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
    assert.equal(tags[0]?.label, "9.0");
    assert.match(tags[0]?.detail ?? "", /supported by Mastodon 4\.6/);
  });

  it("judges for the version that is set", async () => {
    const { document } = await open("staging/compose.yaml");
    const section = vscode.workspace.getConfiguration("cacheCompat", document.uri);
    await section.update("rules", { "mastodon/engine-unlisted": "warning" }, vscode.ConfigurationTarget.Workspace);
    const changed = await diagnosticsOf(document.uri, (all) =>
      all.some(
        (one) => ruleOf(one) === "mastodon/engine-unlisted" && one.severity === vscode.DiagnosticSeverity.Warning,
      ),
    );
    assert.equal(changed.length > 0, true);
    await section.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
  });

  it("fixes all that is safe, and nothing else", async () => {
    const { document } = await open("docker-compose.yml");
    const before = document.getText();
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, rangeOf(document, "8.2-alpine"), "6.0-alpine");
    await vscode.workspace.applyEdit(edit);
    await diagnosticsOf(document.uri, has("mastodon/engine-unsupported"));
    await vscode.commands.executeCommand("editor.action.codeAction", {
      kind: "source.fixAll.cacheCompat",
      apply: "first",
    });
    assert.equal(await textOf(document, (text) => text === before), before);
  });

  it("shows the matrix with the workspace's own images", async () => {
    await vscode.commands.executeCommand("cacheCompat.showMatrix");
    const labels = (): string[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until("the tab of the matrix", vscode.window.tabGroups.onDidChangeTabs, labels, (all) =>
      all.includes("Cache compatibility"),
    );
  });
});
