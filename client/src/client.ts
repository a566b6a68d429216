/** What the node and the web extension have in common: which documents the server sees, commands and the status item. */
import type { ExtensionContext } from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient";
import { registerCommands } from "./commands.ts";
import { DOCUMENTS } from "./documents.ts";
import { serveFiles } from "./files.ts";
import { middleware } from "./neighbours.ts";
import { registerRulePages } from "./rulePages.ts";
import { registerStatus } from "./status.ts";

export function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    // Trouble goes to the log and the status item, never into the way.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticPullOptions: { onChange: true, onSave: true },
    middleware,
  };
}

export function register(context: ExtensionContext, client: BaseLanguageClient): void {
  serveFiles(client);
  registerCommands(context, client);
  registerRulePages(context);
  registerStatus(context, client);
}
