// What the server takes of memory, and that it gives back what a closed file took.
import assert from "node:assert/strict";
import path from "node:path";
import { KINDS, type Kind } from "../edits/samples.ts";
import { ROOT } from "../support/build.ts";
import { must } from "../support/must.ts";
import { type Client, clients } from "./client.ts";

const MIB = 1024 * 1024;
const PROBE = path.join(ROOT, "test", "support", "memoryProbe.cjs");
const REQUESTS = ["documentSymbol", "foldingRange", "documentLink", "semanticTokens/full"] as const;

interface Memory {
  /** Of the process. */
  readonly rss: number;
  /** What the program holds, garbage included. */
  readonly heapUsed: number;
}

describe("server: memory", function () {
  this.timeout(240_000);
  const start = clients();
  const server = (): Promise<Client> => start({ nodeFlags: ["--expose-gc", "--require", PROBE] });

  async function memoryOf(client: Client, method: "$/memory" | "$/collected"): Promise<Memory> {
    const after = client.received.length;
    client.notify(method);
    return (await client.next((message) => message.method === method, after)).params as Memory;
  }

  /** Opens a file, asks what editors ask, and closes it. */
  async function cycle(client: Client, at: number, kind: Kind, text: string): Promise<void> {
    const uri = `file:///nowhere/${at}/${kind.file}`;
    const textDocument = { uri };
    const position = { line: 2, character: 6 };
    client.open(uri, text, kind.languageId);
    const asked = [
      client.pull(uri),
      ...REQUESTS.map((name) => client.request(`textDocument/${name}`, { textDocument })),
    ];
    for (const name of ["hover", "completion", "definition"])
      asked.push(client.request(`textDocument/${name}`, { textDocument, position }));
    await Promise.all(asked);
    client.close(uri);
  }

  it("a thousand files, opened and closed, leave nothing that grows", async () => {
    const client = await server();
    let peak = 0;
    const cycles = async (from: number, to: number): Promise<Memory> => {
      for (let at = from; at < to; at++) {
        const kind = must(KINDS[at % KINDS.length]);
        await cycle(client, at, kind, must(kind.samples[at % kind.samples.length]));
        if (at % 100 === 0) peak = Math.max(peak, (await memoryOf(client, "$/memory")).rss);
      }
      return await memoryOf(client, "$/collected");
    };
    // Programs are compiled and caches filled until then.
    const warm = await cycles(0, 500);
    const end = await cycles(500, 1500);
    const grown = (end.rss - warm.rss) / MIB;
    assert.ok(grown < 20, `${grown.toFixed(1)} MiB more behind 1,000 files`);
    const held = (end.heapUsed - warm.heapUsed) / MIB;
    assert.ok(held < 5, `${held.toFixed(1)} MiB more are held behind 1,000 files`);
    assert.ok(peak < 200 * MIB, `up to ${(peak / MIB).toFixed(0)} MiB`);
  });

  for (const [name, languageId, text] of [
    ["redis.conf", "redis-conf", "maxmemory 1gb\nprt 6379\n".repeat(20_000)],
    ["compose.yaml", "dockercompose", `services:\n${composeServices(3000)}`],
    [".env", "dotenv", "REDIS_URL=redis://cache:6379/0\nOTHER=one\n".repeat(20_000)],
  ] as const) {
    it(`a large ${name} is forgotten when it is closed`, async () => {
      const client = await server();
      const kind = { name, file: name, languageId, samples: [], words: [] };
      for (let at = 0; at < 3; at++) await cycle(client, at, kind, text.slice(0, 500));
      const before = await memoryOf(client, "$/collected");
      await cycle(client, 3, kind, text);
      // The pages go back while the next files are looked at, without anybody who asks for it.
      let taken = Number.POSITIVE_INFINITY;
      for (let at = 4; at < 300 && taken > 200 * MIB; at++) {
        await cycle(client, at, kind, text.slice(0, 500));
        taken = (await memoryOf(client, "$/memory")).rss;
      }
      assert.ok(taken < 200 * MIB, `${(taken / MIB).toFixed(0)} MiB are taken`);
      const held = ((await memoryOf(client, "$/collected")).heapUsed - before.heapUsed) / MIB;
      assert.ok(held < 8, `${held.toFixed(1)} MiB are held`);
    });
  }
});

function composeServices(count: number): string {
  return Array.from(
    { length: count },
    (_, at) =>
      `  s${at}:\n    image: redis:7.0\n    command: redis-server --maxmemory 10mb\n    environment:\n      REDIS_URL: redis://s1\n    # ${"x".repeat(80)}\n`,
  ).join("");
}
