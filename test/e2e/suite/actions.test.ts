// What an editor does with a finding: fixes by kind, the preferred one, all of them when saving, the page that explains it.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, findingOf, has, until } from "./until.ts";
import { fileUri, open, rangeOf, writeToDisk } from "./workspace.ts";

const TEXT = "# cache-compat: mastodon=4.5\nservices:\n  cache:\n    image: redis:6.2-alpine\n";

async function actions(
  uri: vscode.Uri,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
  resolve?: number,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, range, kind?.value, resolve);
}

/** Saves until the text fits: VS Code saves without the actions of those who answer too slowly for it, which a busy machine makes us. */
async function savedUntil(document: vscode.TextDocument, fits: (text: string) => boolean): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt++) {
    assert(await document.save());
    if (fits(document.getText())) return document.getText();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.lineAt(document.lineCount - 1).range.end, "\n");
    await vscode.workspace.applyEdit(edit);
  }
  throw new Error("no save applied the fixes");
}

describe("code actions", () => {
  it("have a kind, stand at their finding, and exactly one is preferred", async () => {
    await writeToDisk("actions/compose.yaml", TEXT);
    const { document } = await open("actions/compose.yaml");
    const finding = await findingOf(document.uri, "mastodon/engine-unsupported");
    const fixes = (await actions(document.uri, finding.range, vscode.CodeActionKind.QuickFix)).filter(({ title }) =>
      title.startsWith("Use redis "),
    );
    assert(fixes.length > 1);
    assert.deepEqual(
      fixes.map(({ kind }) => kind?.value),
      fixes.map(() => "quickfix"),
    );
    assert.equal(fixes.filter(({ isPreferred }) => isPreferred).length, 1);
    // No fix elsewhere, and none of another kind.
    assert.equal((await actions(document.uri, new vscode.Range(1, 0, 1, 3))).length, 0);
    assert.equal((await actions(document.uri, finding.range, vscode.CodeActionKind.RefactorExtract)).length, 0);
  });

  it("relate the finding to the place where the version is declared", async () => {
    const { document } = await open("actions/compose.yaml");
    const { relatedInformation, code } = await findingOf(document.uri, "mastodon/engine-unsupported");
    assert(relatedInformation?.[0]);
    assert.equal(relatedInformation[0].location.uri.toString(), document.uri.toString());
    assert.equal(document.getText(relatedInformation[0].location.range), "mastodon=4.5");
    assert(typeof code === "object");
    assert.match(String(code.target), /\/blob\/main\/data\/rules\/mastodon\/engine-unsupported\.md$/);
  });

  it("get the edit of fix all when it is asked for", async () => {
    const { document } = await open("actions/compose.yaml");
    await findingOf(document.uri, "mastodon/engine-unsupported");
    const all = vscode.CodeActionKind.SourceFixAll;
    const [listed] = await actions(document.uri, rangeOf(document, "services"), all);
    assert.equal(listed?.kind?.value, "source.fixAll.cacheCompat");
    assert.equal(listed?.edit, undefined);
    const [resolved] = await actions(document.uri, rangeOf(document, "services"), all, 1);
    assert.equal(resolved?.edit?.get(document.uri)[0]?.newText, "8.2-alpine");
  });

  it("fix all that is safe when a file is saved", async () => {
    const { document } = await open("actions/compose.yaml");
    const editor = vscode.workspace.getConfiguration("editor", document.uri);
    await editor.update(
      "codeActionsOnSave",
      { "source.fixAll.cacheCompat": "explicit" },
      vscode.ConfigurationTarget.Workspace,
    );
    try {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(4, 0), "  floating:\n    image: redis:7\n");
      await vscode.workspace.applyEdit(edit);
      await findingOf(document.uri, "image/floating-tag");
      const text = await savedUntil(document, (now) => now.includes("redis:8.2-alpine"));
      // What a tag means that names no line is for people to decide.
      assert(text.includes("image: redis:7\n"));
      await diagnosticsOf(document.uri, (left) => !has("mastodon/engine-unsupported")(left));
    } finally {
      await editor.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it("rewrite a connection", async () => {
    await writeToDisk("actions/.env.production", "# cache-compat: mastodon=4.5\nREDIS_HOST=cache\nREDIS_PORT=6379\n");
    const { document } = await open("actions/.env.production");
    const at = rangeOf(document, "REDIS_HOST");
    const rewrites = await actions(document.uri, at, vscode.CodeActionKind.RefactorRewrite);
    assert(rewrites.some(({ kind, edit }) => kind?.value === "refactor.rewrite" && edit !== undefined));
  });

  it("show the page of a rule without a network", async () => {
    const { document } = await open("actions/compose.yaml");
    const { range } = await findingOf(document.uri, "image/floating-tag");
    const page = (await actions(document.uri, range, vscode.CodeActionKind.QuickFix)).find(
      ({ title }) => title === "Show the page of image/floating-tag",
    );
    assert(page?.command);
    assert.equal(page.isPreferred ?? false, false);
    await vscode.commands.executeCommand(page.command.command, ...(page.command.arguments ?? []));
    const labels = (): string[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until("the page", vscode.window.tabGroups.onDidChangeTabs, labels, (all) =>
      all.some((label) => label.includes("floating-tag.md")),
    );
    const uri = vscode.Uri.from({ scheme: "cache-compat-rule", path: "/image/floating-tag.md" });
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(text, /^# image\/floating-tag/);
    assert.equal(fileUri("actions/compose.yaml").toString(), document.uri.toString());
  });
});
