// Messages of the server on standard output: one write each.
import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { StdoutWriter } from "../../server/src/node/stdoutWriter.ts";

describe("node: messages on standard output", () => {
  it("writes header and content of a message at once, in the order of the messages", async () => {
    const writes: Buffer[] = [];
    const stream = new Writable({
      writev: (chunks, done) => done(void writes.push(Buffer.concat(chunks.map(({ chunk }) => chunk)))),
    });
    const writer = new StdoutWriter(stream);
    const messages = ["plain", "caf\u00e9 \u{1f9ca}", "torn \ud83e"].map((method) => ({ jsonrpc: "2.0", method }));
    await Promise.all(messages.map((message) => writer.write(message)));
    const contents = writes.map((written) => {
      const [, length, content] = /^Content-Length: (\d+)\r\n\r\n(.*)$/su.exec(written.toString()) ?? [];
      assert.equal(Buffer.byteLength(content as string), Number(length));
      return JSON.parse(content as string);
    });
    assert.deepEqual(contents, messages);
  });

  it("tells a listener of a stream that fails, and whoever wrote", async () => {
    const stream = new Writable({ write: (_, __, done) => done(new Error("gone")) });
    const writer = new StdoutWriter(stream);
    const told: string[] = [];
    writer.onError(([error]) => told.push(error.message));
    await assert.rejects(writer.write({ jsonrpc: "2.0" }), /gone/);
    assert.ok(told.includes("gone"));
  });
});
