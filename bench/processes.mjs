/** Child processes under the same Node, with the CPU time that they took. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";

const PRELOAD = join(import.meta.dirname, "cpu.cjs");

/** Starts `node ...args`; `cpu` resolves to milliseconds of CPU when the process has ended. */
export function startNode(args, options = {}) {
  const child = spawn(process.execPath, ["--require", PRELOAD, ...args], {
    ...options,
    stdio: ["pipe", "pipe", "inherit", "pipe"],
  });
  let told = "";
  child.stdio[3].on("data", (chunk) => {
    told += chunk;
  });
  const cpu = new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", () => done(told === "" ? Number.NaN : Number(told)));
  });
  return { child, cpu };
}

/** Runs `node ...args` to its end; answers wall and CPU time in milliseconds and what it wrote. */
export async function runNode(args, options) {
  const start = performance.now();
  const { child, cpu } = startNode(args, options);
  const out = [];
  child.stdin.end();
  child.stdout.on("data", (chunk) => out.push(chunk));
  const spent = await cpu;
  return { wall: performance.now() - start, cpu: spent, status: child.exitCode, output: Buffer.concat(out).toString() };
}

/** CPU milliseconds of a running process, all threads; only Linux tells them finely enough. */
export function cpuOf(pid) {
  try {
    const tasks = `/proc/${pid}/task`;
    const nanoseconds = readdirSync(tasks).map((id) =>
      Number(readFileSync(`${tasks}/${id}/schedstat`, "utf8").split(" ")[0]),
    );
    return nanoseconds.reduce((a, b) => a + b, 0) / 1e6;
  } catch {
    return Number.NaN;
  }
}
