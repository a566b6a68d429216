// Beside what VS Code itself brings for the node extension host, which reads JSON by the schemas of our manifest.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ruleOf, until } from "../until.ts";
import { hoverText, open, rangeOf, replace, writeToDisk } from "../workspace.ts";

describe("beside VS Code's own extension for JSON", () => {
  /** What is told, by whomever, as soon as it fits. */
  const told = async (
    document: vscode.TextDocument,
    isExpected: (all: readonly vscode.Diagnostic[]) => boolean,
  ): Promise<readonly string[]> => {
    const all = await until(
      "what is told",
      vscode.languages.onDidChangeDiagnostics,
      () => vscode.languages.getDiagnostics(document.uri),
      isExpected,
    );
    const place = (one: vscode.Diagnostic): string =>
      `${document.getText(one.range)} ${one.source === "cache-compat" ? ruleOf(one) : one.message}`;
    return all.map(place).sort();
  };
  const isOurs = ({ source }: vscode.Diagnostic): boolean => source === "cache-compat";
  const twice = ({ message }: vscode.Diagnostic): boolean => message === "Duplicate object key";

  it("tells once what is wrong in a project file: values are ours, JSON is not", async () => {
    await writeToDisk("json/cache-compat.json", '{ "noticeDays": "thirty", "app": {}, "ignore": [], "ignore": [] }\n');
    const { document } = await open("json/cache-compat.json");
    assert.deepEqual(
      // JSON has spoken when it tells of the key that stands twice.
      await told(document, (all) => all.some(twice) && all.filter(isOurs).length === 2),
      [
        '"app" config/unknown-key',
        '"ignore" Duplicate object key',
        '"ignore" Duplicate object key',
        '"thirty" config/invalid-value',
      ],
    );
    await replace(document, '"app": {}, ', "");
    await replace(document, ', "ignore": [], "ignore": [] }', ", }");
    const broken = await told(document, (all) => all.length > 0 && !all.some(twice) && !all.some(isOurs));
    assert.equal(broken.length, 1, broken.join("; "));
    await replace(document, ", }", " }");
    assert.deepEqual(await told(document, (all) => all.some(isOurs)), ['"thirty" config/invalid-value']);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("has rules and severities completed and explained by it", async () => {
    await writeToDisk("json/rules/cache-compat.json", '{ "rules": { "image/floating-tag": "off" } }\n');
    const { document } = await open("json/rules/cache-compat.json");
    const labels = async (text: string): Promise<readonly string[]> => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        rangeOf(document, text).start,
      );
      return items.map(({ label }) => (typeof label === "string" ? label : label.label));
    };
    assert((await labels("image/floating-tag")).includes("mastodon/engine-unsupported"));
    assert((await labels("off")).includes('"warning"'));
    assert.match(await hoverText(document.uri, rangeOf(document, "floating-tag").start), /Usually `warning`/);
  });
});
