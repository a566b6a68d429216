// The command line as somebody who may not do everything: the superuser may read and write whatever its mode is.
import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, readdirSync } from "node:fs";
import path from "node:path";
import { CLI } from "./build.ts";
import type { Ran } from "./cli.ts";
import type { Folder } from "./folders.ts";

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

function give(file: string): void {
  if (isRoot) chownSync(file, NOBODY, NOBODY);
}

export const asNobody = {
  /** Folders of a project, with what they hold, now belong to whoever runs the command line. */
  give(project: Folder, ...names: string[]): void {
    chmodSync(project.path, 0o755);
    for (const name of names) {
      give(project.file(name));
      for (const inside of readdirSync(project.file(name), { recursive: true, encoding: "utf8" }))
        give(path.join(project.file(name), inside));
    }
  },

  cli(args: readonly string[], cwd: string): Ran {
    const [program = "", ...more] = [
      ...(isRoot ? ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] : []),
      process.execPath,
      CLI,
      ...args,
    ];
    const { status, stdout, stderr, error } = spawnSync(program, more, { cwd, encoding: "utf8" });
    if (error !== undefined) throw error;
    return { status, stdout, stderr };
  },
};
