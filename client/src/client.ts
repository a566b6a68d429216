/** What the node and the web extension have in common: which documents the server sees, commands and the status item. */
import type { ExtensionContext } from "vscode";
import {
  type BaseLanguageClient,
  type DocumentSelector,
  type LanguageClientOptions,
  RevealOutputChannelOn,
} from "vscode-languageclient";
import { registerCommands } from "./commands.ts";
import { registerStatus } from "./status.ts";

/** `.env` and the project file are neighbours of what we check: their unsaved text counts. */
export const DOCUMENTS: DocumentSelector = [
  { language: "dockercompose" },
  { language: "yaml" },
  { language: "dockerfile" },
  { pattern: "**/{.env,.env.*,*.env}" },
  { pattern: "**/cache-compat.json" },
];

export function clientOptions(): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    // Trouble goes to the log and the status item, never into the way.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticPullOptions: { onChange: true, onSave: true },
  };
}

export function register(context: ExtensionContext, client: BaseLanguageClient): void {
  registerCommands(context, client);
  registerStatus(context, client);
}
