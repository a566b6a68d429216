// The built command line as a process.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
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
  readonly env?: Readonly<Record<string, string>>;
}

/** The tables of whoever runs the tests have no say in them, nor has a workflow that they run in. */
const ENVIRONMENT = {
  ...process.env,
  NO_COLOR: "1",
  GITHUB_WORKSPACE: "",
  XDG_DATA_HOME: "/nonexistent/cache-compat-tests",
};

export function cli(args: readonly string[], { cwd, input, env }: RunOptions = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    input: input ?? "",
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...ENVIRONMENT, ...env },
  });
  return { status, stdout, stderr };
}

/** The same without waiting for it; `onStart` gets the process. */
export function cliAsync(
  args: readonly string[],
  { cwd, env }: Pick<RunOptions, "cwd" | "env"> = {},
  onStart: (child: ChildProcess) => void = () => {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd, env: { ...ENVIRONMENT, ...env } });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (status) =>
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
    onStart(child);
  });
}

/** `check` with JSON on a fixed day; fails where the program says anything else. */
export function checkJson(args: readonly string[], options: RunOptions = {}): Ran & { readonly json: JsonRun } {
  const ran = cli(["check", "--format", "json", "--as-of", "2026-11-20", ...args], options);
  if (ran.stdout === "") throw new Error(`nothing on stdout; status ${ran.status}: ${ran.stderr}`);
  return { ...ran, json: JSON.parse(ran.stdout) as JsonRun };
}
