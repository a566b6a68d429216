// A name is corrected where that brings no error of its own.
import assert from "node:assert/strict";
import { checkMemory } from "../support/inProcess.ts";

function titles(text: string, engine: string): readonly string[] {
  const { json } = checkMemory({ "redis.conf": text }, { settings: { engine: readEngine(engine) } });
  return json.files.flatMap(({ findings }) => findings.flatMap(({ fixes }) => fixes.map(({ title }) => title)));
}

function readEngine(text: string) {
  const [engine = "", line = ""] = text.split("@");
  return { engine, line, patch: null };
}

describe("corrections of names", () => {
  it("are offered where the server starts with them", () => {
    assert.deepEqual(titles("maxmemroy 1gb\n", "redis@7.2"), ["Change to maxmemory"]);
    const files = "tls-cert-file /a\ntls-key-file /b\ntls-ca-cert-dir /c\n";
    assert.deepEqual(titles(`tls-prt 6380\n${files}`, "redis@7.2"), ["Change to tls-port"]);
  });

  it("are not offered where the server stops at something else then", () => {
    assert.deepEqual(titles("tls-prt 6380\n", "redis@7.2"), []);
    assert.deepEqual(titles("rdma-prt 6380\n", "valkey@9.0"), []);
  });
});
