// Waiting for VS Code: by its events, never by time. The only clock is mocha's time limit of a test; when it strikes, the names of what
// has not happened, and what was there instead, are printed below the test.
import * as vscode from "vscode";

interface Wait {
  readonly what: string;
  readonly lastSeen: () => string;
  readonly subscription: vscode.Disposable;
}

const waits = new Set<Wait>();
const MAX_TOLD = 5;

afterEach(function reportWaits() {
  const isFailed = this.currentTest?.state === "failed";
  for (const { what, lastSeen } of isFailed ? [...waits].slice(0, MAX_TOLD) : [])
    console.log(`      still waiting for ${what}; last seen: ${lastSeen()}`);
  if (isFailed && waits.size > MAX_TOLD) console.log(`      and for ${waits.size - MAX_TOLD} more`);
  for (const { subscription } of waits) subscription.dispose();
  waits.clear();
});

/** Resolves with the first state that `isReached` accepts: the present one, or a later one after an event. */
export function until<State>(
  what: string,
  event: vscode.Event<unknown>,
  readState: () => State,
  isReached: (state: State) => boolean,
  show: (state: State) => string = (state) => JSON.stringify(state),
): Promise<State> {
  return new Promise((resolve, reject) => {
    const check = () => {
      try {
        const state = readState();
        if (!isReached(state)) return;
        resolve(state);
      } catch (error) {
        reject(error);
      }
      wait.subscription.dispose();
      waits.delete(wait);
    };
    // Listen first, look second: nothing can happen unseen in between.
    const wait: Wait = { what, lastSeen: () => show(readState()), subscription: event(check) };
    waits.add(wait);
    check();
  });
}

/** Our own diagnostics of a file, as soon as they are as expected. */
export function diagnosticsOf(
  uri: vscode.Uri,
  isExpected: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return until(
    `diagnostics of ${vscode.workspace.asRelativePath(uri)}`,
    vscode.languages.onDidChangeDiagnostics,
    () => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "cache-compat"),
    isExpected,
    (diagnostics) => diagnostics.map(describeDiagnostic).join("; ") || "none",
  );
}

/** Resolves when the document has the text, which may be typed, come from a fix, or from a file changed on disk. */
export async function textOf(document: vscode.TextDocument, isExpected: (text: string) => boolean): Promise<string> {
  const what = `the text of ${vscode.workspace.asRelativePath(document.uri)}`;
  return until(what, vscode.workspace.onDidChangeTextDocument, () => document.getText(), isExpected);
}

/** The rule of a diagnostic: its code is a rule id with or without a link to the rule's page. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** True when a diagnostic of this rule is there. */
export const has =
  (rule: string) =>
  (all: readonly vscode.Diagnostic[]): boolean =>
    all.some((diagnostic) => ruleOf(diagnostic) === rule);

/** The first diagnostic of a rule, as soon as it is there. */
export async function findingOf(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  const all = await diagnosticsOf(uri, has(rule));
  return all.find((one) => ruleOf(one) === rule) as vscode.Diagnostic;
}

function describeDiagnostic(diagnostic: vscode.Diagnostic): string {
  const { line, character } = diagnostic.range.start;
  return `${line + 1}:${character + 1} ${ruleOf(diagnostic)} ${diagnostic.message}`;
}
