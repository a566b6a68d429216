import { join } from "node:path";
import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { clientOptions, register, start } from "./client.ts";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath(join("dist", "fork.js"));
  const server = { module, transport: TransportKind.ipc };
  client = new LanguageClient(
    "cacheCompat",
    "Cache Compat",
    { run: server, debug: server },
    await clientOptions(context),
  );
  register(context, client);
  start(client);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
