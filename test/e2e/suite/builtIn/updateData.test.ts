// "Update data" and its way back, with a server of this machine that whoever started VS Code runs beside it.
import assert from "node:assert/strict";
import process from "node:process";
import * as vscode from "vscode";
import { diagnosticsOf, findingOf, has } from "../until.ts";
import { open, writeToDisk } from "../workspace.ts";

interface Outcome {
  readonly isFine: boolean;
  readonly message: string;
}

const TEXT = "services:\n  cache:\n    image: redis:7.4\n  other:\n    image: redis:7\n";

/** Names of the tables that are kept for the next start. */
async function kept(): Promise<readonly string[]> {
  await vscode.commands.executeCommand("cacheCompat.openExample", "here");
  const example = vscode.window.activeTextEditor?.document.uri;
  assert(example);
  const folder = vscode.Uri.joinPath(example, "../../..");
  return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).filter((name) => /tables/.test(name));
}

describe("newer data", () => {
  const { E2E_DATA_URL = "" } = process.env;
  // VS Code's own handling of certificates knows those of the system and no others.
  const http = vscode.workspace.getConfiguration("http");
  const handleCertificates = (value: false | undefined): Thenable<void> =>
    http.update("fetchAdditionalSupport", value, vscode.ConfigurationTarget.Global);
  const update = (url: string): Thenable<Outcome> => vscode.commands.executeCommand("cacheCompat.updateData", { url });

  before(() => handleCertificates(false));
  after(() => handleCertificates(undefined));

  it("counts at once, is kept, and goes when somebody says so", async () => {
    await writeToDisk("data/compose.yaml", TEXT);
    const { document } = await open("data/compose.yaml");
    await findingOf(document.uri, "image/floating-tag");
    await diagnosticsOf(document.uri, (all) => !has("image/end-of-life")(all));

    const taken = await update(E2E_DATA_URL);
    assert.match(taken.message, /^data of \d{4}-\d\d-\d\d is in use now, instead of the built-in data/);
    assert.equal(taken.isFine, true);
    const { message, range } = await findingOf(document.uri, "image/end-of-life");
    assert.match(message, /^Redis 7\.4 ended on 2026-10-31/);
    assert.equal(document.getText(range), "7.4");
    const [name, ...others] = await kept();
    assert.match(String(name), /^tables-\d+\.json$/);
    assert.deepEqual(others, []);

    const again = await update(E2E_DATA_URL);
    assert.deepEqual([again.isFine, /^nothing newer is published/.test(again.message)], [true, true], again.message);
    const refused = await update(E2E_DATA_URL.replace("data.json", "something-else.json"));
    assert.equal(refused.isFine, false, refused.message);
    assert.deepEqual(await kept(), [name]);
    assert(has("image/end-of-life")(vscode.languages.getDiagnostics(document.uri)));

    const back = await vscode.commands.executeCommand<Outcome>("cacheCompat.resetData");
    assert.match(back.message, /the built-in data of \d{4}-\d\d-\d\d is in use$/);
    await diagnosticsOf(document.uri, (all) => !has("image/end-of-life")(all));
    assert.deepEqual(await kept(), []);
  });
});
