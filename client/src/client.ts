/** What the node and the web extension have in common: which documents the server sees, commands and the status item. */
import { type ExtensionContext, workspace } from "vscode";
import { type BaseLanguageClient, type LanguageClientOptions, RevealOutputChannelOn } from "vscode-languageclient";
import { type HostOptions, TRUST, type TrustParams } from "../../server/src/lsp/protocol.ts";
import { registerCommands } from "./commands.ts";
import { DOCUMENTS } from "./documents.ts";
import { serveFiles } from "./files.ts";
import { middleware } from "./neighbours.ts";
import { registerRulePages } from "./rulePages.ts";
import { registerStatus } from "./status.ts";
import { StoredTables } from "./tables.ts";
import { registerDataCommands } from "./updateData.ts";

/** An organisation's own table may be any JSON file, whatever its name. No other is told anything. */
const JSON_TEXTS = [{ language: "json" }, { language: "jsonc" }];

export async function clientOptions(context: ExtensionContext): Promise<LanguageClientOptions> {
  const tables = await new StoredTables(context.globalStorageUri).read();
  return {
    documentSelector: [...DOCUMENTS, ...JSON_TEXTS],
    // Asked for at each start of the server: trust may have been given meanwhile.
    initializationOptions: () => ({ host: { isTrusted: workspace.isTrusted, tables } satisfies HostOptions }),
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
  registerDataCommands(context, client);
  context.subscriptions.push(
    workspace.onDidGrantWorkspaceTrust(() => client.sendNotification(TRUST, { isTrusted: true } satisfies TrustParams)),
  );
  registerStatus(context, client);
}

/** Nobody waits: whoever asks the client something before the server is there gets the answer when it is. Why it failed, the client shows. */
export function start(client: BaseLanguageClient): void {
  client.start().catch((error: unknown) => client.error("The language server did not start", error, false));
}
