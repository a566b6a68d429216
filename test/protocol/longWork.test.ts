// The whole workspace is looked at: the client shows how far, and its user may stop it.
import assert from "node:assert/strict";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver";
import { folders } from "../support/folders.ts";
import { must } from "../support/must.ts";
import { type Client, clients, type Message, SETTINGS } from "./client.ts";

/** Enough for more than a moment on any machine. */
const FILES = 3000;

function progress({ method, params }: Message): { readonly kind: string; readonly percentage?: number } | null {
  return method === "$/progress" ? (params as { value: { kind: string; percentage?: number } }).value : null;
}

function token({ params }: Message): unknown {
  return (params as { token: unknown }).token;
}

function pull(server: Client): Promise<WorkspaceDiagnosticReport> {
  return server.request("workspace/diagnostic", { previousResultIds: [] });
}

describe("server: work over the whole workspace", function () {
  this.timeout(60_000);
  const folder = folders();
  const client = clients();
  const texts = (): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: FILES }, (_, i) => [
        `team${i % 50}/stack${i}/compose.yaml`,
        "services:\n  a:\n    image: redis:6.2\n",
      ]),
    );

  it("is shown, with a part that grows, until it is done", async () => {
    const server = await client({ folder: folder(texts()).path, settings: SETTINGS, progress: true });
    const { items } = await pull(server);
    assert.equal(items.length, FILES);
    const told = server.received.map(progress).filter((value) => value !== null);
    assert.deepEqual([told[0]?.kind, told.at(-1)?.kind], ["begin", "end"]);
    const parts = told.flatMap(({ percentage }) => percentage ?? []);
    assert.deepEqual(
      parts,
      parts.toSorted((a, b) => a - b),
    );
    assert.ok(must(parts.at(-1)) > 50);
  });

  it("ends when its user says so", async () => {
    const server = await client({ folder: folder(texts()).path, settings: SETTINGS, progress: true });
    const answer = pull(server);
    const begun = await server.next((message) => progress(message)?.kind === "begin");
    server.notify("window/workDoneProgress/cancel", { token: token(begun) });
    assert.ok((await answer).items.length < FILES);
  });

  it("is not shown to a client that cannot", async () => {
    const server = await client({ folder: folder(texts()).path, settings: SETTINGS });
    await pull(server);
    assert.deepEqual(
      server.received.filter(({ method }) => method === "window/workDoneProgress/create"),
      [],
    );
  });
});
