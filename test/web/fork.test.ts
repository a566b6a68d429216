// The same bundle as a process of its own, as the extension starts it outside of a browser.
import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Diagnostic } from "vscode-languageserver";
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver/node";
import { uriOf } from "../protocol/client.ts";
import { FORK } from "../support/build.ts";
import { folders } from "../support/folders.ts";

describe("web: server in a process", function () {
  this.timeout(30_000);
  const folder = folders();
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started.splice(0)) child.kill("SIGKILL");
  });

  async function start(path: string): Promise<{ child: ChildProcess; client: ProtocolConnection }> {
    const child = fork(FORK, ["--node-ipc"], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    started.push(child);
    const client = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    client.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => null));
    client.listen();
    await client.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: uriOf(path), name: "project" }],
      capabilities: { workspace: { configuration: true }, textDocument: { diagnostic: {} } },
    });
    await client.sendNotification("initialized", {});
    return { child, client };
  }

  it("reads this machine's files, links inside the folder included, and ends in good order", async () => {
    const project = folder({ "settings.txt": "TAG=6.2\n", "compose.yaml": "" });
    project.link(".env", project.file("settings.txt"));
    const { child, client } = await start(project.path);
    const uri = uriOf(project.file("compose.yaml"));
    const text = "# cache-compat: mastodon=4.5\nservices:\n  a:\n    image: redis:${TAG}\n";
    await client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "dockercompose", version: 1, text },
    });
    const { items } = await client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    assert.ok(items.some(({ code }) => code === "mastodon/engine-unsupported"));
    const exited = once(child, "exit");
    await client.sendRequest("shutdown");
    await client.sendNotification("exit");
    assert.deepEqual(await exited, [0, null]);
  });

  it("does not outlive the extension host", async () => {
    const { child } = await start(folder({}).path);
    const exited = once(child, "exit");
    child.disconnect();
    assert.deepEqual(await exited, [1, null]);
  });
});
