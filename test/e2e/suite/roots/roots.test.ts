// Several folders in one window: each is judged for its own app, also the one that is on a file system in memory.
import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("several folders", () => {
  it("are judged each for the version that it declares", async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    assert.equal(folders.length, 3);
  });
});
