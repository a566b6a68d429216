/** A keystroke in one stack of a large workspace, against the same in a small one: what stands beside must cost nothing. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { Client } from "./client.mjs";
import { cpuOf } from "./processes.mjs";
import { compare } from "./statistics.mjs";

/** Three files each: compose, environment, configuration. */
const FILES_OF_STACK = 3;
const SMALL = 9;
const EDITS = 60;

const FILES = {
  "compose.yaml": (port) => `services:
  redis:
    image: redis:7.4.11
    command: redis-server /etc/redis.conf --port ${port}
    volumes: ["./redis.conf:/etc/redis.conf:ro", "data:/data"]
  web:
    image: ghcr.io/mastodon/mastodon:v4.5.16
    env_file: .env.production
volumes: {data: {}}
`,
  ".env.production": (port) => `LOCAL_DOMAIN=example.org\nREDIS_HOST=redis\nREDIS_PORT=${port}\n`,
  "redis.conf": (megabytes) => `maxmemory ${megabytes}mb\nmaxmemory-policy noeviction\nappendonly yes\n`,
};
const LANGUAGES = { "compose.yaml": "dockercompose", ".env.production": "dotenv", "redis.conf": "redis-conf" };

function write(folder, files) {
  for (let stack = 0; stack * FILES_OF_STACK < files; stack++) {
    const path = join(folder, `team${stack % 20}`, `stack${stack}`);
    mkdirSync(path, { recursive: true });
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(path, name), text(6379));
  }
  return join(folder, "team0", "stack0");
}

class Stack {
  #version = 1;
  #number = 6380;

  constructor(dist, folder, files) {
    mkdirSync(folder);
    this.path = write(folder, files);
    this.client = new Client(dist, folder);
    this.files = files;
  }

  async start() {
    await this.client.initialize();
    for (const [name, text] of Object.entries(FILES)) this.client.open(this.#uri(name), LANGUAGES[name], text(6379));
    const { result } = await this.client.request("workspace/diagnostic", { previousResultIds: [] });
    if (result.items.length < this.files) throw new Error(`${result.items.length} of ${this.files} files were checked`);
  }

  #uri(name) {
    return pathToFileURL(join(this.path, name)).href;
  }

  /** Another number in each of the three files in turn; every answer must tell that the ports differ by now, or agree again. */
  async type(edits) {
    const before = cpuOf(this.client.child.pid);
    const start = performance.now();
    for (let i = 0; i < edits; i++) {
      const [name, text] = Object.entries(FILES)[i % FILES_OF_STACK];
      if (i % FILES_OF_STACK === 0) this.#number++;
      this.client.notify("textDocument/didChange", {
        textDocument: { uri: this.#uri(name), version: ++this.#version },
        contentChanges: [{ text: text(this.#number) }],
      });
      const { result } = await this.client.request("textDocument/diagnostic", {
        textDocument: { uri: this.#uri(".env.production") },
      });
      const differs = result.items.some(({ code }) => code === "connection/port-mismatch");
      if (differs !== (i % FILES_OF_STACK === 0)) throw new Error("the answer is not of this edit");
    }
    const wall = (performance.now() - start) / edits;
    return { wall, cpu: (cpuOf(this.client.child.pid) - before) / edits };
  }
}

export async function workspace({ dist, folder, rounds, quick }) {
  const count = quick ? 300 : 2001;
  const large = new Stack(dist, join(folder, "large"), count);
  const small = new Stack(dist, join(folder, "small"), SMALL);
  const rows = { ours: [], floor: [] };
  for (const stack of [large, small]) {
    await stack.start();
    await stack.type(EDITS * 3);
  }
  for (let round = 0; round < rounds; round++) {
    rows.ours.push(await large.type(EDITS));
    rows.floor.push(await small.type(EDITS));
  }
  for (const stack of [large, small]) await stack.client.close();
  const column = (list, figure) => list.map((round) => round[figure]);
  const name = `keystroke, workspace of ${count} files to one of ${SMALL}`;
  return ["cpu", "wall"].map((figure) =>
    compare(
      `workspace-${figure}`,
      `${name}, ${figure === "cpu" ? "CPU" : "wall"}`,
      column(rows.ours, figure),
      column(rows.floor, figure),
    ),
  );
}
