// Scripts of pipelines, run as the runner would: by bash, with the packed program on the path.
import { spawn } from "node:child_process";
import { environment } from "../editors/project.ts";

export interface ShellRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** GitHub's own way to call bash. */
export function bash(script: string, cwd: string, env: Readonly<Record<string, string>> = {}): Promise<ShellRun> {
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd,
    // No registry: what the scripts install or start must be there.
    env: { ...environment(cwd), npm_config_offline: "true", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
}
