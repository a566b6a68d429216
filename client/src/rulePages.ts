/** The rules' pages out of the extension's own folder: they open without a network, as the links of diagnostics do not. */
import {
  CodeAction,
  CodeActionKind,
  commands,
  type Diagnostic,
  type ExtensionContext,
  languages,
  Uri,
  window,
  workspace,
} from "vscode";
import { DOCUMENTS } from "./documents.ts";

const SCHEME = "cache-compat-rule";
const OPEN = "cacheCompat.openRule";
const RULE_ID = /^[a-z]+\/[a-z0-9-]+$/;

export function registerRulePages(context: ExtensionContext): void {
  const pageOf = async ({ path }: Uri): Promise<string> => {
    const file = Uri.joinPath(context.extensionUri, "dist", "rules.json");
    const pages: Readonly<Record<string, string>> = JSON.parse(
      new TextDecoder().decode(await workspace.fs.readFile(file)),
    );
    return pages[path.replace(/^\/|\.md$/g, "")] ?? "";
  };
  context.subscriptions.push(
    workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: pageOf }),
    commands.registerCommand(OPEN, (rule?: unknown) => openRule(context, rule)),
    languages.registerCodeActionsProvider(
      DOCUMENTS as Parameters<typeof languages.registerCodeActionsProvider>[0],
      { provideCodeActions: (_document, _range, { diagnostics }) => pageActions(diagnostics) },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  );
}

/** They stand below the fixes; they change nothing, so none is ever the preferred one. */
function pageActions(diagnostics: readonly Diagnostic[]): CodeAction[] {
  const rules = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { code, source } = diagnostic;
    const rule = typeof code === "object" ? code.value : code;
    if (source !== "cache-compat" || typeof rule !== "string" || !RULE_ID.test(rule)) continue;
    rules.set(rule, [...(rules.get(rule) ?? []), diagnostic]);
  }
  return [...rules].map(([rule, found]) => {
    const action = new CodeAction(`Show the page of ${rule}`, CodeActionKind.QuickFix);
    action.command = { command: OPEN, title: action.title, arguments: [rule] };
    action.diagnostics = found;
    return action;
  });
}

async function openRule(context: ExtensionContext, asked: unknown): Promise<void> {
  const rule = typeof asked === "string" && RULE_ID.test(asked) ? asked : await pickRule(context);
  if (rule === undefined) return;
  const uri = Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
  const known = await commands.getCommands(true);
  if (known.includes("markdown.showPreview")) await commands.executeCommand("markdown.showPreview", uri);
  else await window.showTextDocument(uri);
}

/** All rules, as the manifest describes them for the settings. */
async function pickRule({ extension }: ExtensionContext): Promise<string | undefined> {
  const { configuration } = extension.packageJSON.contributes;
  const sections: { properties: Record<string, { properties?: Record<string, { description: string }> }> }[] =
    Array.isArray(configuration) ? configuration : [configuration];
  const rules = sections.map(({ properties }) => properties["cacheCompat.rules"]?.properties ?? {});
  const picks = Object.entries(Object.assign({}, ...rules) as Record<string, { description: string }>)
    .filter(([id]) => RULE_ID.test(id))
    .map(([label, { description }]) => ({ label, description }));
  const picked = await window.showQuickPick(picks, { title: "Rules of Cache Compat", matchOnDescription: true });
  return picked?.label;
}
