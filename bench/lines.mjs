/** From a typed character to the diagnostics in files that are read line by line, against splitting the text into lines. */

import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { Client } from "./client.mjs";
import { cpuOf } from "./processes.mjs";
import { compare, exponent } from "./statistics.mjs";

/** Many different lines that are legal and add up, so that no two of them are about the same. */
const KINDS = {
  conf: {
    file: "redis.conf",
    languageId: "redis-conf",
    line: (i) =>
      i % 9 === 0 ? "" : i % 3 === 0 ? `# line ${i} explains the next one` : `save ${i + 1} ${(i % 50) + 1}`,
    mark: "maxmemry 256mb",
    rule: "conf/unknown-directive",
  },
  env: {
    file: ".env.production",
    languageId: "dotenv",
    line: (i) =>
      i === 0
        ? "# cache-compat: mastodon=4.5"
        : i % 3 === 0
          ? `# line ${i} explains the next one`
          : `SETTING_${i}="value ${i}"`,
    mark: "REDIS_URL=http://cache:6379",
    rule: "env/url-scheme",
  },
};

/** Enter in the middle, and back: the finding in the last line moves with each edit. */
class Edit {
  #isOn = false;

  constructor(kind, count) {
    this.lines = [...Array.from({ length: count - 1 }, (_, i) => kind.line(i)), kind.mark];
    this.at = count >> 1;
  }

  get text() {
    return `${this.lines.join("\n")}\n`;
  }

  next() {
    this.#isOn = !this.#isOn;
    const start = { line: this.at, character: 0 };
    if (this.#isOn) {
      this.lines.splice(this.at, 0, "");
      return { range: { start, end: start }, text: "\n" };
    }
    this.lines.splice(this.at, 1);
    return { range: { start, end: { line: this.at + 1, character: 0 } }, text: "" };
  }
}

async function measure(dist, folder, kind, count, rounds) {
  const client = new Client(dist, folder);
  await client.initialize();
  const edit = new Edit(kind, count);
  const uri = pathToFileURL(join(folder, kind.file)).href;
  let version = 1;
  client.open(uri, kind.languageId, edit.text);
  const type = async (times) => {
    const cpuBefore = cpuOf(client.child.pid);
    const start = performance.now();
    for (let i = 0; i < times; i++) {
      client.notify("textDocument/didChange", {
        textDocument: { uri, version: ++version },
        contentChanges: [edit.next()],
      });
      const { result } = await client.request("textDocument/diagnostic", { textDocument: { uri } });
      const line = edit.lines.length - 1;
      if (!result.items.some(({ code, range }) => code === kind.rule && range.start.line === line)) {
        throw new Error(`${kind.file}: the answer is not of this edit`);
      }
    }
    return { wall: (performance.now() - start) / times, cpu: (cpuOf(client.child.pid) - cpuBefore) / times };
  };
  const split = (times) => {
    const { text } = edit;
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    let seen = 0;
    for (let i = 0; i < times; i++) seen += text.split("\n").length;
    const { user, system } = process.cpuUsage(cpuBefore);
    if (seen === 0) throw new Error("nothing was split");
    return { wall: (performance.now() - start) / times, cpu: (user + system) / 1000 / times };
  };
  const times = count > 5000 ? 10 : 40;
  await type(times);
  split(2000);
  const ours = [];
  const floor = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await type(times));
    floor.push(split(1000));
  }
  await client.close();
  return { ours, floor };
}

export async function lines({ dist, folder, rounds, sizes }) {
  const counts = sizes.includes(5000) ? [2000, 20_000] : [500, 2000];
  const rows = [];
  for (const [name, kind] of Object.entries(KINDS)) {
    const points = [];
    for (const count of counts) {
      const { ours, floor } = await measure(dist, folder, kind, count, rounds);
      const column = (list, figure) => list.map((round) => round[figure]);
      const row = compare(
        `${name}-cpu-${count}`,
        `keystroke, ${kind.file} of ${count} lines, CPU`,
        column(ours, "cpu"),
        column(floor, "cpu"),
      );
      rows.push(
        row,
        compare(
          `${name}-wall-${count}`,
          `keystroke, ${kind.file} of ${count} lines, wall`,
          column(ours, "wall"),
          column(floor, "wall"),
        ),
      );
      points.push([count, row.ours]);
    }
    const growth = exponent(points);
    rows.push({
      id: `${name}-growth`,
      name: `keystroke, ${kind.file}, growth exponent`,
      unit: "",
      ours: growth,
      floor: null,
      ratio: growth,
    });
  }
  return rows;
}
