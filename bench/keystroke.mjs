/** From a typed character to the diagnostics of exactly that text, against a bare parse of the text. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { Client } from "./client.mjs";
import { Editing } from "./documents.mjs";
import { cpuOf } from "./processes.mjs";
import { compare, exponent } from "./statistics.mjs";

/** Edits of one round, by number of services. */
const EDITS = { 50: 48, 500: 18, 5000: 6 };

export class Typing {
  #previousResultId;
  #version = 1;

  constructor(client, services) {
    this.client = client;
    this.editing = new Editing(services);
    this.uri = pathToFileURL(join(client.folder, "compose.yaml")).href;
    client.open(this.uri, "dockercompose", this.editing.text);
  }

  change() {
    const contentChanges = [this.editing.next()];
    this.client.notify("textDocument/didChange", {
      textDocument: { uri: this.uri, version: ++this.#version },
      contentChanges,
    });
  }

  /** Types one character; answers the milliseconds until the diagnostics of the new text are here. */
  async type() {
    const before = this.editing.marks();
    const start = performance.now();
    this.change();
    const { result, at } = await this.client.request("textDocument/diagnostic", {
      textDocument: { uri: this.uri },
      previousResultId: this.#previousResultId,
    });
    this.#previousResultId = result?.resultId;
    this.#verify(result, before);
    return at - start;
  }

  /** The answer must tell of the text as it is now: the findings at the marks have moved with the edit. */
  #verify(result, before) {
    const marks = this.editing.marks();
    if (result?.kind === "unchanged") {
      if (JSON.stringify(marks) === JSON.stringify(before)) return;
      throw new Error("the answer is older than the edit: unchanged, although a finding moved");
    }
    const told = new Set(
      result.items.map(({ range: { start, end } }) => `${start.line}:${start.character}-${end.character}`),
    );
    for (const { line, start, end } of marks)
      if (!told.has(`${line}:${start}-${end}`))
        throw new Error(`no finding at line ${line + 1}: the answer is not of this edit`);
  }
}

async function measure(dist, folder, services, rounds) {
  const edits = EDITS[services];
  const client = new Client(dist, folder);
  const floor = fork(join(import.meta.dirname, "floor-parse.mjs"), [String(services)]);
  const parse = async (count) => {
    floor.send(count);
    return (await once(floor, "message"))[0];
  };
  await client.initialize();
  const typing = new Typing(client, services);
  const type = async (count) => {
    const cpuBefore = cpuOf(client.child.pid);
    let wall = 0;
    for (let i = 0; i < count; i++) wall += await typing.type();
    return { wall: wall / count, cpu: (cpuOf(client.child.pid) - cpuBefore) / count };
  };
  // Both warm: the compiler of the runtime has seen the code.
  const warm = services > 1000 ? edits : edits * 3;
  await type(warm);
  await parse(warm);
  const ours = [];
  const bare = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await type(edits));
    bare.push(await parse(edits));
  }
  floor.kill();
  await client.close();
  return { ours, bare };
}

export async function keystroke({ dist, folder, sizes, rounds }) {
  const rows = [];
  const points = { ours: [], bare: [] };
  for (const services of sizes) {
    const { ours, bare } = await measure(dist, folder, services, services > 1000 ? Math.ceil(rounds / 2) : rounds);
    const column = (list, figure) => list.map((round) => round[figure]);
    const name = `keystroke, ${services} services`;
    const cpu = compare(`key-cpu-${services}`, `${name}, CPU`, column(ours, "cpu"), column(bare, "cpu"));
    const wall = compare(`key-wall-${services}`, `${name}, wall`, column(ours, "wall"), column(bare, "wall"));
    rows.push(cpu, wall);
    const best = cpu.ratio === null ? wall : cpu;
    points.ours.push([services, best.ours]);
    points.bare.push([services, best.floor]);
  }
  const [ours, floor] = [exponent(points.ours), exponent(points.bare)];
  rows.push({ id: "key-growth", name: "keystroke, growth exponent", unit: "", ours, floor, ratio: ours });
  return rows;
}
