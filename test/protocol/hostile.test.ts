// Configurations that nobody writes by hand, open in an editor: each question has its answer, and the next file is served as ever.
import assert from "node:assert/strict";
import type { DocumentDiagnosticReport, DocumentSymbol } from "vscode-languageserver";
import { type InProcess, startInProcess } from "./inProcess.ts";

describe("server: hostile configurations", function () {
  this.timeout(120_000);
  let running: InProcess | null = null;
  afterEach(async () => {
    await running?.stop();
    running = null;
  });

  async function open(text: string): Promise<{ readonly told: unknown[]; readonly symbols: number | null }> {
    running ??= await startInProcess({ files: { "redis.conf": "" } });
    const uri = running.open("redis.conf", text, "redis-conf");
    const ask = async <T>(method: string): Promise<T> =>
      (await running?.client.sendRequest(method, { textDocument: { uri } })) as T;
    const report = await ask<DocumentDiagnosticReport>("textDocument/diagnostic");
    const symbols = await ask<DocumentSymbol[] | null>("textDocument/documentSymbol");
    for (const method of ["textDocument/foldingRange", "textDocument/documentLink"]) await ask(method);
    await ask("textDocument/semanticTokens/full");
    assert.equal(report.kind, "full");
    const told = report.kind === "full" ? report.items.map(({ code }) => code) : [];
    return { told: [...new Set(told)], symbols: symbols?.length ?? null };
  }

  it("a million lines, and a line of 16 MB, are told and have no symbols", async () => {
    for (const text of ["port 1\n".repeat(1_000_000), `maxmemory ${"x".repeat(16 * 1024 * 1024)}\n`]) {
      assert.deepEqual(await open(text), { told: ["file/too-large"], symbols: null });
      await running?.stop();
      running = null;
    }
  });

  it("of many lines as many symbols are told as anybody reads", async () => {
    assert.deepEqual(await open("prt 1\n".repeat(30_000)), { told: ["conf/unknown-directive"], symbols: 20_000 });
  });
});
