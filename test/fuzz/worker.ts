// Judges texts beside the thread that waits for it, so that a text that never ends can be left behind.
import { parentPort } from "node:worker_threads";
import { must } from "../support/must.ts";
import type { Input } from "./inputs.ts";
import { Judge } from "./judge.ts";

const port = must(parentPort, "the thread that waits");
const judge = new Judge();
port.on("message", (input: Input) => {
  void judge.judge(input).then((verdict) => port.postMessage(verdict));
});
