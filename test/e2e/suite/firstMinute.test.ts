// What somebody meets who has just installed it.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, ruleOf } from "./until.ts";

interface Step {
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension("cache-compat.cache-compat");
  assert(found, "the extension is not installed");
  return found;
}

describe("the first minute", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("has a walkthrough whose buttons work and whose pictures are there", async () => {
    const { packageJSON, extensionUri } = extension();
    const [{ steps }] = packageJSON.contributes.walkthroughs as [{ steps: Step[] }];
    assert(steps.length >= 3);
    await extension().activate();
    const known = await vscode.commands.getCommands(true);
    assert(known.includes("cacheCompat.openWalkthrough"));
    for (const { description, media, completionEvents } of steps) {
      const links = [...description.matchAll(/\(command:([\w.]+)/g)].map(([, command = ""]) => command);
      for (const command of [...links, ...completionEvents.map((event) => event.replace("onCommand:", ""))])
        assert(known.includes(command), `no command ${command}`);
      assert(links.length > 0 && media.altText.length > 20, description);
      const picture = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, media.svg));
      assert.match(new TextDecoder().decode(picture), /^<svg /);
    }
  });

  it("opens an example with findings, without touching what is open", async () => {
    const folders = vscode.workspace.workspaceFolders?.length;
    await vscode.commands.executeCommand("cacheCompat.openExample", "here");
    const document = vscode.window.activeTextEditor?.document;
    assert(document, "no editor is open");
    assert(document.uri.path.endsWith("/example/mastodon/docker-compose.yml"), String(document?.uri));
    const told = await diagnosticsOf(document.uri, (all) =>
      all.some((one) => ruleOf(one) === "mastodon/engine-unsupported"),
    );
    assert(told.length > 1);
    assert.equal(vscode.workspace.workspaceFolders?.length, folders);
  });
});
