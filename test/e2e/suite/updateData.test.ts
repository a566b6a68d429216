// "Update data" where it cannot succeed, in every host: it says why, and what counts stays as it is.
import assert from "node:assert/strict";
import * as vscode from "vscode";

interface Outcome {
  readonly isFine: boolean;
  readonly message: string;
}

describe("update data", () => {
  for (const [what, url, why] of [
    ["an address that is not https", "http://localhost/data.json", /^the present data stays in use: only https/],
    [
      "a server that does not answer",
      "https://localhost:1/data.json",
      /^the present data stays in use: localhost:1 cannot/,
    ],
  ] as const)
    it(`leaves everything as it is for ${what}`, async () => {
      const { isFine, message } = await vscode.commands.executeCommand<Outcome>("cacheCompat.updateData", { url });
      assert.equal(isFine, false);
      assert.match(message, why);
    });

  it("goes back to the built-in data, also where nothing else is in use", async () => {
    const { isFine, message } = await vscode.commands.executeCommand<Outcome>("cacheCompat.resetData");
    assert.equal(isFine, true);
    assert.match(message, /the built-in data of \d{4}-\d\d-\d\d is in use$/);
  });
});
