/** The extension in VS Code for the Web: the server is a worker. */
import { type ExtensionContext, Uri } from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import { clientOptions, register, start } from "./client.ts";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, "dist", "browser", "server.js").toString(true);
  const connect = async () => {
    const worker = new Worker(script);
    // Not the worker itself: VS Code's nested workers are no instances of `Worker`, which the library asks for.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  client = new LanguageClient("cacheCompat", "Cache Compat", connect, await clientOptions(context));
  register(context, client);
  start(client);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
