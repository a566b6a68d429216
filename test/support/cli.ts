// The built command line as a process.
import { spawnSync } from "node:child_process";
import { CLI } from "./build.ts";
import type { JsonRun } from "./json.ts";

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string | Buffer;
}

export function cli(args: readonly string[], { cwd, input }: RunOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    input: input ?? "",
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
}

/** `check` with JSON on a fixed day; fails where the program says anything else. */
export function checkJson(args: readonly string[], options: RunOptions = {}): Ran & { readonly json: JsonRun } {
  const ran = cli(["check", "--format", "json", "--as-of", "2026-11-20", ...args], options);
  if (ran.stdout === "") throw new Error(`nothing on stdout; status ${ran.status}: ${ran.stderr}`);
  return { ...ran, json: JSON.parse(ran.stdout) as JsonRun };
}
