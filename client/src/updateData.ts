/** "Update data" and its way back: the only commands that ask the network, and only when somebody gives them. */
import { commands, type ExtensionContext, ProgressLocation, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type TablesAnswer, USE_TABLES } from "../../server/src/lsp/protocol.ts";
import { DATA_URL, download } from "../../server/src/update/download.ts";
import { StoredTables } from "./tables.ts";

export function registerDataCommands(context: ExtensionContext, client: BaseLanguageClient): void {
  const stored = new StoredTables(context.globalStorageUri);
  const offer = (text: string | null): Promise<TablesAnswer | null> =>
    client.sendRequest<TablesAnswer | null>(USE_TABLES, { text });
  context.subscriptions.push(
    commands.registerCommand("cacheCompat.updateData", async (given?: { readonly url?: unknown }) => {
      const url = typeof given?.url === "string" ? given.url : DATA_URL;
      return tell(
        await window.withProgress({ location: ProgressLocation.Window, title: "Cache Compat: updating data" }, () =>
          update(url, offer, stored),
        ),
      );
    }),
    commands.registerCommand("cacheCompat.resetData", async () => {
      await stored.remove();
      const answer = await offer(null);
      return tell(answer === null ? UNANSWERED : { isFine: true, message: answer.message });
    }),
  );
}

/** Other extensions and tests that run the commands get it, too. */
interface Outcome {
  readonly isFine: boolean;
  readonly message: string;
}

const UNANSWERED: Outcome = {
  isFine: false,
  message: "the present data stays in use: the language server does not answer",
};

/** The server judges what was downloaded; what it takes is kept for the next start. */
async function update(
  url: string,
  offer: (text: string) => Promise<TablesAnswer | null>,
  stored: StoredTables,
): Promise<Outcome> {
  const answer = await download(url);
  if (answer.kind === "failed") return { isFine: false, message: `the present data stays in use: ${answer.why}` };
  const judged = await offer(answer.text);
  if (judged === null) return UNANSWERED;
  if (judged.kind !== "used") return { isFine: judged.kind === "same", message: judged.message };
  try {
    await stored.write(answer.text);
  } catch {
    return { isFine: false, message: `${judged.message}, but it cannot be stored and is gone at the next start` };
  }
  return { isFine: true, message: judged.message };
}

function tell(outcome: Outcome): Outcome {
  const line = `Cache Compat: ${outcome.message}.`;
  void (outcome.isFine ? window.showInformationMessage(line) : window.showWarningMessage(line));
  return outcome;
}
