/** The floor of a keystroke: the same edits and nothing but `parseAllDocuments`, in its leanest form, on the whole text. */
import { performance } from "node:perf_hooks";
import process from "node:process";
import { parseAllDocuments } from "yaml";
import { Editing } from "./documents.mjs";

const editing = new Editing(Number(process.argv[2]));

process.on("message", (edits) => {
  let wall = 0;
  let cpu = 0;
  for (let i = 0; i < edits; i++) {
    editing.next();
    const { text } = editing;
    const cpuBefore = process.cpuUsage();
    const before = performance.now();
    parseAllDocuments(text, { schema: "failsafe", uniqueKeys: false, prettyErrors: false });
    wall += performance.now() - before;
    const { user, system } = process.cpuUsage(cpuBefore);
    cpu += (user + system) / 1000;
  }
  process.send({ wall: wall / edits, cpu: cpu / edits });
});
