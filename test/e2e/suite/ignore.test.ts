// "Ignore this rule" in a real VS Code: the squiggle is gone, and what is left to do is to write the reason.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { diagnosticsOf, ruleOf, textOf } from "./until.ts";
import { apply, fileUri, open, quickFixes, rangeOf, writeToDisk } from "./workspace.ts";

const TEXT = "services:\n  cache:\n    image: redis:latest\n";
const RULE = "image/floating-tag";

const isTold = (all: readonly vscode.Diagnostic[]): boolean => all.some((one) => ruleOf(one) === RULE);
/** Neither the finding nor a comment or setting without use. */
const isQuiet = (all: readonly vscode.Diagnostic[]): boolean => all.length === 0;

async function ignore(document: vscode.TextDocument, where: RegExp): Promise<void> {
  await diagnosticsOf(document.uri, isTold);
  const fixes = await quickFixes(document.uri, rangeOf(document, "latest"));
  const fix = fixes.find(({ title }) => title.startsWith(`Ignore ${RULE} `) && where.test(title));
  assert(fix, fixes.map(({ title }) => title).join("; "));
  assert.equal(fix.isPreferred ?? false, false);
  await apply(fix);
}

describe("ignore this rule", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.workspace.fs.delete(fileUri("ignored"), { recursive: true });
  });

  for (const [where, comment] of [
    ["on this line", `    # cache-compat-ignore-next-line ${RULE} -- reason\n    image`],
    ["in this file", `# cache-compat-ignore-file ${RULE} -- reason\nservices`],
  ] as const) {
    it(where, async () => {
      await writeToDisk("ignored/compose.yaml", TEXT);
      const { document } = await open("ignored/compose.yaml");
      await ignore(document, new RegExp(`${where}$`));
      await textOf(document, (text) => text.includes(comment));
      await diagnosticsOf(document.uri, isQuiet);
    });
  }

  it("in the project file, which keeps the rest of its text", async () => {
    await writeToDisk("ignored/compose.yaml", TEXT);
    const settings = (severity: string): string => `{\n    "rules": {\n        "${RULE}": "${severity}"\n    }\n}\n`;
    await writeToDisk("ignored/cache-compat.json", settings("hint"));
    const { document } = await open("ignored/compose.yaml");
    await diagnosticsOf(document.uri, (all) => all.some((one) => one.severity === vscode.DiagnosticSeverity.Hint));
    await ignore(document, /in this project \(ignored\/cache-compat\.json\)$/);
    const project = await vscode.workspace.openTextDocument(fileUri("ignored/cache-compat.json"));
    await textOf(project, (text) => text === settings("off"));
    await diagnosticsOf(document.uri, isQuiet);
    await project.save();
  });
});
